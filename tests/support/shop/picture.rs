//! What staff sees of a thread, as text that a golden conversation can be compared with.

use super::Shop;
use inbox::view::{Body, MessageRow, WindowView};

impl Shop {
    /// What staff sees of a thread, as text.
    pub fn picture(&self, thread: i64) -> String {
        let head = self.desk.thread_head(thread).expect("the head of a thread");
        let connection = self.desk.connection().expect("the connection");
        let mut picture = match head.window {
            WindowView::Open { .. } => "window: open\n",
            WindowView::Closed { by_meta: true, .. } => "window: closed by Meta\n",
            WindowView::Closed { .. } => "window: closed\n",
            WindowView::Never { .. } => "window: never opened\n",
        }
        .to_owned();
        if let Some(hold) = connection.hold {
            picture += &format!("on hold: {} {}\n", hold.code, hold.name);
        }
        if connection.doubtful > 0 {
            picture += &format!("in doubt: {}\n", connection.doubtful);
        }
        for row in self.bubbles(thread) {
            picture += &line(&row);
        }
        if !head.draft.is_empty() {
            picture += &format!("composer: {}\n", head.draft);
        }
        picture
    }
}

fn line(row: &MessageRow) -> String {
    let words = words(&row.body);
    match &row.delivery {
        Some(delivery) => {
            let failure = delivery
                .failure
                .as_ref()
                .map(|f| format!(" {} {}", f.code, f.name))
                .unwrap_or_default();
            format!(
                "  > {words} [{}{failure}]\n",
                format!("{:?}", delivery.state).to_lowercase()
            )
        }
        None => format!("  < {words}\n"),
    }
}

/// The words of a bubble, and of a line what it says.
pub fn words(body: &Body) -> String {
    match body {
        Body::Text { text } | Body::Template { text, .. } | Body::Buttons { text, .. } => {
            text.clone()
        }
        Body::WindowClosedByMeta => "(Meta: the window is closed)".to_owned(),
        other => format!("{other:?}"),
    }
}
