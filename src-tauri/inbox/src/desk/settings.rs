//! What the shop sets, kept in the store.

use super::Desk;
use crate::{
    service_window,
    view::{AlertSettings, OpeningHours, Settings},
};
use serde::{Serialize, de::DeserializeOwned};
use std::collections::BTreeSet;
use store::{Connection, Result, setting};

/// From here on a window counts as closing soon, until the shop says otherwise.
const SOON: i64 = 2 * 60 * 60 * 1000;

impl Desk {
    pub fn settings(&self) -> Result<Settings> {
        self.store.read(settings)
    }

    pub fn save_settings(&self, wanted: &Settings) -> Result<()> {
        self.store.write(|db| {
            let number = |key: &str, value: i64, most: i64| {
                setting::set(db, key, &value.clamp(0, most).to_string())
            };
            setting::set(db, "language", &wanted.language)?;
            setting::set(db, "theme", &wanted.theme)?;
            setting::set(db, "density", &wanted.density)?;
            set_flag(db, "high_contrast", wanted.high_contrast)?;
            number("undo_ms", wanted.undo_ms, 30_000)?;
            number("margin_ms", wanted.margin_ms, 600_000)?;
            number("soon_ms", wanted.soon_ms, service_window::LENGTH)?;
            set_flag(db, "shift_enter_sends", !wanted.enter_sends)?;
            set_flag(db, "send_read_receipts", wanted.send_read_receipts)?;
            set_json(db, "staff", &wanted.staff)?;
            setting::set(db, "me", wanted.me.trim())?;
            set_json(db, "hours", &wanted.hours)?;
            set_json(db, "alerts", &wanted.alerts)
        })
    }

    /// Who works at this laptop now.
    pub fn me(&self) -> Result<String> {
        self.store.read(me)
    }
}

pub(crate) fn me(db: &Connection) -> Result<String> {
    Ok(setting::get(db, "me")?.unwrap_or_default())
}

/// In the list of the staff, and for whoever works here now.
pub(super) fn rename(db: &Connection, from: &str, to: &str) -> Result<()> {
    let mut staff: Vec<String> = json(db, "staff")?.unwrap_or_default();
    for name in staff.iter_mut().filter(|name| *name == from) {
        to.clone_into(name);
    }
    let mut met = BTreeSet::new();
    staff.retain(|name| met.insert(name.clone()));
    set_json(db, "staff", &staff)?;
    if me(db)? == from {
        setting::set(db, "me", to)?;
    }
    Ok(())
}

pub(crate) fn settings(db: &Connection) -> Result<Settings> {
    let text = |key: &str| setting::get(db, key).map(Option::unwrap_or_default);
    let density = text("density")?;
    Ok(Settings {
        language: text("language")?,
        theme: text("theme")?,
        density: if density.is_empty() {
            "comfortable".into()
        } else {
            density
        },
        high_contrast: flag(db, "high_contrast")?,
        undo_ms: setting::get_i64(db, "undo_ms")?.unwrap_or(5_000),
        margin_ms: setting::get_i64(db, "margin_ms")?.unwrap_or(service_window::DEFAULT_MARGIN),
        soon_ms: setting::get_i64(db, "soon_ms")?.unwrap_or(SOON),
        enter_sends: !flag(db, "shift_enter_sends")?,
        send_read_receipts: flag(db, "send_read_receipts")?,
        staff: json(db, "staff")?.unwrap_or_default(),
        me: me(db)?,
        hours: json::<OpeningHours>(db, "hours")?.unwrap_or_default(),
        alerts: json(db, "alerts")?.unwrap_or(AlertSettings {
            messages: true,
            show_text: true,
            sound: true,
            closing: true,
            quiet_from: 0,
            quiet_to: 0,
        }),
    })
}

fn flag(db: &Connection, key: &str) -> Result<bool> {
    Ok(setting::get(db, key)?.as_deref() == Some("1"))
}

fn set_flag(db: &Connection, key: &str, on: bool) -> Result<()> {
    setting::set(db, key, if on { "1" } else { "0" })
}

/// What cannot be read, an older version wrote differently: then it counts as never said.
fn json<T: DeserializeOwned>(db: &Connection, key: &str) -> Result<Option<T>> {
    Ok(setting::get(db, key)?.and_then(|text| serde_json::from_str(&text).ok()))
}

fn set_json<T: Serialize>(db: &Connection, key: &str, value: &T) -> Result<()> {
    setting::set(db, key, &serde_json::to_string(value)?)
}
