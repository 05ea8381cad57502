# Every target is complete by itself: it needs Python 3.11 or newer, pip and make, and installs into .venv only.
#   make demo    score the example of 益阳, and audit its form
#   make office  what it takes to read forms in Excel, Word, HTML and PDF
#   make test    lint, types and tests
#   make lint    lint and types
#   make gold    count the findings of audits that a careful auditor agrees with
#   make write   write the expected outputs of examples, pages and reports anew; read what changes
#   make lock    resolve the lock files again (UPGRADE=--upgrade takes the newest of everything)
#   make bench   time it beside code written by hand and other engines (BENCH=--quick sees that it runs)
#   make clean   remove all that the others made
# Another interpreter: make PYTHON=python3.12 test

PYTHON ?= python3
UPGRADE ?=
BENCH ?=

VENV := .venv
BIN := $(VENV)/bin

# The interpreter behind PYTHON (which may itself be that of an activated .venv), and its version.
BASE := $(shell "$(PYTHON)" -c 'import sys; print(getattr(sys, "_base_executable", sys.executable))' 2>/dev/null)
VERSION := $(shell "$(PYTHON)" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)
FITS := $(shell "$(PYTHON)" -c 'import sys; print("yes" if sys.version_info >= (3, 11) else "")' 2>/dev/null)

# Stamps: .venv was made / can run perfeval / can test it / has the engines that it is timed beside.
MADE := $(VENV)/made-with-$(VERSION)
CORE := $(VENV)/installed
DEV := $(VENV)/installed-dev
PEERS := $(VENV)/installed-bench

# pip of the .venv where it has one, else the interpreter's own.
PIP = if $(BIN)/python -c 'import pip' 2>/dev/null; then set -- $(BIN)/python -m pip; \
	else set -- "$(BASE)" -m pip --python $(BIN)/python; fi; "$$@" --quiet --disable-pip-version-check

COMPILE = env -u UV_INDEX -u UV_EXTRA_INDEX_URL -u UV_FIND_LINKS \
	$(BIN)/uv pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links $(UPGRADE)

.PHONY: help demo office test lint gold write lock bench clean python
.DELETE_ON_ERROR:

help:
	@sed -n 's/^#   //p' Makefile

demo: $(CORE)
	$(BIN)/perfeval score examples/yiyang-2021/rules.toml examples/yiyang-2021/facts.toml
	@echo
	$(BIN)/perfeval audit examples/yiyang-2021/form.toml || [ $$? = 1 ] # 1: it found errors

office: $(CORE) requirements-office.lock
	@$(PIP) install --require-hashes --requirement requirements-office.lock

test: lint
	$(BIN)/python -m pytest -n auto

lint: $(DEV)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

gold: $(DEV)
	$(BIN)/python tests/shared/measure.py

write: $(DEV)
	@for one in forms/test_cases forms/test_findings package/test_faults package/test_house report/test_svg; do \
		PYTHONPATH=tests/shared $(BIN)/python tests/$$one.py --write; done
	@PYTHONPATH=tests/shared $(BIN)/python tests/shared/terminal.py

lock: $(DEV)
	@$(COMPILE) pyproject.toml --output-file requirements.lock
	@$(COMPILE) pyproject.toml --extra dev --constraint requirements.lock --output-file requirements-dev.lock
	@$(COMPILE) pyproject.toml --extra office --extra html --extra pdf --constraint requirements-dev.lock --output-file requirements-office.lock
	@$(BIN)/python -c 'import tomli; print(*tomli.load(open("pyproject.toml", "rb"))["build-system"]["requires"], sep="\n")' \
		| $(COMPILE) - --constraint requirements-dev.lock --output-file requirements-build.lock

bench: $(PEERS)
	$(BIN)/python tests/benchmarks/bench.py $(BENCH)

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find perfeval tests -name __pycache__ -type d -prune -exec rm -rf {} +

python:
	$(if $(VERSION),,$(error perfeval needs Python 3.11 or newer, and "$(PYTHON)" does not run: name another, as in "make PYTHON=python3.12 demo"))
	$(if $(FITS),,$(error perfeval needs Python 3.11 or newer, and "$(PYTHON)" is $(VERSION): name another, as in "make PYTHON=python3.12 demo"))
	@:

# A .venv of another version, or one whose interpreter is gone, is made anew.
$(MADE): | python
	@echo "Making $(VENV) with Python $(VERSION)"
	@[ "$$($(BIN)/python -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)" = "$(VERSION)" ] || rm -rf $(VENV)
	@[ -d $(VENV) ] || "$(BASE)" -m venv --without-pip $(VENV)
	@"$(BASE)" -c 'import pip' 2>/dev/null || $(BIN)/python -m ensurepip >/dev/null 2>&1 \
		|| { echo "$(BASE) has no pip: install it first."; exit 1; }
	@touch $@

$(CORE): $(MADE) requirements.lock requirements-build.lock pyproject.toml
	@echo "Installing perfeval and what it needs"
	@$(PIP) install --require-hashes --requirement requirements.lock --requirement requirements-build.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): $(CORE) requirements-dev.lock
	@echo "Installing what the tests need"
	@$(PIP) install --require-hashes --requirement requirements-dev.lock
	@touch $@

# One by one: an engine that cannot be installed here is said to be missing, and the others are timed.
$(PEERS): $(DEV) pyproject.toml
	@echo "Installing the engines of the benchmark"
	@$(BIN)/python -c 'import tomli; print(*tomli.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"]["bench"], sep="\n")' \
		| while read -r one; do ($(PIP) install "$$one") || echo "not installed: $$one"; done
	@touch $@
