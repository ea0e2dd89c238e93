# Safe City. `make` alone lists what there is.
#
#   PORT=8501        where `make run` serves
#   DATA_DIR=…       the figures that `make run` and `make build` use, instead of data/
#   PYTEST=…         what `make test` passes on, such as PYTEST="-m 'not browser'"
#   WORKERS=auto     how many tests run at once; 0 for one after the other, in one process
#   PYTHON=…         the Python that .venv is made from: 3.11 or later

.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# Some machines forbid compiled bytecode, which triples the app's start.
unexport PYTHONDONTWRITEBYTECODE

PORT ?= 8501
DATA_DIR ?=
PYTEST ?=
WORKERS ?= auto
FIGURES = $(if $(DATA_DIR),--data-dir "$(DATA_DIR)")

CANDIDATES := python3 python3.14 python3.13 python3.12 python3.11 python
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for p in $(CANDIDATES); do \
	$$p -c '$(NEW_ENOUGH)' 2>/dev/null && { echo $$p; exit; }; done; echo python3)

# Windows with a make of its own keeps programs in another folder.
BIN := .venv/$(if $(filter Windows_NT,$(OS)),Scripts,bin)

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' Makefile

.PHONY: run
run: environment ## Build the figures if need be and serve the app on localhost
	@$(BIN)/safecity serve --port $(PORT) $(FIGURES)

.PHONY: test
test: environment-test ## Run every test, in a real browser too
	@$(BIN)/python tools/chromium.py
	$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadfile $(PYTEST)

.PHONY: test-spark
test-spark: environment-spark ## Run the heavy step on Spark too: the same counts
	@$(BIN)/python tools/java.py
	$(BIN)/python -m pytest tests/etl/test_spark.py $(PYTEST)

.PHONY: check
check: environment-test ## Look at the code: rules, docstrings, format, types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/ty check

.PHONY: build
build: environment ## Build the database from the figures loaded
	@$(BIN)/safecity build $(FIGURES)

.PHONY: bench
bench: environment-test ## Measure against what people use instead
	@if [ -f benchmarks/__main__.py ]; then $(BIN)/python -m benchmarks; \
	else echo "No benchmarks yet: they go in benchmarks/, run by its __main__.py"; fi

.PHONY: format
format: environment-test ## Put the code in the format that check asks for
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

.PHONY: lock
lock: ## Write the locks again from pyproject.toml (needs uv; UPGRADE=1 for newer versions)
	@$(PYTHON) tools/lock.py $(if $(UPGRADE),--upgrade)

.PHONY: clean
clean: ## Remove the environment, caches and built database; loaded figures stay
	rm -rf .venv .pytest_cache .ruff_cache .hypothesis data/build tests/browser/screenshots
	find dashboard etl tests tools benchmarks notebooks -name __pycache__ -prune -exec rm -rf {} + \
		2>/dev/null || true

.PHONY: environment environment-test environment-spark
environment:
	@$(PYTHON) tools/environment.py run

environment-test:
	@$(PYTHON) tools/environment.py test

environment-spark:
	@$(PYTHON) tools/environment.py spark
