//! One send against everything that is known: hard rules, the state of the account, the crowd, the content.

use super::asked::Asked;
use super::crowd::{Count, Fact};
use super::limits::{DAY, HOUR};
use super::person::{Exchange, Key};
use super::send::{Content, Grant, Quality, Send};
use super::text::{Reading, hash};
use super::verdict::{Code, Crowd, Level, Reason, Verdict};
use super::{Guard, classify, fatigue, hard};
use std::sync::{Arc, LazyLock};

/// What recording a send needs of its verdict, so that nothing is worked out twice.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Judged {
    pub asked: Asked,
    pub fact: Fact,
    pub reading: Arc<Reading>,
    pub clusters: Vec<u64>,
    /// Files, links and the like.
    pub keys: Vec<Key>,
    pub episode: u64,
    /// People in the episode.
    pub reached: u32,
    pub disguised: bool,
    pub forbidden: bool,
    pub sells_in_utility: bool,
}

/// At least so much unasked for a send to be warned about at all.
const COUNTS: f32 = 0.15;
pub(super) const COUNTS_AS_ADVERT: f32 = 0.5;
/// People who got the same unasked from which on nobody was promised just this.
const CIRCULAR: usize = 2;
static NOTHING: LazyLock<Exchange> = LazyLock::new(Exchange::default);

pub(super) struct Warnings {
    /// With how much each speaks, for the order.
    reasons: Vec<(u8, Reason)>,
    episode: Option<u64>,
    people: u32,
}

impl Warnings {
    pub fn add(&mut self, weight: u8, code: Code, number: u32) {
        if self.reasons.iter().all(|(_, reason)| reason.code != code) {
            self.reasons.push((weight, Reason { code, number }));
        }
    }

    pub fn about(&mut self, episode: u64, people: u32) {
        if self.episode.is_none() {
            self.episode = Some(episode);
            self.people = people;
        }
    }
}

impl Guard {
    /// What `send` is next to all that went out, whatever is to be said about it.
    pub(super) fn judged(&self, send: &Send<'_>) -> Judged {
        let exchange = self.people.get(&send.to).unwrap_or(&NOTHING);
        let (reading, mut asked, sells_in_utility) = self.classify(send, exchange);
        let covered = matches!(asked, Asked::Consented);
        let waited_for = asked.weight() == 0.0 && !asked.is_doubtful();
        let clusters = if waited_for {
            Vec::new()
        } else {
            self.crowds.clusters(&reading, &self.limits)
        };
        let keys = classify::keys(send, &reading, covered);
        if asked.is_doubtful() {
            let texts = clusters.iter().map(|cluster| Key::Text(*cluster));
            let same: Vec<Key> = texts.chain(keys.iter().copied()).collect();
            if self.crowds.unasked(&same, send.at, send.to) >= CIRCULAR {
                // What takes up their own words is still a message to them.
                let theirs = !reading.is_advertising() && exchange.mentioned(&reading, send.at);
                asked = if theirs {
                    Asked::Personal
                } else {
                    Asked::Unasked
                };
            }
        }
        let mut fact = self.fact(send, &reading, asked, exchange);
        if let Some(first) = clusters.first() {
            fact.odd = self.crowds.odd(*first, &reading);
        }
        Judged {
            asked,
            fact,
            clusters,
            keys,
            episode: 0,
            reached: 0,
            disguised: reading.disguised,
            forbidden: reading.forbidden,
            sells_in_utility,
            reading: Arc::new(reading),
        }
    }

    /// What is to be said about `send`, before it is sent.
    pub fn verdict(&self, send: &Send<'_>) -> Verdict {
        let exchange = self.people.get(&send.to).unwrap_or(&NOTHING);
        let mut judged = self.judged(send);
        let is_template = matches!(send.content, Content::Template { .. });
        let sells = judged.reading.is_advertising() && !is_template;
        let (used, counted) = self.used(send);
        let refusals = hard::refusals(send, exchange, sells, used, counted, &self.limits);
        if !refusals.is_empty() {
            return Verdict {
                level: Level::Block,
                reasons: refusals,
                interrupt: true,
                crowd: Crowd::default(),
                judged,
            };
        }
        let mut warnings = Warnings {
            reasons: Vec::new(),
            episode: None,
            people: 0,
        };
        let crowd = self.crowd(send, &judged, &mut warnings);
        self.content(send, exchange, &judged, &mut warnings);
        self.account(send, exchange, used, counted, &mut warnings);
        let level = if warnings.reasons.is_empty() {
            Level::Allow
        } else {
            Level::Warn
        };
        if level == Level::Warn {
            self.besides(send, &judged, &mut warnings);
        }
        warnings
            .reasons
            .sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
        judged.episode = warnings.episode.unwrap_or(0);
        judged.reached = warnings.people;
        let interrupt = fatigue::interrupts(
            level,
            send.staff,
            judged.episode,
            warnings.people,
            send.at,
            &self.shown,
            &self.limits,
        );
        Verdict {
            level,
            reasons: warnings
                .reasons
                .into_iter()
                .map(|(_, reason)| reason)
                .collect(),
            interrupt,
            crowd,
            judged,
        }
    }

    /// The same content to many.
    fn crowd(&self, send: &Send<'_>, judged: &Judged, warnings: &mut Warnings) -> Crowd {
        let fact = &judged.fact;
        let mut shown = Crowd {
            threshold: self.crowd_threshold(send, 0),
            ..Crowd::default()
        };
        if fact.weight == 0.0 {
            return shown;
        }
        let texts: Vec<Key> = judged
            .clusters
            .iter()
            .map(|cluster| Key::Text(*cluster))
            .collect();
        let files: Vec<Key> = judged
            .keys
            .iter()
            .filter(|key| matches!(key, Key::File(_)))
            .copied()
            .collect();
        let mut groups: Vec<(Vec<Key>, Code)> =
            vec![(texts, Code::MassSimilar), (files, Code::MassMedia)];
        let links = judged.keys.iter().filter(|key| matches!(key, Key::Link(_)));
        groups.extend(links.map(|key| (vec![*key], Code::Link)));
        for (keys, code) in &groups {
            if keys.is_empty() {
                continue;
            }
            let count = self.crowds.count(keys, fact);
            let threshold = self.crowd_threshold(send, count.opt_outs);
            if count.weight > shown.weight {
                shown = Crowd {
                    people: count.people,
                    weight: count.weight,
                    threshold,
                };
            }
            let own = self.own_weight(fact, &count);
            if count.weight >= threshold && own >= COUNTS {
                self.say_crowd(*code, &count, judged, warnings);
                warnings.about(self.episode(keys), count.people);
            }
        }
        if warnings.reasons.is_empty() && fact.weight >= COUNTS_AS_ADVERT {
            let count = self.crowds.about(&judged.reading.anchors, fact);
            let more = self.limits.same_subject - self.limits.crowd;
            let threshold = self.crowd_threshold(send, 0) + more.max(0.0);
            if count.weight >= threshold && self.own_weight(fact, &count) >= COUNTS_AS_ADVERT {
                warnings.add(94, Code::Unasked, count.unasked);
                if count.strangers * 2 >= count.people {
                    warnings.add(40, Code::NewContacts, count.strangers);
                }
                warnings.about(hash("same subject"), count.people);
            }
        }
        if (fact.sells || fact.hints) && fact.weight >= COUNTS_AS_ADVERT {
            let today = self.crowds.adverts(fact, DAY);
            let week = self.crowds.adverts(fact, 7 * DAY);
            let drips = week.weight >= self.limits.drip;
            if today.weight >= self.crowd_threshold(send, 0) || drips {
                let count = if drips && today.weight < self.limits.crowd {
                    &week
                } else {
                    &today
                };
                warnings.add(90, Code::Promo, count.people);
                warnings.add(85, Code::Unasked, count.unasked);
                warnings.about(hash("adverts"), count.people);
            }
        }
        shown
    }

    /// What a crowd is called, today and on every machine.
    fn episode(&self, keys: &[Key]) -> u64 {
        match keys.first() {
            Some(Key::Text(cluster)) => self.crowds.origin(*cluster).unwrap_or(0),
            Some(key) => hash(key),
            None => 0,
        }
    }

    /// A figure that differs makes this one small, too.
    fn own_weight(&self, fact: &Fact, count: &Count) -> f32 {
        let average = count.weight / count.people.max(1) as f32;
        if fact.weight >= COUNTS {
            fact.weight.min(average.max(COUNTS))
        } else {
            fact.weight
        }
    }

    fn say_crowd(&self, code: Code, count: &Count, judged: &Judged, warnings: &mut Warnings) {
        warnings.add(100, code, count.people);
        warnings.add(95, Code::Unasked, count.unasked);
        if judged.fact.sells {
            warnings.add(80, Code::Promo, count.people);
        }
        if count.opt_outs > 0 {
            warnings.add(75, Code::RecentOptOuts, count.opt_outs);
        }
        if count.strangers * 2 >= count.people {
            warnings.add(40, Code::NewContacts, count.strangers);
        }
    }

    /// How much weight warns: less while the number is in trouble.
    fn crowd_threshold(&self, send: &Send<'_>, opt_outs: u32) -> f32 {
        let span = i64::from(self.limits.spam_error_days) * DAY;
        let refused = self
            .numbers
            .values()
            .any(|number| number.spam_error.is_some_and(|at| send.at - at < span));
        let quality = self
            .numbers
            .get(&send.number)
            .map_or(Quality::Green, |number| number.quality);
        if refused || quality != Quality::Green || opt_outs >= self.limits.opt_outs {
            self.limits.crowd_in_trouble
        } else {
            self.limits.crowd
        }
    }

    /// What the text itself says, as soon as it goes to several.
    fn content(
        &self,
        send: &Send<'_>,
        exchange: &Exchange,
        judged: &Judged,
        warnings: &mut Warnings,
    ) {
        let fact = &judged.fact;
        if judged.sells_in_utility {
            let people = self.marks.people(super::Mark::Utility, send.at, send.to) + 1;
            if people >= self.limits.utility_people {
                warnings.add(98, Code::PromoInUtility, people);
                warnings.about(hash("utility"), people);
            }
        }
        if fact.weight < COUNTS_AS_ADVERT {
            return;
        }
        if judged.forbidden {
            let people = self.marks.people(super::Mark::Forbidden, send.at, send.to) + 1;
            if people >= self.limits.content_people {
                warnings.add(92, Code::Forbidden, people);
                warnings.about(hash("forbidden"), people);
            }
        }
        if judged.disguised {
            let people = self.marks.people(super::Mark::Disguised, send.at, send.to) + 1;
            if people >= self.limits.content_people {
                warnings.add(91, Code::Obfuscated, people);
                warnings.about(hash("disguised"), people);
            }
        }
        let out =
            exchange.marketing_stopped.is_some() || send.recipient.consents.marketing == Grant::Out;
        if fact.sells && out {
            let since = exchange
                .marketing_stopped
                .map_or(0, |at| (send.at - at) / HOUR);
            warnings.add(97, Code::OptedOut, u32::try_from(since).unwrap_or(0));
            warnings.about(hash("opted out"), 1);
        }
    }
}
