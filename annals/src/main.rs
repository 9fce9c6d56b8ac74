//! Keeps the sourced record of a developing story from the news reports about it.

mod app;
mod cli;
mod view;

fn main() -> std::process::ExitCode {
    cli::run()
}
