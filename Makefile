# `make serve` to read and use the site, `make test` to prove it. Each sets up what it needs; see README.md.

VENV := .venv
PY := $(VENV)/bin/python
PIP_INSTALL := $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all:

# The theme's notice about its own future, otherwise in every build.
export NO_MKDOCS_2_WARNING := 1

# Stamps: when one is newer than what it was made from, that part of the set-up is done.
MADE := $(VENV)/.made
SITE_READY := $(VENV)/.site-ready
DEV_READY := $(VENV)/.dev-ready
NODE_READY := node_modules/.ready

.DEFAULT_GOAL := site
.PHONY: serve site test check browser modules tables offline bench clean

serve: $(SITE_READY) $(NODE_READY)
	$(PY) -m mkdocs serve --dev-addr 127.0.0.1:8000

# Never with -q: that hides broken links from --strict.
site: $(SITE_READY) $(NODE_READY)
	$(PY) -m mkdocs build --strict

test: check browser
	$(PY) -m pytest --cov --cov-report=term

check: $(DEV_READY) site
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	$(PY) -m hooks.readability
	$(PY) -m hooks.typed
	$(VENV)/bin/zizmor --offline --quiet .github/workflows

# Which modules of the standard library the page's Python needs; run it when a test says that one is missing.
modules: $(DEV_READY) $(NODE_READY)
	$(PY) -m hooks.modules

# Which constants in Pyodide's program nobody reads in the page; run it when another Pyodide stops the build.
tables: $(DEV_READY) $(NODE_READY)
	$(PY) -m hooks.tables

# One file to take to a place without internet. The site offers it for download, so it is built with the site.
offline: site
	@$(PY) -m hooks.offline

# Our page against a stock Pyodide page: `make bench BENCH="--repeats 3 --only cold,warm"` for less.
bench: site browser
	$(PY) -m bench $(BENCH)

browser: $(DEV_READY)
	@sh tests/browser/install.sh $(PY)

clean:
	rm -rf $(VENV) node_modules site .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache

$(MADE): .python-version
	@python=$$(for name in python3.13 python3 python; do \
	    "$$name" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 13))' 2>/dev/null && echo "$$name" && break; \
	  done); \
	  test -n "$$python" || { echo "Python 3.13 is missing: install it, then run make again." >&2; exit 1; }; \
	  "$$python" -m venv --clear $(VENV)
	@touch $@

$(SITE_READY): requirements/site.txt $(MADE)
	$(PIP_INSTALL) -r requirements/site.txt
	@touch $@

$(DEV_READY): requirements/dev.txt $(MADE)
	$(PIP_INSTALL) -r requirements/dev.txt
	@touch $@ $(SITE_READY)

$(NODE_READY): package-lock.json
	@node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' 2>/dev/null && command -v npm >/dev/null \
	  || { echo "Node 20 or newer (with npm) is missing: install it, then run make again." >&2; exit 1; }
	npm ci --ignore-scripts
	@touch $@
