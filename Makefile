# Two commands are enough: `make run`, `make test`. README.md says the same without make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8050
JEU ?=

.PHONY: run test check bench lock clean

run: $(VENV)/.installed-run
	$(BIN)/atlas-ctg servir --port $(PORT) $(if $(JEU),--jeu $(JEU))

test: $(VENV)/.installed-test
	sh .ci/chromium
	sh .ci/postgres
	$(MAKE) check
	$(BIN)/python -m pytest -n 2 --dist loadfile

check: $(VENV)/.installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.installed-test
	sh .ci/chromium
	for bench in tests/benchmarks/bench_*.py; do echo "== $$bench"; $(BIN)/python $$bench || exit 1; done

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed-run: .ci/requirements/run.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --require-hashes -r .ci/requirements/run.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/.installed-test: .ci/requirements/test.txt $(VENV)/.installed-run
	$(BIN)/python -m pip install --quiet --require-hashes -r .ci/requirements/test.txt
	touch $@

# Needs uv; --no-emit-index-url keeps every host out of the lists.
lock:
	uv pip compile pyproject.toml --group build --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -o .ci/requirements/run.txt
	uv pip compile pyproject.toml --group build --extra test --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -c .ci/requirements/run.txt -o .ci/requirements/test.txt

clean:
	rm -rf $(VENV) *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
