//! Notices on the desktop. What they say comes from the window, in the language of whoever reads it.

use super::{
    legible::{legible, one_line},
    raise,
};
use serde::Deserialize;
use tauri::{AppHandle, Emitter};
use tauri_plugin_notification::NotificationExt;

/// Where a notice carries the thread it speaks of.
const THREAD: &str = "thread";

/// As many characters as a notice may have; no desktop shows more.
const TITLE: usize = 200;
const BODY: usize = 600;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Notice {
    pub title: String,
    pub body: String,
    pub thread_id: i64,
}

/// A click on a notice opens its thread. Before the first notice, or that one reports nothing.
pub fn listen(app: &AppHandle) {
    let handle = app.clone();
    let listening = app.notification().on_action(move |performed| {
        raise(&handle);
        let notice = performed.notification();
        let thread = notice.and_then(|n| n.extra().get(THREAD)?.as_i64());
        if let Some(thread_id) = thread
            && let Err(error) = handle.emit("open-thread", thread_id)
        {
            tracing::warn!(%error, "the window could not be told which thread to open");
        }
    });
    if let Err(error) = listening {
        tracing::warn!(%error, "clicks on notices will not be heard");
    }
}

/// Shows it, or says in the log that this desktop shows none.
pub fn show(app: &AppHandle, notice: &Notice) {
    let shown = app
        .notification()
        .builder()
        .title(one_line(&notice.title, TITLE))
        .body(plain(&legible(&notice.body, BODY)))
        .extra(THREAD, notice.thread_id)
        .show();
    if let Err(error) = shown {
        tracing::info!(%error, "this desktop shows no notices");
    }
}

/// Servers read markup in a body (freedesktop.org, "Desktop Notifications Specification"): a customer's words
/// must stay words.
fn plain(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_customers_words_are_no_markup_in_a_notice() {
        assert_eq!(
            plain("<b>5 & 6</b> <a href=x>"),
            "&lt;b&gt;5 &amp; 6&lt;/b&gt; &lt;a href=x&gt;"
        );
    }
}
