//! What a message is before anybody was asked about it: what Meta gets, what staff sees, and its words.

use crate::{
    desk::{Desk, templates::given_file},
    template::{OF_FILE, in_place_of_files},
    view::{Body, Refusal, TemplateChoice},
};
use cloud_api::outgoing::OutgoingContent;
use std::collections::HashMap;
use store::{Connection, Result, attachment, message, outbox::OutboxItem};
use uuid::Uuid;

/// What goes into the outbox once the policy allows it.
pub(in crate::desk) struct Parcel {
    pub content: OutgoingContent,
    pub bubble: Body,
    pub kind: &'static str,
    pub words: String,
    pub reply_wamid: String,
    /// Files of ours that a template names, by their ids.
    pub files: Vec<String>,
}

pub(in crate::desk) fn text_parcel(text: &str, reply_wamid: String) -> Parcel {
    Parcel {
        content: OutgoingContent::Text {
            body: text.to_owned(),
            preview_url: false,
        },
        bubble: Body::Text {
            text: text.to_owned(),
        },
        kind: "text",
        words: text.to_owned(),
        reply_wamid,
        files: Vec::new(),
    }
}

/// An empty emoji takes the reaction back.
pub(super) fn reaction_parcel(target: String, emoji: &str) -> Parcel {
    let emoji = (!emoji.is_empty()).then(|| emoji.to_owned());
    Parcel {
        bubble: Body::System {
            text: emoji.clone().unwrap_or_default(),
        },
        words: String::new(),
        kind: "reaction",
        reply_wamid: target.clone(),
        files: Vec::new(),
        content: OutgoingContent::Reaction { target, emoji },
    }
}

/// The same message once more. `message_id`: of its bubble.
pub(super) fn same_again(db: &Connection, item: &OutboxItem, message_id: i64) -> Result<Parcel> {
    let mut content: OutgoingContent = serde_json::from_str(&item.content)?;
    let files = match &content {
        OutgoingContent::Template(_) => attachment::all_of_outbox(db, &item.id)?
            .into_iter()
            .map(|file| file.id)
            .collect(),
        _ => Vec::new(),
    };
    if let OutgoingContent::Media { id, .. } = &mut content {
        // Its file goes up once more, with the new message.
        id.clear();
    }
    let bubble: Body = serde_json::from_str(&message::payload(db, message_id)?)?;
    let kind = match &bubble {
        Body::Template { .. } => "template",
        Body::Media { media } => kind_of(&media.kind),
        _ => "text",
    };
    Ok(Parcel {
        content,
        bubble,
        kind,
        words: item.body.clone(),
        reply_wamid: item.reply_wamid.clone(),
        files,
    })
}

/// The stored word for a file of ours.
fn kind_of(kind: &str) -> &'static str {
    let known = ["image", "video", "audio", "sticker"];
    let found = known.into_iter().find(|known| *known == kind);
    found.unwrap_or("document")
}

/// The files of a template stay where they are, to be proposed again; each send takes copies of its own, under these
/// ids, and names them.
pub(in crate::desk) fn copies(
    content: &mut OutgoingContent,
    files: &[String],
) -> Vec<(String, String)> {
    let copies: Vec<_> = files
        .iter()
        .map(|id| (id.clone(), Uuid::now_v7().to_string()))
        .collect();
    if let OutgoingContent::Template(send) = content {
        in_place_of_files(send, |id| {
            let copy = copies.iter().find(|(original, _)| original == id);
            copy.map(|(_, copy)| format!("{OF_FILE}{copy}"))
        });
    }
    copies
}

impl Desk {
    pub(in crate::desk) fn template_parcel(
        &self,
        db: &Connection,
        choice: &TemplateChoice,
        now: i64,
    ) -> Result<Result<Parcel, Vec<Refusal>>> {
        let Some(template) = self.template(db, &choice.name, &choice.language)? else {
            return Ok(Err(vec![Refusal::TemplateUnknown]));
        };
        let mut files = HashMap::new();
        for value in &choice.values {
            if let Some(file) = given_file(db, &value.text)? {
                files.insert(value.text.clone(), file);
            }
        }
        let filled = template.fill(&choice.values, now, |id| files.get(id).cloned());
        Ok(match filled {
            Ok(filled) => Ok(Parcel {
                content: filled.content,
                bubble: filled.bubble,
                kind: "template",
                words: filled.words,
                reply_wamid: String::new(),
                files: filled.files,
            }),
            Err(slots) => Err(vec![Refusal::TemplateValues { slots }]),
        })
    }
}
