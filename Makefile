# The two commands of the README, and what the gate adds. Needs the Rust toolchain (cargo) alone.

BUNDLE = examples/water/reports
PAGE = demo/brief.html

.PHONY: demo test gate bench eval clean

demo:
	cargo build --release -p annals
	mkdir -p demo
	./target/release/annals brief $(BUNDLE) --json demo/record.json --html $(PAGE)
	@echo
	@echo "The page, each line opening onto its passages: $(PAGE)"
	@echo "The record as JSON:                            demo/record.json"

# Installs what the tests need (cargo fetches the crates of the lock file) and runs all of them.
test:
	cargo fetch --locked
	cargo test --workspace --locked

# Quality on pinned sets, against floors that only rise; says so where the sets are not there.
eval:
	cargo build --release -p annals -p annals-eval
	./target/release/annals-eval gate

# Speed: 1,000 invented reports of 400 words on one core, with peak memory.
bench:
	cargo build --release -p annals -p annals-eval
	./target/release/annals-eval bench

clean:
	rm -rf demo target
