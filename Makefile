# Every verb of this repository; CI runs the same ones.

PYTHON = python3
IN := .venv/bin
BACKEND = $(MAKE) --no-print-directory -C backend VENV=../.venv
COMPILE = "$(IN)/uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-annotate --custom-compile-command "make lock" $(if $(UPGRADE),--upgrade)

# Without their compiled files, all packages are compiled anew at each start, for seconds.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup demo test test-tool test-browser browser test-better-auth better-auth check fix
.PHONY: bench lock examples golden random

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-18s%s\n", $$1, $$2}' Makefile

setup: .venv/ready ## Make .venv as the locks say; the other verbs do it when it is needed

demo: .venv/ready ## Build the bookshop under .demo/ and run it; PORT=8000
	@# Python compiles what it imports; done beside the building, that is seconds less to wait.
	@(cd backend && "../$(IN)/python" -c 'import app.main, dev.__main__, alembic.command, uvicorn') & \
		sh examples/demo.sh bookshop && wait
	@$(MAKE) --no-print-directory -C .demo/bookshop dev VENV=../../.venv

test: test-tool ## Run the tests of the tool, then those of the backend
	$(BACKEND) test

test-tool: .venv/ready ## Run the tests of the tool alone
	"$(IN)/python" -m pytest -n auto --maxprocesses 8 --dist worksteal --durations 20

test-browser: .venv/ready browser ## Open the docs page in a real browser; SCREENSHOT=file.png keeps a picture
	"$(IN)/python" -m pytest -m browser tests/browser

browser: tests/browser/.local/chromium ## Fetch a browser for the tests, unless it is there

test-better-auth: .venv/ready better-auth ## Take tokens of a real better-auth server to the backend
	"$(IN)/python" -m pytest -m node tests/better_auth

better-auth: examples/better-auth/node_modules ## Fetch the packages of that server, unless they are there

check: .venv/ready ## See whether all is in order: style, types, layers, the backend, the examples
	"$(IN)/python" -m ruff check
	"$(IN)/python" -m ruff format --check
	"$(IN)/python" -m mypy
	"$(IN)/lint-imports" --no-logo
	$(BACKEND) check
	"$(IN)/python" -m pytest tests/test_examples.py

fix: .venv/ready ## Put right what can be put right by itself: style and order of imports
	"$(IN)/python" -m ruff check --fix
	"$(IN)/python" -m ruff format
	$(BACKEND) fix

bench: .venv/ready ## Measure how long rendering takes
	"$(IN)/python" bench/render.py

examples: .venv/ready ## Build the examples anew, and what documents show: designs, a picture
	@mkdir -p .demo && rm -rf .demo/example
	@for design in examples/*.yml; do \
		"$(IN)/backsmith" render "$$design" --into .demo/example && \
		rm -rf "$${design%.yml}" && mv .demo/example "$${design%.yml}" || exit; \
	done
	"$(IN)/python" -m tests.guide
	@"$(IN)/backsmith" show examples/bookshop.yml --svg docs/images/bookshop.svg > /dev/null

golden: .venv/ready ## Write the schema of all words, and their page in docs/reference/, anew
	GOLDEN=1 "$(IN)/python" -m pytest -q -n0 tests/language -k "stay_as_they_were_read or the_page_says"

random: .venv/ready ## Build designs that nobody thought of, other ones each time; COUNT=20
	RANDOM_DESIGNS=$(or $(COUNT),20) "$(IN)/python" -m pytest -q tests/language/test_random_designs.py

lock: .venv/ready ## Write all locks anew after a change of a pyproject.toml; UPGRADE=1 for newer versions
	$(BACKEND) lock
	$(COMPILE) --group setup --output-file requirements/setup.txt
	$(COMPILE) pyproject.toml backend/pyproject.toml --group dev --group backend/pyproject.toml:dev \
		--constraint backend/requirements-dev.txt --output-file requirements/dev.txt

.venv/ready: pyproject.toml requirements/setup.txt requirements/dev.txt
	@PYTHON="$(PYTHON)" sh backend/dev/setup.sh requirements/setup.txt requirements/dev.txt
	@"$(IN)/uv" pip install --quiet --python "$(IN)/python" --offline --no-deps --no-build-isolation --editable .
	@touch $@

tests/browser/.local/chromium: tests/browser/package-lock.json tests/browser/unpack.mjs
	npm ci --prefix tests/browser --ignore-scripts --no-audit --no-fund --loglevel=error
	node tests/browser/unpack.mjs

examples/better-auth/node_modules: examples/better-auth/package-lock.json
	npm ci --prefix examples/better-auth --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@
