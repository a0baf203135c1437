# What one does with the house. `make` alone lists it. Everything lands in .venv, node_modules and build; nothing outside.

SHELL := /bin/bash
PYTHON ?= python3
PORT ?= 8000
TESTS ?= tests
PROCESSES ?= 2
# A folder made by `make bundle`: wheels and assets for a machine without internet.
BUNDLE ?= $(wildcard bundle)
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check $(if $(BUNDLE),--no-index --find-links $(BUNDLE)/wheels)
# A test that hangs fails after 300 s. Workers keep to their half of the list, so that what a module shares is made once, and the
# one that is done first takes from the other.
PYTEST := $(BIN)/python -m pytest -q --timeout 300
WORKERS := -n $(PROCESSES) --dist worksteal
ON_POSTGRES := $(BIN)/python -W "ignore:XDG_RUNTIME_DIR" -m tests.postgres
# Rewriting the assertions of all tests takes a worker 8 s; kept beside the tests, the next one reads them in 2 s.
export PYTHONDONTWRITEBYTECODE :=
.PHONY: help setup demo test test-setup test-sqlite test-postgres test-scripts test-browser style check bench mutants bundle messages

help:  ## this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 16

setup: .venv/.installed .venv/.assets  ## .venv with what the system needs, and the assets the pages use

demo: setup  ## the demonstration county on an SQLite database, served at http://127.0.0.1:8000
	$(BIN)/python manage.py migrate --verbosity 0
	$(BIN)/python manage.py demo
	@echo; echo "党建季报: http://127.0.0.1:$(PORT)/   (Ctrl+C ends it)"; echo
	$(BIN)/gunicorn config.wsgi --bind 127.0.0.1:$(PORT) --workers 2 --threads 4 --no-control-socket --log-level warning

test: test-setup  ## everything: style, checks, scripts, tests on SQLite and on PostgreSQL, walks in a real browser
	@$(MAKE) --no-print-directory --keep-going style test-scripts test-sqlite test-postgres test-browser

test-setup: setup .venv/.test-installed .venv/.test-assets  ## what the tests need besides
	@deploy/test_programs

test-sqlite: test-setup  ## all tests without a browser, on SQLite (TESTS=tests/orgs runs a part)
	$(PYTEST) $(WORKERS) -m "not browser" $(TESTS)

test-postgres: test-setup  ## all that touch a database, on a throw-away PostgreSQL
	$(ON_POSTGRES) $(PYTEST) $(WORKERS) -m "not browser and not house" $(TESTS)

test-scripts: test-setup  ## the scripts of pages that know no page, by node's own test runner
	deploy/node --test --test-reporter=dot tests/scripts/*.test.js

test-browser: test-setup  ## the walks through the pages in Chromium
	$(PYTEST) $(WORKERS) -m browser $(if $(filter tests,$(TESTS)),tests/browser,$(TESTS))

style: test-setup  ## ruff
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

check: style  ## style and house rules: imports, sizes, migrations, settings of production, catalogue
	$(PYTEST) tests/house

bench: test-setup  ## the measured ratios, a line each; fails where one falls short
	$(BIN)/python -m benchmarks

mutants: test-setup  ## changes the code a little and asks whether a test notices (MUTATE=indicators/kinds, SAMPLE=100, SURVIVORS=1)
	nice $(BIN)/python -m tests.mutation --place "$(MUTATE)" $(if $(SAMPLE),--sample $(SAMPLE)) $(if $(SURVIVORS),--survivors) \
	    --processes $(PROCESSES)

messages: test-setup  ## takes new texts into locale/zh_Hans and compiles the catalogue
	$(BIN)/python -m django makemessages --locale zh_Hans --no-obsolete --add-location file \
	    $(foreach folder,.venv node_modules build tests benchmarks,--ignore $(folder))
	$(BIN)/python -m django compilemessages --locale zh_Hans --ignore .venv

bundle: setup  ## one archive with program, wheels and assets, for an office without internet
	rm -rf build/bundle && mkdir -p build/bundle/partyreport
	git archive HEAD | tar -x -C build/bundle/partyreport
	$(BIN)/python -m pip download --quiet --disable-pip-version-check --only-binary :all: \
	    --dest build/bundle/partyreport/bundle/wheels --requirement requirements.txt
	cp -r build/vendor build/bundle/partyreport/bundle/vendor
	tar -C build/bundle -czf build/partyreport-bundle.tar.gz partyreport
	@echo "build/partyreport-bundle.tar.gz: unpack it there and run make setup; it finds the folder bundle/ by itself."

# Stamps: a step runs again only when what it was made from has changed.

.venv/.created:
	$(PYTHON) -m venv .venv
	@touch $@

.venv/.installed: requirements.txt .venv/.created
	$(PIP) --requirement requirements.txt
	@touch $@

.venv/.test-installed: requirements-dev.txt .venv/.installed
	$(PIP) --requirement requirements-dev.txt
	@touch $@

# Only the files that pages load are served, out of build/vendor; the packages themselves carry 50 MB more.
.venv/.assets: package-lock.json deploy/npm .venv/.installed
	rm -rf build/vendor && mkdir -p build/vendor
ifeq ($(BUNDLE),)
	deploy/npm ci --omit=dev
	mkdir build/vendor/echarts
	cp node_modules/echarts/dist/echarts.min.js node_modules/echarts/LICENSE node_modules/echarts/NOTICE build/vendor/echarts/
else
	cp -r $(BUNDLE)/vendor build/
endif
	@touch $@

.venv/.test-assets: .venv/.assets
	deploy/npm ci
	@touch $@
