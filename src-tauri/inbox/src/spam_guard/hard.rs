//! What is never sent: rules of the platform and decisions of the customer. There is no override; whoever disagrees
//! puts the data right (the consent, the template, the window).

use super::limits::{DAY, HOUR, Limits};
use super::person::{CONFIRMATION, Exchange};
use super::send::{Category, Content, Grant, Send};
use super::verdict::{Code, Reason};
use crate::opt_out::Scope;

/// Why this cannot be sent at all; empty: it can. `sells`: it advertises. `used`: people outside windows in 24 hours.
pub(super) fn refusals(
    send: &Send<'_>,
    exchange: &Exchange,
    sells: bool,
    used: u32,
    counted: bool,
    limits: &Limits,
) -> Vec<Reason> {
    let mut reasons = Vec::new();
    let mut add = |code: Code, number: i64| {
        let number = u32::try_from(number.max(0)).unwrap_or(u32::MAX);
        reasons.push(Reason { code, number });
    };
    let consents = send.recipient.consents;
    let open = send.recipient.window_open;
    let stopped = exchange.stopped();
    if let Some(stop) = stopped {
        let marketing = matches!(
            send.content,
            Content::Template {
                category: Category::Marketing,
                ..
            }
        );
        let confirms = !stop.confirmed && send.at - stop.at <= CONFIRMATION && !sells && !marketing;
        let service = limits.service_after_marketing_stop
            && stop.scope == Scope::Marketing
            && consents.service == Grant::In
            && matches!(
                send.content,
                Content::Template {
                    category: Category::Utility,
                    ..
                }
            );
        if !confirms && !service {
            add(Code::OptedOut, (send.at - stop.at) / HOUR);
        }
    }
    let Content::Template {
        category, approved, ..
    } = send.content
    else {
        if !open {
            add(Code::WindowClosed, 0);
        }
        return reasons;
    };
    if !approved {
        add(Code::TemplateState, 0);
    }
    if category == Category::Marketing {
        let since = exchange.marketing_stopped;
        if stopped.is_none() && (since.is_some() || consents.marketing == Grant::Out) {
            add(Code::OptedOut, since.map_or(0, |at| (send.at - at) / HOUR));
        } else if consents.marketing == Grant::Unknown {
            add(Code::NoOptIn, 0);
        }
        if let Some(at) = exchange.capped_at.filter(|at| send.at - at < DAY) {
            add(Code::RetryTooSoon, (DAY - (send.at - at) + HOUR - 1) / HOUR);
        }
    } else if consents.service == Grant::Out {
        add(Code::OptedOut, 0);
    }
    if !open
        && consents.service != Grant::In
        && consents.marketing != Grant::In
        && consents.service != Grant::Out
        && category == Category::Utility
    {
        add(Code::NoOptIn, 0);
    }
    if !open && !counted && send.shop.limit.is_some_and(|limit| used >= limit) {
        add(Code::Tier, i64::from(used));
    }
    reasons
}
