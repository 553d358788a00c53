# A browser for the tests: the one that is there, else Debian's, else Playwright's own download.
# Argument: the Python that has Playwright.
set -u
command -v chromium >/dev/null && exit 0
if [ "$(id -u)" = 0 ] && grep -qx 'ID=debian' /etc/os-release 2>/dev/null; then
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq && apt-get install -y -qq chromium >/dev/null && exit 0
fi
"$1" -m playwright install chromium && exit 0
echo "No browser for the tests: install chromium, then run make test again." >&2
exit 1
