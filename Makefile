# The two commands of the README, and what the gate adds. Needs the Rust toolchain (cargo); `make readers` Python and
# `make browser-tests` Chromium and Node, too.

BUNDLE = examples/water/reports
PAGE = demo/brief.html

.PHONY: demo test readers web-tests browser-tests screens eval bench peers fuzz clean

demo:
	cargo build --release -p annals
	mkdir -p demo
	./target/release/annals brief $(BUNDLE) --json demo/record.json --html $(PAGE)
	@echo
	@echo "The page, each line opening onto its passages: $(PAGE)"
	@echo "The record as JSON:                            demo/record.json"

# Installs what the tests need (cargo fetches the crates of the lock file, pip the readers of exports) and runs all of them.
test:
	cargo fetch --locked
	cargo test --workspace --locked
	$(MAKE) readers
	$(MAKE) web-tests
	$(MAKE) browser-tests

# Programs of others read what `annals export` writes: from PyPI into target/readers, once; says so where that cannot be.
readers:
	cargo build -p annals --locked
	annals/tests/readers/run.sh target/debug/annals $(BUNDLE)
	annals/tests/readers/run.sh target/debug/annals annals/tests/readers/odd

# Programs of others ask the local server what its description promises, and call its tools: from PyPI into target/web-tests.
web-tests:
	cargo build -p annals --locked
	annals/tests/web/run.sh target/debug/annals $(BUNDLE)

# The pages of `annals serve` in Chromium, driven by packages from npm; says so where that cannot be. What was seen lies in
# target/screens; `make screens` also renews the pictures of the manual.
browser-tests:
	cargo build -p annals --locked
	annals/tests/browser/run.sh target/debug/annals $(BUNDLE)

screens:
	cargo build -p annals --locked
	annals/tests/browser/run.sh target/debug/annals $(BUNDLE) --screens docs/screens

# Quality on pinned sets, against floors that only rise; says so where the sets are not there.
eval:
	cargo build --release -p annals -p annals-eval
	./target/release/annals-eval gate

# Speed on one core, with peak memory; beside the peers where `make peers` has installed them.
bench:
	cargo build --release -p annals -p annals-eval
	./target/release/annals-eval bench

# Peers for `make bench`, from PyPI.
peers:
	python3 -m venv target/peers
	target/peers/bin/pip install --quiet -r eval/peers/requirements.txt

# Feeds the decoders broken bytes; needs nightly Rust and cargo-fuzz (fuzz/README.md). No part of the tests.
FUZZ = html plain feed mail office pdf charset metadata read zip gzip tar warc mbox rows parquet
FUZZ_SECONDS = 60

fuzz:
	cargo run -p annals-eval -- seeds fuzz/corpus
	cp Cargo.lock fuzz/Cargo.lock
	for target in $(FUZZ); do \
		cargo +nightly fuzz run -s none $$target -- -max_total_time=$(FUZZ_SECONDS) -max_len=6000 -timeout=30 -rss_limit_mb=1500 || exit 1; \
	done

clean:
	rm -rf demo target
