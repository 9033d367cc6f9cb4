-- Times are Unix milliseconds, UTC. Empty text means "not known". Flags are 0 or 1.
-- Rows hold what facts said; whatever can be derived is derived, or cached in `thread` and rebuilt from here.

CREATE TABLE setting (
    key   TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

-- The business's own numbers.
CREATE TABLE number (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    phone_number_id TEXT NOT NULL UNIQUE,
    display         TEXT NOT NULL DEFAULT ''
) STRICT;

-- A customer is a group of persons known to be the same.
CREATE TABLE customer (
    id INTEGER PRIMARY KEY AUTOINCREMENT
) STRICT;

-- A person as one identifier shows him: key is `b:BSUID`, `w:WA_ID`, `w:WA_ID@RELEASED_AT` or `g:GROUP_ID`.
-- Rows that name somebody by number alone are *loose*: `loose_wa` is set, and who `person_id` is follows from
-- everything known about that number (`inbox::customer`), so later knowledge can move them.
CREATE TABLE person (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    key         TEXT NOT NULL UNIQUE,
    customer_id INTEGER NOT NULL REFERENCES customer (id)
) STRICT;
CREATE INDEX person_by_customer ON person (customer_id);

-- Identifiers seen together with a BSUID, and when. kind: parent_bsuid, wa_id, username.
CREATE TABLE identity (
    person_id INTEGER NOT NULL REFERENCES person (id),
    kind      TEXT NOT NULL,
    value     TEXT NOT NULL,
    first_at  INTEGER NOT NULL,
    last_at   INTEGER NOT NULL,
    PRIMARY KEY (person_id, kind, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX identity_by_value ON identity (kind, value, first_at);

-- What people are called and what staff noted of them. Latest wins per identifier. field: name, username,
-- book (the phone's address book, or the shop's own word), language, note, `label:NAME` ('1' or '').
CREATE TABLE profile (
    peer_key  TEXT NOT NULL,
    field     TEXT NOT NULL,
    person_id INTEGER NOT NULL REFERENCES person (id),
    loose_wa  TEXT NOT NULL DEFAULT '',
    value     TEXT NOT NULL,
    at        INTEGER NOT NULL,
    PRIMARY KEY (peer_key, field)
) STRICT, WITHOUT ROWID;
CREATE INDEX profile_by_person ON profile (person_id, field, at);
-- For labels and names. Of a note only the customer's own row is ever looked up.
CREATE INDEX profile_by_value ON profile (field, value COLLATE NOCASE) WHERE field <> 'note';
CREATE INDEX profile_loose ON profile (loose_wa) WHERE loose_wa <> '';
-- Who has a label: hardly anything else is called '1'.
CREATE INDEX profile_labelled ON profile (field COLLATE NOCASE, person_id) WHERE value = '1';

-- The same customer under a new number or BSUID.
CREATE TABLE identity_change (
    old_key TEXT NOT NULL,
    new_key TEXT NOT NULL,
    at      INTEGER NOT NULL,
    a       INTEGER NOT NULL REFERENCES person (id),
    b       INTEGER NOT NULL REFERENCES person (id),
    PRIMARY KEY (old_key, new_key, at)
) STRICT, WITHOUT ROWID;
CREATE INDEX identity_change_new ON identity_change (new_key);
CREATE INDEX identity_change_a ON identity_change (a);
CREATE INDEX identity_change_b ON identity_change (b);

-- The owner of this number left it at that time; whoever writes from it later may be somebody else.
CREATE TABLE number_release (
    wa_id TEXT NOT NULL,
    at    INTEGER NOT NULL,
    PRIMARY KEY (wa_id, at)
) STRICT, WITHOUT ROWID;

-- Cached per (business number, customer); every column can be rebuilt from the other tables (`inbox::gather`).
-- A row of the list is this row and nothing else.
CREATE TABLE thread (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    number_id       INTEGER NOT NULL REFERENCES number (id),
    customer_id     INTEGER NOT NULL REFERENCES customer (id),
    -- The last line shown; internal notes are none.
    last_at         INTEGER NOT NULL DEFAULT 0,
    last_message_id INTEGER NOT NULL DEFAULT 0,
    -- The newest live inbound message, whatever it opens; -1: none.
    newest_arrival  INTEGER NOT NULL DEFAULT -1,
    inbound_at      INTEGER NOT NULL DEFAULT -1,
    closed_at       INTEGER NOT NULL DEFAULT -1,
    -- When the window ends or ended, by Meta's word too; -1: there never was one.
    closes_at       INTEGER NOT NULL DEFAULT -1,
    -- It is our turn: nothing of ours stands behind the customer's words, or something of ours went wrong.
    waits           INTEGER NOT NULL DEFAULT 0,
    -- The oldest live inbound behind our last answer; -1: none.
    waiting_since   INTEGER NOT NULL DEFAULT -1,
    -- 0 open, 1 done, 2 asleep until `snoozed_until`. Only the last depends on the time.
    shelf           INTEGER NOT NULL DEFAULT 0,
    snoozed_until   INTEGER NOT NULL DEFAULT -1,
    pinned          INTEGER NOT NULL DEFAULT 0,
    assignee        TEXT NOT NULL DEFAULT '',
    -- JSON, by staff name: everything that had arrived by then was seen.
    seen            TEXT NOT NULL DEFAULT '{}',
    -- The first line of the words in the composer.
    draft           TEXT NOT NULL DEFAULT '',
    preview_text    TEXT NOT NULL DEFAULT '',
    preview_kind    TEXT NOT NULL DEFAULT '',
    preview_out     INTEGER NOT NULL DEFAULT 0,
    preview_state   TEXT NOT NULL DEFAULT '',
    name            TEXT NOT NULL DEFAULT '',
    phone           TEXT NOT NULL DEFAULT '',
    username        TEXT NOT NULL DEFAULT '',
    -- JSON list.
    labels          TEXT NOT NULL DEFAULT '[]',
    language        TEXT NOT NULL DEFAULT '',
    blocked         INTEGER NOT NULL DEFAULT 0,
    -- Every name, username, number and BSUID the customer may be looked for by, a line each.
    terms           TEXT NOT NULL DEFAULT '',
    -- In this order: a customer's threads are looked up without the number, too.
    UNIQUE (customer_id, number_id)
) STRICT;
-- Each order of the list, with what its sections and the business number are told by behind it.
CREATE INDEX thread_by_activity ON thread (pinned, shelf, last_at, id, closes_at, number_id) WHERE last_message_id > 0;
CREATE INDEX thread_by_closing ON thread (pinned, shelf, closes_at, id, waits, last_at, number_id) WHERE last_message_id > 0;
-- The search walks back through all of them.
CREATE INDEX thread_by_time ON thread (last_at, id) WHERE last_message_id > 0;
CREATE INDEX thread_assigned ON thread (assignee, shelf) WHERE assignee <> '';

-- The labels of `thread.labels`, to find threads by one.
CREATE TABLE thread_label (
    label     TEXT NOT NULL,
    thread_id INTEGER NOT NULL,
    PRIMARY KEY (label, thread_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX thread_label_of ON thread_label (thread_id);

-- Whoever of the staff has ever read anything, and the threads each of them has not read, by `thread.shelf`.
CREATE TABLE reader (
    staff TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;
CREATE TABLE unseen (
    staff     TEXT NOT NULL,
    shelf     INTEGER NOT NULL,
    thread_id INTEGER NOT NULL,
    PRIMARY KEY (staff, shelf, thread_id)
) STRICT, WITHOUT ROWID;

-- The search indexes hold texts as they are compared: `folded` is `store::search`'s.
CREATE VIEW thread_folded AS SELECT id, folded(terms) AS terms FROM thread;
CREATE VIRTUAL TABLE thread_fts USING fts5 (
    terms, content = 'thread_folded', content_rowid = 'id',
    tokenize = 'trigram case_sensitive 1', detail = none, columnsize = 0
);
CREATE TRIGGER thread_fts_insert AFTER INSERT ON thread WHEN new.terms <> '' BEGIN
    INSERT INTO thread_fts (rowid, terms) VALUES (new.id, folded(new.terms));
END;
CREATE TRIGGER thread_fts_update AFTER UPDATE OF terms ON thread WHEN old.terms <> new.terms BEGIN
    INSERT INTO thread_fts (thread_fts, rowid, terms) SELECT 'delete', old.id, folded(old.terms) WHERE old.terms <> '';
    INSERT INTO thread_fts (rowid, terms) SELECT new.id, folded(new.terms) WHERE new.terms <> '';
END;
CREATE TRIGGER thread_fts_delete AFTER DELETE ON thread WHEN old.terms <> '' BEGIN
    INSERT INTO thread_fts (thread_fts, rowid, terms) VALUES ('delete', old.id, folded(old.terms));
END;

-- The timeline: messages in and out, calls, and lines about what happened.
CREATE TABLE message (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    -- `m:WAMID`, `o:OUTBOX_ID`, `c:CALL_ID`, `n:NOTE_ID`, `x:…` (Meta closed the window)
    key         TEXT NOT NULL UNIQUE,
    thread_id   INTEGER NOT NULL REFERENCES thread (id),
    person_id   INTEGER NOT NULL REFERENCES person (id),
    number_id   INTEGER NOT NULL REFERENCES number (id),
    -- Set where the person was found by number alone, so that later knowledge can move it.
    loose_wa    TEXT NOT NULL DEFAULT '',
    wamid       TEXT NOT NULL DEFAULT '',
    outbox_id   TEXT NOT NULL DEFAULT '',
    -- 0 in, 1 out, 2 line, 3 internal note
    direction   INTEGER NOT NULL,
    -- 0 live, 1 history, 2 written on the shop's phone
    origin      INTEGER NOT NULL DEFAULT 0,
    at          INTEGER NOT NULL,
    -- Order of arrival: the relay's milliseconds times 1000, plus the place in the body.
    arrived     INTEGER NOT NULL,
    -- Meta's time of an inbound that opens the customer service window, clipped to arrival; -1 for all others.
    window_at   INTEGER NOT NULL DEFAULT -1,
    shown       INTEGER NOT NULL DEFAULT 1,
    -- When a message of ours failed, became doubtful or went back to the composer; -1: it stands.
    trouble_at  INTEGER NOT NULL DEFAULT -1,
    -- When Meta refused a message of ours because we block this customer on this number; -1: it did not.
    blocked_at  INTEGER NOT NULL DEFAULT -1,
    -- When Meta said of a message of ours that it cannot be delivered to this customer (131026); -1: it did not.
    undelivered_at INTEGER NOT NULL DEFAULT -1,
    kind        TEXT NOT NULL,
    -- It has a row in `template_use`; `kind` may be another once somebody edited it.
    is_template INTEGER NOT NULL DEFAULT 0,
    -- Words, for the bubble, the preview and the search.
    body        TEXT NOT NULL DEFAULT '',
    payload     TEXT NOT NULL DEFAULT '',
    quote_wamid TEXT NOT NULL DEFAULT '',
    -- JSON of `view::ReferralView`.
    referral    TEXT NOT NULL DEFAULT '',
    forwarded   INTEGER NOT NULL DEFAULT 0,
    -- Who of the staff wrote it: internal notes, and what was sent from here.
    staff       TEXT NOT NULL DEFAULT '',
    edited_at   INTEGER NOT NULL DEFAULT -1,
    revoked_at  INTEGER NOT NULL DEFAULT -1
) STRICT;
-- Not partial: whether a thread still holds anything, hidden or shown, is asked after every transaction.
CREATE INDEX message_in_thread ON message (thread_id, shown, at, arrived, id);
CREATE INDEX message_opening ON message (thread_id, window_at) WHERE window_at >= 0;
CREATE INDEX message_unread ON message (thread_id, arrived, at) WHERE direction = 0 AND origin = 0;
CREATE INDEX message_answer ON message (thread_id, arrived) WHERE direction = 1 AND origin <> 1 AND shown = 1 AND trouble_at < 0;
CREATE INDEX message_trouble ON message (thread_id, shown, trouble_at) WHERE trouble_at >= 0;
CREATE INDEX message_blocked ON message (thread_id, blocked_at) WHERE blocked_at >= 0;
CREATE INDEX message_undelivered ON message (thread_id, undelivered_at) WHERE undelivered_at >= 0;
CREATE INDEX message_closing ON message (thread_id, at) WHERE kind = 'window_closed';
CREATE UNIQUE INDEX message_by_wamid ON message (wamid) WHERE wamid <> '';
CREATE UNIQUE INDEX message_by_outbox ON message (outbox_id) WHERE outbox_id <> '';
CREATE INDEX message_loose ON message (loose_wa) WHERE loose_wa <> '';
CREATE INDEX message_by_person ON message (person_id, number_id, direction, at);
CREATE INDEX message_by_kind ON message (kind) WHERE kind <> 'text';
-- Messages with an address on the web in them: `holds_link` is `store::search`'s.
CREATE INDEX message_link ON message (id) WHERE holds_link(body);
CREATE INDEX message_template ON message (thread_id, at) WHERE is_template = 1;
CREATE INDEX message_imported ON message (origin) WHERE origin = 1;

-- Which messages hold which three characters: `store::search` asks it, and checks what it proposes.
CREATE VIEW message_folded AS SELECT id, folded(body) AS body FROM message;
CREATE VIRTUAL TABLE message_fts USING fts5 (
    body, content = 'message_folded', content_rowid = 'id',
    tokenize = 'trigram case_sensitive 1', detail = none, columnsize = 0
);
CREATE TRIGGER message_fts_insert AFTER INSERT ON message WHEN new.body <> '' BEGIN
    INSERT INTO message_fts (rowid, body) VALUES (new.id, folded(new.body));
END;
CREATE TRIGGER message_fts_update AFTER UPDATE OF body ON message WHEN old.body <> new.body BEGIN
    INSERT INTO message_fts (message_fts, rowid, body) SELECT 'delete', old.id, folded(old.body) WHERE old.body <> '';
    INSERT INTO message_fts (rowid, body) SELECT new.id, folded(new.body) WHERE new.body <> '';
END;
CREATE TRIGGER message_fts_delete AFTER DELETE ON message WHEN old.body <> '' BEGIN
    INSERT INTO message_fts (message_fts, rowid, body) VALUES ('delete', old.id, folded(old.body));
END;

-- Edits and revocations, also of messages not seen yet.
CREATE TABLE amendment (
    wamid      TEXT NOT NULL PRIMARY KEY,
    edit_at    INTEGER NOT NULL DEFAULT -1,
    body       TEXT NOT NULL DEFAULT '',
    payload    TEXT NOT NULL DEFAULT '',
    kind       TEXT NOT NULL DEFAULT '',
    revoked_at INTEGER NOT NULL DEFAULT -1
) STRICT;

-- actor: a person's key, or `us`. An empty emoji is a reaction taken back.
CREATE TABLE reaction (
    wamid TEXT NOT NULL,
    actor TEXT NOT NULL,
    emoji TEXT NOT NULL,
    at    INTEGER NOT NULL,
    PRIMARY KEY (wamid, actor)
) STRICT, WITHOUT ROWID;

-- What status webhooks said of a wamid, also of one not seen yet. -1: not said.
CREATE TABLE delivery (
    wamid          TEXT NOT NULL PRIMARY KEY,
    outbox_id      TEXT NOT NULL DEFAULT '',
    sent_at        INTEGER NOT NULL DEFAULT -1,
    delivered_at   INTEGER NOT NULL DEFAULT -1,
    read_at        INTEGER NOT NULL DEFAULT -1,
    played_at      INTEGER NOT NULL DEFAULT -1,
    failed_at      INTEGER NOT NULL DEFAULT -1,
    failed_code    INTEGER NOT NULL DEFAULT 0,
    failed_title   TEXT NOT NULL DEFAULT '',
    failed_details TEXT NOT NULL DEFAULT '',
    price_category TEXT NOT NULL DEFAULT '',
    price_type     TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX delivery_by_outbox ON delivery (outbox_id) WHERE outbox_id <> '';
-- Refused for spam, or withheld from somebody: few, and asked for by time.
CREATE INDEX delivery_held_back ON delivery (failed_code, failed_at) WHERE failed_code IN (131048, 131049);

-- Persisted before any HTTP. `state` and `wake_at` follow from the other columns, `attempt` and `delivery`.
CREATE TABLE outbox (
    id           TEXT NOT NULL PRIMARY KEY,
    number_id    INTEGER NOT NULL REFERENCES number (id),
    peer         TEXT NOT NULL,
    content      TEXT NOT NULL,
    body         TEXT NOT NULL DEFAULT '',
    reply_wamid  TEXT NOT NULL DEFAULT '',
    staff        TEXT NOT NULL DEFAULT '',
    queued_at    INTEGER NOT NULL,
    leaves_at    INTEGER NOT NULL,
    -- Of the file that goes with it, hex of SHA-256; empty: there is none.
    digest       TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE outbox_state (
    outbox_id   TEXT NOT NULL PRIMARY KEY,
    state       TEXT NOT NULL DEFAULT 'unknown',
    wake_at     INTEGER NOT NULL DEFAULT -1,
    returned_at INTEGER NOT NULL DEFAULT -1,
    left_at     INTEGER NOT NULL DEFAULT -1,
    wamid       TEXT NOT NULL DEFAULT '',
    code        INTEGER NOT NULL DEFAULT 0,
    details     TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX outbox_due ON outbox_state (state, wake_at);

-- outcome: '', accepted, held, refused, later, not_sent, doubtful.
CREATE TABLE attempt (
    outbox_id  TEXT NOT NULL,
    n          INTEGER NOT NULL,
    started_at INTEGER NOT NULL DEFAULT -1,
    ended_at   INTEGER NOT NULL DEFAULT -1,
    outcome    TEXT NOT NULL DEFAULT '',
    rank       INTEGER NOT NULL DEFAULT 0,
    wamid      TEXT NOT NULL DEFAULT '',
    code       INTEGER NOT NULL DEFAULT 0,
    title      TEXT NOT NULL DEFAULT '',
    details    TEXT NOT NULL DEFAULT '',
    retry_at   INTEGER NOT NULL DEFAULT -1,
    PRIMARY KEY (outbox_id, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX attempt_held_back ON attempt (code, ended_at) WHERE code IN (131048, 131049);

CREATE TABLE draft (
    number_id INTEGER NOT NULL REFERENCES number (id),
    peer_key  TEXT NOT NULL,
    -- Empty: the words in the composer. `LANGUAGE NAME` of a template: what is filled into it, JSON by slot key.
    form      TEXT NOT NULL DEFAULT '',
    person_id INTEGER NOT NULL REFERENCES person (id),
    loose_wa  TEXT NOT NULL DEFAULT '',
    text      TEXT NOT NULL,
    at        INTEGER NOT NULL,
    PRIMARY KEY (number_id, peer_key, form)
) STRICT, WITHOUT ROWID;
CREATE INDEX draft_by_person ON draft (person_id, number_id, form, at);
CREATE INDEX draft_filled ON draft (text) WHERE form <> '' AND text <> '';
CREATE INDEX draft_loose ON draft (loose_wa) WHERE loose_wa <> '';

-- What staff did with a thread; the latest word wins. field: `stage` ('' open, `done:ARRIVED`,
-- `snooze:UNTIL:ARRIVED`, with the newest arrival there was), `pin` ('1' or ''), `assignee` (a name or ''),
-- `blocked` ('1' or '': as Meta confirmed it for this business number),
-- `seen:STAFF` (everything that had arrived by then, in 19 digits so that text sorts as the number).
CREATE TABLE mark (
    number_id INTEGER NOT NULL REFERENCES number (id),
    peer_key  TEXT NOT NULL,
    field     TEXT NOT NULL,
    person_id INTEGER NOT NULL REFERENCES person (id),
    loose_wa  TEXT NOT NULL DEFAULT '',
    value     TEXT NOT NULL,
    at        INTEGER NOT NULL,
    PRIMARY KEY (number_id, peer_key, field)
) STRICT, WITHOUT ROWID;
CREATE INDEX mark_by_person ON mark (person_id, number_id, field, at);
CREATE INDEX mark_loose ON mark (loose_wa) WHERE loose_wa <> '';

-- Two identifiers that staff said are one customer; the latest word (`at`) says whether that still holds.
CREATE TABLE merge (
    id     TEXT NOT NULL PRIMARY KEY,
    a_key  TEXT NOT NULL,
    b_key  TEXT NOT NULL,
    a      INTEGER NOT NULL REFERENCES person (id),
    b      INTEGER NOT NULL REFERENCES person (id),
    made_at INTEGER NOT NULL,
    undone INTEGER NOT NULL,
    at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX merge_a ON merge (a);
CREATE INDEX merge_b ON merge (b);
CREATE INDEX merge_a_key ON merge (a_key);
CREATE INDEX merge_b_key ON merge (b_key);

-- An empty text takes it away.
CREATE TABLE quick_reply (
    id       TEXT NOT NULL PRIMARY KEY,
    shortcut TEXT NOT NULL,
    text     TEXT NOT NULL,
    at       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Files of our own: beside a draft while `outbox_id` is empty, then on their way. Of this machine only.
CREATE TABLE attachment (
    id          TEXT NOT NULL PRIMARY KEY,
    number_id   INTEGER NOT NULL REFERENCES number (id),
    -- JSON of whom it is for, as he was known when it was put there.
    peer        TEXT NOT NULL,
    outbox_id   TEXT NOT NULL DEFAULT '',
    -- For a slot of a template, and never beside the draft.
    for_slot    INTEGER NOT NULL DEFAULT 0,
    -- The batch that keeps it until it is over. Nobody's otherwise: what goes out takes copies.
    batch_id    TEXT NOT NULL DEFAULT '',
    -- Copies share them.
    bytes_id    TEXT NOT NULL,
    kind        TEXT NOT NULL,
    filename    TEXT NOT NULL,
    mime_type   TEXT NOT NULL,
    size        INTEGER NOT NULL,
    put_at      INTEGER NOT NULL,
    -- The files beside a draft are sent in this order; as long as nobody moves one, that is `put_at`.
    place       INTEGER NOT NULL,
    -- As a picture or a video is shown; 0 where that is not known.
    width       INTEGER NOT NULL DEFAULT 0,
    height      INTEGER NOT NULL DEFAULT 0,
    -- Meta's id once it is uploaded; good for 30 days.
    media_id    TEXT NOT NULL DEFAULT '',
    uploaded_at INTEGER NOT NULL DEFAULT -1
) STRICT;
CREATE INDEX attachment_beside ON attachment (number_id, place) WHERE outbox_id = '' AND for_slot = 0;
CREATE INDEX attachment_left_over ON attachment (put_at) WHERE outbox_id = '' AND for_slot = 1 AND batch_id = '';
CREATE INDEX attachment_of_batch ON attachment (batch_id) WHERE batch_id <> '';
CREATE INDEX attachment_by_outbox ON attachment (outbox_id) WHERE outbox_id <> '';
CREATE INDEX attachment_sharing ON attachment (bytes_id);
CREATE TABLE attachment_bytes (
    id     TEXT NOT NULL PRIMARY KEY,
    bytes  BLOB NOT NULL,
    -- Hex of SHA-256.
    sha256 TEXT NOT NULL DEFAULT ''
) STRICT;

-- state: wanted, stored, gone, refused.
CREATE TABLE media (
    wamid     TEXT NOT NULL PRIMARY KEY,
    media_id  TEXT NOT NULL DEFAULT '',
    mime_type TEXT NOT NULL DEFAULT '',
    sha256    TEXT NOT NULL DEFAULT '',
    state     TEXT NOT NULL DEFAULT 'wanted',
    tries     INTEGER NOT NULL DEFAULT 0,
    next_at   INTEGER NOT NULL DEFAULT 0,
    size      INTEGER NOT NULL DEFAULT 0,
    -- As a picture or a video is shown; 0 where that is not known.
    width     INTEGER NOT NULL DEFAULT 0,
    height    INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX media_wanted ON media (next_at) WHERE state = 'wanted';
CREATE TABLE media_bytes (
    wamid TEXT NOT NULL PRIMARY KEY,
    bytes BLOB NOT NULL
) STRICT;

CREATE TABLE template (
    waba_id       TEXT NOT NULL,
    name          TEXT NOT NULL,
    language      TEXT NOT NULL,
    template_id   TEXT NOT NULL DEFAULT '',
    status        TEXT NOT NULL DEFAULT '',
    status_at     INTEGER NOT NULL DEFAULT -1,
    quality       TEXT NOT NULL DEFAULT '',
    quality_at    INTEGER NOT NULL DEFAULT -1,
    category      TEXT NOT NULL DEFAULT '',
    category_at   INTEGER NOT NULL DEFAULT -1,
    components    TEXT NOT NULL DEFAULT '',
    format        TEXT NOT NULL DEFAULT '',
    -- Why it was rejected, and where it will be moved, as the list says.
    rejected_for  TEXT NOT NULL DEFAULT '',
    moves_to      TEXT NOT NULL DEFAULT '',
    components_at INTEGER NOT NULL DEFAULT -1,
    -- First and last time anybody named it.
    first_at      INTEGER NOT NULL DEFAULT -1,
    seen_at       INTEGER NOT NULL DEFAULT -1,
    PRIMARY KEY (waba_id, name, language)
) STRICT, WITHOUT ROWID;
-- When Meta last gave us the whole list, how many were in it, and how many Meta said there are.
CREATE TABLE template_list (
    waba_id TEXT NOT NULL PRIMARY KEY,
    at      INTEGER NOT NULL,
    loaded  INTEGER NOT NULL DEFAULT 0,
    total   INTEGER NOT NULL DEFAULT 0
) STRICT;

-- What else was said of a template; the latest word wins. field: `favourite` ('1' or ''), `checked` ('1': staff
-- said it is still right), and from webhooks `rejection` (JSON), `paused_until` (milliseconds), `moves` (JSON). Of the
-- whole account, under an empty name: `restricted` and `limit`.
CREATE TABLE template_word (
    waba_id  TEXT NOT NULL,
    name     TEXT NOT NULL,
    language TEXT NOT NULL,
    field    TEXT NOT NULL,
    value    TEXT NOT NULL,
    at       INTEGER NOT NULL,
    PRIMARY KEY (waba_id, name, language, field)
) STRICT, WITHOUT ROWID;

-- Each send of a template from the outbox, and what came of it; follows from `outbox_state` and `message`.
-- stage: -1 failed, 0 neither, 1 sent, 2 delivered, 3 read.
CREATE TABLE template_use (
    outbox_id TEXT NOT NULL PRIMARY KEY,
    name      TEXT NOT NULL,
    language  TEXT NOT NULL,
    at        INTEGER NOT NULL,
    stage     INTEGER NOT NULL DEFAULT 0,
    -- The customer wrote within 24 hours.
    answered  INTEGER NOT NULL DEFAULT 0,
    -- He had not written in the 24 hours before: it counts towards the account's messaging limit.
    outside   INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX template_use_last ON template_use (name, language, at) WHERE stage > 0;
CREATE INDEX template_use_outside ON template_use (at) WHERE outside = 1 AND stage > 0;
-- The same added up by day (UTC), so that figures cost no look at every send.
CREATE TABLE template_figure (
    day       INTEGER NOT NULL,
    name      TEXT NOT NULL,
    language  TEXT NOT NULL,
    sent      INTEGER NOT NULL,
    delivered INTEGER NOT NULL,
    read      INTEGER NOT NULL,
    answered  INTEGER NOT NULL,
    failed    INTEGER NOT NULL,
    PRIMARY KEY (day, name, language)
) STRICT, WITHOUT ROWID;

-- Edits of approved templates that Meta took from here: it allows few of them.
CREATE TABLE template_edit (
    waba_id     TEXT NOT NULL,
    template_id TEXT NOT NULL,
    at          INTEGER NOT NULL,
    PRIMARY KEY (waba_id, template_id, at)
) STRICT, WITHOUT ROWID;

-- Templates being written: JSON of `view::TemplateDraft`; an empty one was handed in or thrown away.
CREATE TABLE template_draft (
    id   TEXT NOT NULL PRIMARY KEY,
    json TEXT NOT NULL,
    at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- Sample files of drafts. Of this machine only.
CREATE TABLE draft_file (
    id        TEXT NOT NULL PRIMARY KEY,
    draft_id  TEXT NOT NULL,
    filename  TEXT NOT NULL,
    mime_type TEXT NOT NULL,
    put_at    INTEGER NOT NULL,
    bytes     BLOB NOT NULL
) STRICT;
CREATE INDEX draft_file_of ON draft_file (draft_id);

-- A template to many. What became of each of them stands in the outbox, under `batch-ID-N`.
CREATE TABLE batch (
    id         TEXT NOT NULL PRIMARY KEY,
    -- The machine it was made on, which alone sends it.
    device     TEXT NOT NULL,
    number_id  INTEGER NOT NULL REFERENCES number (id),
    name       TEXT NOT NULL,
    template   TEXT NOT NULL,
    language   TEXT NOT NULL,
    -- JSON of a list of `view::SlotValue`, and of `view::Segment`.
    filled     TEXT NOT NULL,
    segment    TEXT NOT NULL,
    staff      TEXT NOT NULL,
    -- Who looked whether what it says is true; empty: it says nothing of that kind.
    checked_by TEXT NOT NULL,
    at         INTEGER NOT NULL,
    -- Who is to get it, and who is not.
    going      INTEGER NOT NULL,
    skipped    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX batch_by_time ON batch (at, id);
-- Everybody of its segment, in the order of sending. Who that is by now follows from `peer`, as it was known then; empty:
-- erased.
CREATE TABLE batch_person (
    batch_id TEXT NOT NULL,
    n        INTEGER NOT NULL,
    peer     TEXT NOT NULL,
    -- A `view::SkipReason`; empty: is to get it.
    skipped  TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (batch_id, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX batch_skipped ON batch_person (batch_id, skipped) WHERE skipped <> '';
-- Those passed over while it was on its way; the earliest word stays.
CREATE TABLE batch_skip (
    batch_id TEXT NOT NULL,
    n        INTEGER NOT NULL,
    why      TEXT NOT NULL,
    at       INTEGER NOT NULL,
    PRIMARY KEY (batch_id, n)
) STRICT, WITHOUT ROWID;
-- running, paused, stopped or done, and why; the latest word wins.
CREATE TABLE batch_word (
    batch_id TEXT NOT NULL PRIMARY KEY,
    word     TEXT NOT NULL,
    -- A `view::BatchHalt`; empty: none.
    halt     TEXT NOT NULL,
    -- How Meta rated the template then.
    quality  TEXT NOT NULL,
    at       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What a customer told WhatsApp he wants of us.
CREATE TABLE preference (
    peer_key  TEXT NOT NULL,
    category  TEXT NOT NULL,
    person_id INTEGER NOT NULL REFERENCES person (id),
    loose_wa  TEXT NOT NULL DEFAULT '',
    value     TEXT NOT NULL,
    at        INTEGER NOT NULL,
    PRIMARY KEY (peer_key, category)
) STRICT, WITHOUT ROWID;
CREATE INDEX preference_by_person ON preference (person_id, category, at);
CREATE INDEX preference_loose ON preference (loose_wa) WHERE loose_wa <> '';

-- News about account, number and app: banners, holds, the record after a ban.
CREATE TABLE notice (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    key     TEXT NOT NULL UNIQUE,
    waba_id TEXT NOT NULL,
    kind    TEXT NOT NULL,
    event   TEXT NOT NULL,
    detail  TEXT NOT NULL,
    at      INTEGER NOT NULL
) STRICT;
CREATE INDEX notice_by_time ON notice (at, id);

-- All sending stands still between set_at and lifted_at.
CREATE TABLE hold (
    scope     TEXT NOT NULL PRIMARY KEY,
    code      INTEGER NOT NULL DEFAULT 0,
    set_at    INTEGER NOT NULL DEFAULT -1,
    lifted_at INTEGER NOT NULL DEFAULT -1
) STRICT;

-- Bodies as Meta signed them, kept 90 days.
CREATE TABLE raw_webhook (
    sha256      BLOB NOT NULL PRIMARY KEY,
    received_at INTEGER NOT NULL,
    body        BLOB NOT NULL
) STRICT;
CREATE INDEX raw_by_age ON raw_webhook (received_at);

-- The consent ledger (`inbox::ledger`): a chain per device, one entry per act and purpose. Both JSON texts are kept as
-- they were hashed, byte for byte. Nothing here is ever changed; only what an erasure names may go from `ledger_personal`.
CREATE TABLE ledger_entry (
    device     TEXT NOT NULL,
    seq        INTEGER NOT NULL,
    hash       BLOB NOT NULL,
    prev       BLOB NOT NULL,
    commitment BLOB NOT NULL,
    public     TEXT NOT NULL,
    PRIMARY KEY (device, seq, hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX ledger_entry_by_hash ON ledger_entry (hash);
-- Which entries were erased by which; the second may be known before the first.
CREATE TABLE ledger_erased (
    hash BLOB NOT NULL,
    by   BLOB NOT NULL,
    at   INTEGER NOT NULL,
    PRIMARY KEY (hash, by)
) STRICT, WITHOUT ROWID;
-- In the order of the chain, too: it is walked from end to end.
CREATE TABLE ledger_personal (
    device   TEXT NOT NULL,
    seq      INTEGER NOT NULL,
    hash     BLOB NOT NULL,
    salt     BLOB NOT NULL,
    personal TEXT NOT NULL,
    PRIMARY KEY (device, seq, hash)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER ledger_entry_stays BEFORE UPDATE ON ledger_entry BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only');
END;
CREATE TRIGGER ledger_entry_is_kept BEFORE DELETE ON ledger_entry BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only');
END;
-- Else INSERT OR REPLACE would delete without the trigger above.
CREATE TRIGGER ledger_entry_is_first BEFORE INSERT ON ledger_entry
    WHEN EXISTS (SELECT 1 FROM ledger_entry WHERE device = new.device AND seq = new.seq AND hash = new.hash) BEGIN
    SELECT RAISE(IGNORE);
END;
CREATE TRIGGER ledger_erased_stays BEFORE UPDATE ON ledger_erased BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only');
END;
CREATE TRIGGER ledger_erased_is_kept BEFORE DELETE ON ledger_erased BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only');
END;
CREATE TRIGGER ledger_erased_is_first BEFORE INSERT ON ledger_erased
    WHEN EXISTS (SELECT 1 FROM ledger_erased WHERE hash = new.hash AND by = new.by) BEGIN
    SELECT RAISE(IGNORE);
END;
CREATE TRIGGER ledger_personal_stays BEFORE UPDATE ON ledger_personal BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only');
END;
CREATE TRIGGER ledger_personal_is_kept BEFORE DELETE ON ledger_personal
    WHEN NOT EXISTS (SELECT 1 FROM ledger_erased WHERE hash = old.hash) BEGIN
    SELECT RAISE(ABORT, 'only what an erasure names goes from the ledger');
END;
CREATE TRIGGER ledger_personal_is_first BEFORE INSERT ON ledger_personal
    WHEN EXISTS (SELECT 1 FROM ledger_personal WHERE device = new.device AND seq = new.seq AND hash = new.hash)
      OR EXISTS (SELECT 1 FROM ledger_erased WHERE hash = new.hash) BEGIN
    SELECT RAISE(IGNORE);
END;

-- What the entries say of whom, as far as it is not erased; follows from them. Rows may be loose, as others are.
CREATE TABLE consent_act (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    hash            BLOB NOT NULL UNIQUE,
    device          TEXT NOT NULL,
    seq             INTEGER NOT NULL,
    act_id          TEXT NOT NULL,
    person_id       INTEGER NOT NULL REFERENCES person (id),
    peer_key        TEXT NOT NULL,
    loose_wa        TEXT NOT NULL DEFAULT '',
    event           TEXT NOT NULL,
    -- A template was sent on it: by far the most.
    is_use          INTEGER NOT NULL DEFAULT 0,
    purpose         TEXT NOT NULL,
    at              INTEGER NOT NULL,
    recorded_at     INTEGER NOT NULL,
    channel         TEXT NOT NULL DEFAULT '',
    -- 0 none, 1 weak, 2 good, 3 strong
    strength        INTEGER NOT NULL DEFAULT 0,
    wording_id      TEXT NOT NULL DEFAULT '',
    wording_version INTEGER NOT NULL DEFAULT 0,
    -- What is wrong with the words it rests on: '', wording, business, messages.
    flaw            TEXT NOT NULL DEFAULT '',
    -- Hash of the entry it is about; empty: of none.
    refers_to       BLOB NOT NULL DEFAULT x'',
    -- -1: not said
    minor           INTEGER NOT NULL DEFAULT -1,
    guardian        INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX consent_act_of ON consent_act (person_id, is_use, purpose, at);
CREATE INDEX consent_act_by_act ON consent_act (act_id, purpose);
CREATE INDEX consent_act_loose ON consent_act (loose_wa) WHERE loose_wa <> '';
CREATE INDEX consent_act_by_wording ON consent_act (wording_id, wording_version) WHERE wording_id <> '';

-- Where each customer stands, cached; rebuilt from `consent_act` and `suppression` (`inbox::consent`).
-- purpose `all` is there only while he wants nothing at all.
CREATE TABLE consent (
    customer_id     INTEGER NOT NULL,
    purpose         TEXT NOT NULL,
    -- none, asked, claimed, in, paused, out
    state           TEXT NOT NULL,
    usable          INTEGER NOT NULL DEFAULT 0,
    why_not         TEXT NOT NULL DEFAULT '',
    since           INTEGER NOT NULL DEFAULT -1,
    strength        INTEGER NOT NULL DEFAULT 0,
    channel         TEXT NOT NULL DEFAULT '',
    wording_id      TEXT NOT NULL DEFAULT '',
    wording_version INTEGER NOT NULL DEFAULT 0,
    -- The act that decides; empty for what a suppression says.
    hash            BLOB NOT NULL DEFAULT x'',
    last_used_at    INTEGER NOT NULL DEFAULT -1,
    uses            INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (customer_id, purpose)
) STRICT, WITHOUT ROWID;
CREATE INDEX consent_by_time ON consent (since, customer_id, purpose);
CREATE INDEX consent_by_purpose ON consent (purpose, state, usable, since, customer_id);
CREATE INDEX consent_by_state ON consent (state, since, customer_id, purpose);
-- What somebody should look at, and what may grow old.
CREATE INDEX consent_unclear ON consent (since, customer_id, purpose)
    WHERE state IN ('asked', 'claimed') OR (state = 'in' AND usable = 0);
CREATE INDEX consent_usable ON consent (since, customer_id, purpose, last_used_at) WHERE state = 'in' AND usable = 1;
-- What everybody with a row there is called and looked for by, as in `thread`: many have no thread.
CREATE TABLE consent_person (
    customer_id INTEGER NOT NULL PRIMARY KEY,
    name        TEXT NOT NULL DEFAULT '',
    phone       TEXT NOT NULL DEFAULT '',
    username    TEXT NOT NULL DEFAULT '',
    language    TEXT NOT NULL DEFAULT '',
    terms       TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE VIEW consent_person_folded AS SELECT customer_id AS id, folded(terms) AS terms FROM consent_person;
CREATE VIRTUAL TABLE consent_person_fts USING fts5 (
    terms, content = 'consent_person_folded', content_rowid = 'id',
    tokenize = 'trigram case_sensitive 1', detail = none, columnsize = 0
);
CREATE TRIGGER consent_person_fts_insert AFTER INSERT ON consent_person WHEN new.terms <> '' BEGIN
    INSERT INTO consent_person_fts (rowid, terms) VALUES (new.customer_id, folded(new.terms));
END;
CREATE TRIGGER consent_person_fts_update AFTER UPDATE OF terms ON consent_person WHEN old.terms <> new.terms BEGIN
    INSERT INTO consent_person_fts (consent_person_fts, rowid, terms)
        SELECT 'delete', old.customer_id, folded(old.terms) WHERE old.terms <> '';
    INSERT INTO consent_person_fts (rowid, terms) SELECT new.customer_id, folded(new.terms) WHERE new.terms <> '';
END;
CREATE TRIGGER consent_person_fts_delete AFTER DELETE ON consent_person WHEN old.terms <> '' BEGIN
    INSERT INTO consent_person_fts (consent_person_fts, rowid, terms) VALUES ('delete', old.customer_id, folded(old.terms));
END;
-- A message that may be an opt-out and nobody has said yet whether it is.
CREATE TABLE consent_question (
    customer_id INTEGER NOT NULL PRIMARY KEY,
    hash        BLOB NOT NULL,
    scope       TEXT NOT NULL,
    at          INTEGER NOT NULL
) STRICT;

-- Signatures, photos, scans. kind: signature, photo, scan.
CREATE TABLE evidence (
    -- Hex of the bytes' digest.
    sha256    TEXT NOT NULL PRIMARY KEY,
    mime_type TEXT NOT NULL,
    kind      TEXT NOT NULL,
    filename  TEXT NOT NULL DEFAULT '',
    size      INTEGER NOT NULL,
    put_at    INTEGER NOT NULL,
    bytes     BLOB NOT NULL
) STRICT;
-- Which entries name which of them; follows from the entries, as `consent_act` does.
CREATE TABLE evidence_use (
    hash   BLOB NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (hash, sha256)
) STRICT, WITHOUT ROWID;
CREATE INDEX evidence_use_of ON evidence_use (sha256);

-- Who must not be written to although nothing else is known of them any more: HMAC of an identifier under a key of this
-- store's own. kind: wa_id, bsuid. scope: a purpose or `all`.
CREATE TABLE suppression (
    kind   TEXT NOT NULL,
    hash   BLOB NOT NULL,
    scope  TEXT NOT NULL,
    since  INTEGER NOT NULL,
    -- erasure, stop (the ledger could not be written to)
    source TEXT NOT NULL,
    PRIMARY KEY (kind, hash, scope)
) STRICT, WITHOUT ROWID;

-- What was erased, under the same key: what happened up to then stays away, however late it arrives.
-- kind: wa_id, bsuid, wamid, outbox, verdict.
CREATE TABLE erased (
    kind TEXT NOT NULL,
    hash BLOB NOT NULL,
    at   INTEGER NOT NULL,
    PRIMARY KEY (kind, hash)
) STRICT, WITHOUT ROWID;

-- What people agree to; a version is never changed, only retired.
CREATE TABLE wording (
    id         TEXT NOT NULL,
    version    INTEGER NOT NULL,
    purpose    TEXT NOT NULL,
    language   TEXT NOT NULL,
    -- With {{business}} in it.
    text       TEXT NOT NULL,
    since      INTEGER NOT NULL,
    retired_at INTEGER NOT NULL DEFAULT -1,
    -- Comes with Guichet.
    supplied   INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (id, version)
) STRICT, WITHOUT ROWID;
-- Purposes of the shop's own, `own:…`; one without a label is gone.
CREATE TABLE purpose (
    key         TEXT NOT NULL PRIMARY KEY,
    label       TEXT NOT NULL,
    advertising INTEGER NOT NULL DEFAULT 0,
    at          INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Codes customers scan and send. state: waiting, confirmed, cancelled, standing (on a sheet). Of this machine only.
CREATE TABLE consent_code (
    code         TEXT NOT NULL PRIMARY KEY,
    -- JSON of `view::CounterEntry`.
    entry        TEXT NOT NULL,
    staff        TEXT NOT NULL DEFAULT '',
    made_at      INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL,
    state        TEXT NOT NULL DEFAULT 'waiting',
    confirmed_at INTEGER NOT NULL DEFAULT -1,
    -- The message that carried it.
    wamid        TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

-- What the guard said before a send, where it said anything, and to whom it would have gone. Never changed.
CREATE TABLE verdict (
    -- In the order in which this machine learnt of them.
    n         INTEGER PRIMARY KEY AUTOINCREMENT,
    id        TEXT NOT NULL UNIQUE,
    -- 0, -1 and empty: it is about a whole batch.
    number_id INTEGER NOT NULL DEFAULT 0,
    person_id INTEGER NOT NULL DEFAULT -1,
    peer_key  TEXT NOT NULL DEFAULT '',
    loose_wa  TEXT NOT NULL DEFAULT '',
    at        INTEGER NOT NULL,
    staff     TEXT NOT NULL,
    -- warn, block
    level     TEXT NOT NULL,
    -- JSON of `view::GuardReason`s, heaviest first.
    reasons   TEXT NOT NULL,
    -- What it was about, one value per crowd or state; and how many people were in it.
    episode   INTEGER NOT NULL,
    reached   INTEGER NOT NULL,
    people    INTEGER NOT NULL,
    weight    REAL NOT NULL,
    threshold REAL NOT NULL,
    -- Of what was to be sent, hex of SHA-256.
    digest    TEXT NOT NULL,
    -- Staff was asked; otherwise a line stood above the composer and it was sent, as `outbox_id`.
    dialog    INTEGER NOT NULL,
    outbox_id TEXT NOT NULL DEFAULT '',
    batch_id  TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX verdict_by_time ON verdict (at, id);
CREATE INDEX verdict_by_person ON verdict (person_id, at);
CREATE INDEX verdict_by_episode ON verdict (episode, at) WHERE dialog = 1;
CREATE INDEX verdict_loose ON verdict (loose_wa) WHERE loose_wa <> '';
-- Sent all the same. reason: asked, order, emergency, other.
CREATE TABLE verdict_override (
    verdict_id TEXT NOT NULL PRIMARY KEY,
    outbox_id  TEXT NOT NULL,
    reason     TEXT NOT NULL,
    text       TEXT NOT NULL,
    at         INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What became of messages of ours that the guard has to hear of; follows from `attempt`, `delivery`, `outbox_state`.
-- code: Meta's (131048, 131049, 131050), or 0: it was taken back. message_id 0: of a message that is not here.
CREATE TABLE guard_news (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    number_id  INTEGER NOT NULL,
    message_id INTEGER NOT NULL,
    code       INTEGER NOT NULL,
    at         INTEGER NOT NULL,
    UNIQUE (message_id, number_id, code, at)
) STRICT;
