# The commands of the house. Each does all its set-up; the work is in scripts/.

SHELL := bash
.DEFAULT_GOAL := help
BIN := target/debug/spoc
WEB_SOURCES := $(shell find web/src web/static -type f 2>/dev/null) $(wildcard web/*.mjs web/*.txt web/*.json)

.PHONY: help
help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run: ## a desk with demo data; ARGS="--listen 127.0.0.1:9000" for flags of serve
	@scripts/run.sh $(ARGS)

.PHONY: test
test: ## everything that must hold: format, lints, tests on both databases, browser, documents
	@scripts/test.sh

.PHONY: dev
dev: ## as run, and builds and starts again on every change
	@scripts/dev.sh $(ARGS)

.PHONY: web
web: web/dist/manifest.json ## the front-end files that the binary embeds

web/node_modules/.package-lock.json: web/package-lock.json
	cd web && npm ci --no-fund --no-audit
	@touch $@

web/dist/manifest.json: $(WEB_SOURCES) web/node_modules/.package-lock.json
	cd web && npm run --silent build
	@touch $@

.PHONY: build
build: web ## the binary for development
	@scripts/need.sh build
	cargo build --package spoc

.PHONY: release
release: web ## the binary to ship, in target/release
	@scripts/need.sh build
	cargo build --release --package spoc

.PHONY: reference
reference: web ## the pages under docs/reference that are made from code
	UPDATE_REFERENCE=1 cargo test --quiet --package spoc --lib reference_page

.PHONY: openapi
openapi: web ## openapi/spoc.json, made from code
	cargo run --quiet --package spoc -- openapi > target/openapi.json
	mkdir -p openapi && cp target/openapi.json openapi/spoc.json

.PHONY: specimens
specimens: web ## behaviour and axe over pages that show every component, in Chromium
	cargo test --quiet --package ui --test specimen
	cd web && npm run --silent test:browser

SIZES ?= 10000 1000000
.PHONY: bench
bench: web ## figures of a real server at SIZES generated tickets, also in target/bench/figures.md
	cargo build --profile figures --package bench --package spoc
	@mkdir -p target/bench
	target/figures/bench target/figures/spoc target/bench/data $(SIZES) | tee target/bench/figures.md

.PHONY: budgets
budgets: web ## times and memory of pages in Chromium, beside a plain page
	cargo build --profile figures --package spoc
	cd tests/web && ([ -d node_modules ] || npm ci --silent) && BINARY_UNDER_TEST=../../target/figures/spoc node measure.mjs

.PHONY: clean
clean: ## everything that was built, and the demo data
	cargo clean
	rm -rf web/dist web/node_modules tests/web/node_modules demo-data
