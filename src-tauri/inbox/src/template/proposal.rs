//! Which template would most likely bring a customer back: by what its sends from here have brought, with enough
//! caution that one lucky send does not win, by language, category, and what worked with this customer.

use crate::view::{ProposalReason, TemplateProposal, TemplateView};

/// What is expected of a template nobody has sent yet: it is as if it had been sent eight times and answered twice.
const BEFORE: (f64, f64) = (2.0, 8.0);
/// Advertising needs consent that a reopening seldom has, and is held back by Meta more often.
const ADVERTISING: f64 = 0.4;
const OTHER_LANGUAGE: f64 = 0.25;
const WORKED_HERE: f64 = 1.6;
/// Sent to this customer lately, and not answered.
const FAILED_HERE: f64 = 0.3;
/// For each value somebody has to think of first.
const OPEN_SLOT: f64 = 0.7;

/// A template and how it went with this customer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Candidate<'a> {
    pub template: &'a TemplateView,
    /// When this customer last answered it.
    pub worked_at: Option<i64>,
    /// It was sent to him lately and lies unanswered.
    pub unanswered: bool,
}

/// `language`: the customer's, else the shop's; `no_marketing`: he asked for none.
pub(crate) fn propose(
    candidates: &[Candidate<'_>],
    language: &str,
    no_marketing: bool,
) -> Option<TemplateProposal> {
    let best = candidates
        .iter()
        .filter(|one| one.template.obstacle.is_none())
        .filter(|one| !no_marketing || !is_marketing(one.template))
        .map(|one| (score(one, language), one))
        // Of equals the first by name, so that the same list proposes the same.
        .max_by(|(a, one), (b, other)| {
            let key = |c: &Candidate<'_>| (c.template.name.clone(), c.template.language.clone());
            a.total_cmp(b).then_with(|| key(other).cmp(&key(one)))
        })?
        .1;
    let template = best.template;
    let mut why = Vec::new();
    if let Some(at) = best.worked_at {
        why.push(ProposalReason::WorkedHere { at });
    }
    if template.figures.sent > 0 && template.figures.answered > 0 {
        why.push(ProposalReason::Answered {
            answered: template.figures.answered,
            sent: template.figures.sent,
        });
    }
    if speaks(&template.language, language) {
        why.push(ProposalReason::Language);
    }
    if !is_marketing(template) {
        why.push(ProposalReason::Category);
    }
    Some(TemplateProposal {
        name: template.name.clone(),
        language: template.language.clone(),
        why,
    })
}

fn score(one: &Candidate<'_>, language: &str) -> f64 {
    let figures = &one.template.figures;
    let rate = (figures.answered as f64 + BEFORE.0) / (figures.sent as f64 + BEFORE.1);
    let open = one
        .template
        .slots
        .iter()
        .filter(|slot| slot.proposed.is_none())
        .count();
    let mut score = rate * OPEN_SLOT.powi(i32::try_from(open).unwrap_or(i32::MAX));
    let mut weigh = |applies: bool, weight: f64| {
        if applies {
            score *= weight;
        }
    };
    weigh(is_marketing(one.template), ADVERTISING);
    weigh(
        !language.is_empty() && !speaks(&one.template.language, language),
        OTHER_LANGUAGE,
    );
    weigh(one.worked_at.is_some(), WORKED_HERE);
    weigh(one.unanswered, FAILED_HERE);
    score
}

fn is_marketing(template: &TemplateView) -> bool {
    !template.category.eq_ignore_ascii_case("UTILITY")
}

/// `pt_BR` and `pt-BR` are one; so are `de` and `de-AT`.
pub(crate) fn speaks(template: &str, customer: &str) -> bool {
    let main = |tag: &str| {
        let tag = tag.split(['_', '-']).next().unwrap_or_default();
        tag.to_ascii_lowercase()
    };
    !customer.is_empty() && main(template) == main(customer)
}
