//! Header, body, footer and offer, of a template or of a card.

use super::{
    super::{
        ComponentKind, Components, Draft, FOOTER_MAX, HEADER_MAX, Header, OFFER_MAX,
        ParameterFormat, Text, placeholders,
    },
    Report, Rule, Severity, text, twice,
};

pub(super) fn check(components: &Components, draft: &Draft, report: &mut Report) {
    for part in twice(components) {
        report.error(Rule::PartTwice, part);
    }
    for component in &components.0 {
        if let ComponentKind::Other(name) = &component.kind {
            report.warn(Rule::UnknownPart, &name.to_ascii_lowercase());
        }
    }
    if let Some(found) = components.header() {
        header(found, draft.parameter_format, report);
    }
    match components.body() {
        // Meta words the body of an authentication template.
        _ if draft.category == "AUTHENTICATION" => {}
        Some(found) => {
            let max = components.body_max(None);
            body(found, max, draft.parameter_format, report);
        }
        None => report.error(Rule::Missing, "body"),
    }
    if let Some(footer) = components.footer() {
        // As above: authentication footers say when the code ends.
        if draft.category != "AUTHENTICATION" {
            line("footer", footer, FOOTER_MAX, report);
        }
    }
    offer(components, draft, report);
}

pub(super) fn header(header: &Header, format: ParameterFormat, report: &mut Report) {
    match header {
        Header::Text(found) => {
            let words = found.text.as_str();
            if words.trim().is_empty() {
                report.error(Rule::Empty, "header");
            }
            report.length("header", words, HEADER_MAX);
            text::check("header", found, format, report);
            text::one_line("header", words, report);
            let markup = without_variables(words);
            if let Some(at) = markup.find(['*', '_', '~', '`']) {
                let place = at..at + 1;
                report.mark_as(Severity::Warning, Rule::Formatting, "header", words, place);
            }
            if placeholders(words).len() > 1 {
                report.limited(Rule::HeaderVariables, "header", 1);
            }
        }
        Header::Media { sample, .. } => {
            if sample.0.is_none() {
                report.error(Rule::SampleMissing, "header");
            }
        }
        Header::Location => {}
        Header::Gif(_) | Header::Product => report.error(Rule::HeaderKind, "header"),
        Header::Other(_) => report.warn(Rule::UnknownPart, "header"),
    }
}

/// The same length, with the variables blanked out.
fn without_variables(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut from = 0;
    for variable in super::super::variables(words) {
        out.push_str(&words[from..variable.start]);
        out.push_str(&" ".repeat(variable.end - variable.start));
        from = variable.end;
    }
    out.push_str(&words[from..]);
    out
}

pub(super) fn body(found: &Text, max: usize, format: ParameterFormat, report: &mut Report) {
    let words = found.text.as_str();
    if words.trim().is_empty() {
        report.error(Rule::Empty, "body");
    }
    report.length("body", words, max);
    text::check("body", found, format, report);
    text::body("body", words, report);
}

/// One line without variables.
pub(super) fn line(part: &str, words: &str, max: usize, report: &mut Report) {
    if words.trim().is_empty() {
        report.error(Rule::Empty, part);
    }
    report.length(part, words, max);
    text::none_allowed(part, words, report);
    text::one_line(part, words, report);
}

/// Meta, "Limited-time offer templates".
fn offer(components: &Components, draft: &Draft, report: &mut Report) {
    let Some(offer) = components.offer() else {
        return;
    };
    line("offer", &offer.text, OFFER_MAX, report);
    if !matches!(draft.category.as_str(), "MARKETING" | "") {
        report.error(Rule::OfferCategory, "category");
    }
    if let Some(footer) = components.footer() {
        report.mark(Rule::OfferFooter, "footer", footer, 0..footer.len());
    }
    let place = |name: &str| {
        let mut all = components.buttons().iter();
        all.position(|button| button.kind.name() == name)
    };
    let code = place("COPY_CODE");
    if place("URL").is_none()
        || (offer.has_expiration && code.is_none())
        || code.is_some_and(|index| index > 0)
    {
        report.error(Rule::OfferButtons, "buttons");
    }
}
