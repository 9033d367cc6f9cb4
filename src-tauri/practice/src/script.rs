//! Scripted customers: invented people who write, wait, answer and fall silent, by the platform's clock.
//!
//! They stand in `assets/practice/`, one file per language. Each opens once and then has steps, each of which
//! happens at most once: after any answer of the shop, after a template, or after a time of silence.

use axum::body::Bytes;
use serde_json::{Value, json};

use crate::{
    control::Control,
    journal::Line,
    orders::{Write, WriteMedia},
    platform::{Shared, locked},
    schedule::Job,
    script_source::{Language, Person, Say, Trigger, picture},
    state::Accepted,
    template_life,
};

const MINUTE_MS: f64 = 60_000.0;

/// Something a customer is about to do: person and step by number.
#[derive(Debug, Clone, PartialEq)]
pub enum Act {
    Open {
        person: usize,
    },
    Say {
        person: usize,
        step: usize,
    },
    /// Says it if the shop has not answered since.
    SayIfSilent {
        person: usize,
        step: usize,
        answers: u64,
    },
}

struct Playing {
    person: Person,
    /// Names the person in the journal once he has opened.
    mark: String,
    said: Vec<bool>,
    answers: u64,
    shop_last: Option<String>,
}

/// Everyone who plays on this platform.
#[derive(Default)]
pub struct Cast {
    people: Vec<Playing>,
    opened: Vec<String>,
}

impl Cast {
    /// People whose openings were sent in an earlier life of this platform.
    pub fn already_opened(&mut self, marks: &[String]) {
        self.opened.extend_from_slice(marks);
    }
}

pub fn run(shared: &Shared, language: Language) {
    let script = match language.script() {
        Ok(script) => script,
        // The files are compiled in and a test reads each of them.
        Err(error) => return tracing::error!(%error, "practice customers unreadable"),
    };
    let now = shared.clock.now();
    let mut cast = locked(&shared.cast);
    let first = cast.people.len();
    for (n, person) in script.customers.into_iter().enumerate() {
        let in_ms = (person.opens.in_minutes * MINUTE_MS) as i64;
        let mark = format!("{language}/{}", person.name);
        let opened_before = cast.opened.contains(&mark);
        cast.people.push(Playing {
            said: vec![false; person.then.len()],
            person,
            mark,
            answers: 0,
            shop_last: None,
        });
        if !opened_before {
            shared
                .schedule
                .plan(now + in_ms, Job::Script(Act::Open { person: first + n }));
        }
    }
}

pub fn perform(shared: &Shared, at: i64, act: Act) {
    let (person, say, at) = {
        let mut cast = locked(&shared.cast);
        let (number, step) = match &act {
            Act::Open { person } => (*person, None),
            Act::Say { person, step } | Act::SayIfSilent { person, step, .. } => {
                (*person, Some(*step))
            }
        };
        // A reset may have emptied the stage.
        let Some(playing) = cast.people.get_mut(number) else {
            return;
        };
        if let (Act::SayIfSilent { answers, .. }, Some(step)) = (&act, step)
            && (playing.answers != *answers || std::mem::replace(&mut playing.said[step], true))
        {
            return;
        }
        if step.is_none() {
            shared.journal.append(&Line::Script(playing.mark.clone()));
        }
        let opens = &playing.person.opens;
        let (say, at) = match step {
            None => (
                opens.say.clone(),
                at - (opens.minutes_ago * MINUTE_MS) as i64,
            ),
            Some(step) => (playing.person.then[step].say.clone(), at),
        };
        (number, say, at)
    };
    speak(shared, person, &say, at);
    wait_for_silence(shared, person, at);
}

fn speak(shared: &Shared, number: usize, say: &Say, at: i64) {
    if matches!(say, Say::Complain) {
        return complain(shared, number);
    }
    let control = Control::new(shared.clone());
    let (mut write, shop_last) = {
        let cast = locked(&shared.cast);
        let Some(playing) = cast.people.get(number) else {
            return;
        };
        let person = &playing.person;
        let write = Write {
            wa_id: person.wa_id.clone(),
            bsuid: person.bsuid.clone(),
            name: Some(person.name.clone()),
            username: person.username.clone(),
            at: Some(at),
            ..Write::default()
        };
        (write, playing.shop_last.clone())
    };
    match content(
        &control,
        say,
        shop_last.as_deref(),
        &shared.config.display_phone_number,
    ) {
        Some(content) => write.message = Some(content),
        None => return,
    }
    if let Err(error) = control.customer_writes(&write) {
        tracing::warn!(%error, "a practice customer could not write");
    }
}

/// Nobody tells the shop who reported its template; only the template's quality falls.
fn complain(shared: &Shared, number: usize) {
    let wamid = locked(&shared.cast)
        .people
        .get(number)
        .and_then(|playing| playing.shop_last.clone());
    let named = wamid.and_then(|wamid| {
        let state = shared.state();
        let template = &state.accepted(&wamid)?.body["template"];
        let word = |value: &Value| value.as_str().map(str::to_owned);
        Some((
            word(&template["name"])?,
            word(&template["language"]["code"])?,
        ))
    });
    if let Some((name, language)) = named {
        // A template that is gone by now troubles nobody.
        let _ = template_life::complain(shared, &name, &language, 1);
    }
}

/// The message object; `None` where there is nothing to react to.
fn content(control: &Control, say: &Say, shop_last: Option<&str>, shop: &str) -> Option<Value> {
    Some(match say {
        Say::Complain => return None,
        Say::Text(body) => json!({"type": "text", "text": {"body": body}}),
        Say::React(emoji) => {
            json!({"type": "reaction", "reaction": {"message_id": shop_last?, "emoji": emoji}})
        }
        Say::Tap(text) => json!({
            "type": "button",
            "button": {"text": text, "payload": text},
            "context": {"from": crate::customers::digits(shop), "id": shop_last?},
        }),
        Say::Image { name, caption } => {
            let media = WriteMedia {
                kind: "image".into(),
                mime_type: "image/png".into(),
                caption: caption.clone(),
                ..WriteMedia::default()
            };
            control.media_content(&media, Bytes::from_static(picture(name)?))
        }
    })
}

/// After his own words the customer waits so long before he asks again.
fn wait_for_silence(shared: &Shared, number: usize, at: i64) {
    if !shared.config.auto_customers {
        return;
    }
    let cast = locked(&shared.cast);
    let Some(playing) = cast.people.get(number) else {
        return;
    };
    let next = playing
        .person
        .then
        .iter()
        .enumerate()
        .find(|(n, step)| step.on == Trigger::Silence && !playing.said[*n]);
    if let Some((step, waits)) = next {
        let due = at + (waits.minutes * MINUTE_MS) as i64;
        let act = Act::SayIfSilent {
            person: number,
            step,
            answers: playing.answers,
        };
        shared.schedule.plan(due, Job::Script(act));
    }
}

/// The shop's message arrived at a customer.
pub fn delivered(shared: &Shared, message: &Accepted, at: i64) {
    if !shared.config.auto_customers {
        return;
    }
    let mut cast = locked(&shared.cast);
    let is_this = |p: &Playing| {
        [&p.person.wa_id, &p.person.bsuid]
            .into_iter()
            .flatten()
            .any(|id| *id == message.to)
    };
    let Some((number, playing)) = cast.people.iter_mut().enumerate().find(|(_, p)| is_this(p))
    else {
        return;
    };
    playing.answers += 1;
    playing.shop_last = Some(message.wamid.clone());
    let unsaid = |on: Trigger| {
        let said = &playing.said;
        playing
            .person
            .then
            .iter()
            .enumerate()
            .position(move |(n, s)| s.on == on && !said[n])
    };
    let step = if message.kind == "template" {
        unsaid(Trigger::Template).or_else(|| unsaid(Trigger::Answer))
    } else {
        unsaid(Trigger::Answer)
    };
    if let Some(step) = step {
        playing.said[step] = true;
        let due = at + (playing.person.then[step].after_minutes * MINUTE_MS) as i64;
        shared.schedule.plan(
            due,
            Job::Script(Act::Say {
                person: number,
                step,
            }),
        );
    }
}
