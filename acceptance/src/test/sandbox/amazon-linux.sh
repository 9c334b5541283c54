#!/bin/bash
# Turns a booted Debian of the sandbox into what the documents of the amazon-linux family meet: a real dnf and a real rpm,
# an Amazon Linux by name, and repositories of one release each, as Amazon Linux 2023 has them. No root of Amazon's own is
# to be had without its network. Runs inside of the machine; the packages are made by the tests.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive

apt-get -y -qq update >/dev/null
apt-get -y -qq install --no-install-recommends dnf dnf-plugins-core rpm createrepo-c >/dev/null

rm /etc/os-release
cat >/etc/os-release <<'OS'
NAME="Amazon Linux"
VERSION="2023"
ID="amzn"
ID_LIKE="fedora"
VERSION_ID="2023"
OS

# Debian keeps the database in a home folder.
mkdir -p /etc/rpm /var/lib/rpm /etc/yum.repos.d
echo '%_dbpath /var/lib/rpm' >/etc/rpm/macros
cat >/etc/dnf/dnf.conf <<'DNF'
[main]
gpgcheck=0
installonly_limit=3
DNF
mkdir -p /etc/dnf/plugins
printf '[main]\nenabled = 0\n' >/etc/dnf/plugins/local.conf
cat >/etc/yum.repos.d/amazonlinux.repo <<'REPO'
[amazonlinux]
name=Amazon Linux 2023, $releasever
baseurl=file:///srv/repository/$releasever/
REPO

# A container shows the host's kernel; this one shows what the test says.
cat >/usr/local/sbin/uname <<'UNAME'
#!/bin/sh
[ "$*" = -r ] && [ -s /etc/running-kernel ] && exec cat /etc/running-kernel
exec /usr/bin/uname "$@"
UNAME
chmod 755 /usr/local/sbin/uname
