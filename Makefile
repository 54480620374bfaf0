# make run    installs what the app needs and starts it        make check  lint, types, layers, arithmetic
# make test   installs what tests need and runs them all       make shots  pictures of every page
# make demo   the app against an invented, moving market       make bench  speed beside a bare page and Dash
# make report THESIS=alibaba-ai OUT=reports  report, PDF, workbook and tables of a thesis, without the app
# make extraction  how well articles' texts are read           make clean  removes the environment

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
.DEFAULT_GOAL := help
.PHONY: help run report test check lock audit approve mutants demo shots bench soak capacity extraction clean

help:
	@sed -n '1,5p' Makefile

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

$(VENV)/app.done: requirements.lock | $(BIN)/python
	$(PIP) --require-hashes -r requirements.lock
	$(BIN)/python -m components.charts.plotly_js
	@touch $@

$(VENV)/dev.done: requirements-dev.lock $(VENV)/app.done
	$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

run: $(VENV)/app.done
	$(BIN)/streamlit run app.py

THESIS ?= alibaba-ai
OUT ?= reports
report: $(VENV)/app.done
	$(BIN)/python -m components.export $(THESIS) --out $(OUT) --pdf

check: $(VENV)/dev.done
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/oxlint
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest tests/components tests/data --ignore=tests/data/market

test: $(VENV)/dev.done
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/oxlint
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tests.browser.find_browser --install
	$(BIN)/python -m tests.browser.html_checker --install
	$(BIN)/python -m pytest -n 2 --dist worksteal --ignore=tests/browser --ignore=tests/deploy
	$(BIN)/python -m pytest -n 2 --dist worksteal tests/browser
	$(BIN)/python -m pytest tests/deploy

# Pins every package that comes along, with its digests, for all platforms; run it after a change of a requirements file.
lock: $(VENV)/dev.done
	$(BIN)/uv pip compile requirements.txt $(LOCK) --output-file requirements.lock
	$(BIN)/uv pip compile requirements-team.txt $(LOCK) --output-file requirements-team.lock
	$(BIN)/uv pip compile requirements-dev.txt $(LOCK) --output-file requirements-dev.lock
LOCK := --quiet --universal --python-version 3.11 --generate-hashes --custom-compile-command "make lock"

# Known holes in what is pinned. Where no register of them can be reached, it says so and fails nothing.
audit: $(VENV)/dev.done
	$(BIN)/python -m tests.audit_packages

approve: $(VENV)/dev.done
	APPROVE=1 $(BIN)/python -m pytest tests/components/answers/test_approved.py tests/data/test_thesis_check.py \
		tests/data/market/test_plausible.py

demo: $(VENV)/dev.done
	$(BIN)/python -m tests.standin --run -- $(BIN)/streamlit run app.py

shots: $(VENV)/dev.done
	$(BIN)/python -m tests.browser.shots

$(VENV)/bench.done: requirements-bench.txt $(VENV)/dev.done
	$(PIP) -r requirements-bench.txt
	@touch $@

extraction: $(VENV)/dev.done
	$(BIN)/python -m tests.authoring.measured -v

# Ten minutes of 25 readers against a service that fails at random.
MINUTES ?= 10
soak: $(VENV)/dev.done
	$(BIN)/python -m tests.soak --minutes $(MINUTES)

# How many sessions one server process carries.
capacity: $(VENV)/dev.done
	$(BIN)/python -m tests.soak.capacity

bench: $(VENV)/bench.done
	$(BIN)/python -m tests.benchmarks.bench

$(VENV)/mutants.done: requirements-mutants.txt $(VENV)/dev.done
	$(PIP) -r requirements-mutants.txt
	@touch $@

# All take hours; `make mutants SAMPLE=2000` takes a random part, of what a small run has laid out before.
# mutmut ends with an error where a mutant survives; the report says how many and which.
mutants: $(VENV)/mutants.done
	-$(if $(SAMPLE),$(BIN)/mutmut run "data.units*")
	-$(if $(SAMPLE),$(BIN)/python -m tests.mutants.sample $(SAMPLE) | xargs -n 300,) $(BIN)/mutmut run
	$(BIN)/python -m tests.mutants.report

clean:
	rm -rf $(VENV) shots mutants
