# Browsers for the tests: those that are there, else Debian's; for Chromium else Playwright's own download. The tests that
# need Firefox skip where it cannot be installed from here.
# Argument: the Python that has Playwright.
set -u
has() { command -v "$1" >/dev/null; }
debian() { [ "$(id -u)" = 0 ] && grep -qx 'ID=debian' /etc/os-release 2>/dev/null; }
install() {
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq && apt-get install -y -qq "$1" >/dev/null
}

has firefox-esr || has firefox || { debian && install firefox-esr; } ||
  echo "No Firefox: the offline edition is tested in Chromium only. Install firefox to test it there too." >&2
has chromium && exit 0
debian && install chromium && exit 0
"$1" -m playwright install chromium && exit 0
echo "No browser for the tests: install chromium, then run make test again." >&2
exit 1
