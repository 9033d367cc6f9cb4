//! The relay as a program: settings, log output, signals.

use std::{io::IsTerminal, process::ExitCode};

use clap::Parser;
use relay::settings::{Flags, LogFormat, LogLevel, Settings};
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

/// The configuration has to be mended before another start can succeed.
const EXIT_CONFIGURATION: u8 = 2;

fn main() -> ExitCode {
    let settings = match Settings::gather(Flags::parse(), &|name| std::env::var(name).ok()) {
        Ok(settings) => settings,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(EXIT_CONFIGURATION);
        }
    };
    log_to_stderr(settings.log_format, settings.log_level);
    match run(settings) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("The relay stopped: {error}.");
            ExitCode::FAILURE
        }
    }
}

#[tokio::main]
async fn run(settings: Settings) -> Result<(), Box<dyn std::error::Error>> {
    // Before the first line on stdout: whoever reads it may send the signal at once.
    let stop = stop_signal()?;
    let listener = TcpListener::bind(settings.listen)
        .await
        .map_err(|error| format!("cannot listen on {}: {error}", settings.listen))?;
    let running = relay::start(listener, settings.relay).await?;
    println!("listening on {}", running.base_url());
    stop.await;
    tracing::info!("stopping");
    running.stop().await?;
    Ok(())
}

/// Ready on SIGTERM or SIGINT (Ctrl-C elsewhere).
#[cfg(unix)]
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut term, mut int) = (
        signal(SignalKind::terminate())?,
        signal(SignalKind::interrupt())?,
    );
    Ok(async move {
        tokio::select! {
            _ = term.recv() => {}
            _ = int.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}

/// Only the relay's own lines below "warn": libraries write what they please, headers included.
fn log_to_stderr(format: LogFormat, level: LogLevel) {
    let level = match level {
        LogLevel::Error => "error",
        LogLevel::Warn => "warn",
        LogLevel::Info => "info",
        LogLevel::Debug => "debug",
    };
    let lines = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(format!("warn,relay={level}")))
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    match format {
        LogFormat::Text => lines.init(),
        LogFormat::Json => lines.json().init(),
    }
}
