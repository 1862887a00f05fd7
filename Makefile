# Two commands: `make play` opens the dream, `make test` passes the tests.
# They need Python 3.11 or newer and make, and install the rest into .venv.

PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
DEV_STAMP := .venv/.installed-dev

.PHONY: help play test check types soak sealed bench look load gallery clean

help: ## What can be done here
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

play: $(STAMP) ## Open the dream
	@$(BIN)/harken play

test: $(DEV_STAMP) ## Lint, types, imports, and every test
	$(BIN)/ruff check src tests bench drawing
	$(BIN)/ruff format --check src tests bench drawing
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n auto $(PYTEST)

soak: $(DEV_STAMP) ## The same tests at large counts (takes long)
	HARKEN_STORIES=2000 HARKEN_READERS=1000 HARKEN_KILLS=1000 HARKEN_PG_KILLS=200 HARKEN_CUTS=2000 \
	HARKEN_NEEDLES=10000 HARKEN_TAMPER=100 HARKEN_LIVES=200 HARKEN_PROOFS=200 HARKEN_STATES=500 HARKEN_TELLINGS=1000 HARKEN_SPIN=25 \
	HARKEN_ATTENTIVE=60 HARKEN_FIRST_MEETINGS=500 $(BIN)/python -m pytest -n auto --timeout 3600 $(PYTEST)

sealed: $(DEV_STAMP) ## Every test where there is no network, and a count of the packets that looked for one
	$(BIN)/python tests/sealed.py -n auto $(PYTEST)

bench: $(DEV_STAMP) ## Timings, as ratios
	$(BIN)/python -m bench

look: $(DEV_STAMP) ## Pictures of every scene and state, to look at (says where)
	$(BIN)/python tests/player/look.py

load: $(DEV_STAMP) ## A whole server under 1,000 readers (minutes; needs PostgreSQL for the second half)
	$(BIN)/python -m bench.load --write

listen-train: $(DEV_STAMP) ## Train the ear from listening/
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[train]'
	$(BIN)/python -m listening.train
	$(BIN)/python -m listening.care

gallery: $(DEV_STAMP) ## Write docs/gallery again: ten transcripts of the dream
	$(BIN)/python tests/dream/gallery.py

clean: ## Remove what the above made
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Harken needs Python 3.11 or newer; '$(PYTHON)' is older. Say which one to use: make PYTHON=python3.12 ..."; exit 2; }
	@$(PYTHON) -m venv .venv

$(STAMP): .venv/bin/python pyproject.toml
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(DEV_STAMP): .venv/bin/python pyproject.toml
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@ $(STAMP)
