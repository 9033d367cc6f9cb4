//! Lists over where customers stand: narrowed, counted, and paged by key, the latest act first.

use crate::{
    consent::StateRow,
    error::Result,
    search::{Words, consent_people},
};
use rusqlite::{Connection, OptionalExtension, ToSql, params, params_from_iter};

/// Which rows somebody wants to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum List {
    #[default]
    All,
    /// Offers may be sent to them today.
    OffersToday,
    /// They are out, of something or of everything.
    NeverContact,
    /// Asked, claimed, in but of no use, or not used since `Wanted::aged_before`.
    Unconfirmed,
}

/// What a list is narrowed to; what is empty narrows nothing.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    pub list: List,
    pub words: Words,
    pub purpose: String,
    pub states: Vec<String>,
    pub channel: String,
    pub wording_id: String,
    pub wording_version: Option<i64>,
    pub strengths: Vec<i64>,
    /// Decided from … to (exclusive).
    pub from: Option<i64>,
    pub to: Option<i64>,
    /// In, and neither given nor used since `aged_before`.
    pub unused: bool,
    /// Last used or stopped before this, with evidence that is still here.
    pub due_before: Option<i64>,
    /// A consent given or used last before this has grown old.
    pub aged_before: i64,
}

/// A person and purpose.
#[derive(Clone, PartialEq, Eq)]
pub struct ListRow {
    pub customer_id: i64,
    pub name: String,
    pub phone: String,
    pub username: String,
    pub language: String,
    pub state: StateRow,
    pub out_of_all: bool,
}

/// Where a page ends: `since`, customer, purpose, each downwards.
pub type Place = (i64, i64, String);

/// Who is in each list, and how many rows of it are in which state.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    pub offers_today: i64,
    pub never_contact: i64,
    pub unconfirmed: i64,
    pub all: i64,
    pub states: Vec<(String, i64)>,
}

/// As it stands for `Wanted::list`: an index and what it is told by.
struct Part {
    index: &'static str,
    fits: String,
}

/// At most so many rows from behind `after`. Looks at a part of an index, however many there are.
pub fn page(
    db: &Connection,
    wanted: &Wanted,
    after: Option<&Place>,
    limit: i64,
) -> Result<Vec<ListRow>> {
    let found = people(db, wanted)?;
    let mut rows: Vec<ListRow> = Vec::new();
    for part in parts(wanted) {
        let mut narrow = Narrow::of(wanted, found.as_deref());
        narrow.and(&part.fits);
        if let Some((since, customer_id, purpose)) = after {
            let at = [
                narrow.bind(*since),
                narrow.bind(*customer_id),
                narrow.bind(purpose.clone()),
            ];
            narrow.and(&format!(
                "(c.since, c.customer_id, c.purpose) < ({}, {}, {})",
                at[0], at[1], at[2]
            ));
        }
        let limit = narrow.bind(limit);
        // With the people known their rows are few: then whoever they are says more than any order.
        let index = match found {
            Some(_) => "",
            None => part.index,
        };
        let sql = format!(
            "SELECT c.customer_id, c.purpose, c.state, c.usable, c.why_not, c.since, c.strength, c.channel, c.wording_id,
                c.wording_version, c.hash, c.last_used_at, c.uses,
                EXISTS (SELECT 1 FROM consent o WHERE o.customer_id = c.customer_id AND o.purpose = 'all'),
                n.name, n.phone, n.username, n.language
             FROM consent c {index} LEFT JOIN consent_person n ON n.customer_id = c.customer_id
             WHERE {} ORDER BY c.since DESC, c.customer_id DESC, c.purpose DESC LIMIT {limit}",
            narrow.text
        );
        let mut statement = db.prepare_cached(&sql)?;
        let part = statement.query_map(params_from_iter(&narrow.values), list_row)?;
        for row in part {
            rows.push(row?);
        }
    }
    rows.sort_unstable_by_key(|row| std::cmp::Reverse(place(row)));
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(rows)
}

/// The place of a row, to begin the next page behind it.
pub fn place(row: &ListRow) -> Place {
    (row.state.since, row.customer_id, row.state.purpose.clone())
}

/// Persons per list and rows per state: one walk over everybody the filter leaves, list and states aside.
pub fn counts(db: &Connection, wanted: &Wanted) -> Result<Counts> {
    let found = people(db, wanted)?;
    let any = Wanted {
        states: Vec::new(),
        ..wanted.clone()
    };
    let narrow = Narrow::of(&any, found.as_deref());
    let aged = any.aged_before;
    let of_all = format!(
        "SELECT count(*), coalesce(sum(o), 0), coalesce(sum(n), 0), coalesce(sum(u), 0) FROM (
            SELECT max({OFFERS_TODAY}) AS o, max({NEVER_CONTACT}) AS n, max({UNCLEAR} OR {}) AS u
            FROM consent c WHERE {} GROUP BY c.customer_id)",
        aged_since(aged),
        narrow.text
    );
    let mut counts =
        db.prepare_cached(&of_all)?
            .query_row(params_from_iter(&narrow.values), |row| {
                Ok(Counts {
                    all: row.get(0)?,
                    offers_today: row.get(1)?,
                    never_contact: row.get(2)?,
                    unconfirmed: row.get(3)?,
                    states: Vec::new(),
                })
            })?;
    let listed = match any.list {
        List::All => "1".to_owned(),
        List::OffersToday => OFFERS_TODAY.to_owned(),
        List::NeverContact => NEVER_CONTACT.to_owned(),
        List::Unconfirmed => format!("({UNCLEAR} OR {})", aged_since(aged)),
    };
    let by_state = format!(
        "SELECT c.state, count(*) FROM consent c WHERE {} AND {listed} GROUP BY c.state ORDER BY c.state",
        narrow.text
    );
    counts.states = db
        .prepare_cached(&by_state)?
        .query_map(params_from_iter(&narrow.values), |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?
        .collect::<Result<_, _>>()?;
    Ok(counts)
}

const OFFERS_TODAY: &str = "(c.purpose = 'offers' AND c.state = 'in' AND c.usable = 1)";
const NEVER_CONTACT: &str = "(c.state = 'out')";
/// As the index `consent_unclear` has it.
const UNCLEAR: &str = "(c.state IN ('asked', 'claimed') OR (c.state = 'in' AND c.usable = 0))";

fn aged_since(then: i64) -> String {
    format!("(c.state = 'in' AND c.usable = 1 AND c.since < {then} AND c.last_used_at < {then})")
}

fn parts(wanted: &Wanted) -> Vec<Part> {
    let one = |index, fits: &str| {
        vec![Part {
            index,
            fits: fits.to_owned(),
        }]
    };
    match wanted.list {
        List::OffersToday => one("INDEXED BY consent_by_purpose", OFFERS_TODAY),
        List::NeverContact => one("INDEXED BY consent_by_state", NEVER_CONTACT),
        List::Unconfirmed => {
            let mut both = one("INDEXED BY consent_unclear", UNCLEAR);
            both.extend(one(
                "INDEXED BY consent_usable",
                &aged_since(wanted.aged_before),
            ));
            both
        }
        List::All => one("INDEXED BY consent_by_time", "1"),
    }
}

/// Whom the words mean; `None`: nothing was typed.
fn people(db: &Connection, wanted: &Wanted) -> Result<Option<Vec<i64>>> {
    if wanted.words.is_empty() {
        return Ok(None);
    }
    consent_people(db, &wanted.words).map(Some)
}

/// A condition and what is filled into it.
struct Narrow {
    text: String,
    values: Vec<Box<dyn ToSql>>,
}

impl Narrow {
    fn of(wanted: &Wanted, people: Option<&[i64]>) -> Self {
        let mut narrow = Self {
            // A stop of everything has a row of its own; it is shown where nothing else would say so.
            text: "c.state <> 'none' AND (c.purpose <> 'all' OR NOT EXISTS (
                SELECT 1 FROM consent o WHERE o.customer_id = c.customer_id AND o.purpose <> 'all'))"
                .to_owned(),
            values: Vec::new(),
        };
        if let Some(people) = people {
            let ids: Vec<String> = people.iter().map(i64::to_string).collect();
            let ids = narrow.bind(format!("[{}]", ids.join(",")));
            narrow.and(&format!(
                "c.customer_id IN (SELECT value FROM json_each({ids}))"
            ));
        }
        for (column, value) in [
            ("c.purpose", &wanted.purpose),
            ("c.channel", &wanted.channel),
            ("c.wording_id", &wanted.wording_id),
        ] {
            if !value.is_empty() {
                let value = narrow.bind(value.clone());
                narrow.and(&format!("{column} = {value}"));
            }
        }
        if let Some(version) = wanted.wording_version {
            let version = narrow.bind(version);
            narrow.and(&format!("c.wording_version = {version}"));
        }
        narrow.one_of("c.state", wanted.states.iter().cloned());
        narrow.one_of("c.strength", wanted.strengths.iter().copied());
        if let Some(from) = wanted.from {
            let from = narrow.bind(from);
            narrow.and(&format!("c.since >= {from}"));
        }
        if let Some(to) = wanted.to {
            let to = narrow.bind(to);
            narrow.and(&format!("c.since < {to}"));
        }
        if wanted.unused {
            let then = wanted.aged_before;
            narrow.and(&format!(
                "c.state = 'in' AND c.since < {then} AND c.last_used_at < {then}"
            ));
        }
        if let Some(then) = wanted.due_before {
            let then = narrow.bind(then);
            narrow.and(&format!(
                "c.since < {then} AND c.last_used_at < {then} AND EXISTS (
                    SELECT 1 FROM person p CROSS JOIN consent_act a INDEXED BY consent_act_of
                        ON a.person_id = p.id AND a.is_use = 0 AND a.purpose = c.purpose
                    CROSS JOIN evidence_use u ON u.hash = a.hash CROSS JOIN evidence e ON e.sha256 = u.sha256
                    WHERE p.customer_id = c.customer_id)"
            ));
        }
        narrow
    }

    fn and(&mut self, condition: &str) {
        self.text.push_str(" AND ");
        self.text.push_str(condition);
    }

    fn bind(&mut self, value: impl ToSql + 'static) -> String {
        self.values.push(Box::new(value));
        format!("?{}", self.values.len())
    }

    fn one_of<T: ToSql + 'static>(&mut self, column: &str, values: impl Iterator<Item = T>) {
        let named: Vec<String> = values.map(|value| self.bind(value)).collect();
        if !named.is_empty() {
            self.and(&format!("{column} IN ({})", named.join(", ")));
        }
    }
}

fn list_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<ListRow> {
    let text =
        |at: usize| Ok::<_, rusqlite::Error>(row.get::<_, Option<String>>(at)?.unwrap_or_default());
    Ok(ListRow {
        customer_id: row.get(0)?,
        state: StateRow {
            purpose: row.get(1)?,
            state: row.get(2)?,
            usable: row.get(3)?,
            why_not: row.get(4)?,
            since: row.get(5)?,
            strength: row.get(6)?,
            channel: row.get(7)?,
            wording_id: row.get(8)?,
            wording_version: row.get(9)?,
            hash: row.get::<_, Vec<u8>>(10)?.try_into().ok(),
            last_used_at: row.get(11)?,
            uses: row.get(12)?,
        },
        out_of_all: row.get(13)?,
        name: text(14)?,
        phone: text(15)?,
        username: text(16)?,
        language: text(17)?,
    })
}

/// What somebody in the lists is called and looked for by.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct PersonRow {
    pub name: String,
    pub phone: String,
    pub username: String,
    pub language: String,
    /// A line each.
    pub terms: String,
}

/// Whether a customer is in any list.
pub fn is_listed(db: &Connection, customer_id: i64) -> Result<bool> {
    Ok(db
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM consent WHERE customer_id = ?1)")?
        .query_row([customer_id], |row| row.get(0))?)
}

/// `None`: in no list any more.
pub fn save_person(db: &Connection, customer_id: i64, person: Option<&PersonRow>) -> Result<()> {
    let before = db
        .prepare_cached("SELECT name, phone, username, language, terms FROM consent_person WHERE customer_id = ?1")?
        .query_row([customer_id], |row| {
            Ok(PersonRow {
                name: row.get(0)?,
                phone: row.get(1)?,
                username: row.get(2)?,
                language: row.get(3)?,
                terms: row.get(4)?,
            })
        })
        .optional()?;
    match person {
        _ if before.as_ref() == person => {}
        None => {
            db.prepare_cached("DELETE FROM consent_person WHERE customer_id = ?1")?
                .execute([customer_id])?;
        }
        Some(p) => {
            db.prepare_cached(
                "INSERT INTO consent_person (customer_id, name, phone, username, language, terms) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT DO UPDATE SET name = excluded.name, phone = excluded.phone, username = excluded.username,
                    language = excluded.language, terms = excluded.terms",
            )?
            .execute(params![customer_id, p.name, p.phone, p.username, p.language, p.terms])?;
        }
    }
    Ok(())
}
