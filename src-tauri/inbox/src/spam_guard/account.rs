//! The state of the account, for what the shop begins itself: the rating, a refusal for spam, the messaging limit, how
//! often somebody got advertising without answering. Answers in an open window are never held back by it.

use super::Guard;
use super::judge::Warnings;
use super::limits::{DAY, HOUR};
use super::person::{Exchange, Key};
use super::send::{Category, Content, Quality, Send};
use super::text::hash;
use super::verdict::Code;

impl Guard {
    /// The state of the account, for what we begin ourselves.
    pub(super) fn account(
        &self,
        send: &Send<'_>,
        exchange: &Exchange,
        used: u32,
        counted: bool,
        warnings: &mut Warnings,
    ) {
        let Content::Template { name, category, .. } = send.content else {
            return;
        };
        let open = send.recipient.window_open;
        let number = self.numbers.get(&send.number).copied().unwrap_or_default();
        let key = Key::Template(hash(name));
        if category == Category::Marketing {
            if number.quality != Quality::Green {
                let people = self.crowds.people(key, send.at, send.to) + 1;
                if number.quality == Quality::Red || people >= self.limits.yellow_batch {
                    warnings.add(99, Code::Quality, people);
                    warnings.about(hash("quality"), people);
                }
            }
            let before = self.unanswered(send, exchange);
            if before >= self.limits.unanswered_marketing {
                warnings.add(94, Code::Frequency, before + 1);
                warnings.about(hash("frequency"), 1);
            }
            let opt_outs = self.crowds.opt_outs(key, send.at);
            let told = |people: u32| people >= self.limits.opt_outs_of;
            if opt_outs >= self.limits.opt_outs && told(self.crowds.people(key, send.at, send.to)) {
                warnings.add(93, Code::RecentOptOuts, opt_outs);
                warnings.about(hash(("opt-outs", name)), opt_outs);
            }
        }
        let span = i64::from(self.limits.spam_error_hours) * HOUR;
        let error = number.spam_error.filter(|at| send.at - at < span);
        if let Some(at) = error.filter(|_| category == Category::Marketing || !open) {
            let hours = u32::try_from((send.at - at) / HOUR).unwrap_or(0);
            warnings.add(100, Code::RecentSpamError, hours);
            warnings.about(hash("spam error"), 1);
        }
        if let Some(limit) = send.shop.limit.filter(|_| !open) {
            let with = used + u32::from(!counted);
            if with as f32 > limit as f32 * self.limits.limit_share {
                warnings.add(88, Code::Tier, with);
                warnings.about(hash("tier"), with);
            }
        }
    }

    /// Marketing messages without an answer in the last seven days.
    fn unanswered(&self, send: &Send<'_>, exchange: &Exchange) -> u32 {
        let known = exchange
            .unanswered
            .iter()
            .filter(|at| send.at - **at < 7 * DAY)
            .count();
        let before = if exchange.last_in.is_none() {
            send.recipient.unanswered_marketing
        } else {
            0
        };
        before.saturating_add(u32::try_from(known).unwrap_or(u32::MAX))
    }

    /// People outside windows in the last 24 hours, and whether this one is among them.
    pub(super) fn used(&self, send: &Send<'_>) -> (u32, bool) {
        let counted = self.outside.has(send.to, send.at);
        if send.shop.limit.is_none() || send.recipient.window_open {
            return (0, counted);
        }
        let known = self.outside.known(send.at);
        (send.shop.used_elsewhere.saturating_add(known), counted)
    }
}
