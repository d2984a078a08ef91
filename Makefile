# Two commands carry everything: `make run` and `make test`. Both work in a fresh clone with
# only python3 (3.11 or newer) and make; nothing has to be activated or installed by hand.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-header

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help venv dev lock clean

help: ## List the targets
	@grep -hE '^[a-z][a-z-]*:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

venv: $(VENV)/.runtime ## Make the virtual environment with what the application needs
dev: $(VENV)/.dev ## The same, with what testing needs on top

# --without-pip, and pip from outside with --python: that needs neither ensurepip (an extra
# package on Debian) nor a system pip that may install into the system.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Stek needs Python 3.11 or newer; say which one with PYTHON=/path/to/python3."; exit 1; }
	@$(PYTHON) -m pip --version >/dev/null 2>&1 || \
	  { echo "$(PYTHON) has no pip; install it first (Debian: apt-get install python3-pip)."; exit 1; }
	$(PYTHON) -m venv --without-pip $(VENV)

INSTALL = $(PYTHON) -m pip --python $(BIN)/python install --quiet --disable-pip-version-check \
          --require-hashes -r

# The stamps make a second run instant; a changed lock file makes them old.
$(VENV)/.runtime: requirements.txt | $(BIN)/python
	@echo "Installing the locked packages (once) ..."
	@$(INSTALL) requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.runtime | $(BIN)/python
	@echo "Installing the locked packages for testing (once) ..."
	@$(INSTALL) requirements-dev.txt
	@touch $@

lock: ## Lock requirements*.in again, to the newest that fits (needs uv)
	$(LOCK) --upgrade requirements.in -o requirements.txt
	$(LOCK) --upgrade requirements-dev.in -o requirements-dev.txt

clean: ## Remove the environment and caches; never the data in var/
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis test-results htmlcov .coverage*
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
