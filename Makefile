# The front door. `make` alone says what there is.
.DEFAULT_GOAL := help
.PHONY: help demo run test check format sanitize bench program build configure clean

release := build/release
program := $(release)/hustings
ctest_args ?=

help: ## This text
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

demo: program ## An invented campaign in the browser, with its own database (ARGS=--exit: start, try, stop)
	$(program) demo $(ARGS)

run: program ## The server, with hustings.toml where there is one (ARGS=... are its arguments)
	$(program) serve $(ARGS)

test: ## Build everything and run all tests
	tools/setup.sh test
	$(MAKE) build
	rm -rf $(release)/sql_run $(release)/functional-logs
	ctest --preset release -j2 $(ctest_args)

check: ## Form, layers, formatting, clang-tidy, headers alone, generated files
	tools/setup.sh test
	$(MAKE) build
	ctest --preset release -L check -LE after_tests -j2
	cmake --build --preset release --target check_headers
	node tools/check_clang_tidy.mjs $(release)

format: ## Write all C++ sources as clang-format would
	tools/setup.sh test
	tools/check_format.sh --fix

sanitize: ## The unit and database tests under the address, undefined and thread sanitizers
	tools/setup.sh test
	cmake --preset asan && cmake --build --preset asan && ctest --preset asan -L 'unit|pg' -j2
	cmake --preset tsan && cmake --build --preset tsan && ctest --preset tsan -L 'unit|pg' -j2

bench: ## Measure; a table here, and the numbers in build/bench/ (ARGS=--quick: smaller)
	tools/setup.sh bench
	bench/peers/install.sh || echo "bench_segments runs without its peers"
	$(MAKE) build
	node tools/run_bench.mjs $(release) build/bench $(ARGS)

program: configure
	cmake --build --preset release --target hustings

build: configure
	cmake --build --preset release

configure:
	tools/setup.sh build
	cmake --preset release

clean: ## Remove everything that was built
	rm -rf build
