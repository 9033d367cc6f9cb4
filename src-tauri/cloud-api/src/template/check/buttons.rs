//! Buttons: how many, in which order, and what each says.

use super::{
    super::{
        BUTTON_MAX, BUTTONS_MAX, Button, ButtonKind, CODE_MAX, PHONE_MAX, URL_BUTTONS_MAX, URL_MAX,
        variables,
    },
    Report, Rule, Severity, parts,
};
use crate::read;

pub(super) fn check(buttons: &[Button], report: &mut Report) {
    if buttons.len() > BUTTONS_MAX {
        report.limited(Rule::TooManyButtons, "buttons", BUTTONS_MAX);
    }
    too_many_of_a_kind(buttons, report);
    let quick = |button: &Button| button.kind == ButtonKind::QuickReply;
    let changes = buttons
        .windows(2)
        .filter(|two| quick(&two[0]) != quick(&two[1]))
        .count();
    if changes > 1 {
        report.error(Rule::ButtonsNotGrouped, "buttons");
    }
    for (index, button) in buttons.iter().enumerate() {
        let part = format!("button:{index}");
        let words = button.text.as_str();
        if matches!(button.kind, ButtonKind::Other(_)) {
            report.warn(Rule::UnknownPart, &part);
            continue;
        }
        if !button.kind.has_fixed_text() {
            parts::line(&part, words, BUTTON_MAX, report);
            let before = &buttons[..index];
            if !words.is_empty() && before.iter().any(|other| other.text == words) {
                let all = 0..words.len();
                report.mark_as(Severity::Warning, Rule::ButtonTwice, &part, words, all);
            }
        }
        match &button.kind {
            ButtonKind::Url { url, example } => {
                address(&format!("{part}:url"), url, example.as_deref(), report);
            }
            ButtonKind::PhoneNumber { number } => {
                phone(&format!("{part}:phone_number"), number, report);
            }
            ButtonKind::CopyCode { example } => {
                let part = format!("{part}:code");
                match example.as_deref().filter(|code| !code.trim().is_empty()) {
                    Some(code) => report.length(&part, code, CODE_MAX),
                    None => report.error(Rule::SampleMissing, &part),
                }
            }
            // Meta, "Flows: sending a flow": by id, by name, or whole.
            ButtonKind::Flow => {
                let said = |key: &str| read::text(&button.raw, key).is_some();
                if !["flow_id", "flow_name", "flow_json"].into_iter().any(said) {
                    report.error(Rule::Missing, &format!("{part}:flow"));
                }
            }
            _ => {}
        }
    }
}

fn too_many_of_a_kind(buttons: &[Button], report: &mut Report) {
    for (index, button) in buttons.iter().enumerate() {
        let name = button.kind.name();
        let limit = match button.kind {
            ButtonKind::QuickReply | ButtonKind::Other(_) => continue,
            ButtonKind::Url { .. } => URL_BUTTONS_MAX,
            _ => 1,
        };
        let before = buttons[..index].iter();
        // Said once, at the first that is too many.
        if before.filter(|other| other.kind.name() == name).count() == limit {
            report.limited(Rule::TooManyButtons, &format!("button:{index}"), limit);
        }
    }
}

fn address(part: &str, url: &str, example: Option<&str>, report: &mut Report) {
    let host = ["https://", "http://"].iter().find_map(|scheme| {
        let start = url.get(..scheme.len())?;
        start
            .eq_ignore_ascii_case(scheme)
            .then(|| &url[scheme.len()..])
    });
    let host = host.and_then(|rest| rest.split(['/', '?', '#', '{']).next());
    match host.filter(|host| host.contains('.') && !host.contains(char::is_whitespace)) {
        None => report.mark(Rule::UrlInvalid, part, url, 0..url.len()),
        Some(host) => {
            let host = host.to_ascii_lowercase();
            if matches!(host.as_str(), "wa.me" | "api.whatsapp.com" | "wa.link") {
                let all = 0..url.len();
                report.mark_as(Severity::Warning, Rule::UrlToWhatsapp, part, url, all);
            }
        }
    }
    report.length(part, url, URL_MAX);
    let found = variables(url);
    let Some(first) = found.first() else {
        return;
    };
    let place = first.start..first.end;
    if found.len() > 1 || first.end < url.len() {
        report.mark(Rule::UrlVariable, part, url, place.clone());
    }
    if example.is_none_or(|sample| sample.trim().is_empty()) {
        report.mark(Rule::SampleMissing, part, url, place);
    }
}

fn phone(part: &str, number: &str, report: &mut Report) {
    let digits = number.strip_prefix('+').unwrap_or(number);
    let fine = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '(' | ')');
    if !digits.chars().any(|c| c.is_ascii_digit()) || !digits.chars().all(fine) {
        report.mark(Rule::PhoneInvalid, part, number, 0..number.len());
    }
    report.length(part, number, PHONE_MAX);
}
