//! The thresholds that the owner may change. The bounds are those of `Limits::bounded`: they are asked of it, so that
//! there is one place where they stand.

use super::watch::{LIMITS, limits_of, usual_limits};
use crate::{
    desk::Desk,
    spam_guard::Limits,
    view::{Change, GuardSetting},
};
use serde_json::{Map, Value};
use store::{Connection, Result, setting};

/// In the order in which they are shown; those in whole steps beside those in parts.
const KEYS: [(&str, f64); 18] = [
    ("crowd", 1.0),
    ("same_subject", 1.0),
    ("crowd_in_trouble", 1.0),
    ("drip", 1.0),
    ("stranger", 0.1),
    ("dialogs_per_staff", 1.0),
    ("opt_outs", 1.0),
    ("opt_outs_of", 5.0),
    ("unanswered_marketing", 1.0),
    ("limit_share", 0.05),
    ("yellow_batch", 1.0),
    ("content_people", 1.0),
    ("utility_people", 1.0),
    ("spam_error_hours", 6.0),
    ("spam_error_days", 1.0),
    ("same", 0.01),
    ("same_advertising", 0.01),
    ("service_after_marketing_stop", 1.0),
];

impl Desk {
    pub fn guard_settings(&self) -> Result<Vec<GuardSetting>> {
        self.store.read(|db| Ok(all(&stored(db)?)))
    }

    /// Held within its bounds; all of them as they stand then. A key nobody knows changes nothing.
    pub fn set_guard_setting(&self, key: &str, value: f64) -> Result<Vec<GuardSetting>> {
        let (settings, changed) = self.store.write(|db| {
            let before = stored(db)?;
            let after = with(&before, key, value);
            let changed = after != before;
            if changed {
                setting::set(db, LIMITS, &serde_json::to_string(&after)?)?;
            }
            Ok((all(&after), changed))
        })?;
        self.tell(Change {
            guard: changed,
            ..Change::default()
        });
        Ok(settings)
    }
}

fn stored(db: &Connection) -> Result<Limits> {
    Ok(limits_of(&setting::get(db, LIMITS)?.unwrap_or_default()))
}

fn all(limits: &Limits) -> Vec<GuardSetting> {
    let usual = fields(&usual_limits());
    let now = fields(limits);
    let number = |fields: &Map<String, Value>, key: &str| match fields.get(key) {
        Some(Value::Bool(on)) => f64::from(u8::from(*on)),
        Some(value) => tidy(value.as_f64().unwrap_or(0.0)),
        None => 0.0,
    };
    let setting = |(key, step): (&str, f64)| {
        let is_switch = matches!(now.get(key), Some(Value::Bool(_)));
        let bound = |wanted: f64| number(&fields(&with(limits, key, wanted)), key);
        GuardSetting {
            key: key.to_owned(),
            value: number(&now, key),
            usual: number(&usual, key),
            least: bound(f64::from(i16::MIN)),
            most: bound(f64::from(i16::MAX)),
            step,
            is_switch,
        }
    };
    KEYS.into_iter().map(setting).collect()
}

/// The same limits with one of them set, as near as its bounds let it.
fn with(limits: &Limits, key: &str, value: f64) -> Limits {
    let mut fields = fields(limits);
    let value = if value.is_finite() {
        value
    } else {
        return limits.clone();
    };
    match fields.get_mut(key) {
        Some(Value::Bool(on)) => *on = value >= 0.5,
        Some(field) if field.is_u64() => {
            let whole = value.round().clamp(0.0, f64::from(u16::MAX));
            *field = Value::from(whole as u64);
        }
        Some(field) => *field = Value::from(value),
        None => return limits.clone(),
    }
    match serde_json::from_value::<Limits>(Value::Object(fields)) {
        Ok(limits) => limits.bounded(),
        Err(_) => limits.clone(),
    }
}

fn fields(limits: &Limits) -> Map<String, Value> {
    match serde_json::to_value(limits) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    }
}

/// A float of the guard's as people write it: 0.38 and not 0.3799999952316284.
fn tidy(value: f64) -> f64 {
    (value * 1_000.0).round() / 1_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_threshold_can_be_set_and_only_within_its_bounds() {
        let usual = usual_limits();
        assert_eq!(KEYS.len(), fields(&usual).len(), "each field has its row");
        for row in all(&usual) {
            assert!(row.least <= row.usual && row.usual <= row.most, "{row:?}");
            assert_eq!(row.value, row.usual);
            let set = |value: f64| {
                let limits = with(&usual, &row.key, value);
                let found = all(&limits).into_iter().find(|r| r.key == row.key);
                found.map(|r| r.value)
            };
            assert_eq!(set(row.most + 50.0), Some(row.most), "{}", row.key);
            assert_eq!(set(row.least - 50.0), Some(row.least), "{}", row.key);
            assert_eq!(set(f64::NAN), Some(row.usual), "{}", row.key);
        }
        assert_eq!(with(&usual, "nothing", 1.0), usual);
    }

    #[test]
    fn trouble_never_warns_later_than_peace() {
        let usual = usual_limits();
        let strict = with(&usual, "crowd", 4.0);
        let row = all(&strict)
            .into_iter()
            .find(|r| r.key == "crowd_in_trouble");
        assert_eq!(row.map(|r| (r.least, r.most)), Some((2.0, 4.0)));
    }
}
