//! Codes to be scanned, as SVG.

use qrcode::{EcLevel, QrCode, render::svg};

/// Nothing when the text is too long for any code. Medium correction: paper gets dirty, and codes should stay coarse.
pub(super) fn svg(text: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    Some(
        code.render::<svg::Color<'_>>()
            .min_dimensions(200, 200)
            .quiet_zone(true)
            .dark_color(svg::Color("#000000"))
            .light_color(svg::Color("#ffffff"))
            .build(),
    )
}
