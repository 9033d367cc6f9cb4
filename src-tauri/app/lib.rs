//! The Tauri shell: the only Rust that imports tauri.

mod access;
mod clock_events;
mod commands;
mod event_sink;
mod language;
mod practice_mode;
mod problem;
mod profile;
mod secrets;
mod session;
mod shell;
#[cfg(test)]
mod shell_tests;
mod store_key;

use access::Access;
use commands::{customer, inbox as desk, practice, settings, start, templates, writing};
use event_sink::WindowSink;
use profile::Profiles;
use secrets::{PATIENCE, Secrets, SystemKeyring};
use session::Listeners;
use shell::Shell;
use std::{error::Error, io::IsTerminal, path::PathBuf, sync::Arc};
use tauri::{App, Emitter, Manager, RunEvent};
use tracing_subscriber::EnvFilter;

/// Opens the window and runs until it is closed.
pub fn run() {
    // Before anything speaks TLS: one provider, and this one.
    let _ = rustls::crypto::ring::default_provider().install_default();
    log();
    let app = tauri::Builder::default()
        .append_invoke_initialization_script(language::introduction())
        .setup(|app| set_up(app))
        .invoke_handler(tauri::generate_handler![
            start::start,
            start::choose_practice,
            start::retry_keyring,
            start::create_with_passphrase,
            start::unlock,
            start::restore_backup,
            start::start_empty,
            start::check_access,
            start::connect_shop,
            start::painted,
            desk::list_threads,
            desk::thread_rows,
            desk::section_counts,
            desk::mark_threads,
            desk::own_numbers,
            desk::arrivals,
            customer::customer,
            customer::describe_customer,
            customer::merge_candidates,
            customer::merge_customers,
            customer::undo_merge,
            customer::labels,
            customer::block_customer,
            customer::save_note,
            writing::attach,
            writing::detach,
            writing::attachment,
            writing::send_attachments,
            writing::quick_replies,
            writing::raw_quick_replies,
            writing::save_quick_reply,
            desk::thread_head,
            desk::thread_messages,
            desk::search,
            desk::media,
            desk::save_draft,
            desk::mark_seen,
            desk::send_text,
            desk::send_reaction,
            desk::undo_send,
            desk::settle_doubtful,
            desk::clock,
            desk::connection,
            desk::lift_hold,
            desk::open_link,
            templates::templates,
            templates::sync_templates,
            templates::send_template,
            settings::settings,
            settings::save_settings,
            practice::practice_customers,
            practice::practice_write,
            practice::practice_jump,
            practice::practice_speed,
        ])
        .build(tauri::generate_context!());
    match app {
        Ok(app) => app.run(|app, event| {
            if let RunEvent::Exit = event
                && let Ok(session) = app.state::<Arc<Shell>>().session()
            {
                session.leave();
            }
        }),
        Err(error) => {
            eprintln!("Guichet could not start: {error}");
            std::process::exit(1);
        }
    }
}

/// The window is on its way already; opening the last profile begins beside it.
fn set_up(app: &mut App) -> Result<(), Box<dyn Error>> {
    let root = match std::env::var_os("GUICHET_PROFILE_DIR") {
        Some(folder) => PathBuf::from(folder),
        None => app.path().app_data_dir()?,
    };
    let given = Access::from_environment()?;
    let handle = app.handle().clone();
    let (sink, events) = WindowSink::new(move |change| emit(&handle, "change", change));
    tauri::async_runtime::spawn(events);
    let handle = app.handle().clone();
    let listeners = Listeners {
        template_news: sink.template_news(),
        changes: Arc::new(sink),
        clock: Arc::new(move |view| emit(&handle, "clock", view)),
    };
    let secrets = Secrets::new(SystemKeyring, PATIENCE);
    let shell = Arc::new(Shell::new(Profiles::new(root), secrets, listeners, given));
    app.manage(shell.clone());
    tauri::async_runtime::spawn(async move { shell.start().await });
    Ok(())
}

fn emit(app: &tauri::AppHandle, event: &str, payload: impl serde::Serialize + Clone) {
    if let Err(error) = app.emit(event, payload) {
        tracing::warn!(%error, event, "the window could not be told");
    }
}

/// To standard error. Nothing personal is ever logged; who wants more asks with RUST_LOG.
fn log() {
    let filter = EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| EnvFilter::new("warn,guichet_app=info"));
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_env_filter(filter)
        .init();
}
