# What one types while developing. `just` lists it. Everything here also works without just: see each line.

_list:
    @just --list --unsorted

# Serve the demo at http://127.0.0.1:8000/
run:
    ./run

# Everything that must hold, on both engines
test:
    ./test

# Some tests on SQLite: just fast tests/vault
fast *what:
    ./test --fast {{what}}

# Rules, templates, contracts, types
lint:
    .venv/bin/ruff check .
    .venv/bin/ruff format --check .
    .venv/bin/djlint --lint --quiet touchbase
    .venv/bin/lint-imports --no-logo
    .venv/bin/mypy

# Format code and templates
format:
    .venv/bin/ruff check --fix-only --quiet .
    .venv/bin/ruff format .
    git ls-files 'touchbase/*.html' | xargs -r .venv/bin/djade --target-version 5.2

# Speed and size, as a table
bench *what:
    .venv/bin/python -m bench {{what}}

# Change the rules that matter most, piece by piece, and see a test fail: just mutate vault
mutate *what:
    .venv/bin/python -m tests.mutating {{what}}

# Switch off each mechanism that keeps a promise, one at a time, and see its tests fail: just switch-off clock
switch-off *what:
    .venv/bin/python -m tests.switching_off {{what}}

# Pin what requirements/*.in ask for, with hashes and without index addresses
requirements *options:
    for list in app dev; do .venv/bin/uv pip compile requirements/$list.in --output-file requirements/$list.txt \
        --generate-hashes --universal --python-version 3.11 --no-header --no-emit-index-url --quiet {{options}}; done

# Gather what pages say into the catalogues of languages and compile them (needs GNU gettext)
words:
    cd touchbase && ../.venv/bin/django-admin makemessages --all --no-obsolete --add-location file --settings django.conf.global_settings
    cd touchbase && ../.venv/bin/django-admin compilemessages --settings django.conf.global_settings

# Write the generated parts of docs/ and .env.example
docs:
    .venv/bin/python -m docs.generate

# Draw the pictures of the README and the docs
screenshots:
    SCREENSHOTS=yes ./test --fast tests/journeys -k screenshot

# Remove what can be made again; the demo's data too
clean:
    rm -rf .mypy_cache .ruff_cache .import_linter_cache .hypothesis mutants htmlcov .coverage* var/demo-*
