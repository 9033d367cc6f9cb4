mod bodies;
mod limits;

use super::*;
use crate::webhook::{MediaKind, Peer};

fn lena() -> Peer {
    Peer {
        wa_id: Some("4915155501001".into()),
        bsuid: Some("DE.7kQm2Lw9ZtR4".into()),
        group_id: None,
    }
}

fn plain(content: OutgoingContent) -> Outgoing {
    Outgoing {
        to: lena(),
        content,
        reply_to: None,
        callback_data: None,
    }
}

fn text(body: &str) -> OutgoingContent {
    OutgoingContent::Text {
        body: body.into(),
        preview_url: false,
    }
}

fn media(kind: MediaKind) -> OutgoingContent {
    OutgoingContent::Media {
        kind,
        id: "811".into(),
        caption: None,
        filename: None,
        voice: false,
    }
}

fn template() -> TemplateSend {
    TemplateSend {
        name: "abholung_bereit".into(),
        language: "de".into(),
        ..TemplateSend::default()
    }
}

fn value(name: Option<&str>, text: &str) -> TemplateValue {
    TemplateValue {
        name: name.map(str::to_owned),
        text: text.into(),
    }
}
