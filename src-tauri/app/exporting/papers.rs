//! From the ledger's records to paper.

use super::{Job, Steps, Stopped, local};
use ::export::{
    About, Language, Written,
    paper::{
        self, ActOnPaper, Evidence, Letterhead, ListPaper, ListRow, Person, PersonPaper,
        SheetBlock, SheetKind, SheetPaper, StateOnPaper, WordingOnPaper,
    },
};
use inbox::{
    consent,
    desk::exports::{PersonAct, PersonRecord, SheetRecord},
    view::{ConsentFilter, PurposeState, Sheet},
};
use std::path::Path;

impl Job<'_> {
    pub(super) fn letterhead(&self) -> Letterhead<'_> {
        Letterhead {
            about: self.about(),
            business: &self.export.business,
            own_number: &self.export.own_number,
        }
    }

    /// Where everybody stands, one line for a person and a purpose.
    pub(super) fn list(
        &self,
        filter: &ConsentFilter,
        steps: &mut Steps<'_>,
    ) -> Result<Written, Stopped> {
        let mut found = Vec::new();
        self.desk.matching(filter, |customer_id, standing| {
            found.push((customer_id, standing.clone()));
        })?;
        paper::fits_on_paper(found.len())?;
        steps.total = found.len() as u64;
        let mut people = Vec::with_capacity(found.len());
        for (customer_id, _) in &found {
            people.push(self.desk.addressee(*customer_id)?);
            if !steps.step() {
                return Err(Stopped::Cancelled);
            }
        }
        let wordings: Vec<String> = found
            .iter()
            .map(|(_, standing)| match standing.wording_id.as_str() {
                "" => String::new(),
                id => format!("{id} v{}", standing.wording_version),
            })
            .collect();
        let rows: Vec<ListRow<'_>> = found
            .iter()
            .zip(&people)
            .zip(&wordings)
            .map(|(((_, standing), person), wording)| ListRow {
                name: &person.name,
                address: match person.phone.as_str() {
                    "" => &person.username,
                    phone => phone,
                },
                purpose: self.export.called(&standing.purpose),
                state: &standing.state,
                why_not: &standing.why_not,
                since: (standing.since >= 0).then_some(standing.since),
                channel: &standing.channel,
                strength: consent::strength_name(consent::strength_of(standing.strength)),
                wording,
                last_used_at: (standing.last_used_at >= 0).then_some(standing.last_used_at),
            })
            .collect();
        let list = ListPaper {
            letterhead: self.letterhead(),
            filter: &super::described(filter),
            rows: &rows,
            seal: &self.seal,
        };
        Ok(paper::write(self.target, &list.pdf()?, rows.len() as u64)?)
    }

    /// The proof about one person.
    pub(super) fn person(&self, customer_id: i64) -> Result<Written, Stopped> {
        let record = self.desk.export_person(customer_id)?;
        let states = self.states(&record);
        let acts: Vec<ActOnPaper<'_>> = record.acts.iter().map(|one| self.act(one)).collect();
        let identifiers = identifiers(&record);
        let document = PersonPaper {
            letterhead: self.letterhead(),
            person: Person {
                name: &record.name,
                identifiers: &identifiers,
                language: &record.language,
                minor: record.minor,
            },
            states: &states,
            acts: &acts,
            seal: &self.seal,
        };
        Ok(paper::write(
            self.target,
            &document.pdf()?,
            acts.len() as u64,
        )?)
    }

    pub(super) fn states<'a>(&'a self, record: &'a PersonRecord) -> Vec<StateOnPaper<'a>> {
        let purposes = record.summary.iter().flat_map(|summary| &summary.purposes);
        purposes
            .filter(|state| state.since.is_some())
            .map(|state: &PurposeState| StateOnPaper {
                purpose: self.export.called(&state.purpose),
                state: consent::state_name(state.state),
                usable: state.usable,
                why_not: state
                    .why_not
                    .map(consent::not_usable_name)
                    .unwrap_or_default(),
                since: state.since,
                strength: consent::strength_name(state.strength),
                uses: state.uses,
                last_used_at: state.last_used_at,
            })
            .collect()
    }

    pub(super) fn act<'a>(&'a self, act: &'a PersonAct) -> ActOnPaper<'a> {
        let (public, personal) = (&act.public, &act.personal);
        ActOnPaper {
            event: &public.event,
            purpose: self.export.called(&public.purpose),
            act_at: public.act_at,
            recorded_at: public.recorded_at,
            time_source: &public.time_source,
            channel: &public.channel,
            strength: &public.strength,
            wording: public.wording.as_ref().map(|wording| WordingOnPaper {
                id: &wording.id,
                version: wording.version,
                sha256: &wording.sha256,
                text: &personal.shown,
                language: &personal.language,
            }),
            business: &personal.business_name,
            staff: &personal.staff,
            note: &personal.note,
            wamid: &personal.wamid,
            template: &personal.template,
            entry: &act.entry,
            hash: &act.hash,
            prev: &act.prev,
            evidence: act
                .evidence
                .iter()
                .map(|item| Evidence {
                    id: &item.sha256,
                    kind: &item.kind,
                    bytes: item.bytes.as_deref(),
                })
                .collect(),
        }
    }
}

pub(super) fn identifiers(record: &PersonRecord) -> Vec<(&str, String)> {
    let all = record.identifiers.iter();
    all.map(|(kind, value)| (kind.as_str(), value.clone()))
        .collect()
}

/// A sheet for the shop.
pub fn sheet(
    kind: Sheet,
    record: &SheetRecord,
    language: &str,
    target: &Path,
) -> Result<Written, Stopped> {
    let blocks: Vec<SheetBlock<'_>> = record
        .wordings
        .iter()
        .map(|wording| SheetBlock {
            purpose: &wording.purpose,
            text: &wording.text,
            wording_id: &wording.id,
            version: wording.version,
            sha256: &wording.sha256,
        })
        .collect();
    let document = SheetPaper {
        kind: match kind {
            Sheet::Poster => SheetKind::Poster,
            Sheet::Card => SheetKind::Card,
            Sheet::Form => SheetKind::Form,
        },
        letterhead: Letterhead {
            about: About {
                language: Language::of(language),
                zone: &local,
                made_at: record.made_at,
            },
            business: &record.business,
            own_number: &record.own_number,
        },
        blocks: &blocks,
        qr_url: record.qr.as_ref().map(|qr| qr.url.as_str()),
        qr_text: record.qr.as_ref().map_or("", |qr| qr.text.as_str()),
        form_number: &record.form_number,
    };
    Ok(paper::write(target, &document.pdf()?, blocks.len() as u64)?)
}
