# Every command of the project. `make` alone lists them.

SHELL := /bin/sh
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
# One cargo at a time: they share one target folder.
.NOTPARALLEL:
.PHONY: help run test check bench bench-frames shots types test-ui test-rust test-window check-deny check-types clean

target := $(abspath $(or $(CARGO_TARGET_DIR),target))
fresh_types := $(target)/fresh-types
cargo_deny := $(target)/tools/bin/cargo-deny
cargo_deny_version := 0.20.2
# The whole workspace each time: a part of it would be compiled again with other features.
workspace := --workspace --locked
heading = @printf '\n== %s\n'

help:
	@echo 'make run     install what is missing, build, and open the app (practice mode at the first start)'
	@echo 'make test    every test: the interface, Rust, and the app in its window on a screen of its own'
	@echo 'make check   formatting, lints, boundaries between the parts, licences, stale types'
	@echo 'make bench   measurements, each beside its limit (BENCH=--quick for the smaller stores)'
	@echo 'make shots   pictures of every screen in shots/, light and dark, in three languages'
	@echo 'make types   write the TypeScript types again after a change to the Rust ones'

run:
	@tests/run/has-screen.sh
	@src-tauri/setup.sh build
	$(heading) 'Building Guichet (some minutes the first time)'
	@cargo build --locked
	@cargo run --locked --quiet

test:
	@src-tauri/setup.sh test
	@$(MAKE) test-ui
	@$(MAKE) test-rust
	@$(MAKE) test-window

test-ui:
	$(heading) 'Tests of the interface'
	@npm --prefix ui test

test-rust:
	$(heading) 'Building the app and its tests'
	@cargo build $(workspace) --lib --bins --tests
	$(heading) 'Tests without a window'
	@rm -rf '$(fresh_types)'
	@TS_RS_EXPORT_DIR='$(fresh_types)' cargo test $(workspace)
	@tests/run/stale-types.sh '$(fresh_types)'

# Needs the binaries that test-rust builds.
test-window:
	$(heading) 'Building the tests of the window'
	@cargo build $(workspace) --lib --bins --tests
	@cargo test $(workspace) --test e2e --no-run
	$(heading) 'The app in its window'
	@tests/run/desktop.sh cargo test $(workspace) --test e2e

check:
	@src-tauri/setup.sh build
	$(heading) 'Formatting'
	@cargo fmt --all --check
	$(heading) 'Boundaries between the parts'
	@node tests/run/boundaries.mjs --self-test
	@node tests/run/boundaries.mjs
	$(heading) 'Interface: types, lints'
	@npm --prefix ui run --silent check
	@npm --prefix ui run --silent lint
	$(heading) 'Rust: lints'
	@cargo clippy $(workspace) --all-targets --features guichet-tests/export,guichet-tests/near -- -D warnings
	@$(MAKE) check-deny
	@$(MAKE) check-types
	$(heading) 'Everything checked is in order'

check-deny: $(cargo_deny)
	$(heading) 'Licences and sources of what is linked in'
	@'$(cargo_deny)' --locked check licenses bans sources

# The checker of licences is a Rust program of its own: under a minute to build, once.
$(cargo_deny):
	$(heading) 'Building cargo-deny $(cargo_deny_version)'
	@cargo install cargo-deny --version $(cargo_deny_version) --locked --quiet --debug \
		--config profile.dev.debug=false --root '$(target)/tools' --target-dir '$(target)/tools/build'
	@rm -rf '$(target)/tools/build'

check-types:
	$(heading) 'Types of the interface'
	@rm -rf '$(fresh_types)'
	@TS_RS_EXPORT_DIR='$(fresh_types)' cargo test $(workspace) --quiet --lib export_bindings >/dev/null
	@tests/run/stale-types.sh '$(fresh_types)'

types:
	@rm -rf ui/src/backend/generated
	@cargo test $(workspace) --quiet --lib export_bindings >/dev/null
	@ls ui/src/backend/generated | wc -l | xargs printf '%s types in ui/src/backend/generated\n'

bench:
	@src-tauri/setup.sh build
	$(heading) 'The picker: a key press among 3,000 templates, beside a plain scan of the same strings'
	@cd ui && npx vitest bench --run
	@cargo run --locked --release --quiet -p guichet-tests --features export,near --bin bench -- $(BENCH)
	$(heading) 'Work per action, without a clock: a store of 10,000 messages against a larger one'
	@GUICHET_GROWTH=$(if $(findstring --quick,$(BENCH)),100000,1000000) \
		cargo test --locked --release --quiet -p guichet-tests --test growth -- --nocapture
	@$(MAKE) bench-frames

# The app as it is shipped, on a screen of its own.
bench-frames:
	@src-tauri/setup.sh test
	$(heading) 'Building the app'
	@cargo build --release $(workspace) --lib --bins
	@cargo test --release $(workspace) --test e2e --no-run
	$(heading) 'Frames, beside an idle page of the same WebKit'
	@GUICHET_FRAMES=$(if $(findstring --quick,$(BENCH)),100000,1000000) \
		tests/run/desktop.sh cargo test --release $(workspace) --test e2e -- --ignored --nocapture frames::

shots:
	@src-tauri/setup.sh test
	$(heading) 'Building'
	@cargo build $(workspace) --lib --bins --tests
	@cargo test $(workspace) --test e2e --no-run
	$(heading) 'Taking pictures'
	@rm -rf shots && mkdir shots
	@GUICHET_SHOTS='$(CURDIR)/shots' tests/run/desktop.sh cargo test $(workspace) --test e2e -- --ignored shots
	@ls shots | wc -l | xargs printf '%s pictures in shots/\n'

clean:
	@rm -rf '$(target)' ui/dist ui/node_modules shots
