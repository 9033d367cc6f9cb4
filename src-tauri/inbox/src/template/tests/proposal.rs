//! Which template is proposed first.

use super::*;
use crate::view::{TemplateFigures, TemplateObstacle, TemplateView};
use serde_json::json;

fn view(name: &str, language: &str, category: &str, answered: i64, sent: i64) -> TemplateView {
    let mut row = template("POSITIONAL", json!([{ "type": "BODY", "text": "Neu!" }])).row;
    (row.name, row.language, row.category) = (name.into(), language.into(), category.into());
    let t = Template::read(row);
    TemplateView {
        name: t.row.name.clone(),
        language: t.row.language.clone(),
        id: String::new(),
        category: t.row.category.clone(),
        status: t.row.status.clone(),
        quality: String::new(),
        parts: t.parts(),
        slots: Vec::new(),
        obstacle: None,
        favourite: false,
        last_used_at: None,
        used_here_at: None,
        figures: TemplateFigures {
            sent,
            answered,
            ..TemplateFigures::default()
        },
        moves_to: None,
        rejection: None,
        checked_at: None,
        kept: Vec::new(),
        kept_at: None,
        known_since: 0,
    }
}

#[test]
fn the_template_that_most_likely_brings_an_answer_is_proposed() {
    let old_hand = view("old_hand", "de", "UTILITY", 40, 80);
    let lucky = view("lucky", "de", "UTILITY", 1, 1);
    let advert = view("advert", "de", "MARKETING", 50, 80);
    let foreign = view("foreign", "en", "UTILITY", 60, 80);
    let mut paused = view("paused", "de", "UTILITY", 79, 80);
    paused.obstacle = Some(TemplateObstacle::Disabled);
    let plain = |template| Candidate {
        template,
        worked_at: None,
        unanswered: false,
    };
    let best = |all: &[Candidate<'_>], stop| propose(all, "de", stop).map(|p| p.name);
    let all = [
        plain(&old_hand),
        plain(&lucky),
        plain(&advert),
        plain(&foreign),
        plain(&paused),
    ];
    assert_eq!(best(&all, false).as_deref(), Some("old_hand"));
    let tried = [
        Candidate {
            unanswered: true,
            ..plain(&old_hand)
        },
        plain(&lucky),
    ];
    assert_eq!(
        best(&tried, false).as_deref(),
        Some("lucky"),
        "not the same again"
    );
    let worked = [
        plain(&old_hand),
        Candidate {
            worked_at: Some(3),
            ..plain(&lucky)
        },
    ];
    assert_eq!(
        best(&worked, false).as_deref(),
        Some("lucky"),
        "it worked with him"
    );
    assert_eq!(
        best(&[plain(&advert)], true),
        None,
        "he asked for no advertising"
    );
    assert_eq!(best(&[plain(&paused)], false), None);
}
