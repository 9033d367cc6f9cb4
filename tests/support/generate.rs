//! A shop's two years, made up: the same store for the same seed, as large as wanted.
//!
//! Version 1 of the workload. 50,000 customers, the busiest with about a ninth of everything; German, English
//! and Portuguese; a shop's opening hours; 45 % of the messages our own, with their ticks; pictures, replies,
//! reactions, edits, and things nobody can show. Left out so far: changed numbers, templates, consents.

mod fill;
mod rush;
mod told;
mod words;

pub use fill::{Filled, fill, next_in};
pub use rush::{TALKER_NAME, long_thread, open_windows};
pub use told::facts;
pub use words::Words;

use crate::random::{Random, Zipf};
use cloud_api::webhook::Peer;
use inbox::fact::Number;
use std::collections::VecDeque;

pub const CUSTOMERS: usize = 50_000;
/// The instant the two years end at, Unix milliseconds.
pub const END: i64 = 1_793_000_000_000;
const HOURS: usize = 2 * 365 * 24;
const HOUR: i64 = 3_600_000;

#[derive(Debug, Clone, Copy)]
pub struct Spec {
    pub messages: usize,
    pub seed: u64,
    /// When it ends, and how long it took.
    pub until: i64,
    pub hours: usize,
}

impl Spec {
    pub fn of(messages: usize) -> Self {
        Self {
            messages,
            seed: 1,
            until: END,
            hours: HOURS,
        }
    }

    /// The days after that, with the same customers: the same whatever was before.
    pub fn days_after(messages: usize, days: usize) -> Self {
        Self {
            messages,
            seed: 1,
            until: END + (days * 24) as i64 * HOUR,
            hours: days * 24,
        }
    }
}

/// What happens next in the shop.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    Named {
        customer: usize,
        name: String,
        at: i64,
    },
    In {
        customer: usize,
        wamid: String,
        at: i64,
        /// The relay's milliseconds.
        received: i64,
        content: In,
        quote: String,
    },
    Out {
        customer: usize,
        outbox_id: String,
        wamid: String,
        at: i64,
        text: String,
        end: End,
    },
    Reacted {
        customer: usize,
        target: String,
        emoji: &'static str,
        at: i64,
    },
    Edited {
        target: String,
        text: String,
        at: i64,
    },
    Revoked {
        target: String,
        at: i64,
    },
    /// Staff had the thread open when everything up to `received` had arrived.
    Seen {
        customer: usize,
        received: i64,
        at: i64,
    },
}

#[derive(Debug, Clone, PartialEq)]
pub enum In {
    Text(String),
    Media {
        kind: &'static str,
        mime_type: &'static str,
        caption: Option<String>,
        filename: Option<String>,
        media_id: String,
    },
    Choice(String),
    Unsupported,
}

/// The last thing heard of a message of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    Accepted,
    Delivered,
    Read,
    Failed(i64),
}

/// Who a customer is.
pub fn peer(customer: usize) -> Peer {
    let numbered = !customer.is_multiple_of(5);
    Peer {
        bsuid: Some(format!(
            "DE.{:020}",
            Random::new(customer as u64).next_u64()
        )),
        wa_id: numbered.then(|| format!("493023125{customer:05}")),
        group_id: None,
    }
}

/// Which of the shop's three numbers he writes to.
pub fn number(customer: usize) -> Number {
    let (id, display) = match customer % 20 {
        0 => ("318000000000103", "+49 30 23125 003"),
        1..=3 => ("318000000000102", "+49 30 23125 002"),
        _ => ("318000000000101", "+49 30 23125 001"),
    };
    Number {
        phone_number_id: id.into(),
        display: display.into(),
    }
}

#[derive(Debug, Clone, Default)]
struct Known {
    last_wamid: String,
    received: i64,
    met: bool,
}

/// All steps, in the order they happened.
pub struct Steps {
    spec: Spec,
    random: Random,
    activity: Zipf,
    ranking: Vec<usize>,
    known: Vec<Known>,
    words: Words,
    /// Share of all messages that lie before each hour's end.
    upto: Vec<f64>,
    hour: usize,
    made: usize,
    waiting: VecDeque<Step>,
}

impl Steps {
    pub fn new(spec: Spec) -> Self {
        let mut random = Random::new(spec.seed);
        let mut ranking: Vec<usize> = (0..CUSTOMERS).collect();
        random.shuffle(&mut ranking);
        if spec.until != END {
            random = Random::new(spec.seed ^ spec.until.unsigned_abs());
        }
        Self {
            activity: Zipf::new(CUSTOMERS, 1.05),
            ranking,
            known: vec![Known::default(); CUSTOMERS],
            words: Words::new(),
            upto: opening_hours(spec),
            hour: 0,
            made: 0,
            waiting: VecDeque::new(),
            spec,
            random,
        }
    }

    /// The customer with the longest thread.
    pub fn busiest(&self) -> usize {
        self.ranking[0]
    }

    /// When message number `n` comes, in whole seconds as Meta tells it.
    fn moment(&mut self, n: usize) -> i64 {
        let share = (n as f64 + 0.5) / self.spec.messages as f64;
        while self.hour + 1 < self.upto.len() && self.upto[self.hour] < share {
            self.hour += 1;
        }
        let before = if self.hour == 0 {
            0.0
        } else {
            self.upto[self.hour - 1]
        };
        let within = (share - before) / (self.upto[self.hour] - before).max(1e-12);
        let start = self.spec.until - (self.spec.hours - self.hour) as i64 * HOUR;
        (start + (within.clamp(0.0, 0.999) * HOUR as f64) as i64) / 1000 * 1000
    }

    fn make(&mut self) {
        let at = self.moment(self.made);
        self.made += 1;
        let customer = self.ranking[self.activity.draw(&mut self.random)];
        let wamid = format!(
            "wamid.HBgM{:016X}FQIA{:016X}A",
            self.random.next_u64(),
            self.random.next_u64()
        );
        if !self.known[customer].met {
            self.known[customer].met = true;
            let name = Words::name(&mut self.random);
            self.waiting.push_back(Step::Named { customer, name, at });
            self.write_in(customer, wamid, at);
        } else if self.random.chance(0.47) {
            self.write_out(customer, wamid, at);
        } else {
            self.write_in(customer, wamid, at);
        }
    }

    fn write_in(&mut self, customer: usize, wamid: String, at: i64) {
        let random = &mut self.random;
        let received = at + 300 + random.below(1700) as i64;
        let quoted = random.chance(0.06);
        let content = self.words.inbound(customer, random);
        let is_text = matches!(content, In::Text(_));
        let known = &mut self.known[customer];
        let quote = if quoted {
            known.last_wamid.clone()
        } else {
            String::new()
        };
        known.last_wamid.clone_from(&wamid);
        known.received = received;
        self.waiting.push_back(Step::In {
            customer,
            wamid: wamid.clone(),
            at,
            received,
            content,
            quote,
        });
        let fate = self.random.unit();
        if is_text && fate < 0.02 {
            let text = self.words.text(customer, &mut self.random);
            self.waiting.push_back(Step::Edited {
                target: wamid,
                text,
                at: at + 30_000,
            });
        } else if is_text && fate < 0.03 {
            self.waiting.push_back(Step::Revoked {
                target: wamid,
                at: at + 40_000,
            });
        }
    }

    fn write_out(&mut self, customer: usize, wamid: String, at: i64) {
        let random = &mut self.random;
        let outbox_id = format!(
            "{:08x}-{:04x}-7{:03x}-8{:03x}-{:012x}",
            at >> 16,
            at & 0xffff,
            random.below(0x1000),
            random.below(0x1000),
            random.next_u64() >> 16
        );
        let end = match random.unit() {
            x if x < 0.62 => End::Read,
            x if x < 0.92 => End::Delivered,
            x if x < 0.935 => End::Failed([131_026, 131_049, 130_472][random.below(3)]),
            _ => End::Accepted,
        };
        let reacted = random.chance(0.04);
        let text = self.words.text(customer, random);
        let received = self.known[customer].received;
        self.waiting.push_back(Step::Seen {
            customer,
            received,
            at,
        });
        self.known[customer].last_wamid.clone_from(&wamid);
        self.waiting.push_back(Step::Out {
            customer,
            outbox_id,
            wamid: wamid.clone(),
            at,
            text,
            end,
        });
        if reacted && end == End::Read {
            self.waiting.push_back(Step::Reacted {
                customer,
                target: wamid,
                emoji: ["👍", "❤️", "😂", "🙏"][customer % 4],
                at: at + 90_000,
            });
        }
    }
}

impl Iterator for Steps {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        if self.waiting.is_empty() && self.made < self.spec.messages {
            self.make();
        }
        self.waiting.pop_front()
    }
}

/// Monday to Saturday from 8 to 20, half as much over lunch, three times as much on four campaign days.
fn opening_hours(spec: Spec) -> Vec<f64> {
    let mut sum = 0.0;
    let mut upto: Vec<f64> = (0..spec.hours)
        .map(|hour| {
            let since_epoch = (spec.until / HOUR) as usize - spec.hours + hour;
            // 1 January 1970 was a Thursday.
            let (day, hour_of_day) = (since_epoch / 24, since_epoch % 24);
            let open = (day + 3) % 7 != 6 && (8..20).contains(&hour_of_day);
            let usual = match hour_of_day {
                _ if !open => 0.0,
                12 | 13 => 0.5,
                _ => 1.0,
            };
            let campaign = hour / 24 % 182 == 90;
            sum += if campaign { usual * 3.0 } else { usual };
            sum
        })
        .collect();
    for share in &mut upto {
        *share /= sum;
    }
    upto
}

#[cfg(test)]
mod tests {
    use super::*;
    use store::canonical_dump;

    #[test]
    fn a_filled_store_is_what_applying_the_same_facts_gives() {
        for spec in [
            Spec {
                seed: 7,
                ..Spec::of(400)
            },
            Spec::days_after(400, 9),
        ] {
            is_what_applying_gives(spec);
        }
    }

    fn is_what_applying_gives(spec: Spec) {
        let (by_hand, by_facts) = (crate::scratch::directory(), crate::scratch::directory());
        let filled = crate::scratch::store(by_hand.path(), END);
        fill(&filled, spec).unwrap();
        let applied = crate::scratch::store(by_facts.path(), END);
        let steps: Vec<_> = Steps::new(spec).collect();
        for some in steps.chunks(50) {
            let told: Vec<_> = some.iter().flat_map(facts).collect();
            inbox::apply(&applied, &told).unwrap();
        }
        let (filled, applied) = (
            filled.read(canonical_dump).unwrap(),
            applied.read(canonical_dump).unwrap(),
        );
        let only = |a: &str, b: &str| -> Vec<String> {
            a.lines()
                .filter(|line| !b.lines().any(|other| other == *line))
                .take(5)
                .map(str::to_owned)
                .collect()
        };
        assert_eq!(only(&filled, &applied), only(&applied, &filled));
        assert_eq!(filled.len(), applied.len());
        assert!(filled.lines().filter(|l| l.starts_with("message|")).count() >= 400);
    }

    #[test]
    fn the_shop_is_as_described() {
        let spec = Spec::of(20_000);
        let steps = Steps::new(spec);
        let busiest = steps.busiest();
        let (mut out, mut of_busiest, mut last) = (0, 0, 0);
        for step in steps {
            let (customer, at) = match &step {
                Step::In { customer, at, .. } => (*customer, *at),
                Step::Out { customer, at, .. } => {
                    out += 1;
                    (*customer, *at)
                }
                _ => continue,
            };
            of_busiest += usize::from(customer == busiest);
            assert!(last <= at && at < END);
            last = at;
        }
        assert!((0.30..0.47).contains(&(f64::from(out) / 20_000.0)), "{out}");
        assert!((1_800..2_800).contains(&of_busiest), "{of_busiest}");
    }
}
