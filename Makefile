# `make` alone says what there is. The first target of each kind sets itself up in $(VENV).

PYTHON ?= python3
VENV ?= .venv
JOBS ?= 4
ARGS ?=

PY := $(VENV)/bin/python
PIP := $(PY) -m pip install -qq --disable-pip-version-check --constraint constraints.txt
NEEDED := pyproject.toml constraints.txt
WANTED := "duban needs Python 3.11 or newer;"
OTHER := "Install it, or say which to take: make PYTHON=python3.12 ..."

# Without its Python (the system's was replaced) the environment is made anew.
$(shell [ -x $(PY) ] || rm -f $(VENV)/.run $(VENV)/.test)

export PIP_CONSTRAINT := constraints.txt
export PIP_BUILD_CONSTRAINT := constraints.txt
export PIP_ROOT_USER_ACTION := ignore

.DEFAULT_GOAL := help
.PHONY: help run test check format bench wheel clean

help:
	@echo "make run      open the board (make run ARGS='ls --json' for other commands)"
	@echo "make test     run all tests, PostgreSQL included (ARGS='-k name' for some)"
	@echo "make check    formatter, linter, types, import contracts"
	@echo "make format   put the code into the formatter's shape"
	@echo "make bench    measure speed and memory, as one table"
	@echo "make wheel    build the wheel and the source archive into dist/"
	@echo "make clean    remove what these commands made, the virtual environment too"

run: $(VENV)/.run
	@$(VENV)/bin/duban $(ARGS)

test: $(VENV)/.test
	@$(PY) -m pytest -q -n $(JOBS) $(ARGS)

check: $(VENV)/.test
	@$(PY) -m ruff format --check --quiet . || { echo "make format would change files"; exit 1; }
	@$(PY) -m ruff check --quiet .
	@$(PY) -m mypy --no-error-summary
	@$(VENV)/bin/lint-imports --no-cache > $(VENV)/.imports || { cat $(VENV)/.imports; exit 1; }
	@echo "format, lint, types and imports are in order"

format: $(VENV)/.test
	@$(PY) -m ruff check --fix --quiet . ; $(PY) -m ruff format .

bench: $(VENV)/.test
	@$(PY) -m tests.bench $(ARGS)

wheel: $(VENV)/.test
	@rm -rf dist
	@$(PY) -m hatchling build -d dist

clean:
	@rm -rf $(VENV) dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@rm -rf .coverage htmlcov snapshot_report.html
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The environment changes only when what it is made from has changed.
$(VENV)/.run: $(NEEDED) $(PY)
	@echo "Setting up duban in $(VENV)"
	$(with_pip)
	@$(PIP) --editable '.[postgres]'
	@touch $@

$(VENV)/.test: $(NEEDED) $(PY)
	@echo "Setting up duban and its tests in $(VENV)"
	$(with_pip)
	@$(PIP) --editable '.[test]'
	@touch $@ $(VENV)/.run

$(PY):
	@command -v '$(PYTHON)' > /dev/null || { echo $(WANTED) "'$(PYTHON)' is not there." $(OTHER); exit 1; }
	@'$(PYTHON)' -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo $(WANTED) "'$(PYTHON)' is $$('$(PYTHON)' --version 2>&1)." $(OTHER); exit 1; }
	@'$(PYTHON)' -c 'import ensurepip, venv' 2> /dev/null || \
	    { echo "'$(PYTHON)' comes without venv. On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@'$(PYTHON)' -m venv --clear $(VENV)

# Heals an environment whose making was interrupted.
define with_pip
@$(PY) -m pip --version > /dev/null 2>&1 || '$(PYTHON)' -m venv --clear $(VENV)
endef
