//! The spam guard against labelled scenarios: one scenario per line in, one verdict per outbound event out. The guard
//! is the one the window asks; this only translates.

use inbox::spam_guard::{
    Category, Code, Consents, Content, Grant, Guard, Level, Limits, Quality, Recipient, Send, Shop,
    Verdict,
};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::io::{self, BufRead, Write};

#[derive(Deserialize)]
struct Scenario {
    id: String,
    shop: ShopLine,
    account: Account,
    #[serde(default)]
    templates: HashMap<String, TemplateLine>,
    contacts: HashMap<String, Contact>,
    events: Vec<Event>,
}

#[derive(Deserialize)]
struct ShopLine {
    #[serde(default)]
    name: String,
    #[serde(default)]
    own_domains: Vec<String>,
}

#[derive(Deserialize)]
struct Account {
    #[serde(default)]
    quality: Option<String>,
    #[serde(default)]
    limit: Option<u32>,
    #[serde(default)]
    used_24h: u32,
}

#[derive(Deserialize)]
struct TemplateLine {
    category: String,
    #[serde(default)]
    status: String,
    #[serde(default)]
    body: String,
    #[serde(default)]
    footer: Option<String>,
}

#[derive(Deserialize)]
struct Contact {
    #[serde(default)]
    name: String,
    #[serde(default)]
    last_in_h: Option<f64>,
    #[serde(default)]
    consent: Consent,
    #[serde(default)]
    mkt_7d: u32,
}

#[derive(Deserialize, Default)]
struct Consent {
    #[serde(default)]
    marketing: String,
    #[serde(default)]
    service: String,
}

#[derive(Deserialize)]
struct Event {
    e: u64,
    /// Seconds.
    t: f64,
    #[serde(flatten)]
    what: What,
}

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum What {
    In {
        from: String,
        #[serde(default)]
        text: Option<String>,
    },
    Out {
        to: String,
        #[serde(default)]
        by: String,
        kind: String,
        #[serde(default)]
        text: Option<String>,
        #[serde(default)]
        media: Option<Media>,
        #[serde(default)]
        caption: Option<String>,
        #[serde(default)]
        template: Option<String>,
        #[serde(default)]
        params: Vec<String>,
        #[serde(default)]
        window_open: bool,
    },
    Status {
        to: String,
        code: i64,
    },
    Pref {
        from: String,
        value: String,
    },
    Account {
        #[serde(default)]
        quality: Option<String>,
        #[serde(default)]
        limit: Option<u32>,
    },
}

#[derive(Deserialize)]
struct Media {
    #[serde(default)]
    sha: String,
}

#[derive(Serialize)]
struct Line<'a> {
    scenario: &'a str,
    event: u64,
    verdict: Level,
    reasons: Vec<String>,
    interrupt: bool,
}

const NUMBER: u64 = 1;

fn main() -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        match serde_json::from_str::<Scenario>(&line) {
            Ok(scenario) => {
                for (event, verdict) in told(&scenario) {
                    let line = Line {
                        scenario: &scenario.id,
                        event,
                        verdict: verdict.level,
                        reasons: verdict
                            .reasons
                            .iter()
                            .map(|reason| word(reason.code))
                            .collect(),
                        interrupt: verdict.interrupt,
                    };
                    serde_json::to_writer(&mut out, &line)?;
                    writeln!(out)?;
                }
            }
            Err(problem) => eprintln!("a line that is no scenario: {problem}"),
        }
    }
    out.flush()
}

/// A code as `SCENARIOS.md` writes it.
fn word(code: Code) -> String {
    let word = serde_json::to_value(code).unwrap_or_default();
    word.as_str().unwrap_or_default().to_uppercase()
}

/// Tells the guard the story and asks it before every send. After a warning it is sent all the same.
fn told(scenario: &Scenario) -> Vec<(u64, Verdict)> {
    let mut guard = Guard::new(Limits::default());
    let mut ids: HashMap<&str, u64> = HashMap::new();
    let mut staff: HashMap<&str, u64> = HashMap::new();
    let mut limit = scenario.account.limit;
    guard.observe_account(NUMBER, quality(scenario.account.quality.as_deref()));
    let mut verdicts = Vec::new();
    for event in &scenario.events {
        let at = (event.t * 1000.0) as i64;
        match &event.what {
            What::In { from, text } => guard.observe_in(
                at,
                number(&mut ids, from),
                text.as_deref().unwrap_or_default(),
            ),
            What::Status { to, code } => {
                guard.observe_status(at, NUMBER, number(&mut ids, to), *code)
            }
            What::Pref { from, value } => {
                guard.observe_pref(at, number(&mut ids, from), value == "resume")
            }
            What::Account {
                quality: new,
                limit: other,
            } => {
                limit = other.or(limit);
                if new.is_some() {
                    guard.observe_account(NUMBER, quality(new.as_deref()));
                }
            }
            What::Out {
                to,
                by,
                kind,
                text,
                media,
                caption,
                template,
                params,
                window_open,
            } => {
                let known = scenario.contacts.get(to);
                let line = template
                    .as_ref()
                    .and_then(|name| scenario.templates.get(name));
                let content = match kind.as_str() {
                    "template" => Content::Template {
                        name: template.as_deref().unwrap_or_default(),
                        category: line.map_or(Category::Utility, |line| category(&line.category)),
                        approved: line
                            .is_some_and(|line| line.status.eq_ignore_ascii_case("approved")),
                        body: line.map_or("", |line| &line.body),
                        footer: line
                            .and_then(|line| line.footer.as_deref())
                            .unwrap_or_default(),
                        params,
                    },
                    "media" => Content::Media {
                        digest: media.as_ref().map_or("", |media| &media.sha),
                        caption: caption.as_deref().unwrap_or_default(),
                    },
                    _ => Content::Text(text.as_deref().unwrap_or_default()),
                };
                let send = Send {
                    at,
                    to: number(&mut ids, to),
                    staff: number(&mut staff, by),
                    number: NUMBER,
                    automatic: by == "auto",
                    content,
                    recipient: recipient(known, *window_open),
                    shop: Shop {
                        name: &scenario.shop.name,
                        own_domains: &scenario.shop.own_domains,
                        limit,
                        used_elsewhere: if event.t < 86_400.0 {
                            scenario.account.used_24h
                        } else {
                            0
                        },
                    },
                };
                let verdict = guard.verdict(&send);
                guard.record(&send, &verdict, true);
                verdicts.push((event.e, verdict));
            }
        }
    }
    verdicts
}

fn recipient(contact: Option<&Contact>, window_open: bool) -> Recipient<'_> {
    Recipient {
        name: contact.map_or("", |contact| &contact.name),
        window_open,
        consents: contact.map_or_else(Consents::default, |contact| Consents {
            marketing: grant(&contact.consent.marketing),
            service: grant(&contact.consent.service),
        }),
        last_in: contact
            .and_then(|contact| contact.last_in_h)
            .map(|hours| -(hours * 3_600_000.0) as i64),
        unanswered_marketing: contact.map_or(0, |contact| contact.mkt_7d),
    }
}

fn number<'a>(ids: &mut HashMap<&'a str, u64>, name: &'a str) -> u64 {
    let next = ids.len() as u64;
    *ids.entry(name).or_insert(next)
}

fn quality(name: Option<&str>) -> Quality {
    match name {
        Some("RED") => Quality::Red,
        Some("YELLOW") => Quality::Yellow,
        _ => Quality::Green,
    }
}

fn category(name: &str) -> Category {
    if name.eq_ignore_ascii_case("marketing") {
        Category::Marketing
    } else {
        Category::Utility
    }
}

fn grant(name: &str) -> Grant {
    match name {
        "in" => Grant::In,
        "out" => Grant::Out,
        _ => Grant::Unknown,
    }
}
