# Two commands carry everything: `make run` and `make test`. Both work in a fresh clone with
# only python3 (3.11 or newer) and make; nothing has to be activated or installed by hand.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-header --no-strip-extras

# Each check is quiet when it passes and says everything when it fails; the first that fails ends
# the run. They use one core each, so two go side by side; the longest begins.
CHECKS = check-types check-lint check-format check-layers check-templates
MORE_CHECKS = check-migrations check-deploy check-chromium check-libreoffice
SIDE_BY_SIDE = $(MAKE) --no-print-directory --jobs 2

# Compiled code is kept, whatever the shell says: every stage and every server that a test starts
# would compile the project anew, and the tests their thousands of assertions.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test lint format bench chaos messages coverage venv dev lock clean \
        check-tests $(CHECKS) $(MORE_CHECKS)

help: ## List the targets
	@grep -hE '^[a-z][a-z-]*:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: $(VENV)/.runtime ## Start Stek with demo data on http://127.0.0.1:8000 (PORT=, STEK_DATA_DIR=)
	@$(BIN)/python -m stek.run

# pytest comes last, so that the closing line is its summary.
test: $(VENV)/.dev ## Check everything: style, types, layers, both databases, a real browser
	@$(SIDE_BY_SIDE) check-tests $(CHECKS) $(MORE_CHECKS)
	@$(call tests,on SQLite,$(PYTEST) $(NO_BROWSER))
	@$(call tests,on PostgreSQL,$(BIN)/python -m tests.databases -- $(PYTEST) $(NO_BROWSER))
	@$(call tests,in the browser,$(PYTEST) $(BROWSERS) --screenshot only-on-failure tests/browser)

check-types: ; @$(call check,$(BIN)/mypy)
check-lint: ; @$(call check,$(BIN)/ruff check .)
check-format: ; @$(call check,$(BIN)/ruff format --check .)
check-layers: ; @$(call check,$(BIN)/lint-imports)
check-templates: ; @$(call check,$(BIN)/djlint templates --lint --check)
# Compiles them once, while a core has nothing else to do.
check-tests: ; @$(call check,$(BIN)/python -m pytest --collect-only -q tests)
check-migrations: ; @$(call check,$(BIN)/python manage.py makemigrations --check --dry-run --settings tests.settings)
check-deploy: ; @$(call check,$(DEPLOY_CHECK))
check-chromium: ; @$(call check,$(BIN)/python -m tests.chromium)
check-libreoffice: ; @$(call check,$(BIN)/python -m tests.libreoffice)

# The tests of one file stay on one worker: those of test_run.py share a service.
PYTEST = $(BIN)/python -m pytest -n 2 --dist loadfile --no-header --durations 15
NO_BROWSER = --ignore=tests/browser tests
# Journeys wait for each other's pages now and then, and share nothing: who is done takes the next.
BROWSERS = -n 3 --dist worksteal

# As an installation on the internet would have it, on an empty database.
DEPLOY_CHECK = data=$$(mktemp -d) && trap 'rm -rf "$$data"' EXIT && \
  env -u STEK_LOOPBACK -u STEK_DEMO -u STEK_DEBUG -u STEK_SECRET_KEY_FILE -u STEK_ENCRYPTION_KEY_FILE -u DATABASE_URL -u DATABASE_WEB_URL \
    STEK_DATA_DIR="$$data" STEK_ALLOWED_HOSTS=stek.example \
    STEK_SECRET_KEY="$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(64))')" \
    STEK_ENCRYPTION_KEY="$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(64))')" \
    $(BIN)/python -W error manage.py check --deploy --fail-level WARNING --database default

define check
name=$(@:check-%=%); start=$$(date +%s); log=$$(mktemp); \
if ( $(1) ) >"$$log" 2>&1; then \
  printf '%-12s ok   %3d s\n' "$$name" $$(( $$(date +%s) - start )); rm -f "$$log"; \
else \
  cat "$$log"; rm -f "$$log"; echo "Stopped at the check \"$$name\"."; exit 1; \
fi
endef

define tests
echo; echo "Tests $(1)"; $(2) || { echo "make test: the tests $(1) failed."; exit 1; }
endef

lint: $(VENV)/.dev ## Only the checks that need no database (a minute at most)
	@$(SIDE_BY_SIDE) $(CHECKS)

format: $(VENV)/.dev ## Put Python and templates into their form
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .
	$(BIN)/djlint templates --reformat --quiet || true

bench: $(VENV)/.dev ## Measure speed and size; writes a table and a JSON file
	@$(BIN)/python -m bench

chaos: $(VENV)/.dev ## Break the service while people work, and count what is lost (ONLY=, MINUTES=)
	@$(BIN)/python -m chaos --keep --minutes $(or $(MINUTES),10) $(if $(ONLY),--only $(ONLY))
	@$(if $(ONLY),,$(BIN)/python -m tests.hostile --keep)

messages: $(VENV)/.dev ## Bring the translations of the public page up to date, and compile them
	@$(BIN)/python manage.py public_messages --settings tests.settings

coverage: $(VENV)/.dev ## Which lines the tests reach (without the browser)
	$(PYTEST) $(NO_BROWSER) --cov --cov-report=term-missing:skip-covered

venv: $(VENV)/.runtime ## Make the virtual environment with what the application needs
dev: $(VENV)/.dev ## The same, with what testing needs on top

# --without-pip, and pip from outside with --python: that needs neither ensurepip (an extra
# package on Debian) nor a system pip that may install into the system. A Python without any pip
# can often still bring its own into the environment.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Stek needs Python 3.11 or newer; say which one with PYTHON=/path/to/python3."; exit 1; }
	@if $(HAS_PIP); then $(PYTHON) -m venv --without-pip $(VENV); else \
	  $(PYTHON) -m venv $(VENV) >/dev/null || { rm -rf $(VENV); \
	    echo "$(PYTHON) has no pip; install it first (Debian: apt-get install python3-pip)."; exit 1; }; fi

HAS_PIP = $(PYTHON) -m pip --version >/dev/null 2>&1
INSTALL = if $(HAS_PIP); then pip="$(PYTHON) -m pip --python $(BIN)/python"; \
          else pip="$(BIN)/python -m pip"; fi; \
          $$pip install --quiet --no-compile --disable-pip-version-check --require-hashes -r

# The stamps make a second run instant; a changed lock file makes them old.
$(VENV)/.runtime: requirements.txt | $(BIN)/python
	@echo "Installing the locked packages (once) ..."
	@$(INSTALL) requirements.txt
	@touch $@

# They hold those of .runtime too, so that pip is asked once.
$(VENV)/.dev: requirements-dev.txt requirements.txt | $(BIN)/python
	@echo "Installing the locked packages, with those for testing (once) ..."
	@$(INSTALL) requirements-dev.txt
	@touch $(VENV)/.runtime $@

lock: ## Lock requirements*.in again, to the newest that fits (needs uv)
	$(LOCK) --upgrade requirements.in -o requirements.txt
	$(LOCK) --upgrade requirements-dev.in -o requirements-dev.txt

clean: ## Remove the environment and caches; never the data in var/
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis test-results htmlcov .coverage*
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
