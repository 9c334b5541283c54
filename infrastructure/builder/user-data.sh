#!/bin/bash
# User data of every builder, run once by cloud-init. It arms the self-destruct first: whatever dies later, the builder
# powers off at its bake's expiry, and its shutdown behaviour makes that its end. Then it sees to an SSM Agent that
# passes parameters in the environment (3.3.2746.0 and later). Running it again changes nothing.
#
# The worker replaces the placeholder below with an ISO instant in UTC. Nothing else here varies; no secret belongs here.
AMI_BAKERY_EXPIRES='@@EXPIRES@@'

set -euo pipefail
export HOME=/root LC_ALL=C.UTF-8 PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/snap/bin
export DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1

timer=ami-bakery-self-destruct
oldest_agent=3.3.2746.0

fail() {
  echo "AMI-BAKERY failed: $*" >&2
  exit 1
}

# Persistent, because the instant may pass while the builder reboots; a forced power-off, because a unit that hangs at
# shutdown must not keep the builder alive.
arm_self_destruct() {
  local instant='^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,9})?)?Z$' when
  [[ $AMI_BAKERY_EXPIRES =~ $instant ]] || fail "the expiry '$AMI_BAKERY_EXPIRES' is no ISO instant in UTC"
  when=$(date --utc --date="$AMI_BAKERY_EXPIRES" '+%Y-%m-%d %H:%M:%S UTC') || fail "the expiry does not exist"
  cat >"/etc/systemd/system/$timer.service" <<UNIT
[Unit]
Description=Powers this builder off: its bake expired at $when
DefaultDependencies=no

[Service]
Type=oneshot
ExecStart=/usr/bin/env systemctl poweroff --force
UNIT
  cat >"/etc/systemd/system/$timer.timer" <<UNIT
[Unit]
Description=Ends this builder when its bake expires

[Timer]
OnCalendar=$when
AccuracySec=1s
Persistent=yes

[Install]
WantedBy=timers.target
UNIT
  systemctl daemon-reload
  systemctl --quiet enable "$timer.timer"
  systemctl restart "$timer.timer"
  systemctl --quiet is-active "$timer.timer" || fail "$timer.timer did not start"
  # Last, because a timer that starts after its instant never elapses: this way the instant is on one side or the other.
  if (($(date --date="$when" +%s) <= $(date +%s))); then
    echo "AMI-BAKERY expired at $when: powering off"
    systemctl poweroff --force
    exit 1
  fi
}

recent_enough() {
  [[ $(printf '%s\n' "$oldest_agent" "$1" | sort -V | head -n 1) == "$oldest_agent" ]]
}

# python3, because cloud-init brings it everywhere; Debian's images need not have curl.
fetch() {
  python3 -I - "$1" "$2" <<'PYTHON'
import shutil, sys, time, urllib.request

url, file = sys.argv[1:]
for attempt in range(1, 11):
    try:
        with urllib.request.urlopen(url, timeout=30) as source, open(file, "wb") as target:
            shutil.copyfileobj(source, target)
        break
    except OSError as error:
        if attempt == 10:
            sys.exit(f"AMI-BAKERY failed: could not fetch {url}: {error}")
        time.sleep(6)
PYTHON
}

# Fetches the region's newest agent into $1: where AWS publishes it, see "Manually installing SSM Agent" in the user
# guide of Systems Manager.
fetch_agent() {
  local file=$1 platform=$2 region domain=amazonaws.com
  region=$(cloud-init query region)
  [[ $region =~ ^[a-z]{2}(-[a-z]+)+-[0-9]{1,2}$ ]] || fail "cloud-init does not know the region, but '$region'"
  if [[ $region == cn-* ]]; then
    domain=amazonaws.com.cn
  fi
  fetch "https://s3.$region.$domain/amazon-ssm-$region/latest/$platform/amazon-ssm-agent.${file##*.}" "$file"
}

machine() {
  case $(uname -m) in
    x86_64) echo amd64 ;;
    aarch64) echo arm64 ;;
    *) fail "there is no SSM Agent for $(uname -m)" ;;
  esac
}

agent_of_debian() {
  local version folder
  version=$(dpkg-query -W -f '${Version}' amazon-ssm-agent 2>/dev/null || true)
  if [[ -z $version ]] || ! recent_enough "$version"; then
    folder=$(mktemp -d /var/tmp/ami-bakery-agent.XXXXXXXX)
    chmod 0755 "$folder" # apt reads it as the user _apt
    fetch_agent "$folder/amazon-ssm-agent.deb" "debian_$(machine)"
    apt-get -y -q -o DPkg::Lock::Timeout=600 install "$folder/amazon-ssm-agent.deb"
    rm -rf "$folder"
  fi
  systemctl enable --now amazon-ssm-agent.service
}

# snapd's own refreshes restart the agent, and with it lose the command that is running; the scrub lifts the hold.
agent_of_ubuntu() {
  local version
  if ! command -v snap >/dev/null || ! snap list amazon-ssm-agent >/dev/null 2>&1; then
    agent_of_debian
    return
  fi
  if [[ -z $(snap get system refresh.hold 2>/dev/null || true) ]]; then
    snap refresh --hold
    touch /var/lib/ami-bakery-snap-hold
  fi
  version=$(snap list amazon-ssm-agent | awk 'NR == 2 { print $2 }')
  recent_enough "$version" || snap refresh amazon-ssm-agent
  snap start --enable amazon-ssm-agent
}

agent_of_amazon_linux() {
  local version folder
  version=$(rpm -q --qf '%{VERSION}' amazon-ssm-agent || true)
  if [[ $version == *' '* ]] || ! recent_enough "$version"; then
    folder=$(mktemp -d /var/tmp/ami-bakery-agent.XXXXXXXX)
    fetch_agent "$folder/amazon-ssm-agent.rpm" "linux_$(machine)"
    dnf -y install "$folder/amazon-ssm-agent.rpm"
    rm -rf "$folder"
  fi
  systemctl enable --now amazon-ssm-agent.service
}

arm_self_destruct
# shellcheck source=/dev/null
case $(. /etc/os-release && echo "$ID") in
  debian) agent_of_debian ;;
  ubuntu) agent_of_ubuntu ;;
  amzn) agent_of_amazon_linux ;;
  *) fail "builders run Amazon Linux, Ubuntu or Debian" ;;
esac
echo "AMI-BAKERY user data done: expires=$AMI_BAKERY_EXPIRES"
