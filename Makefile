# Every target says what it does: `make help`.
SHELL := /bin/bash
VENV := .venv
PYTHON := $(VENV)/bin/python
STAMP := $(VENV)/.installed
PEERS := .venv-bench

.DEFAULT_GOAL := help
.PHONY: help setup demo test check bench lock clean

help: ## Show this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  \1\t/' | expand -t 12

setup: $(STAMP) ## Install what is missing: Debian packages, .venv, .venv/bin/crosslight
$(STAMP): requirements/runtime.lock requirements/development.lock pyproject.toml scripts/setup
	scripts/setup $(VENV)
	@touch $@

demo: setup ## Make the practice world and serve it on http://127.0.0.1:8000/demo
	$(VENV)/bin/crosslight demo

test: setup ## Run every gate and the whole suite, on SQLite and on PostgreSQL, browser included
	scripts/test $(VENV)

check: setup ## Run the gates alone: lint, types, import contracts, migrations
	scripts/check $(VENV)

bench: setup $(PEERS)/.installed ## Print every quality and speed figure beside its peers (needs CROSSLIGHT_REFERENCE)
	scripts/with-postgres $(PYTHON) -m benchmarks

$(PEERS)/.installed: requirements/benchmarks.lock
	$(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

lock: setup ## Resolve requirements/*.in anew into the lock files
	scripts/lock $(VENV)

clean: ## Remove what setup and test made
	rm -rf $(VENV) $(PEERS) .cache .postgres build src/*.egg-info
