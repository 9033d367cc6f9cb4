//! Thresholds that an owner changes.

use super::*;

#[test]
fn limits_stay_within_their_bounds() {
    let wild = Limits {
        crowd: 1000.0,
        crowd_in_trouble: f32::NAN,
        dialogs_per_staff: 0,
        ..Limits::default()
    };
    let kept = wild.bounded();
    assert_eq!(
        (kept.crowd, kept.crowd_in_trouble, kept.dialogs_per_staff),
        (12.0, 3.0, 1)
    );
    assert_eq!(Limits::default().bounded(), Limits::default());
    let written = serde_json::to_string(&Limits::default()).unwrap();
    assert_eq!(
        serde_json::from_str::<Limits>(&written).unwrap(),
        Limits::default()
    );
    assert_eq!(
        serde_json::from_str::<Limits>("{\"crowd\":6}")
            .unwrap()
            .crowd,
        6.0
    );
}
