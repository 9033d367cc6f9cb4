//! What stands in the way of a template, and what Meta changed about it since it was filled in.

use super::*;
use crate::view::{TemplateDrift, TemplateObstacle};
use cloud_api::outgoing::OutgoingContent;
use serde_json::json;

#[test]
fn what_stands_in_the_way_is_said() {
    let paused = Said {
        paused_until: Some(9),
        ..Said::default()
    };
    let parts = |names: &[&str]| {
        let parts = names.iter().map(|n| (*n).to_owned()).collect();
        Some(TemplateObstacle::Parts { parts })
    };
    let body = json!({ "type": "BODY", "text": "Neu!" });
    for (status, category, components, said, expected) in [
        ("APPROVED", "UTILITY", json!([body]), Said::default(), None),
        (
            "PENDING",
            "UTILITY",
            json!([body]),
            Said::default(),
            Some(TemplateObstacle::InReview),
        ),
        (
            "REJECTED",
            "UTILITY",
            json!([body]),
            Said::default(),
            Some(TemplateObstacle::Rejected),
        ),
        (
            "PAUSED",
            "UTILITY",
            json!([body]),
            paused,
            Some(TemplateObstacle::Paused { until: Some(9) }),
        ),
        (
            "DISABLED",
            "UTILITY",
            json!([body]),
            Said::default(),
            Some(TemplateObstacle::Disabled),
        ),
        (
            "ARCHIVED",
            "UTILITY",
            json!([body]),
            Said::default(),
            Some(TemplateObstacle::Status {
                status: "ARCHIVED".into(),
            }),
        ),
        (
            "APPROVED",
            "AUTHENTICATION",
            json!([body]),
            Said::default(),
            Some(TemplateObstacle::Authentication),
        ),
        (
            "APPROVED",
            "UTILITY",
            json!([{ "type": "HEADER", "format": "GIF" }, body]),
            Said::default(),
            parts(&["header:gif"]),
        ),
        (
            "APPROVED",
            "UTILITY",
            json!([body, { "type": "HOLOGRAM" }]),
            Said::default(),
            parts(&["hologram"]),
        ),
        (
            "APPROVED",
            "UTILITY",
            json!([body]),
            Said {
                now: 5,
                restricted: Some(Some(9)),
                ..Said::default()
            },
            Some(TemplateObstacle::OverLimit { until: Some(9) }),
        ),
        (
            "APPROVED",
            "UTILITY",
            json!([body]),
            Said {
                now: 9,
                restricted: Some(Some(9)),
                ..Said::default()
            },
            None,
        ),
    ] {
        let mut t = template("POSITIONAL", components);
        (t.row.status, t.row.category) = (status.into(), category.into());
        assert_eq!(obstacle(&t, said), expected, "{status} {category}");
    }
}

#[test]
fn what_changed_at_meta_since_a_template_was_filled_is_told() {
    let body = |text: &str| json!([{ "type": "BODY", "text": text }]);
    let before = template("POSITIONAL", body("Hallo {{1}}, {{2}} ist fertig."));
    let sent = before
        .fill(
            &values(&[("body:1", "Mara"), ("body:2", "Brot")]),
            0,
            picture,
        )
        .unwrap();
    let OutgoingContent::Template(send) = sent.content else {
        panic!("a template")
    };
    let told = |after: Option<Template>| drifts(after.as_ref(), &send, &sent.bubble, Some(7));
    let with = |status: &str, components| {
        let mut t = template("POSITIONAL", components);
        t.row.status = status.into();
        Some(t)
    };
    for (after, expected) in [
        (
            None,
            vec![TemplateDrift::Gone {
                language: "de".into(),
            }],
        ),
        (
            with("APPROVED", body("Hallo {{1}}, {{2}} ist fertig.")),
            vec![],
        ),
        (
            with("APPROVED", body("Hallo {{1}}, {{2}} liegt bereit.")),
            vec![TemplateDrift::Text],
        ),
        (
            with("APPROVED", body("Hallo {{1}}, {{2}} um {{3}}.")),
            vec![TemplateDrift::Slots { now: 3, sent: 2 }],
        ),
        (
            with("PAUSED", body("Hallo {{1}}, {{2}} ist fertig.")),
            vec![TemplateDrift::Status {
                status: "PAUSED".into(),
                until: Some(7),
            }],
        ),
        (
            with(
                "APPROVED",
                json!([{ "type": "HEADER", "format": "IMAGE" }, { "type": "BODY", "text": "Hallo {{1}}." }]),
            ),
            vec![TemplateDrift::Parts],
        ),
    ] {
        assert_eq!(told(after), expected);
    }
}
