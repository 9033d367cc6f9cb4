//! The guard beside the store: what it knows follows from rows, so that a second laptop, a restart and another member
//! of staff count alike.
//!
//! Before each question it takes in what is new, behind the places where it left off. Where that is not simply newer
//! (something old came late, customers were merged, somebody was erased) it reads the last nine days anew.

use super::letter::{Known, Letter};
use crate::{
    apply,
    desk::wordings::business_name,
    messaging_limit::Limit,
    spam_guard::{Guard, Limits, Shop, Shown},
    template::Template,
};
use cloud_api::template::ButtonKind;
use std::collections::BTreeSet;
use store::{
    Connection, Result,
    guard_feed::{self, News, Place, StopTold, TAKEN_BACK, Told},
    message, setting, template,
    verdict::{self, VerdictRow},
};

const DAY: i64 = 24 * 60 * 60 * 1000;
/// Seven days for advertising, two for what explains it.
const LOOK_BACK: i64 = 9 * DAY;
/// What is older than the newest by more than this came late. Clocks differ a little, and relays take their time.
const LATE: i64 = 10 * 60 * 1000;

/// Setting: `spam_guard::Limits` as JSON.
pub(super) const LIMITS: &str = "guard_limits";
/// Setting, per phone number id: Meta's rating.
const QUALITY: &str = "number_quality:";

#[derive(Default)]
pub(crate) struct Watch {
    pub guard: Guard,
    place: Place,
    /// `apply::past` when the past was read.
    past: i64,
    /// Time of the newest message taken in.
    newest: i64,
    limits: String,
    own_domains: Vec<String>,
    ready: bool,
}

/// What the guard has to know of the shop, for sends of now.
pub(super) struct Around {
    name: String,
    own_domains: Vec<String>,
    limit: Option<u32>,
}

impl Around {
    pub fn shop(&self) -> Shop<'_> {
        Shop {
            name: &self.name,
            own_domains: &self.own_domains,
            limit: self.limit,
            used_elsewhere: 0,
        }
    }
}

/// One thing that happened, to be put in order.
enum Event {
    In(Told),
    Out(Told),
    News(News),
    Stop(StopTold),
}

impl Watch {
    /// Takes in what happened. Before anything else is written in this transaction: what is taken in must stay.
    pub fn bring_up(&mut self, db: &Connection, waba_id: &str, now: i64) -> Result<()> {
        let limits = setting::get(db, LIMITS)?.unwrap_or_default();
        if !self.ready || limits != self.limits {
            self.guard.set_limits(limits_of(&limits));
            self.limits = limits;
        }
        let past = apply::past(db)?;
        if !self.ready || past > self.past {
            return self.read_anew(db, waba_id, past, now);
        }
        let messages = guard_feed::messages_after(db, self.place.message)?;
        let settled = self.newest.min(now) - LATE;
        if messages.iter().any(|told| told.at < settled) {
            return self.read_anew(db, waba_id, past, now);
        }
        let news = guard_feed::news_after(db, self.place.news)?;
        let stops = guard_feed::stops_after(db, self.place.act)?;
        let asked = verdict::asked_after(db, self.place.verdict)?;
        let last = |so_far: i64, id: Option<i64>| so_far.max(id.unwrap_or(0));
        self.place.message = last(self.place.message, messages.last().map(|m| m.id));
        self.place.news = last(self.place.news, news.last().map(|n| n.id));
        self.place.act = last(self.place.act, stops.last().map(|s| s.id));
        self.place.verdict = last(self.place.verdict, asked.last().map(|(n, _)| *n));
        self.take(db, waba_id, messages, news, stops)?;
        for (_, row) in &asked {
            self.guard.shown(shown(row));
        }
        Ok(())
    }

    fn read_anew(&mut self, db: &Connection, waba_id: &str, past: i64, now: i64) -> Result<()> {
        let since = now - LOOK_BACK;
        self.guard = Guard::new(limits_of(&self.limits));
        self.newest = 0;
        self.own_domains = own_domains(db, waba_id)?;
        self.place = guard_feed::place(db)?;
        let messages = guard_feed::messages_since(db, since)?;
        // What was taken back is not among the messages.
        let back = |news: &News| news.at >= since && news.code != TAKEN_BACK;
        let news = guard_feed::news_after(db, 0)?.into_iter().filter(back);
        let stops = guard_feed::stops_since(db, since)?;
        self.take(db, waba_id, messages, news.collect(), stops)?;
        for row in verdict::asked_since(db, now - DAY)? {
            self.guard.shown(shown(&row));
        }
        self.past = past;
        self.ready = true;
        Ok(())
    }

    /// The store may not hold what was taken in: it is read anew.
    pub fn doubt(&mut self) {
        self.ready = false;
    }

    fn take(
        &mut self,
        db: &Connection,
        waba_id: &str,
        messages: Vec<Told>,
        news: Vec<News>,
        stops: Vec<StopTold>,
    ) -> Result<()> {
        let messages = messages.into_iter().map(|told| {
            let key = (told.at, told.arrived);
            match told.direction {
                message::IN => (key, Event::In(told)),
                _ => (key, Event::Out(told)),
            }
        });
        // In the millisecond of a message, after it.
        let news = news
            .into_iter()
            .map(|news| ((news.at, i64::MAX), Event::News(news)));
        let stops = stops
            .into_iter()
            .map(|stop| ((stop.at, i64::MAX), Event::Stop(stop)));
        let mut events: Vec<((i64, i64), Event)> = messages.chain(news).chain(stops).collect();
        events.sort_by_key(|(key, _)| *key);
        let mut known = Known::default();
        let around = Around {
            name: business_name(db)?,
            own_domains: self.own_domains.clone(),
            limit: None,
        };
        for ((at, _), event) in events {
            match event {
                Event::In(told) => {
                    self.newest = self.newest.max(at);
                    self.guard
                        .observe_in(at, told.customer_id.unsigned_abs(), &told.body);
                }
                Event::Out(told) => {
                    self.newest = self.newest.max(at);
                    if let Some(letter) = known.sent(db, waba_id, &told)? {
                        self.went_out(&letter, &around);
                    }
                }
                Event::News(news) => self.news(&news),
                Event::Stop(stop) => self.stop(&stop),
            }
        }
        Ok(())
    }

    fn went_out(&mut self, letter: &Letter, around: &Around) {
        self.guard.observe_out(&letter.send(around.shop()));
    }

    fn news(&mut self, news: &News) {
        let to = news.customer_id.unwrap_or(0).unsigned_abs();
        match (news.code, news.customer_id) {
            (TAKEN_BACK, Some(_)) => self.guard.taken_back(to, news.sent_at),
            (TAKEN_BACK, None) => {}
            // Of somebody who is not known only what it says of the number counts.
            (code, None) if code != crate::outbox::REFUSED_FOR_SPAM => {}
            (code, _) => {
                self.guard
                    .observe_status(news.at, news.number_id.unsigned_abs(), to, code)
            }
        }
    }

    fn stop(&mut self, stop: &StopTold) {
        // A 131050 is a stop of before, told late; what it came back with is news of that message.
        let told_late = stop.act_id.starts_with("meta:stop:")
            && !["b:", "w:"]
                .iter()
                .any(|key| stop.act_id["meta:stop:".len()..].starts_with(key));
        if !told_late {
            self.guard
                .observe_pref(stop.at, stop.customer_id.unsigned_abs(), false);
        }
    }

    /// The shop as it is now.
    pub(super) fn around(&self, db: &Connection, waba_id: &str) -> Result<Around> {
        Ok(Around {
            name: business_name(db)?,
            own_domains: self.own_domains.clone(),
            limit: match Limit::told(db, waba_id)? {
                Some(Limit::Customers(n)) => u32::try_from(n).ok(),
                _ => None,
            },
        })
    }
}

pub(super) fn limits_of(json: &str) -> Limits {
    let set: Option<Limits> = serde_json::from_str(json).ok();
    set.unwrap_or_else(usual_limits).bounded()
}

/// A stop of advertising does not cut the news of an order: what it covers the ledger knows more finely.
pub(super) fn usual_limits() -> Limits {
    Limits {
        service_after_marketing_stop: true,
        ..Limits::default()
    }
}

/// The setting that holds Meta's rating of a number.
pub(super) fn quality_key(phone_number_id: &str) -> String {
    format!("{QUALITY}{phone_number_id}")
}

fn shown(row: &VerdictRow) -> Shown {
    Shown {
        at: row.at,
        staff: super::letter::staff_number(&row.staff),
        episode: row.episode.cast_unsigned(),
        people: u32::try_from(row.reached).unwrap_or(u32::MAX),
        dialog: row.dialog,
    }
}

/// Where the buttons of the account's templates lead: Meta looked at those.
fn own_domains(db: &Connection, waba_id: &str) -> Result<Vec<String>> {
    let mut domains = BTreeSet::new();
    for row in template::all(db, waba_id)? {
        if row.status != "APPROVED" || !row.components.contains("\"url\"") {
            continue;
        }
        let read = Template::read(row);
        for button in read.components.buttons() {
            if let ButtonKind::Url { url, .. } = &button.kind {
                domains.extend(host(url));
            }
        }
    }
    Ok(domains.into_iter().collect())
}

fn host(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#', ':']).next()?.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host).to_owned();
    (host.contains('.') && !host.contains('{')).then_some(host)
}
