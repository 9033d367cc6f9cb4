//! Pictures on the clipboard. WebKitGTK gives a page the words and the files that were copied, but no picture that
//! some program holds, such as one of the screen; so it is asked for from here.

use tauri::AppHandle;
use tokio::sync::oneshot;

/// The picture on the clipboard, as PNG, where there is one.
#[cfg(target_os = "linux")]
pub async fn picture(app: &AppHandle) -> Option<Vec<u8>> {
    let (told, answer) = oneshot::channel();
    // GTK answers on its own thread only, and when the program that holds the picture has sent it.
    let ask = move || {
        let png = gtk::gdk::Atom::intern("image/png");
        let clipboard = gtk::Clipboard::get(&gtk::gdk::SELECTION_CLIPBOARD);
        clipboard.request_contents(&png, move |_, held| {
            // Whoever asked may have gone.
            let _ = told.send(Some(held.data()).filter(|bytes| !bytes.is_empty()));
        });
    };
    app.run_on_main_thread(ask).ok()?;
    answer.await.ok().flatten()
}

/// Elsewhere the window itself is given pictures.
#[cfg(not(target_os = "linux"))]
pub async fn picture(_: &AppHandle) -> Option<Vec<u8>> {
    None
}
