//! Every call the client can make, against the practice platform, which writes them all down.

use cloud_api::{
    client::{self, Blocked, Client, Sent},
    clock::Clock,
    outgoing::{
        Outgoing, OutgoingContent, TemplateButton, TemplateHeader, TemplateSend, TemplateValue,
    },
    webhook::{MediaKind, Peer},
};
use practice::{Config, Control, Platform, SeenRequest, StatusPlan, Write};
use support::counter::{bsuid, phone};

const LENA: &str = "493023125101";
const NINE: i64 = 1_795_165_200_000;
/// The smallest picture there is.
pub(super) const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82";

pub(super) struct Calls {
    pub(super) client: Client,
    pub(super) control: Control,
}

impl Calls {
    async fn send(&self, to: &Peer, content: OutgoingContent, reply_to: Option<&str>) -> Sent {
        let message = Outgoing {
            to: to.clone(),
            content,
            reply_to: reply_to.map(str::to_owned),
            callback_data: Some("01990000-0000-7000-8000-000000000001".into()),
        };
        self.client.send(&message).await
    }

    /// Sends, and it has to be accepted.
    pub(super) async fn accepted(
        &self,
        to: &Peer,
        content: OutgoingContent,
        reply_to: Option<&str>,
    ) {
        let sent = self.send(to, content, reply_to).await;
        assert!(matches!(sent, Sent::Accepted { .. }), "{sent:?}");
    }

    fn writes(&self, write: Write) -> String {
        self.control
            .customer_writes(&write)
            .expect("a customer who can write")
    }
}

fn text(body: &str) -> OutgoingContent {
    OutgoingContent::Text {
        body: body.into(),
        preview_url: true,
    }
}

fn media(kind: MediaKind, id: &str) -> OutgoingContent {
    let caption = (kind == MediaKind::Image).then(|| "Unser Laden".to_owned());
    let filename = (kind == MediaKind::Document).then(|| "rechnung.pdf".to_owned());
    OutgoingContent::Media {
        kind,
        id: id.into(),
        caption,
        filename,
        voice: kind == MediaKind::Audio,
    }
}

fn template(
    name: &str,
    header: Option<TemplateHeader>,
    body: &[(Option<&str>, &str)],
    buttons: Vec<TemplateButton>,
) -> OutgoingContent {
    let body = body
        .iter()
        .map(|(name, text)| TemplateValue {
            name: name.map(str::to_owned),
            text: (*text).into(),
        })
        .collect();
    OutgoingContent::Template(TemplateSend {
        name: name.into(),
        language: "de".into(),
        header,
        body,
        buttons,
        ..TemplateSend::default()
    })
}

/// What the platform saw of all the calls, and the ids it has: `(requests, phone_number_id, waba_id)`.
pub async fn run() -> (Vec<SeenRequest>, String, String) {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let clock = Clock::adjustable();
    clock.set(NINE, 0.0).expect("a clock that can be set");
    let config = Config::local(clock);
    let ids = (config.phone_number_id.clone(), config.waba_id.clone());
    let platform = Platform::start(config.clone())
        .await
        .expect("a practice platform");
    let wanted = client::Config {
        base_url: platform.base_url(),
        ..client::Config::new(ids.0.clone(), ids.1.clone(), config.token.clone())
    };
    let calls = Calls {
        client: Client::new(wanted).expect("a client"),
        control: platform.control(),
    };
    calls.control.set_status_plan(StatusPlan::immediate());

    messages(&calls).await;
    templates(&calls).await;
    super::template_kinds::run(&calls).await;
    account(&calls).await;
    refusals(&calls).await;
    let requests = calls.control.requests();
    platform.stop().await;
    (requests, ids.0, ids.1)
}

async fn messages(calls: &Calls) {
    let lena = phone(LENA);
    let question = calls.writes(Write {
        wa_id: Some(LENA.into()),
        text: Some("Haben Sie offen?".into()),
        ..Write::default()
    });
    calls
        .client
        .mark_read(&question, true)
        .await
        .expect("a receipt that is taken");
    calls
        .client
        .mark_read(&question, false)
        .await
        .expect("a receipt that is taken");
    calls
        .accepted(&lena, text("Ja, bis 18 Uhr: https://example.org"), None)
        .await;
    calls
        .accepted(&lena, text("Bis gleich!"), Some(&question))
        .await;
    for emoji in [Some("👍".to_owned()), None] {
        calls
            .accepted(
                &lena,
                OutgoingContent::Reaction {
                    target: question.clone(),
                    emoji,
                },
                None,
            )
            .await;
    }
    let buttons = vec![
        ("yes".to_owned(), "Ja".to_owned()),
        ("no".to_owned(), "Nein".to_owned()),
    ];
    let ask = OutgoingContent::Buttons {
        body: "Passt das?".into(),
        header: Some("Termin".into()),
        footer: Some("Bitte antworten".into()),
        buttons,
    };
    calls.accepted(&lena, ask, None).await;

    let files = [
        (MediaKind::Image, "image/png", "laden.png", PNG),
        (
            MediaKind::Audio,
            "audio/ogg",
            "gruss.ogg",
            b"OggS".as_slice(),
        ),
        (
            MediaKind::Video,
            "video/mp4",
            "film.mp4",
            b"\0\0\0\x18ftypmp42".as_slice(),
        ),
        (
            MediaKind::Document,
            "application/pdf",
            "rechnung.pdf",
            b"%PDF-1.7".as_slice(),
        ),
        (
            MediaKind::Sticker,
            "image/webp",
            "sticker.webp",
            b"RIFF\x04\0\0\0WEBP".as_slice(),
        ),
    ];
    for (kind, mime_type, filename, bytes) in files {
        let id = calls
            .client
            .upload_media(bytes.to_vec(), mime_type, filename, |_, _| {})
            .await
            .expect("an upload that is taken");
        calls.accepted(&lena, media(kind, &id), None).await;
        assert_eq!(
            calls
                .client
                .download_media(&id, 1 << 20)
                .await
                .expect("the file"),
            bytes
        );
    }

    let nuno = "BR.3Hs8Vd0Kx5";
    calls.writes(Write {
        bsuid: Some(nuno.into()),
        text: Some("Bom dia".into()),
        ..Write::default()
    });
    calls.accepted(&bsuid(nuno), text("Bom dia!"), None).await;
}

async fn templates(calls: &Calls) {
    let lena = phone(LENA);
    let list = calls.client.templates().await.expect("the list");
    assert!(!list.is_empty());
    calls.control.add_templates(200);
    calls.client.templates().await.expect("the list in pages");
    let image = calls
        .client
        .upload_media(PNG.to_vec(), "image/png", "laden.png", |_, _| {})
        .await
        .expect("an upload that is taken");
    let picture = TemplateHeader::Media {
        kind: MediaKind::Image,
        id: image,
        filename: None,
    };
    let link = TemplateButton::Url {
        index: 0,
        text: "4711".into(),
    };
    calls
        .accepted(
            &lena,
            template(
                "changed_hours",
                None,
                &[(None, "24. Dezember"), (None, "9 bis 13 Uhr")],
                vec![],
            ),
            None,
        )
        .await;
    let named = [
        (Some("customer_name"), "Lena"),
        (Some("date"), "12. Mai"),
        (Some("time"), "10:30"),
    ];
    calls
        .accepted(
            &lena,
            template("appointment_reminder", None, &named, vec![]),
            None,
        )
        .await;
    calls
        .accepted(
            &lena,
            template(
                "work_finished_photo",
                Some(picture),
                &[(None, "Lena")],
                vec![],
            ),
            None,
        )
        .await;
    // Refused or not: it is the request that counts.
    let header = TemplateHeader::Text {
        name: None,
        text: "4711".into(),
    };
    let quick = TemplateButton::QuickReply {
        index: 1,
        payload: "yes".into(),
    };
    let all = template(
        "delivery_on_its_way",
        Some(header),
        &[(None, "Lena")],
        vec![link, quick],
    );
    calls.send(&lena, all, None).await;
    let coupon = vec![
        TemplateButton::CopyCode {
            index: 0,
            code: "MAI10".into(),
        },
        TemplateButton::Flow {
            index: 1,
            token: Some("t".into()),
        },
    ];
    let place = TemplateHeader::Location {
        latitude: 52.5,
        longitude: 13.4,
        name: "Laden".into(),
        address: "Hauptstr. 1".into(),
    };
    calls
        .send(
            &lena,
            template("raffle_invitation", Some(place), &[(None, "Lena")], coupon),
            None,
        )
        .await;
}

async fn account(calls: &Calls) {
    calls.client.phone_number().await.expect("the number");
    calls.control.settle().await;
    let all = calls
        .client
        .message_history(None, None)
        .await
        .expect("the history");
    let wamid = all
        .events
        .first()
        .map(|event| event.wamid.clone())
        .expect("an event");
    calls
        .client
        .message_history(Some(&wamid), None)
        .await
        .expect("the history of one message");
    calls.client.phone_numbers().await.expect("all numbers");
    let lena = phone(LENA);
    for _ in 0..2 {
        let blocked = calls.client.block(&lena).await.expect("an answer");
        assert_eq!(blocked, Blocked::Done);
        let refused = calls.send(&lena, text("Guten Tag"), None).await;
        assert!(matches!(refused, Sent::Refused { .. }), "{refused:?}");
        let let_go = calls.client.unblock(&lena).await.expect("an answer");
        assert_eq!(let_go, Blocked::Done);
    }
    let stranger = calls.client.block(&phone("493023125199")).await;
    assert!(matches!(stranger, Ok(Blocked::Refused(error)) if error.code == 131_047));
    calls.client.debug_token().await.expect("news of the token");
    calls.client.subscribe().await.expect("a subscription");
    calls
        .client
        .subscribed_apps()
        .await
        .expect("the subscriptions");
}

async fn refusals(calls: &Calls) {
    let stranger = phone("493023125199");
    for content in [
        text("Guten Tag"),
        template("never_heard_of", None, &[], vec![]),
        template("changed_hours", None, &[(None, "nur eins")], vec![]),
    ] {
        let sent = calls.send(&stranger, content, None).await;
        assert!(matches!(sent, Sent::Refused { .. }), "{sent:?}");
    }
    assert!(calls.client.media_url("1").await.is_err());
    assert!(calls.client.mark_read("wamid.none", false).await.is_err());
    let signed_out = calls.client.with_token("gone".to_owned().into());
    assert!(signed_out.phone_number().await.is_err() && signed_out.templates().await.is_err());
    assert!(
        signed_out.subscribed_apps().await.is_err()
            && signed_out.message_history(None, None).await.is_err()
    );
}
