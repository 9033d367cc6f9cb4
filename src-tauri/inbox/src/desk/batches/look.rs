//! The look before anything is sent: who gets it and who does not, what the guard says of the whole, what it uses of the
//! messaging limit, and what the text lacks.

use super::{
    super::{Desk, GuardSend, GuardTemplate, guarding, templates::given_file},
    gather::{Audience, hours, is_marketing, shop_name},
};
use crate::{
    batch::{
        audience::Somebody,
        halt::BLAME,
        hour::{Local, is_unusual},
        pace, personal,
    },
    consent::Gate,
    content_check,
    send_policy::{self, Intent, Situation, lacks_consent},
    service_window::Known,
    template::{Template, filled, lint::says_how_to_stop},
    view::{
        BatchCheck, BatchPlan, Body, ContentKind, GuardCode, GuardLevel, GuardPeople, GuardVerdict,
        Preflight, Refusal, SkipCount, SkipReason, SlotRefusal, SlotValue,
    },
};
use chrono::{Datelike, Local as LaptopZone, TimeZone, Timelike};
use cloud_api::webhook::Peer;
use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
};
use store::{Connection, Result, batch, notice, search::plain};

/// Stands for a name where only the form is tried.
const SOMEBODY: &str = "Lena Muster";

/// What was found, and for whom.
pub(super) struct Looked {
    pub preflight: Preflight,
    pub people: Vec<Somebody>,
    pub template: Option<Template>,
    /// Its words speak of prices, dates or health: somebody has to say that it is true.
    pub claims: bool,
}

impl Desk {
    pub(super) fn preflight_of(
        &self,
        db: &Connection,
        plan: &BatchPlan,
        staff: &str,
        now: i64,
    ) -> Result<Looked> {
        let choice = &plan.choice;
        let Some(template) = self.template(db, &choice.name, &choice.language)? else {
            return Ok(unknown());
        };
        let refusals = self.refused_to_all(db, plan, &template, now)?;
        let slots = slots_of(db, plan, &template, now)?;
        let Audience {
            mut people,
            limit,
            limit_used,
            limit_needed,
        } = self.audience(db, plan, &template, now)?;
        let (mut guard, guard_people) =
            self.guard_of(db, plan, &template, &mut people, (staff, now))?;
        let going = people.iter().filter(|who| who.skipped.is_none());
        let (mut n, mut in_window, mut strangers) = (0, 0, 0);
        for who in going {
            n += 1;
            in_window += i64::from(who.in_window(now));
            strangers += i64::from(who.wrote_at < 0);
        }
        let (body, words) = shown(&template, &plan.choice.values, Some(SOMEBODY));
        guard.findings = content_check::look(&words, &*self.content_lists(db)?, true);
        let claims = guard.findings.iter().any(|found| {
            use ContentKind::{Date, Health, Price};
            matches!(found.kind, Price | Date | Health)
        });
        let checks = checks(db, plan, &template, &body, (n, strangers), now)?;
        let careful = pace::is_careful(&template.row.quality);
        let preflight = Preflight {
            people: i64::try_from(people.len()).unwrap_or(i64::MAX),
            going: n,
            skipped: counted(people.iter().filter_map(|who| who.skipped)),
            refusals,
            slots,
            guard,
            guard_people,
            checks,
            limit,
            limit_used,
            // Whom the guard took out since uses none of it.
            limit_needed: limit_needed.min(n),
            category: template.row.category.clone(),
            in_window,
            takes: pace::takes(n, 0, careful),
        };
        Ok(Looked {
            preflight,
            people,
            claims,
            template: Some(template),
        })
    }

    /// Why none of it may go, whoever it is for.
    pub(super) fn refused_to_all(
        &self,
        db: &Connection,
        plan: &BatchPlan,
        template: &Template,
        now: i64,
    ) -> Result<Vec<Refusal>> {
        let hold = notice::hold(db, crate::apply::SENDING)?;
        let consent = Gate::default();
        let somebody = Peer {
            wa_id: Some(String::new()),
            ..Peer::default()
        };
        let reasons = send_policy::refusals(&Situation {
            now,
            window: Known::from_columns(-1, -1),
            margin: 0,
            peer: &somebody,
            blocked: false,
            hold: hold.as_ref(),
            unconnected: self.unconnected(db, plan.number_id)?,
            consent: &consent,
            message: Intent::Template(Some(&template.row)),
        });
        // Consents are each person's own.
        let reasons = reasons
            .into_iter()
            .filter(|why| !lacks_consent(why))
            .collect();
        self.with_obstacle(db, reasons, Some(&template.row), None, now)
    }

    /// The guard's word on the whole; whom it refuses does not get it.
    fn guard_of(
        &self,
        db: &Connection,
        plan: &BatchPlan,
        template: &Template,
        people: &mut [Somebody],
        (staff, now): (&str, i64),
    ) -> Result<(GuardVerdict, Vec<GuardPeople>)> {
        let values = &plan.choice.values;
        let personal = personal::is_personal(values);
        let same = texts(template, values, None);
        let going: Vec<usize> = (0..people.len())
            .filter(|at| people[*at].skipped.is_none())
            .collect();
        let careful = pace::is_careful(&template.row.quality);
        let (words, filled) = &same;
        // One after the other: the words of 100,000 people need not be there at once.
        let sends = going.iter().enumerate().map(|(n, at)| {
            let who = &people[*at];
            let (words, values) = match personal {
                true => {
                    let (words, values) = texts(template, values, who.name());
                    (Cow::Owned(words), Cow::Owned(values))
                }
                false => (Cow::from(words), Cow::from(filled)),
            };
            let after = pace::takes(i64::try_from(n).unwrap_or(0) + 1, 0, careful);
            GuardSend {
                customer_id: who.customer_id,
                number_id: plan.number_id,
                at: now + after,
                name: who.name().unwrap_or_default(),
                window_open: who.in_window(now + after),
                marketing: who.marketing,
                service: who.service,
                last_in: (who.wrote_at >= 0).then_some(who.wrote_at),
                words,
                values,
            }
        });
        let whole = GuardTemplate {
            name: &template.row.name,
            category: &template.row.category,
            approved: template.row.status == "APPROVED",
            footer: template.components.footer().unwrap_or_default(),
        };
        let preview = self.guard_preview(db, staff, whole, sends)?;
        let mut spoken: HashMap<GuardCode, i64> = HashMap::new();
        for (at, each) in going.into_iter().zip(preview.each) {
            if each.level == GuardLevel::Block {
                people[at].skipped = Some(SkipReason::Guard);
                continue;
            }
            for code in each.codes {
                *spoken.entry(code).or_default() += 1;
            }
        }
        let mut spoken: Vec<GuardPeople> = spoken
            .into_iter()
            .map(|(code, people)| GuardPeople { code, people })
            .collect();
        spoken.sort_by_key(|one| (std::cmp::Reverse(one.people), one.code as i64));
        Ok((preview.verdict, spoken))
    }
}

fn unknown() -> Looked {
    Looked {
        preflight: Preflight {
            people: 0,
            going: 0,
            skipped: Vec::new(),
            refusals: vec![Refusal::TemplateUnknown],
            slots: Vec::new(),
            guard: guarding::allowed(),
            guard_people: Vec::new(),
            checks: Vec::new(),
            limit: None,
            limit_used: 0,
            limit_needed: 0,
            category: String::new(),
            in_window: 0,
            takes: 0,
        },
        people: Vec::new(),
        template: None,
        claims: false,
    }
}

/// The slots that would be refused whoever it is for.
fn slots_of(
    db: &Connection,
    plan: &BatchPlan,
    template: &Template,
    now: i64,
) -> Result<Vec<SlotRefusal>> {
    let values = personal::shown_for(&plan.choice.values, Some(SOMEBODY));
    let mut files = HashMap::new();
    for value in &values {
        if let Some(file) = given_file(db, &value.text)? {
            files.insert(value.text.clone(), file);
        }
    }
    let tried = template.fill(&values, now, |id| files.get(id).cloned());
    Ok(tried.err().unwrap_or_default())
}

/// What somebody reads, and its words; a name that is not known is the gap it would be.
pub(super) fn shown(
    template: &Template,
    values: &[SlotValue],
    name: Option<&str>,
) -> (Body, String) {
    let values = personal::shown_for(values, name);
    filled(template, |key| {
        let found = values.iter().find(|value| value.key == key);
        found.map_or("", |value| value.text.trim())
    })
}

/// The words and the values, as the guard reads them.
fn texts(template: &Template, values: &[SlotValue], name: Option<&str>) -> (String, Vec<String>) {
    let own = personal::shown_for(values, name);
    let (_, words) = shown(template, values, name);
    (words, own.into_iter().map(|value| value.text).collect())
}

fn checks(
    db: &Connection,
    plan: &BatchPlan,
    template: &Template,
    body: &Body,
    (going, strangers): (i64, i64),
    now: i64,
) -> Result<Vec<BatchCheck>> {
    let texts = texts_of(body);
    let mut found = Vec::new();
    let shop = plain(&shop_name(db)?);
    if !shop.trim().is_empty() && !texts.iter().any(|text| plain(text).contains(shop.trim())) {
        found.push(BatchCheck::BusinessNameMissing);
    }
    if is_marketing(&template.row.category) && !says_how_to_stop(texts.iter().map(String::as_str)) {
        found.push(BatchCheck::OptOutHintMissing);
    }
    if !personal::is_personal(&plan.choice.values) {
        found.push(BatchCheck::SameForEverybody);
    }
    if going > 0 && strangers * 2 >= going {
        found.push(BatchCheck::MostlyStrangers);
    }
    if last_went_badly(db)? {
        found.push(BatchCheck::LastBatchWentBadly);
    }
    if is_unusual(&hours(db)?, local(now)) {
        found.push(BatchCheck::UnusualHour);
    }
    Ok(found)
}

/// Everything of a template that is read.
fn texts_of(body: &Body) -> Vec<String> {
    let Body::Template {
        text,
        header,
        footer,
        buttons,
        cards,
        ..
    } = body
    else {
        return Vec::new();
    };
    let cards = cards
        .iter()
        .flat_map(|card| std::iter::once(&card.text).chain(&card.buttons));
    std::iter::once(text)
        .chain(header)
        .chain(footer)
        .chain(buttons)
        .chain(cards)
        .cloned()
        .collect()
}

fn last_went_badly(db: &Connection) -> Result<bool> {
    let Some(last) = batch::latest(db, 1)?.pop() else {
        return Ok(false);
    };
    let stages = batch::stages(db, &last.id, 0)?;
    let opt_outs = batch::opt_outs(db, &last.id, last.at, BLAME)?;
    let tried = stages.sent + stages.failed;
    Ok(stages.failed * 10 > tried || opt_outs * 10 > tried)
}

/// In the zone the laptop stands in.
fn local(now: i64) -> Local {
    let at = LaptopZone.timestamp_millis_opt(now).earliest();
    at.map_or(Local::default(), |at| Local {
        day: i64::from(at.weekday().number_from_monday()),
        minute: i64::from(at.hour() * 60 + at.minute()),
    })
}

/// The most first.
pub(super) fn counted(reasons: impl Iterator<Item = SkipReason>) -> Vec<SkipCount> {
    let mut found: BTreeMap<SkipReason, i64> = BTreeMap::new();
    for why in reasons {
        *found.entry(why).or_default() += 1;
    }
    let mut found: Vec<SkipCount> = found
        .into_iter()
        .map(|(why, people)| SkipCount { why, people })
        .collect();
    found.sort_by_key(|one| (std::cmp::Reverse(one.people), one.why));
    found
}
