//! From values to a PDF.

use serde_json::Value as Json;
use typst::{
    diag::SourceDiagnostic,
    foundations::{Bytes, Datetime, Dict, IntoValue, Smart},
    introspection::Introspector,
};
use typst_as_lib::{TypstAsLibError, TypstEngine};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use super::{
    Letterhead,
    letters::{FONTS, Instead, name_missing},
};
use crate::{ExportError, Language, moment};

const TEMPLATES: [(&str, &str); 7] = [
    ("common.typ", include_str!("../../typst/common.typ")),
    ("person.typ", include_str!("../../typst/person.typ")),
    ("access.typ", include_str!("../../typst/access.typ")),
    ("list.typ", include_str!("../../typst/list.typ")),
    ("poster.typ", include_str!("../../typst/poster.typ")),
    ("card.typ", include_str!("../../typst/card.typ")),
    ("form.typ", include_str!("../../typst/form.typ")),
];

/// Pictures by the name under which the data mentions them.
pub(super) type Pictures<'a> = Vec<(String, &'a [u8])>;

/// A finished document.
pub(super) struct Set {
    pub pdf: Vec<u8>,
    /// Some text did not fit even in the smallest letters and was cut off.
    pub overflow: bool,
}

pub(super) fn set(
    template: &'static str,
    letterhead: &Letterhead<'_>,
    mut data: Json,
    pictures: Pictures<'_>,
) -> Result<Set, ExportError> {
    clean(&mut data);
    let (emoji, script) = (letterhead.word("emoji"), letterhead.word("other_script"));
    let instead = Instead {
        emoji: &emoji,
        script: &script,
    };
    name_missing(&mut data, instead);
    let data = serde_json::to_vec(&data).map_err(|error| ExportError::Layout(error.to_string()))?;
    let language = letterhead.about.language;
    let pictures: Dict = pictures
        .into_iter()
        .map(|(name, bytes)| (name.into(), Bytes::new(bytes.to_vec()).into_value()))
        .collect();
    let mut inputs = Dict::new();
    inputs.insert("data".into(), Bytes::new(data).into_value());
    inputs.insert(
        "words".into(),
        Bytes::new(language.words().as_bytes()).into_value(),
    );
    inputs.insert("pictures".into(), pictures.into_value());

    let engine = TypstEngine::builder()
        .fonts(FONTS)
        .with_static_source_file_resolver(TEMPLATES)
        // What was in one paper must not stay in memory for the next.
        .comemo_evict_max_age(Some(0))
        .build();
    let document: PagedDocument = engine
        .compile_with_input(template, inputs)
        .output
        .map_err(|error| reason(template, error))?;
    // Nothing else in the templates carries a label.
    let overflow = !document.introspector().query_labelled().is_empty();
    let archived = PdfStandards::new(&[PdfStandard::A_2b])
        .map_err(|error| ExportError::Layout(error.message().to_string()))?;
    // Should a letter have no shape all the same: that is allowed on paper, but not in an archive.
    let pdf = typst_pdf::pdf(&document, &options(letterhead.about.made_at, archived))
        .or_else(|_| {
            let plain = PdfStandards::default();
            typst_pdf::pdf(&document, &options(letterhead.about.made_at, plain))
        })
        .map_err(|errors| ExportError::Layout(said(template, errors.iter())))?;
    Ok(Set { pdf, overflow })
}

fn options(made_at: i64, standards: PdfStandards) -> PdfOptions {
    let [year, month, day, hour, minute, second] = moment::parts(made_at);
    PdfOptions {
        ident: Smart::Auto,
        creator: Smart::Custom(Some("Guichet".to_owned())),
        timestamp: Datetime::from_ymd_hms(
            year,
            month as u8,
            day as u8,
            hour as u8,
            minute as u8,
            second as u8,
        )
        .map(Timestamp::new_utc),
        page_ranges: None,
        standards,
        tagged: true,
        pretty: false,
    }
}

/// Messages of the typesetter are about templates; what stands in the data is not among them.
fn reason(template: &str, error: TypstAsLibError) -> ExportError {
    ExportError::Layout(match error {
        TypstAsLibError::TypstSource(errors) => said(template, errors.iter()),
        other => format!("{template}: {other}"),
    })
}

fn said<'a>(template: &str, errors: impl Iterator<Item = &'a SourceDiagnostic>) -> String {
    let all: Vec<&str> = errors.map(|error| error.message.as_str()).collect();
    format!("{template}: {}", all.join("; "))
}

/// Characters that would turn the text around them, or that print nothing and hide something.
fn clean(value: &mut Json) {
    match value {
        Json::String(text) => {
            if text.chars().any(unwelcome) {
                *text = text.chars().filter(|&c| !unwelcome(c)).collect();
            }
        }
        Json::Array(all) => all.iter_mut().for_each(clean),
        Json::Object(all) => all.values_mut().for_each(clean),
        Json::Null | Json::Bool(_) | Json::Number(_) => {}
    }
}

fn unwelcome(c: char) -> bool {
    match c {
        '\n' | '\t' => false,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}' => {
            true
        }
        '\u{feff}' | '\u{fffe}' | '\u{ffff}' => true,
        _ => c.is_control(),
    }
}

pub(super) fn word(language: Language, key: &str) -> String {
    let words: Json = serde_json::from_str(language.words()).unwrap_or_default();
    words[key].as_str().unwrap_or(key).to_owned()
}

pub(super) fn named(language: Language, table: &str, key: &str) -> String {
    let words: Json = serde_json::from_str(language.words()).unwrap_or_default();
    words[table][key].as_str().unwrap_or(key).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every key of a table of words, `table/key` for the ones inside.
    fn keys(language: Language) -> Vec<String> {
        let words: Json = serde_json::from_str(language.words()).expect("words are JSON");
        let all = words.as_object().expect("an object");
        let mut keys: Vec<String> = all
            .iter()
            .flat_map(|(key, value)| match value {
                Json::Object(inner) => inner.keys().map(|k| format!("{key}/{k}")).collect(),
                _ => vec![key.clone()],
            })
            .collect();
        keys.sort();
        keys
    }

    #[test]
    fn every_word_exists_in_every_language() {
        assert_eq!(keys(Language::De), keys(Language::En));
        assert_eq!(keys(Language::PtBr), keys(Language::En));
    }

    #[test]
    fn text_that_turns_or_hides_what_stands_around_it_is_taken_out() {
        let mut data =
            serde_json::json!({"name": "Ada\u{202e}gpj.exe\u{0}", "lines": ["a\nb", "\u{feff}x"]});
        clean(&mut data);
        assert_eq!(
            data,
            serde_json::json!({"name": "Adagpj.exe", "lines": ["a\nb", "x"]})
        );
    }
}
