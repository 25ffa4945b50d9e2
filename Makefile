# Every target prepares what it needs by itself; `make` alone lists them.

PYTHON ?= python3
WORKERS ?= 2
BIN := .venv/bin
PYTEST := $(BIN)/python -X faulthandler -m pytest
PARALLEL := -n $(WORKERS) --dist worksteal
PIN := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url \
	--python-version 3.11 --custom-compile-command "make lock" $(if $(UPGRADE),--upgrade)
LOCK := $(PIN) pyproject.toml --extra build

export LANG ?= C.UTF-8

.DEFAULT_GOAL := help
.PHONY: help run test check unit lint bench lock rules pictures app clean ready ready-to-run song

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 18

run: ready-to-run ## do the main job on a real song, or on BOUNCE=path/to/song.wav, and open the window
	@test -n "$(BOUNCE)" || $(BIN)/python scripts/song.py || true
	@$(BIN)/indieartist tour $(if $(BOUNCE),--bounce "$$BOUNCE")

test: unit song ## run all tests
	$(PYTEST) -q -m real $(PARALLEL)

check: lint unit ## format, lint, types, layers and unit tests: before each commit

lint: ready
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports

unit: ready ## run the unit tests alone
	$(PYTEST) -q -m "not real" $(PARALLEL)

bench: ready song ## measure speed and accuracy beside the peers; WRITE=1 puts it into docs
	@$(BIN)/python -m benchmarks $(if $(WRITE),--write)
	@$(BIN)/python -m benchmarks.ui $(if $(WRITE),--write)
	@$(BIN)/python -m benchmarks.main_job

lock: ready ## pin what pyproject.toml asks for, with hashes; UPGRADE=1 takes the newest of all
	$(LOCK) --extra dev --output-file requirements/dev.txt
	$(LOCK) --constraint requirements/dev.txt --output-file requirements/run.txt
	$(LOCK) --extra app --constraint requirements/dev.txt --output-file requirements/app.txt
	$(PIN) requirements/peers.in --output-file requirements/peers.txt

rules: ready ## make docs/rules of resources/rules
	@$(BIN)/python scripts/rules_pages.py

pictures: ready song ## render the pictures of the window anew, for docs, tests and the eye
	$(BIN)/python scripts/pictures.py
	$(BIN)/python scripts/pictures.py all
	RENEW=1 $(PYTEST) -q tests/ui/test_pictures.py

app: ready ## build the packaged app in dist/ and let it test itself
	@$(PYTHON) scripts/environment.py app
	$(BIN)/pyinstaller --noconfirm --log-level WARN build.spec
	dist/indieartist/indieartist --selftest

clean: ## remove the environment and all that was built or cached
	rm -rf .venv .cache build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis \
		.import_linter_cache

ready:
	@$(PYTHON) scripts/environment.py dev

ready-to-run:
	@$(PYTHON) scripts/environment.py run

song: ready
	@$(BIN)/python scripts/song.py
