# aitf: the two commands are `make demo` and `make test`; `make help` lists the rest.
SHELL := /bin/bash
.DEFAULT_GOAL := help
JOBS ?= $(shell nproc)
VENV := build/venv

.PHONY: help setup setup-demo build build-app demo test test-asan test-tsan lint format bench fuzz ci-full clean-root

help: ## List what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

setup: ## Install what building, testing and linting need (Debian 12 packages, a Python environment)
	@tools/setup.sh build test

setup-demo:
	@tools/setup.sh build

build: setup ## Build everything into build/release
	@tools/build.sh release all

build-app: setup-demo
	@tools/build.sh release aitf

demo: build-app ## Run aitf on real captured traces and show what it found
	@tools/demo.sh build/release/aitf

test: build ## Build and run every test
	@tools/test.sh release

test-asan: setup ## The tests under AddressSanitizer and UndefinedBehaviorSanitizer
	@tools/build.sh asan all
	@tools/test.sh asan

test-tsan: setup ## The tests under ThreadSanitizer
	@tools/build.sh tsan all
	@tools/test.sh tsan -LE slow

lint: build ## Check format, clang-tidy of what changed lately, and function lengths
	@tools/setup.sh lint
	@tools/lint.sh

format: ## Format the code
	@git ls-files '*.cpp' '*.hpp' | grep -v -f tools/generated.txt | xargs clang-format-19 -i

bench: setup ## Measure speed and print it beside baselines
	@tools/build.sh bench aitf_bench
	@tools/bench.sh build/bench

fuzz: setup ## Run each fuzz target for FUZZ_SECONDS (default 60)
	@tools/setup.sh lint
	@tools/build.sh fuzz fuzz_targets
	@tools/fuzz.sh build/fuzz $${FUZZ_SECONDS:-60}

clean-root: ## Follow the README in a fresh Debian 12 root (needs mmdebstrap, as root)
	@tests/clean_root.sh

ci-full: test test-asan test-tsan lint ## Everything .ci/run does, and ThreadSanitizer, clang, fuzzing
	@tools/build.sh clang all
	@tools/test.sh clang
	@$(MAKE) --no-print-directory fuzz
