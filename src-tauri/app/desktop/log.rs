//! The log: to standard error, and to a file of each day in the profile's root, for a week. Nothing personal is
//! ever logged; who wants more asks with RUST_LOG.

use std::{io::IsTerminal, path::Path};
use tracing_appender::rolling::{Builder, Rotation};
use tracing_subscriber::{EnvFilter, layer::SubscriberExt, util::SubscriberInitExt};

const DAYS: usize = 7;

/// Begins the log. Without a folder that can be written to, standard error has to do.
pub fn begin(folder: Option<&Path>) {
    let filter = EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| EnvFilter::new("warn,guichet_app=info"));
    let console = tracing_subscriber::fmt::layer()
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal());
    let files = folder.and_then(|folder| {
        Builder::new()
            .rotation(Rotation::DAILY)
            .max_log_files(DAYS)
            .filename_prefix("guichet")
            .filename_suffix("log")
            .build(folder.join("logs"))
            .ok()
    });
    let file = files.map(|files| {
        tracing_subscriber::fmt::layer()
            .with_writer(files)
            .with_ansi(false)
    });
    tracing_subscriber::registry()
        .with(filter)
        .with(console)
        .with(file)
        .init();
}
