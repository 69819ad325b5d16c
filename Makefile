# One command each; `make help` lists them. Needs make and Python 3.11 or newer, nothing else.

ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $$p && break; done)
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
INSTALL := $(PIP) install --require-hashes --no-deps
export PYTHONUNBUFFERED := 1

.PHONY: help run test check bench soak lock assets wheel portability clean
.DEFAULT_GOAL := help

help: ## list these commands
	@awk 'BEGIN {FS = ":.*## "} /^[a-z]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' Makefile

run: .venv/.runtime assets ## serve the product with the demo town: environment, assets, database, all of it
	@$(BIN)/bihuan up --demo

test: .venv/.dev assets ## everything: lint, types, contracts, unit, property, SQLite, PostgreSQL, browser
	@$(BIN)/python tools/run_tests.py

check: .venv/.dev ## format, lint, types, import contracts, migrations, documents (a minute)
	@$(BIN)/python tools/check.py

bench: .venv/.dev assets ## measure the product at 10,000, 100,000 and 1,000,000 hazards; writes docs/benchmarks.md
	@$(BIN)/python -m tools.bench

soak: .venv/.dev assets ## long random walks: properties with many examples, kills, 64 writers
	@HYPOTHESIS_PROFILE=soak $(BIN)/python -m pytest -m "slow or property" tests

assets: .venv/.runtime ## build the browser's side when its sources changed (Node from PyPI where it is missing)
	@$(BIN)/python tools/assets.py

wheel: .venv/.dev assets ## build dist/*.whl with the assets inside, and try it out without Node
	@rm -rf build dist
	@$(BIN)/python -m build --wheel --no-isolation --outdir dist . >/dev/null
	@$(BIN)/python tools/try_wheel.py dist

lock: .venv/.dev ## compile requirements/*.lock from requirements/*.in (all platforms, hashes, no addresses)
	@$(BIN)/python tools/lock.py

portability: .venv/.dev ## show that every dependency has a wheel for Windows, macOS (both kinds) and Linux
	@$(BIN)/python tools/portability.py

clean: ## remove what make made, except the database in var/
	rm -rf .venv build dist node_modules src/bihuan/web/static/built src/*.egg-info

# ---- the environment; the stamps say what is in it ----

.venv/.made: tools/make_venv.py
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and was not found. Install it, or say make PYTHON=/path/to/python3"; exit 1; }
	@echo "Making .venv …"
	@$(PYTHON) tools/make_venv.py .venv
	@touch $@

.venv/.runtime: .venv/.made requirements/build.lock requirements/runtime.lock pyproject.toml
	@echo "Installing what requirements/runtime.lock names …"
	@$(INSTALL) -r requirements/build.lock -r requirements/runtime.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: .venv/.runtime requirements/dev.lock
	@echo "Installing what requirements/dev.lock names …"
	@$(INSTALL) -r requirements/dev.lock
	@touch $@
