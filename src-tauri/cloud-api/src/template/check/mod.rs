//! Meta's own rules on a template, held against a draft before it is handed in.
//!
//! Sources: Meta, "Template components", "Template review" (common reasons for a rejection), "Error codes"
//! (2388xxx), and the pages of carousel and limited-time offer templates. What Meta does not publish, or what was
//! only ever observed, is a [`Severity::Warning`].

mod buttons;
mod cards;
mod parts;
mod report;
mod text;

use serde::{Deserialize, Serialize};

use super::{ComponentKind, Components, Draft, NAME_MAX, ParameterFormat};
use report::Report;

/// One place where a draft breaks, or may break, a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    pub rule: Rule,
    pub severity: Severity,
    /// `name`, `language`, `category`, `header`, `body`, `footer`, `offer`, `button:N` (what it says), `button:N:url`,
    /// `button:N:phone_number`, `button:N:code`, `button:N:flow`, `buttons` (all of them), `cards` (all of them), `card:I`, and each
    /// part of a card after `card:I:`. `N` and `I` count from 0.
    pub part: String,
    /// In UTF-16 units of the part's text, as JavaScript counts; 0 and 0 where there is no text.
    pub start: usize,
    pub end: usize,
    /// What the rule allows at most, where it is about a number.
    pub limit: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// May well be refused, or reads badly.
    Warning,
    /// Will be refused.
    Error,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// A name, a language, a category, a body or the flow of a button is not there.
    Missing,
    /// Small letters, digits and underscores only.
    NameCharacters,
    /// There is a template of this name in this language.
    NameTaken,
    /// MARKETING, UTILITY or AUTHENTICATION.
    CategoryUnknown,
    /// Longer than `limit` characters.
    TooLong,
    /// The part is there and says nothing.
    Empty,
    /// A second header, body, footer …
    PartTwice,
    /// Nobody here knows this kind: it is handed in as it stands.
    UnknownPart,
    /// Braces that do not pair.
    Braces,
    /// Neither a number nor a name of small letters, digits and underscores.
    VariableName,
    /// `#`, `$` or `%` inside a variable.
    VariableForbiddenCharacter,
    /// A name in a positional template, or a number in a named one.
    VariableMixed,
    /// `{{1}}`, `{{2}}` … without a gap.
    VariableGap,
    /// 2388299.
    VariableAtStart,
    /// 2388299.
    VariableAtEnd,
    /// Two variables with nothing between them.
    VariablesAdjacent,
    /// 2388293: too few words around them. Meta does not publish the ratio; observed: twice the variables, and one.
    TooManyVariables,
    /// A header holds `limit` variables at most.
    HeaderVariables,
    /// Footers, buttons and offers hold none.
    VariableNotAllowed,
    /// Each variable, file and code needs one.
    SampleMissing,
    /// A header of a kind that cannot be handed in here.
    HeaderKind,
    /// Headers, footers and buttons are one line.
    LineBreak,
    /// Headers show `*`, `_`, `~` and backticks as they are.
    Formatting,
    /// More than `limit` buttons, or of one kind.
    TooManyButtons,
    /// Quick replies stand together, before or after all others.
    ButtonsNotGrouped,
    /// Two buttons say the same.
    ButtonTwice,
    /// No web address.
    UrlInvalid,
    /// One variable, at the end.
    UrlVariable,
    /// A link that leads to WhatsApp itself.
    UrlToWhatsapp,
    /// Digits, after a plus.
    PhoneInvalid,
    /// 2 to 10.
    CardCount,
    /// All cards have the same header kind, the same parts and the same buttons.
    CardShape,
    /// A card starts with a picture or a film.
    CardHeaderMissing,
    /// A card has 1 to `limit` buttons.
    CardButtons,
    /// Beside its cards a carousel has a body and nothing else.
    CardsAlone,
    /// Limited-time offers are MARKETING.
    OfferCategory,
    /// A limited-time offer has no footer.
    OfferFooter,
    /// A limited-time offer has a button with an address, and with an end a copy code, which comes first.
    OfferButtons,
    /// Another template says the same in body and footer.
    Duplicate,
}

/// A template that the account has already.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Other {
    pub name: String,
    pub language: String,
    pub body: String,
    pub footer: String,
}

impl Other {
    pub fn new(name: &str, language: &str, components: &Components) -> Self {
        Self {
            name: name.to_owned(),
            language: language.to_owned(),
            body: components
                .body()
                .map(|b| b.text.clone())
                .unwrap_or_default(),
            footer: components.footer().unwrap_or_default().to_owned(),
        }
    }
}

/// Everything that is wrong with a draft, in the order of its parts. `others` are the account's templates; one that
/// is being edited is not among them.
pub fn check(draft: &Draft, others: &[Other]) -> Vec<Finding> {
    let components = draft.read();
    let mut report = Report::default();
    head(draft, others, &mut report);
    parts::check(&components, draft, &mut report);
    buttons::check(components.buttons(), &mut report);
    cards::check(&components, draft.parameter_format, &mut report);
    duplicates(&components, others, &mut report);
    report.found
}

fn head(draft: &Draft, others: &[Other], report: &mut Report) {
    let name = draft.name.as_str();
    if name.is_empty() {
        report.error(Rule::Missing, "name");
    }
    let fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if let Some((at, bad)) = name.char_indices().find(|(_, c)| !fine(*c)) {
        report.mark(Rule::NameCharacters, "name", name, at..at + bad.len_utf8());
    }
    report.length("name", name, NAME_MAX);
    if others
        .iter()
        .any(|other| other.name == draft.name && other.language == draft.language)
    {
        report.mark(Rule::NameTaken, "name", name, 0..name.len());
    }
    if draft.language.is_empty() {
        report.error(Rule::Missing, "language");
    }
    match draft.category.as_str() {
        "" => report.error(Rule::Missing, "category"),
        "MARKETING" | "UTILITY" | "AUTHENTICATION" => {}
        other => report.mark(Rule::CategoryUnknown, "category", other, 0..other.len()),
    }
}

fn duplicates(components: &Components, others: &[Other], report: &mut Report) {
    let Some(body) = components.body().map(|body| body.text.trim()) else {
        return;
    };
    let footer = components.footer().unwrap_or_default().trim();
    if !body.is_empty()
        && others
            .iter()
            .any(|other| other.body.trim() == body && other.footer.trim() == footer)
    {
        report.mark(Rule::Duplicate, "body", body, 0..body.len());
    }
}

/// Twice the same kind of component.
fn twice(components: &Components) -> Vec<&'static str> {
    let mut seen = Vec::new();
    let mut found = Vec::new();
    for component in &components.0 {
        let part = match component.kind {
            ComponentKind::Header(_) => "header",
            ComponentKind::Body(_) => "body",
            ComponentKind::Footer(_) => "footer",
            ComponentKind::Buttons(_) => "buttons",
            ComponentKind::Carousel(_) => "cards",
            ComponentKind::LimitedTimeOffer(_) => "offer",
            ComponentKind::Other(_) => continue,
        };
        if seen.contains(&part) {
            found.push(part);
        }
        seen.push(part);
    }
    found
}

/// The kind of label that a format wants.
fn fits(format: ParameterFormat, positional: bool) -> bool {
    (format == ParameterFormat::Positional) == positional
}
