//! `make bench`: what the product does, each figure beside its limit measured in the same run.
//!
//! `--quick` leaves the store of a million messages out; `--only NAME` (receive, apply, look, send, ledger, batches,
//! export, near) runs a part; `--only index` compares kinds of search index, which nothing else does.

mod apply;
mod batches;
#[cfg(feature = "export")]
mod export;
mod index;
mod ledger;
mod look;
mod measure;
#[cfg(feature = "near")]
mod near;
mod receive;
mod send;

use clap::Parser;
use support::generate::{END, Filled, Spec, fill};

#[derive(Parser)]
struct Flags {
    /// Stores of 10,000 and 100,000 messages only
    #[arg(long)]
    quick: bool,
    /// receive, apply, look, send, ledger, batches, export, near or index
    #[arg(long)]
    only: Option<String>,
    /// Interleaved rounds of each comparison
    #[arg(long, default_value_t = 9)]
    rounds: usize,
    /// Where the stores are made; on the disk that is to be measured
    #[arg(long)]
    dir: Option<std::path::PathBuf>,
    /// What cargo hands to benchmarks
    #[arg(long, hide = true)]
    bench: bool,
}

/// A store of so many messages.
pub struct Shop {
    pub messages: usize,
    pub dir: tempfile::TempDir,
    pub filled: Filled,
}

fn main() {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let flags = Flags::parse();
    let place = flags.dir.clone().unwrap_or_else(std::env::temp_dir);
    let wanted = |part: &str| flags.only.as_deref().is_none_or(|only| only == part);
    let folder = || tempfile::tempdir_in(&place).expect("a temporary directory");

    let here = folder();
    let syncs = measure::sync_times(here.path(), 300);
    println!(
        "SQLite {}; one 4 KiB append and sync here: p50 {:.3} ms, p90 {:.3}, p99 {:.3}; {} rounds",
        rusqlite::version(),
        measure::quantile(&syncs, 0.5),
        measure::quantile(&syncs, 0.9),
        measure::quantile(&syncs, 0.99),
        flags.rounds
    );
    if flags.only.as_deref() == Some("index") {
        return index::run(folder().path());
    }
    if wanted("receive") {
        receive::run(folder().path(), flags.rounds);
    }
    if wanted("send") {
        send::run(folder().path(), flags.rounds);
    }
    if wanted("batches") {
        batches::run(&folder, flags.quick, flags.rounds);
    }
    if wanted("ledger") {
        ledger::run(&folder, flags.quick, flags.rounds);
    }
    #[cfg(feature = "export")]
    if wanted("export") {
        export::run(folder().path(), flags.rounds);
    }
    #[cfg(feature = "near")]
    if wanted("near") {
        near::run(flags.quick, flags.rounds);
    }
    if !wanted("apply") && !wanted("look") {
        return;
    }
    let sizes: &[usize] = if flags.quick {
        &[10_000, 100_000]
    } else {
        &[10_000, 100_000, 1_000_000]
    };
    let shops: Vec<Shop> = sizes
        .iter()
        .map(|&messages| made(messages, folder()))
        .collect();
    if wanted("look") {
        look::run(&shops, flags.rounds);
    }
    if wanted("apply") {
        apply::run(&shops, flags.rounds);
    }
}

fn made(messages: usize, dir: tempfile::TempDir) -> Shop {
    let begun = std::time::Instant::now();
    let store = support::scratch::store(dir.path(), END);
    let filled = fill(&store, Spec::of(messages)).expect("a store of that size");
    drop(store);
    let size = std::fs::metadata(store::database_path(dir.path())).map_or(0, |file| file.len());
    println!(
        "made a store of {messages} messages in {:.1} s: {} threads, {} bytes per message",
        begun.elapsed().as_secs_f64(),
        filled.threads.len(),
        size / messages as u64
    );
    Shop {
        messages,
        dir,
        filled,
    }
}
