#!/bin/bash
# Makes the root of a Debian machine as a builder's foundation image has it: systemd, cloud-init, sshd, unattended-upgrades
# and a stand-in for the SSM Agent, so that user data finds a recent one and fetches nothing. Takes half a minute; the
# sandbox keeps the result. Usage: debian-root.sh FOLDER, as root; packages come from where this machine takes its own.
set -euo pipefail
root=$1

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

suite=bookworm
sources=()
# shellcheck source=/dev/null
if [[ $(. /etc/os-release && echo "$ID") == debian ]]; then
  suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
  for file in /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list; do
    if [[ -s $file ]]; then
      sources=("$work/${file##*/}")
      # Only the release itself: what was updated since then is left for a bake to update.
      case $file in
        *.sources) sed -E "s/^Suites:.*/Suites: $suite/" "$file" | awk -v RS= -v ORS='\n\n' '!/security/' ;;
        *) grep -E "^deb .* $suite " "$file" ;;
      esac >"${sources[0]}"
      break
    fi
  done
fi

# The agent's package: its unit starts, stops and is enabled as the real one, and does nothing.
mkdir -p "$work"/agent/DEBIAN "$work"/agent/lib/systemd/system
cat >"$work/agent/DEBIAN/control" <<'CONTROL'
Package: amazon-ssm-agent
Version: 3.3.4108.0-1
Architecture: all
Maintainer: nobody <nobody@localhost>
Description: stand-in for the SSM Agent
CONTROL
cat >"$work/agent/lib/systemd/system/amazon-ssm-agent.service" <<'UNIT'
[Unit]
Description=Stand-in for the SSM Agent

[Service]
ExecStart=/bin/sleep infinity

[Install]
WantedBy=multi-user.target
UNIT
dpkg-deb --build "$work/agent" "$work/agent.deb" >/dev/null

mmdebstrap --quiet --variant=minbase \
  --include=systemd,systemd-sysv,dbus,ca-certificates,openssh-server,cloud-init,python3,procps,unattended-upgrades \
  "$suite" "$root" "${sources[@]}"
if ((${#sources[@]} > 0)); then
  rm -f "$root"/etc/apt/sources.list "$root"/etc/apt/sources.list.d/*
  cp "$file" "$root/etc/apt/${file#/etc/apt/}"
fi
dpkg --root="$root" --install "$work/agent.deb" >/dev/null
chroot "$root" systemctl --quiet enable amazon-ssm-agent.service
