//! The policy's third asking: what becomes of a waiting message at the moment it could leave.

use crate::{
    consent::Gate,
    desk::{Desk, back_to_the_form, drafted, settings},
    fact::{Fact, FactKind, Number},
    outbox as rule,
    send_policy::{self, Intent, Situation, is_stop_confirmation, lacks_consent},
    service_window::Known,
    template::{files_of, in_place_of_files},
    view::{Refusal, TemplateObstacle},
};
use cloud_api::{
    error::{OPT_IN_MISSING, OPTED_OUT},
    outgoing::{Outgoing, OutgoingContent},
    webhook::Peer,
};
use store::{
    Connection, Result, about_person,
    attachment::{self, Attachment},
    batch, customer, message, notice,
    outbox::OutboxItem,
    thread,
};

/// Meta keeps an upload for 30 days (Meta, "Media"); a day less is safe.
const KEPT: i64 = 29 * 24 * 60 * 60 * 1000;

pub(super) enum Verdict {
    Go(Box<Outgoing>),
    /// Its file has to be at Meta first.
    Upload(Box<Attachment>),
    /// Nothing goes out for now.
    Wait,
    /// Its window closed, or its number was taken away, while it waited: a draft again, never a red bubble.
    Back,
    No {
        code: i64,
        details: String,
    },
}

/// The policy's third asking, with the time and the window of now.
pub(super) fn judge(desk: &Desk, db: &Connection, item: &OutboxItem, now: i64) -> Result<Verdict> {
    let Ok(content) = serde_json::from_str::<OutgoingContent>(&item.content) else {
        return Ok(Verdict::No {
            code: 100,
            details: "the stored message cannot be read".into(),
        });
    };
    if batch::stands_still(db, &item.id)? {
        return Ok(Verdict::Wait);
    }
    let peer = rule::peer_of(item);
    let Some((_, thread_id)) = message::by_outbox(db, &item.id)? else {
        return Ok(Verdict::Wait);
    };
    let Some(thread) = thread::get(db, thread_id)? else {
        return Ok(Verdict::Wait);
    };
    let row = desk.template_row(db, &content)?;
    let hold = notice::hold(db, crate::apply::SENDING)?;
    let consent = Gate::of(db, thread.customer_id)?;
    let message = match &content {
        OutgoingContent::Text { body, .. } if is_stop_confirmation(&item.id) => {
            Intent::StopConfirmation(body)
        }
        _ => Intent::of(&content, row.as_ref()),
    };
    let reasons = send_policy::refusals(&Situation {
        now,
        window: Known::from_columns(thread.inbound_at, thread.closed_at),
        margin: settings(db)?.margin_ms,
        peer: &peer,
        blocked: thread.blocked,
        hold: hold.as_ref(),
        unconnected: desk.unconnected(db, item.number_id)?,
        consent: &consent,
        message,
    });
    let reasons = desk.with_obstacle(db, reasons, row.as_ref(), None, now)?;
    let cannot_leave = |r: &Refusal| {
        matches!(
            r,
            Refusal::WindowClosed { .. }
                | Refusal::WindowNever
                | Refusal::WindowEnding { .. }
                | Refusal::NotConnected { .. }
        )
    };
    Ok(match reasons.first() {
        None => match with_file(db, item, content, now)? {
            Ok(content) => Verdict::Go(Box::new(Outgoing {
                to: peer,
                content,
                reply_to: (!item.reply_wamid.is_empty()).then(|| item.reply_wamid.clone()),
                callback_data: Some(item.id.clone()),
            })),
            Err(verdict) => verdict,
        },
        Some(_) if reasons.iter().any(cannot_leave) => Verdict::Back,
        // Words for a person go back to whoever wrote them; a template is shown as what did not go out.
        Some(_) if reasons.iter().any(lacks_consent) && !content.is_template() => Verdict::Back,
        Some(Refusal::OnHold { .. }) => Verdict::Wait,
        Some(_) if reasons.iter().any(lacks_consent) => Verdict::No {
            code: match reasons
                .iter()
                .any(|r| matches!(r, Refusal::OptedOut { .. }))
            {
                true => OPTED_OUT,
                false => OPT_IN_MISSING,
            },
            details: String::new(),
        },
        Some(Refusal::Blocked) => Verdict::No {
            code: 130_403,
            details: String::new(),
        },
        Some(Refusal::TemplateUnknown) => Verdict::No {
            code: 132_001,
            details: String::new(),
        },
        Some(Refusal::TemplateNotApproved { status }) => Verdict::No {
            code: 132_015,
            details: status.clone(),
        },
        Some(Refusal::TemplateObstacle {
            obstacle: TemplateObstacle::OverLimit { .. },
        }) => Verdict::No {
            code: 131_031,
            details: String::new(),
        },
        Some(_) => Verdict::No {
            code: 100,
            details: String::new(),
        },
    })
}

/// The message with Meta's ids of its files, or what has to happen before.
fn with_file(
    db: &Connection,
    item: &OutboxItem,
    mut content: OutgoingContent,
    now: i64,
) -> Result<std::result::Result<OutgoingContent, Verdict>> {
    let gone = || Verdict::No {
        code: 131_053,
        details: "the file is not on this machine".into(),
    };
    let is_up = |file: &Attachment| !file.media_id.is_empty() && now - file.uploaded_at < KEPT;
    match &mut content {
        OutgoingContent::Media { id, .. } if id.is_empty() => {
            match attachment::of_outbox(db, &item.id)? {
                Some(file) if is_up(&file) => *id = file.media_id,
                Some(file) => return Ok(Err(Verdict::Upload(Box::new(file)))),
                None => return Ok(Err(gone())),
            }
        }
        OutgoingContent::Template(send) => {
            let wanted = files_of(send);
            if wanted.is_empty() {
                return Ok(Ok(content));
            }
            // One after the other: after each the policy is asked again.
            let files = attachment::all_of_outbox(db, &item.id)?;
            if wanted
                .iter()
                .any(|id| !files.iter().any(|file| file.id == *id))
            {
                return Ok(Err(gone()));
            }
            if let Some(next) = files.iter().find(|file| !is_up(file)) {
                return Ok(Err(Verdict::Upload(Box::new(next.clone()))));
            }
            in_place_of_files(send, |id| {
                let file = files.iter().find(|file| file.id == id);
                file.map(|file| file.media_id.clone())
            });
        }
        _ => {}
    }
    Ok(Ok(content))
}

/// The facts that return a message's words to the draft of its thread, in front of what is there, or a template's
/// values to its form.
pub(crate) fn back_to_the_composer(
    db: &Connection,
    item: &OutboxItem,
    at: i64,
) -> Result<Vec<Fact>> {
    let returned = FactKind::Returned {
        outbox_id: item.id.clone(),
        at,
    };
    let mut facts = vec![Fact::new(&Number::stored(db, item.number_id)?, returned)];
    // A file lies beside the draft again, its caption in it.
    attachment::release(db, &item.id)?;
    let has_words = matches!(
        serde_json::from_str(&item.content),
        Ok(OutgoingContent::Text { .. } | OutgoingContent::Media { .. })
    );
    let Some((message_id, thread_id)) = message::by_outbox(db, &item.id)? else {
        return Ok(facts);
    };
    let Some(thread) = thread::get(db, thread_id)? else {
        return Ok(facts);
    };
    let peer = known_peer(db, item, message_id)?;
    if has_words && !item.body.is_empty() {
        let there = about_person::draft_of(db, thread.number_id, thread.customer_id, "")?;
        let there = there.map(|(text, _)| text).filter(|text| !text.is_empty());
        let text = there.map_or(item.body.clone(), |there| format!("{}\n{there}", item.body));
        facts.push(drafted(db, &thread, peer, &text, at)?);
    } else {
        facts.extend(back_to_the_form(db, item, &thread, peer, at)?);
    }
    Ok(facts)
}

/// The recipient, with the BSUID he may have been found to have since. Not any BSUID of his customer: that may be
/// of another person staff merged him with, and naming both together would tie them for good.
fn known_peer(db: &Connection, item: &OutboxItem, message_id: i64) -> Result<Peer> {
    let mut peer = rule::peer_of(item);
    if peer.bsuid.is_none() {
        let person = customer::of_message(db, message_id)?;
        peer.bsuid = person.key.strip_prefix("b:").map(str::to_owned);
    }
    Ok(peer)
}
