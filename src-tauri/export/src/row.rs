//! One act of one person, as managers, lawyers and Meta ask for it.

/// Borrowed, so that a million of them need the room of one. Empty text and `None` are empty cells; times are UTC
/// milliseconds. It has no `Debug`: it is all about a person.
#[derive(Clone, Copy, Default)]
pub struct EventRow<'a> {
    pub device: &'a str,
    pub seq: i64,
    pub event_id: &'a str,
    /// `granted`, `confirmed`, `withdrawn` …
    pub event: &'a str,
    /// Ours; 0: nobody, as after an erasure.
    pub person_id: i64,
    /// With its plus.
    pub phone_e164: &'a str,
    /// As Meta spells it.
    pub wa_id: &'a str,
    pub bsuid: &'a str,
    pub username: &'a str,
    pub display_name: &'a str,
    pub business_name: &'a str,
    pub business_number: &'a str,
    pub channel: &'a str,
    pub purpose: &'a str,
    /// Word for word, as it was shown.
    pub scope_text: &'a str,
    pub wording_id: &'a str,
    pub wording_version: Option<i64>,
    pub wording_sha256: &'a str,
    pub language: &'a str,
    pub act_at: Option<i64>,
    pub recorded_at: Option<i64>,
    pub time_source: &'a str,
    pub staff: &'a str,
    /// Till, branch, place.
    pub place: &'a str,
    pub strength: &'a str,
    pub evidence_type: &'a str,
    pub evidence_sha256: &'a str,
    /// wamid or number of the form.
    pub evidence_ref: &'a str,
    /// Confirmed by a message of his own after somebody else had written it down.
    pub double_opt_in: bool,
    pub double_opt_in_wamid: &'a str,
    pub double_opt_in_at: Option<i64>,
    /// Of consents given on the web; Guichet records none, imports may bring them.
    pub ip: &'a str,
    pub withdrawn_at: Option<i64>,
    pub withdrawn_how: &'a str,
    pub last_used_at: Option<i64>,
    pub use_count: i64,
    pub legal_basis: &'a str,
    pub jurisdiction: &'a str,
    pub retention_until: Option<i64>,
    pub source_batch: &'a str,
    pub template: &'a str,
    pub note: &'a str,
    pub prev_hash: &'a str,
    pub row_hash: &'a str,
}
