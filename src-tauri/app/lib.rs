//! The Tauri shell: the only Rust that imports tauri.

mod access;
mod clock_events;
mod commands;
mod desktop;
mod event_sink;
mod exporting;
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
mod verify_command;

use access::Access;
use commands::{
    batches, consents, counter, customer, desktop as outside, exports, guard, inbox as desk,
    people, practice, settings, start, templates, words, writing,
};
use event_sink::{Told, WindowSink};
use profile::Profiles;
use secrets::{PATIENCE, Secrets, SystemKeyring};
use session::Listeners;
use shell::Shell;
use std::{error::Error, path::PathBuf, sync::Arc};
use tauri::{App, Emitter, Manager, RunEvent};
use tauri_plugin_window_state::StateFlags;

pub use verify_command::on_the_command_line;

/// Another place for the profiles, in tests and for whoever wants one.
const PROFILE_DIR: &str = "GUICHET_PROFILE_DIR";

/// Opens the window and runs until it is closed.
pub fn run() {
    // Before anything speaks TLS: one provider, and this one.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let app = plugins(tauri::Builder::default())
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
            start::remove_number,
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
            writing::order_attachments,
            writing::attachment,
            writing::send_attachments,
            writing::quick_replies,
            writing::raw_quick_replies,
            writing::save_quick_reply,
            desk::thread_head,
            desk::thread_messages,
            desk::search,
            desk::media,
            exports::export_consents,
            exports::cancel_export,
            exports::print_sheet,
            outside::save_media,
            outside::notify,
            outside::set_badge,
            outside::spell_in,
            outside::copied_picture,
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
            templates::save_template_values,
            templates::favourite_template,
            templates::template_checked,
            templates::attach_for_template,
            templates::template_drafts,
            templates::save_template_draft,
            templates::discard_template_draft,
            templates::attach_sample,
            templates::sample,
            templates::check_template,
            templates::submit_template,
            templates::edit_template,
            templates::translate_template,
            templates::delete_template,
            templates::unpause_template,
            templates::template_examples,
            batches::batches,
            batches::attach_for_batch,
            batches::batch_preflight,
            batches::batch_candidates,
            batches::start_batch,
            batches::pause_batch,
            batches::resume_batch,
            batches::stop_batch,
            batches::batch_people,
            batches::frequency_cap,
            batches::set_frequency_cap,
            counter::counter_form,
            counter::check_number,
            counter::start_qr,
            counter::qr_state,
            counter::cancel_qr,
            counter::record_at_counter,
            counter::keep_evidence,
            counter::evidence,
            counter::wordings,
            counter::check_wording,
            counter::save_wording,
            counter::retire_wording,
            counter::save_purpose,
            consents::change_consent,
            consents::ask_opt_in,
            consents::thread_of_customer,
            consents::check_ledger,
            people::consents,
            people::consent_counts,
            people::consent_person,
            people::erasure_preview,
            people::erase,
            people::retention,
            people::save_retention,
            people::due,
            people::forget_evidence,
            people::choose_import,
            people::preview_import,
            people::import_consents,
            people::cancel_import,
            guard::guard_look,
            guard::guard_look_template,
            guard::guard_audit,
            guard::guard_figures,
            guard::guard_settings,
            guard::set_guard_setting,
            settings::settings,
            settings::save_settings,
            settings::rename_staff,
            words::word_lists,
            words::save_word_list,
            words::reset_word_list,
            words::check_name,
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

/// Single instance comes first: a second start ends in it, before anything else was touched.
fn plugins(builder: tauri::Builder<tauri::Wry>) -> tauri::Builder<tauri::Wry> {
    // With a folder of its own a start is a world of its own, and several may run.
    let builder = if std::env::var_os(PROFILE_DIR).is_some() {
        builder
    } else {
        let raise = |app: &tauri::AppHandle, _, _| desktop::raise(app);
        builder.plugin(tauri_plugin_single_instance::init(raise))
    };
    let kept = StateFlags::SIZE | StateFlags::MAXIMIZED | StateFlags::POSITION;
    builder
        .plugin(tauri_plugin_notification::init())
        .plugin(tauri_plugin_dialog::init())
        .plugin(
            tauri_plugin_window_state::Builder::new()
                .with_state_flags(kept)
                .build(),
        )
}

/// The window is on its way already; opening the last profile begins beside it.
fn set_up(app: &mut App) -> Result<(), Box<dyn Error>> {
    let root = match std::env::var_os(PROFILE_DIR) {
        Some(folder) => PathBuf::from(folder),
        None => app.path().app_data_dir()?,
    };
    desktop::log::begin(Some(&root));
    let given = Access::from_environment()?;
    desktop::notices::listen(app.handle());
    desktop::tray::put(app, desktop::tray::Words::of(language::spoken("")));
    let handle = app.handle().clone();
    let (sink, events) = WindowSink::new(move |told| match told {
        Told::Change(change) => emit(&handle, "change", change),
        Told::Upload(progress) => emit(&handle, "upload", progress),
    });
    tauri::async_runtime::spawn(events);
    let handle = app.handle().clone();
    let listeners = Listeners {
        changes: Arc::new(sink),
        clock: Arc::new(move |view| emit(&handle, "clock", view)),
    };
    let secrets = Secrets::new(SystemKeyring, PATIENCE);
    let shell = Arc::new(Shell::new(Profiles::new(root), secrets, listeners, given));
    app.manage(shell.clone());
    app.manage(Arc::new(exports::Exports::default()));
    tauri::async_runtime::spawn(async move { shell.start().await });
    Ok(())
}

fn emit(app: &tauri::AppHandle, event: &str, payload: impl serde::Serialize + Clone) {
    if let Err(error) = app.emit(event, payload) {
        tracing::warn!(%error, event, "the window could not be told");
    }
}
