# 问院 Wenyuan: one command a job. `make` alone lists them.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
UV := $(PY) -m uv
STAMP := $(VENV)/installed
HOST ?= 127.0.0.1
PORT ?= 7860

# uv reads neither pip's variables nor its files: pass on where pip was told to look.
FIND_LINKS := $(foreach place,$(PIP_FIND_LINKS),--find-links "$(place)")
PLACES := $(FIND_LINKS) $(if $(PIP_INDEX_URL),--default-index "$(PIP_INDEX_URL)")

.PHONY: help setup run test check format bench lock
help:  ## list the commands
	@grep -E '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/'

setup: $(STAMP)  ## make .venv and install what requirements.lock says
$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed; say which: make PYTHON=python3.11")'
	test -x $(PY) || $(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet 'uv>=0.9'
	$(UV) pip install --quiet --python $(PY) $(PLACES) --requirement requirements.lock
	$(UV) pip install --quiet --python $(PY) --no-deps --no-build-isolation --editable .
	@touch $@

run: setup  ## take in the bundled reports and open the page on this machine
	$(VENV)/bin/wenyuan ingest reports || [ $$? -eq 1 ]
	$(VENV)/bin/wenyuan serve --host $(HOST) --port $(PORT)

test: setup  ## run the tests; ARGS="-k name" goes to pytest
	$(PY) -m pytest $(ARGS)

check: setup  ## lint, format, types, and the direction of imports
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(VENV)/bin/lint-imports

format: setup  ## put the code in the house's format
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

bench: setup  ## measure the answers to the questions in bench/, in a data folder of its own
	@home=$$(mktemp -d) && trap 'rm -rf "$$home"' EXIT && \
	    $(VENV)/bin/wenyuan --home "$$home" ingest reports bench/pages && \
	    for file in $(sort $(wildcard bench/questions/*.jsonl)); do \
	        echo "== $$file"; $(VENV)/bin/wenyuan --home "$$home" eval "$$file" || exit; \
	    done

# torch's CPU build and its build for a graphics card have one version: the lock names neither, nor
# any place. hatchling and editables install the project itself, which is built without isolation.
lock: $(PY)  ## work requirements.lock out again from pyproject.toml
	$(PY) -m pip install --quiet 'uv>=0.9'
	printf 'hatchling\neditables\n' | $(UV) pip compile --quiet pyproject.toml - --extra dev --extra eval --upgrade \
	    --python-version 3.11 --no-header --no-annotate --no-emit-find-links --no-emit-index-url \
	    $(or $(FIND_LINKS),--torch-backend cpu) --output-file requirements.lock
	sed -i 's/+cpu$$//' requirements.lock
$(PY):
	$(PYTHON) -m venv $(VENV)
