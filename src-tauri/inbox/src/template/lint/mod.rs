//! What stands against a draft before Meta says it: Meta's own rules (`cloud_api::template::check`), and those that
//! cost a shop its category, its number or a warning letter.

mod wording;

use super::{
    draft::{files, headings, wire},
    edit_limit::NoEdit,
};
use crate::view::{DraftButton, DraftHeader, FindingSeverity, TemplateDraft, TemplateFinding};
use cloud_api::template::{self, Other, Severity};
use wording::{Tongue, places};

/// What the rules of our own need to know.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shop<'a> {
    /// The name customers see.
    pub name: Option<&'a str>,
    /// The business number is a German one.
    pub german: bool,
    /// Templates of the account, without the one that is edited.
    pub others: &'a [Other],
    /// The category the edited template has, if Meta has approved it: then it is fixed.
    pub fixed_category: Option<&'a str>,
    /// Days the name stays blocked, because a template of this name was deleted.
    pub blocked_days: Option<i64>,
    /// Why Meta would take no edit of this template now.
    pub no_edit: Option<NoEdit>,
}

/// Whether any of these texts tells how to stop it: the footer, a button, the words.
pub(crate) fn says_how_to_stop<'a>(mut texts: impl Iterator<Item = &'a str>) -> bool {
    texts.any(|text| !places(text, wording::OPT_OUT).is_empty())
}

/// Every finding, in the order of the parts.
pub(crate) fn lint(draft: &TemplateDraft, shop: &Shop<'_>) -> Vec<TemplateFinding> {
    let there: Vec<String> = files(draft).map(|(place, _)| place).collect();
    let wire = wire(draft, |place| {
        there.iter().find(|one| *one == place).cloned()
    });
    let mut found: Vec<TemplateFinding> = template::check(&wire, shop.others)
        .into_iter()
        .map(of_meta)
        .collect();
    for (place, header) in headings(draft) {
        sample_file(&place, header, &mut found);
    }
    if let Some(fixed) = shop.fixed_category
        && fixed != draft.category
    {
        let why = Refused("category_fixed");
        found.push(finding(why, "category", 0..0, vec![fixed.to_owned()]));
    }
    if let Some(days) = shop.blocked_days {
        let why = Refused("name_blocked");
        found.push(finding(why, "name", 0..0, vec![days.to_string()]));
    }
    if let Some(no_edit) = &shop.no_edit {
        let (why, value) = match no_edit {
            NoEdit::Lately(until) => (Refused("edited_lately"), until.to_string()),
            NoEdit::UsedUp(until) => (Refused("edits_used_up"), until.to_string()),
            NoEdit::State(status) => (Refused("not_editable"), status.clone()),
        };
        found.push(finding(why, "name", 0..0, vec![value]));
    }
    let tongue = Tongue::of(&draft.language);
    match draft.category.as_str() {
        "MARKETING" => advertising(draft, shop, &mut found),
        "UTILITY" => {
            for (part, text) in texts(draft) {
                for place in places(&text, tongue.promotional()) {
                    found.push(finding(
                        Risky("promotional_words"),
                        &part,
                        place,
                        Vec::new(),
                    ));
                }
                // Meta takes surveys as UTILITY; a German court takes them as advertising.
                if shop.german || tongue == Tongue::German {
                    for place in places(&text, tongue.review()) {
                        found.push(finding(Risky("review_request"), &part, place, Vec::new()));
                    }
                }
            }
        }
        _ => {}
    }
    found
}

/// Whoever advertises says who he is and how to stop it (UWG § 7; WhatsApp Business Messaging Policy).
fn advertising(draft: &TemplateDraft, shop: &Shop<'_>, found: &mut Vec<TemplateFinding>) {
    let all: Vec<String> = texts(draft).into_iter().map(|(_, text)| text).collect();
    let says = |words: &[&str]| all.iter().any(|text| !places(text, words).is_empty());
    if !says(wording::OPT_OUT) {
        found.push(finding(
            Risky("opt_out_hint_missing"),
            "footer",
            0..0,
            Vec::new(),
        ));
    }
    let names_itself = |name: &str| {
        let name = store::search::plain(name);
        all.iter()
            .any(|text| store::search::plain(text).contains(&name))
    };
    let by_variable = [
        "{{business_name}}",
        "{{shop_name}}",
        "{{shop}}",
        "{{firma}}",
        "{{loja}}",
    ];
    if let Some(name) = shop.name.filter(|name| !name.is_empty())
        && !names_itself(name)
        && !by_variable.iter().any(|variable| names_itself(variable))
    {
        let why = Risky("business_name_missing");
        found.push(finding(why, "body", 0..0, vec![name.to_owned()]));
    }
}

/// Meta, "Media": pictures to 5 MB, films to 16 MB, documents to 100 MB.
fn sample_file(place: &str, header: &DraftHeader, found: &mut Vec<TemplateFinding>) {
    const MB: i64 = 1 << 20;
    let Some(file) = &header.file else { return };
    let (types, limit): (&[&str], i64) = match header.kind.as_str() {
        "image" => (&["image/jpeg", "image/png"], 5 * MB),
        "video" => (&["video/mp4"], 16 * MB),
        "document" => (&["application/pdf"], 100 * MB),
        _ => return,
    };
    if !types.contains(&file.mime_type.as_str()) {
        let why = Refused("sample_file_kind");
        found.push(finding(why, place, 0..0, vec![file.mime_type.clone()]));
    } else if file.size > limit {
        let why = Refused("sample_file_too_large");
        found.push(finding(why, place, 0..0, vec![(limit / MB).to_string()]));
    }
}

/// Everything a customer reads, by part.
fn texts(draft: &TemplateDraft) -> Vec<(String, String)> {
    let header = draft.header.iter().filter(|header| header.kind == "text");
    let header = header.map(|header| ("header".to_owned(), header.text.clone()));
    let buttons = |place: &str, all: &[DraftButton]| -> Vec<(String, String)> {
        let all = all.iter().enumerate();
        all.map(|(n, button)| (format!("{place}button:{n}"), button.text.clone()))
            .collect()
    };
    let offer = draft.offer.iter();
    let cards = draft.cards.iter().enumerate().flat_map(|(n, card)| {
        let place = format!("card:{n}:");
        let mut all = vec![(format!("{place}body"), card.body.clone())];
        all.extend(buttons(&place, &card.buttons));
        all
    });
    header
        .chain(offer.map(|offer| ("offer".to_owned(), offer.text.clone())))
        .chain([
            ("body".to_owned(), draft.body.clone()),
            ("footer".to_owned(), draft.footer.clone()),
        ])
        .chain(buttons("", &draft.buttons))
        .chain(cards)
        .filter(|(_, text)| !text.is_empty())
        .collect()
}

enum Why {
    Refused(&'static str),
    Risky(&'static str),
}
use Why::{Refused, Risky};

fn finding(
    why: Why,
    part: &str,
    place: std::ops::Range<usize>,
    values: Vec<String>,
) -> TemplateFinding {
    let (rule, severity) = match why {
        Refused(rule) => (rule, FindingSeverity::Refused),
        Risky(rule) => (rule, FindingSeverity::Risky),
    };
    TemplateFinding {
        rule: rule.to_owned(),
        severity,
        part: part.to_owned(),
        start: n(place.start),
        end: n(place.end),
        values,
    }
}

fn of_meta(finding: template::Finding) -> TemplateFinding {
    let rule = serde_json::to_value(finding.rule).unwrap_or_default();
    TemplateFinding {
        rule: rule.as_str().unwrap_or_default().to_owned(),
        severity: match finding.severity {
            Severity::Error => FindingSeverity::Refused,
            Severity::Warning => FindingSeverity::Risky,
        },
        part: part(&finding.part),
        start: n(finding.start),
        end: n(finding.end),
        values: finding
            .limit
            .map(|limit| limit.to_string())
            .into_iter()
            .collect(),
    }
}

/// A button has two texts here: what it says, and its value.
fn part(part: &str) -> String {
    match part.rsplit_once(':') {
        Some((button, "url" | "phone_number" | "code" | "flow")) => format!("{button}:value"),
        _ => part.to_owned(),
    }
}

fn n(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests;
