//! The columns of a table of acts: order, headings, widths, and what stands in each cell.

use crate::{EventRow, Language};

pub(crate) enum Cell<'a> {
    Text(&'a str),
    Number(Option<i64>),
    /// UTC milliseconds, shown as UTC.
    Utc(Option<i64>),
    /// UTC milliseconds, shown as the clock of the shop.
    Local(Option<i64>),
    Flag(bool),
}

pub(crate) struct Column {
    /// English, German, Brazilian Portuguese.
    headings: [&'static str; 3],
    /// In characters.
    pub width: u32,
    pub cell: for<'r> fn(&'r EventRow<'r>) -> Cell<'r>,
}

impl Column {
    pub fn heading(&self, language: Language) -> &'static str {
        language.pick(self.headings)
    }
}

macro_rules! columns {
    ($($headings:expr, $width:literal, $row:ident => $cell:expr;)*) => {
        pub(crate) static COLUMNS: &[Column] = &[
            $(Column { headings: $headings, width: $width, cell: |$row| $cell },)*
        ];
    };
}

use Cell::{Flag, Local, Number, Text, Utc};

columns! {
    ["Device", "Gerät", "Dispositivo"], 12, r => Text(r.device);
    ["Ledger seq", "Lfd. Nr.", "Nº de ordem"], 10, r => Number(Some(r.seq));
    ["Event id", "Vorgangs-ID", "ID do evento"], 24, r => Text(r.event_id);
    ["Event", "Vorgang", "Evento"], 12, r => Text(r.event);
    ["Person id", "Personen-ID", "ID da pessoa"], 10, r => Number((r.person_id != 0).then_some(r.person_id));
    ["Phone (E.164)", "Telefon (E.164)", "Telefone (E.164)"], 18, r => Text(r.phone_e164);
    ["WhatsApp id as seen", "WhatsApp-ID wie empfangen", "ID do WhatsApp recebido"], 18, r => Text(r.wa_id);
    ["BSUID", "BSUID", "BSUID"], 24, r => Text(r.bsuid);
    ["Username", "Benutzername", "Nome de usuário"], 18, r => Text(r.username);
    ["Display name", "Anzeigename", "Nome exibido"], 24, r => Text(r.display_name);
    ["Business name shown", "Gezeigter Firmenname", "Nome da empresa mostrado"], 24, r => Text(r.business_name);
    ["Business number", "Nummer der Firma", "Número da empresa"], 18, r => Text(r.business_number);
    ["Channel", "Weg", "Canal"], 14, r => Text(r.channel);
    ["Purpose", "Zweck", "Finalidade"], 12, r => Text(r.purpose);
    ["Wording shown", "Gezeigter Wortlaut", "Texto mostrado"], 60, r => Text(r.scope_text);
    ["Wording id", "Wortlaut-ID", "ID do texto"], 18, r => Text(r.wording_id);
    ["Wording version", "Wortlaut-Version", "Versão do texto"], 10, r => Number(r.wording_version);
    ["Wording SHA-256", "Wortlaut SHA-256", "SHA-256 do texto"], 20, r => Text(r.wording_sha256);
    ["Language", "Sprache", "Idioma"], 10, r => Text(r.language);
    ["Time of the act (UTC)", "Zeitpunkt (UTC)", "Momento do ato (UTC)"], 20, r => Utc(r.act_at);
    ["Time of the act (local)", "Zeitpunkt (Ortszeit)", "Momento do ato (hora local)"], 20, r => Local(r.act_at);
    ["Recorded (UTC)", "Erfasst (UTC)", "Registrado (UTC)"], 20, r => Utc(r.recorded_at);
    ["Source of the time", "Quelle der Zeit", "Fonte do horário"], 12, r => Text(r.time_source);
    ["Staff member", "Erfasst von", "Registrado por"], 18, r => Text(r.staff);
    ["Till / place", "Kasse / Ort", "Caixa / local"], 18, r => Text(r.place);
    ["Strength of proof", "Stärke des Nachweises", "Força da prova"], 12, r => Text(r.strength);
    ["Evidence type", "Art des Nachweises", "Tipo de prova"], 14, r => Text(r.evidence_type);
    ["Evidence SHA-256", "Nachweis SHA-256", "SHA-256 da prova"], 20, r => Text(r.evidence_sha256);
    ["Evidence reference", "Fundstelle", "Referência da prova"], 24, r => Text(r.evidence_ref);
    ["Double opt-in", "Double-Opt-in", "Double opt-in"], 10, r => Flag(r.double_opt_in);
    ["Double opt-in message", "Double-Opt-in-Nachricht", "Mensagem do double opt-in"], 24, r => Text(r.double_opt_in_wamid);
    ["Double opt-in at (UTC)", "Double-Opt-in am (UTC)", "Double opt-in em (UTC)"], 20, r => Utc(r.double_opt_in_at);
    ["IP (web only)", "IP (nur Web)", "IP (somente web)"], 14, r => Text(r.ip);
    ["Withdrawn at (UTC)", "Widerrufen am (UTC)", "Revogado em (UTC)"], 20, r => Utc(r.withdrawn_at);
    ["Withdrawn how", "Widerrufen auf dem Weg", "Revogado por"], 16, r => Text(r.withdrawn_how);
    ["Last used (UTC)", "Zuletzt genutzt (UTC)", "Último uso (UTC)"], 20, r => Utc(r.last_used_at);
    ["Times used", "Nutzungen", "Usos"], 10, r => Number(Some(r.use_count));
    ["Legal basis", "Rechtsgrundlage", "Base legal"], 18, r => Text(r.legal_basis);
    ["Jurisdiction", "Rechtsraum", "Jurisdição"], 10, r => Text(r.jurisdiction);
    ["Keep until (UTC)", "Aufbewahren bis (UTC)", "Guardar até (UTC)"], 20, r => Utc(r.retention_until);
    ["Source batch", "Import-Stapel", "Lote de origem"], 18, r => Text(r.source_batch);
    ["Template", "Vorlage", "Modelo"], 18, r => Text(r.template);
    ["Note", "Notiz", "Observação"], 30, r => Text(r.note);
    ["Previous hash", "Hash davor", "Hash anterior"], 20, r => Text(r.prev_hash);
    ["Hash", "Hash", "Hash"], 20, r => Text(r.row_hash);
}

/// Yes and no, for a table that people read.
pub(crate) fn flag(yes: bool, language: Language) -> &'static str {
    if yes {
        language.pick(["yes", "ja", "sim"])
    } else {
        language.pick(["no", "nein", "não"])
    }
}
