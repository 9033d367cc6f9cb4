//! Handing templates in, deleting and unpausing them. Nothing is asked of Meta twice by itself: where no clear answer
//! comes, the next list settles what became of it.

use super::{templates::sync_templates, upload::far};
use crate::{
    desk::{Desk, not_found},
    template::{
        Template,
        draft::{files, wire},
    },
    view::{DraftFile, FindingSeverity, SubmitResult, TemplateActionResult, TemplateDraft},
};
use cloud_api::client::{CallError, Client, TemplateEdit, TemplateError, Unpaused};
use std::{collections::HashMap, sync::Arc};
use store::{Result, setting, template, template_draft};

/// Drafts Meta may have taken, JSON list of ids.
const DOUBTFUL: &str = "doubtful_template_drafts";

/// Checks a draft and hands it in, with its samples. Of two that press at once the second finds the draft gone.
pub async fn submit_template(
    desk: &Arc<Desk>,
    client: &Client,
    draft_id: &str,
) -> Result<SubmitResult> {
    let _turn = desk.sync.handing_in.lock().await;
    let draft = desk.template_draft(draft_id)?.ok_or_else(not_found)?;
    let findings = desk.check_template(&draft)?;
    let refused = |severity: &FindingSeverity| *severity == FindingSeverity::Refused;
    if findings.iter().any(|finding| refused(&finding.severity)) {
        return Ok(SubmitResult::Findings { findings });
    }
    let handles = match bring_samples(desk, client, &draft).await? {
        Ok(handles) => handles,
        Err(result) => return Ok(result),
    };
    let wire = wire(&draft, |place| handles.get(place).cloned());
    let result = match &draft.edits {
        Some(id) => {
            let fixed = desk.store.read(|db| desk.template_by_id(db, id))?;
            let approved = fixed.as_ref().is_some_and(|row| row.status == "APPROVED");
            let changes = fixed.is_none_or(|row| row.category != draft.category);
            let edit = TemplateEdit {
                category: changes.then(|| draft.category.clone()),
                components: Some(wire.components),
                message_send_ttl_seconds: None,
            };
            let edited = client.edit_template(id, &edit).await;
            if approved && edited.is_ok() {
                desk.edit_taken(id)?;
            }
            edited.map(|()| SubmitResult::HandedIn {
                status: "PENDING".to_owned(),
                category: draft.category.clone(),
            })
        }
        None => {
            let created = client.create_template(&wire).await;
            created.map(|created| SubmitResult::HandedIn {
                status: created.status,
                category: created.category,
            })
        }
    };
    let result = match result {
        Ok(taken) => {
            desk.discard_template_draft(draft_id)?;
            desk.templates_may_differ();
            taken
        }
        Err(TemplateError::Refused { error, .. }) => SubmitResult::Refused {
            code: error
                .subcode
                .filter(|code| *code != 0)
                .unwrap_or(error.code),
            title: error.title,
            details: error.details.unwrap_or_default(),
        },
        Err(TemplateError::NotTaken | TemplateError::Unsettled) => {
            note_doubt(desk, draft_id)?;
            desk.templates_may_differ();
            SubmitResult::Doubtful
        }
        Err(TemplateError::Call(error)) => not_reached(error),
    };
    Ok(result)
}

/// Meta's names of the samples, by their places.
type Handles = HashMap<String, String>;

/// Uploads the samples of all headings, one after the other, telling how far they are together under the draft's id;
/// or says why it cannot be.
async fn bring_samples(
    desk: &Arc<Desk>,
    client: &Client,
    draft: &TemplateDraft,
) -> Result<std::result::Result<Handles, SubmitResult>> {
    let mut handles = HashMap::new();
    let files: Vec<(String, &DraftFile)> = files(draft).collect();
    if files.is_empty() {
        return Ok(Ok(handles));
    }
    let app_id = match client.debug_token().await {
        Ok(token) => token.app_id,
        Err(error) => return Ok(Err(not_reached(error))),
    };
    let Some(app_id) = app_id else {
        return Ok(Err(SubmitResult::Refused {
            code: 0,
            title: "app_unknown".to_owned(),
            details:
                "Meta takes samples through the app of the access token, and this token names none"
                    .to_owned(),
        }));
    };
    let size = |file: &DraftFile| u64::try_from(file.size).unwrap_or_default();
    let whole: u64 = files.iter().map(|(_, file)| size(file)).sum();
    let mut before = 0;
    for (place, file) in files {
        let bytes = desk
            .store
            .read(|db| template_draft::file_bytes(db, &file.id))?;
        let bytes = bytes.ok_or_else(not_found)?;
        let (mime_type, filename) = (&file.mime_type, &file.filename);
        let (telling, draft_id) = (desk.clone(), draft.id.clone());
        let progress =
            move |sent: u64, _: u64| telling.tell_upload(far(&draft_id, before + sent, whole));
        let uploaded = client.upload_sample(&app_id, bytes, mime_type, filename, progress);
        match uploaded.await {
            Ok(handle) => handles.insert(place, handle),
            Err(error) => return Ok(Err(not_reached(error))),
        };
        before += size(file);
    }
    Ok(Ok(handles))
}

fn not_reached(error: CallError) -> SubmitResult {
    match error {
        CallError::Refused { error, .. } => SubmitResult::Refused {
            code: error.code,
            title: error.title,
            details: error.details.unwrap_or_default(),
        },
        CallError::NotOffered => SubmitResult::Refused {
            code: 0,
            title: "not_offered".to_owned(),
            details: error.to_string(),
        },
        _ => SubmitResult::NotReached,
    }
}

fn doubts(desk: &Desk) -> Result<Vec<String>> {
    let json = desk.store.read(|db| setting::get(db, DOUBTFUL))?;
    Ok(json
        .and_then(|json| serde_json::from_str(&json).ok())
        .unwrap_or_default())
}

fn keep_doubts(desk: &Desk, ids: &[String]) -> Result<()> {
    let json = serde_json::to_string(ids)?;
    desk.store.write(|db| setting::set(db, DOUBTFUL, &json))
}

fn note_doubt(desk: &Desk, draft_id: &str) -> Result<()> {
    let mut ids = doubts(desk)?;
    if !ids.iter().any(|id| id == draft_id) {
        ids.push(draft_id.to_owned());
        keep_doubts(desk, &ids)?;
    }
    Ok(())
}

/// With a new list: drafts that Meta took after all are drafts no more.
pub(super) fn settle_doubts(desk: &Desk) -> Result<()> {
    let ids = doubts(desk)?;
    if ids.is_empty() {
        return Ok(());
    }
    let mut open = Vec::new();
    for id in ids {
        let Some(draft) = desk.template_draft(&id)? else {
            continue;
        };
        let there = desk.store.read(|db| match &draft.edits {
            Some(id) => desk.template_by_id(db, id),
            None => template::get(db, (&desk.account.waba_id, &draft.name, &draft.language)),
        })?;
        if there.is_some_and(|row| says_the_same(&Template::read(row), &draft)) {
            if let Some(id) = &draft.edits {
                desk.edit_taken(id)?;
            }
            desk.discard_template_draft(&id)?;
        } else {
            open.push(id);
        }
    }
    keep_doubts(desk, &open)
}

fn says_the_same(template: &Template, draft: &TemplateDraft) -> bool {
    let parts = template.parts();
    parts.body.trim() == draft.body.trim()
        && parts.footer.unwrap_or_default().trim() == draft.footer.trim()
        && parts.buttons.len() == draft.buttons.len()
        && parts.cards.len() == draft.cards.len()
        && parts
            .cards
            .iter()
            .zip(&draft.cards)
            .all(|(there, card)| there.body.trim() == card.body.trim())
        && parts.offer.map(|offer| offer.text)
            == draft.offer.as_ref().map(|offer| offer.text.clone())
}

/// Deletes a template in one language, or in all.
pub async fn delete_template(
    desk: &Arc<Desk>,
    client: &Client,
    name: &str,
    language: Option<&str>,
) -> Result<TemplateActionResult> {
    let done = match language {
        None => client.delete_template(name).await,
        Some(language) => {
            let found = desk.store.read(|db| desk.template(db, name, language))?;
            let id = found.ok_or_else(not_found)?.row.template_id;
            client.delete_template_language(name, &id).await
        }
    };
    let result = match done {
        Ok(()) => TemplateActionResult::Done,
        Err(TemplateError::Refused { error, .. }) => TemplateActionResult::Refused {
            code: error
                .subcode
                .filter(|code| *code != 0)
                .unwrap_or(error.code),
            title: error.title,
            details: error.details.unwrap_or_default(),
        },
        Err(TemplateError::Call(error)) => refused_or_not(error),
        Err(TemplateError::NotTaken | TemplateError::Unsettled) => TemplateActionResult::NotReached,
    };
    look_again(desk, client).await;
    Ok(result)
}

/// Lets a template go on that pacing had paused.
pub async fn unpause_template(
    desk: &Arc<Desk>,
    client: &Client,
    name: &str,
    language: &str,
) -> Result<TemplateActionResult> {
    let found = desk.store.read(|db| desk.template(db, name, language))?;
    let id = found.ok_or_else(not_found)?.row.template_id;
    let result = match client.unpause_template(&id).await {
        Ok(Unpaused::Done) => TemplateActionResult::Done,
        Ok(Unpaused::Refused(reason)) => TemplateActionResult::Refused {
            code: 0,
            title: String::new(),
            details: reason.unwrap_or_default(),
        },
        Err(error) => refused_or_not(error),
    };
    look_again(desk, client).await;
    Ok(result)
}

fn refused_or_not(error: CallError) -> TemplateActionResult {
    match not_reached(error) {
        SubmitResult::Refused {
            code,
            title,
            details,
        } => TemplateActionResult::Refused {
            code,
            title,
            details,
        },
        _ => TemplateActionResult::NotReached,
    }
}

/// What was asked for shows in the list.
async fn look_again(desk: &Arc<Desk>, client: &Client) {
    if let Err(error) = sync_templates(desk, client).await {
        tracing::info!(%error, "the template list could not be fetched");
        desk.templates_may_differ();
    }
}
