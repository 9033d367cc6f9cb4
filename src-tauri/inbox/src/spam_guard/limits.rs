//! Every threshold of the guard in one place: data that the owner may change, within bounds in which the guard still
//! protects the number. Where a number comes from stands beside it.

use serde::{Deserialize, Serialize};

pub const MINUTE: i64 = 60_000;
pub const HOUR: i64 = 60 * MINUTE;
pub const DAY: i64 = 24 * HOUR;

/// The thresholds of the guard. Unknown fields are ignored and missing ones are the defaults, so that settings written
/// by another version can be read. Use [`Limits::bounded`] on everything that comes from outside.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Limits {
    /// People in 24 hours with the same unasked content from which on the guard warns. Four are a family or a team.
    pub crowd: f32,
    /// People in 24 hours with unasked messages about the same thing in whatever words or language. One more than
    /// `crowd`: a common word says less than a common text.
    pub same_subject: f32,
    /// The same while the number is in trouble: quality not green, a 131048 in the last week, or people who opted out
    /// of this very content.
    pub crowd_in_trouble: f32,
    /// People in seven days who got unasked advertising, whatever its wording: the slow drip.
    pub drip: f32,
    /// What a person we never heard from adds to the weight of an unasked message.
    pub stranger: f32,
    /// Opt-outs that the same content caused, from which on it is trouble.
    pub opt_outs: u32,
    /// Recipients of a template from which on opt-outs warn: two of a handful say little.
    pub opt_outs_of: u32,
    /// Marketing messages to one person in seven days without an answer; this one included, more than that warns.
    pub unanswered_marketing: u32,
    /// Share of the messaging limit from which on templates warn.
    pub limit_share: f32,
    /// Recipients of one marketing template in 24 hours from which on a YELLOW rating warns.
    pub yellow_batch: u32,
    /// People with a forbidden or a disguised text from which on the guard warns.
    pub content_people: u32,
    /// People who got advertising in a utility template from which on the guard warns.
    pub utility_people: u32,
    /// Hours after a 131048 in which templates warn.
    pub spam_error_hours: u32,
    /// Days after a 131048 in which `crowd_in_trouble` holds.
    pub spam_error_days: u32,
    /// Similarity from which on two texts are the same content.
    pub same: f32,
    /// The same where both texts advertise.
    pub same_advertising: f32,
    /// Dialogs that can be overridden, per member of staff in 24 hours; afterwards a line. Blocks always show.
    pub dialogs_per_staff: u32,
    /// A stop of advertising lets utility templates with a service opt-in through. Off: a stop stops everything until
    /// the person writes again.
    pub service_after_marketing_stop: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            crowd: 5.0,
            same_subject: 6.0,
            crowd_in_trouble: 3.0,
            drip: 25.0,
            stranger: 0.5,
            opt_outs: 2,
            opt_outs_of: 20,
            unanswered_marketing: 2,
            limit_share: 0.8,
            yellow_batch: 10,
            content_people: 2,
            utility_people: 5,
            spam_error_hours: 24,
            spam_error_days: 7,
            same: 0.5,
            same_advertising: 0.38,
            dialogs_per_staff: 3,
            service_after_marketing_stop: false,
        }
    }
}

impl Limits {
    /// The nearest limits with which the guard still protects: what the owner chose, held within the bounds. A value
    /// that is no number is the default.
    pub fn bounded(self) -> Self {
        let usual = Self::default();
        let within = |value: f32, usual: f32, least: f32, most: f32| {
            if value.is_finite() {
                value.clamp(least, most)
            } else {
                usual
            }
        };
        let crowd = within(self.crowd, usual.crowd, 4.0, 12.0);
        Self {
            crowd,
            same_subject: within(self.same_subject, usual.same_subject, 5.0, 15.0),
            crowd_in_trouble: within(self.crowd_in_trouble, usual.crowd_in_trouble, 2.0, crowd),
            drip: within(self.drip, usual.drip, 10.0, 60.0),
            stranger: within(self.stranger, usual.stranger, 0.0, 1.0),
            opt_outs: self.opt_outs.clamp(1, 5),
            opt_outs_of: self.opt_outs_of.clamp(5, 100),
            unanswered_marketing: self.unanswered_marketing.clamp(1, 4),
            limit_share: within(self.limit_share, usual.limit_share, 0.5, 0.95),
            yellow_batch: self.yellow_batch.clamp(1, 50),
            content_people: self.content_people.clamp(1, 5),
            utility_people: self.utility_people.clamp(2, 12),
            spam_error_hours: self.spam_error_hours.clamp(6, 72),
            spam_error_days: self.spam_error_days.clamp(1, 30),
            same: within(self.same, usual.same, 0.35, 0.7),
            same_advertising: within(self.same_advertising, usual.same_advertising, 0.3, 0.6),
            dialogs_per_staff: self.dialogs_per_staff.clamp(1, 10),
            service_after_marketing_stop: self.service_after_marketing_stop,
        }
    }
}
