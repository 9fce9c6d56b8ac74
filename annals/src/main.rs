//! Keeps the sourced record of a developing story from the news reports about it.

mod app;
mod cli;
mod priority;
mod view;
mod web;

fn main() -> std::process::ExitCode {
    be_silent_on_damaged_tables();
    cli::run()
}

/// The crate that reads Parquet panics on some damaged tables. That is caught, and told in the ledger in plain words.
fn be_silent_on_damaged_tables() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !panic.location().is_some_and(|place| place.file().contains("/parquet-")) {
            usual(panic);
        }
    }));
}
