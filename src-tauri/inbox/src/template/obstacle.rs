//! Why a template cannot be picked now.

use super::Template;
use crate::view::TemplateObstacle;
use cloud_api::template::Obstacle;

/// What beside the template itself may be in the way.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Said {
    pub now: i64,
    /// Until when Meta paused it, where that is known.
    pub paused_until: Option<i64>,
    /// Meta forbids the account to start conversations, with the end where it is known.
    pub restricted: Option<Option<i64>>,
    /// The messaging limit is used up for this customer until then.
    pub used_up_until: Option<i64>,
}

pub(crate) fn obstacle(template: &Template, said: Said) -> Option<TemplateObstacle> {
    let status = template.row.status.to_ascii_uppercase();
    let own = match status.as_str() {
        "APPROVED" => None,
        "" | "PENDING" | "IN_APPEAL" => Some(TemplateObstacle::InReview),
        "REJECTED" => Some(TemplateObstacle::Rejected),
        "PAUSED" => Some(TemplateObstacle::Paused {
            until: said.paused_until,
        }),
        "DISABLED" => Some(TemplateObstacle::Disabled),
        _ => Some(TemplateObstacle::Status { status }),
    };
    if own.is_some() {
        return own;
    }
    if template.row.category.eq_ignore_ascii_case("AUTHENTICATION") {
        return Some(TemplateObstacle::Authentication);
    }
    let parts: Vec<String> = template.components.obstacles().iter().map(name).collect();
    if !parts.is_empty() {
        return Some(TemplateObstacle::Parts { parts });
    }
    match said.restricted {
        Some(until) if until.is_none_or(|end| end > said.now) => {
            Some(TemplateObstacle::OverLimit { until })
        }
        _ => said
            .used_up_until
            .map(|until| TemplateObstacle::OverLimit { until: Some(until) }),
    }
}

fn name(obstacle: &Obstacle) -> String {
    match obstacle {
        Obstacle::Component(name) => name.to_ascii_lowercase(),
        Obstacle::Header(name) => format!("header:{}", name.to_ascii_lowercase()),
        Obstacle::Button(name) => format!("button:{}", name.to_ascii_lowercase()),
        Obstacle::NoBody => "body".to_owned(),
    }
}
