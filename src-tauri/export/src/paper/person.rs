//! The proof about one person: where things stand, every act with its wording and evidence, and its place in the chain.

use image::ImageReader;
use serde_json::{Value as Json, json};
use std::io::Cursor;

use super::{Letterhead, sealed, setting};
use crate::{ExportError, Seal};

#[derive(Clone, Copy, Default)]
pub struct Person<'a> {
    pub name: &'a str,
    /// `phone`, `wa_id`, `bsuid`, `parent_bsuid`, `username`, each with its value.
    pub identifiers: &'a [(&'a str, String)],
    pub language: &'a str,
    /// Unknown to most shops.
    pub minor: Option<bool>,
}

/// One purpose.
#[derive(Clone, Copy, Default)]
pub struct StateOnPaper<'a> {
    /// A key, or the label of a purpose of the shop's own.
    pub purpose: &'a str,
    pub state: &'a str,
    pub usable: bool,
    pub why_not: &'a str,
    pub since: Option<i64>,
    pub strength: &'a str,
    pub uses: i64,
    pub last_used_at: Option<i64>,
}

/// One act of the ledger.
#[derive(Clone, Default)]
pub struct ActOnPaper<'a> {
    pub event: &'a str,
    pub purpose: &'a str,
    pub act_at: i64,
    pub recorded_at: i64,
    pub time_source: &'a str,
    pub channel: &'a str,
    pub strength: &'a str,
    pub wording: Option<WordingOnPaper<'a>>,
    pub business: &'a str,
    pub staff: &'a str,
    pub note: &'a str,
    pub wamid: &'a str,
    pub template: &'a str,
    /// `DEVICE/SEQ`.
    pub entry: &'a str,
    pub hash: &'a str,
    pub prev: &'a str,
    pub evidence: Vec<Evidence<'a>>,
}

#[derive(Clone, Copy, Default)]
pub struct WordingOnPaper<'a> {
    pub id: &'a str,
    pub version: i64,
    pub sha256: &'a str,
    pub text: &'a str,
    pub language: &'a str,
}

#[derive(Clone, Copy, Default)]
pub struct Evidence<'a> {
    /// SHA-256, hex.
    pub id: &'a str,
    /// `signature`, `photo`, `scan`.
    pub kind: &'a str,
    /// `None`: its time was over, only its hash is left.
    pub bytes: Option<&'a [u8]>,
}

pub struct PersonPaper<'a> {
    pub letterhead: Letterhead<'a>,
    pub person: Person<'a>,
    pub states: &'a [StateOnPaper<'a>],
    /// Oldest first.
    pub acts: &'a [ActOnPaper<'a>],
    pub seal: &'a Seal,
}

impl PersonPaper<'_> {
    /// The document as PDF/A-2b, or as plain PDF where a letter is missing in every font.
    pub fn pdf(&self) -> Result<Vec<u8>, ExportError> {
        let head = &self.letterhead;
        let mut pictures = Vec::new();
        let acts: Vec<Json> = self
            .acts
            .iter()
            .map(|act| act_as_data(head, act, &mut pictures))
            .collect();
        let data = json!({
            "title": head.word("person_title"),
            "business": head.business,
            "own_number": head.own_number,
            "made_at": head.shown(Some(head.about.made_at)),
            "person": person_as_data(head, &self.person),
            "states": states_as_data(head, self.states),
            "acts": acts,
            "seal": sealed(self.seal),
        });
        let set = setting::set("person.typ", head, data, pictures)?;
        Ok(set.pdf)
    }
}

pub(super) fn person_as_data(head: &Letterhead<'_>, person: &Person<'_>) -> Json {
    json!({
        "name": person.name,
        "identifiers": person.identifiers,
        "language": person.language,
        "minor": person.minor.map(|yes| head.word(if yes { "yes" } else { "no" })).unwrap_or_default(),
    })
}

pub(super) fn states_as_data(head: &Letterhead<'_>, states: &[StateOnPaper<'_>]) -> Json {
    states
        .iter()
        .map(|state| {
            let used = match state.last_used_at {
                Some(at) if state.uses > 0 => format!(
                    "{} {}, {} {}",
                    state.uses,
                    head.word("times"),
                    head.word("last"),
                    head.day(Some(at))
                ),
                _ => String::new(),
            };
            json!({
                "purpose": head.named("purposes", state.purpose),
                "state": head.named("states", state.state),
                "state_key": state.state,
                "usable": state.usable,
                "why_not": head.named("why_not", state.why_not),
                "since": head.day(state.since),
                "strength": head.named("strengths", state.strength),
                "used": used,
            })
        })
        .collect()
}

pub(super) fn act_as_data<'a>(
    head: &Letterhead<'_>,
    act: &ActOnPaper<'a>,
    pictures: &mut setting::Pictures<'a>,
) -> Json {
    let evidence: Vec<Json> = act
        .evidence
        .iter()
        .map(|item| {
            let shown = item.bytes.filter(|bytes| is_picture(bytes));
            let picture = shown.map(|bytes| {
                let name = format!("p{}", pictures.len());
                pictures.push((name.clone(), bytes));
                name
            });
            let remark = match (item.bytes, &picture) {
                (None, _) => head.word("gone"),
                (Some(_), None) => head.word("no_picture"),
                (Some(_), Some(_)) => String::new(),
            };
            json!({
                "id": item.id,
                "kind": head.named("kinds", item.kind),
                "picture": picture,
                // A signature is a stroke, a form is to be read.
                "height": if item.kind == "signature" { 28 } else { 150 },
                "remark": remark,
            })
        })
        .collect();
    json!({
        "event": head.named("events", act.event),
        "event_key": act.event,
        "purpose": head.named("purposes", act.purpose),
        "at": head.shown(Some(act.act_at)),
        "recorded": head.shown(Some(act.recorded_at)),
        "time_source": head.named("time_sources", act.time_source),
        "channel": head.named("channels", act.channel),
        "strength": head.named("strengths", act.strength),
        "business": act.business,
        "staff": act.staff,
        "note": act.note,
        "wamid": act.wamid,
        "template": act.template,
        "entry": act.entry,
        "hash": act.hash,
        "prev": act.prev,
        "wording": act.wording.filter(|wording| !wording.text.is_empty()).map(|wording| json!({
            "id": wording.id,
            "version": wording.version,
            "sha256": wording.sha256,
            "text": wording.text,
            // Only the language decides how words are broken; the region does not.
            "lang": wording.language.get(..2).filter(|tag| tag.bytes().all(|b| b.is_ascii_lowercase())).unwrap_or("en"),
        })),
        "evidence": evidence,
    })
}

/// Whether it can be put on paper: decided by the bytes, all of them, because the typesetter gives the whole document up
/// over one picture that is damaged. A PDF or HEIC is named only.
fn is_picture(bytes: &[u8]) -> bool {
    let Ok(reader) = ImageReader::new(Cursor::new(bytes)).with_guessed_format() else {
        return false;
    };
    // With the limits of the library, so that a small file cannot unfold into gigabytes.
    reader.decode().is_ok()
}
