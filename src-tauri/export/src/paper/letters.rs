//! The letters papers are set in, and what becomes of a character that none of them has: it is named in words instead of
//! being an empty box, so that one can tell that something stood there, and the document stays fit for an archive
//! (PDF/A-2b allows no letter without a shape). Tables and JSON hold every character as it is.

use serde_json::Value as Json;
use std::{collections::HashSet, sync::LazyLock};
use typst::text::FontInfo;

/// In the order in which they help each other out; `fonts/README.md` says what they cover.
pub(super) const FONTS: [&[u8]; 7] = [
    include_bytes!("../../fonts/NotoSans-Regular.ttf"),
    include_bytes!("../../fonts/NotoSans-Bold.ttf"),
    include_bytes!("../../fonts/NotoSansArabic-Regular.ttf"),
    include_bytes!("../../fonts/NotoSansArabic-Bold.ttf"),
    include_bytes!("../../fonts/NotoSansHebrew-Regular.ttf"),
    include_bytes!("../../fonts/NotoSansThai-Regular.ttf"),
    include_bytes!("../../fonts/DejaVuSans.ttf"),
];

static DRAWN: LazyLock<HashSet<u32>> = LazyLock::new(|| {
    let fonts = FONTS.iter().filter_map(|font| FontInfo::new(font, 0));
    fonts
        .flat_map(|font| font.coverage.iter().collect::<Vec<_>>())
        .collect()
});

/// What is written where nothing can be drawn.
#[derive(Debug, Clone, Copy)]
pub(super) struct Instead<'a> {
    /// Empty: they are left out.
    pub emoji: &'a str,
    /// Letters, however many.
    pub script: &'a str,
}

/// Changes every text of `value` that holds something that cannot be drawn.
pub(super) fn name_missing(value: &mut Json, instead: Instead<'_>) {
    match value {
        Json::String(text) => {
            if !text.is_ascii() && !text.chars().all(is_drawn) {
                *text = named(text, instead);
            }
        }
        Json::Array(all) => all.iter_mut().for_each(|one| name_missing(one, instead)),
        Json::Object(all) => all.values_mut().for_each(|one| name_missing(one, instead)),
        Json::Null | Json::Bool(_) | Json::Number(_) => {}
    }
}

fn is_drawn(c: char) -> bool {
    c.is_whitespace() || DRAWN.contains(&u32::from(c))
}

const JOINER: char = '\u{200d}';

/// Colours of skin, choices of shape, parts of flags: they say something of the character before them.
fn belongs_to_before(c: char) -> bool {
    matches!(c, '\u{200c}' | JOINER | '\u{20e3}' | '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0020}'..='\u{e007f}')
}

fn is_letter(c: char) -> bool {
    // With the marks and wide forms that stand between the letters of East Asia.
    c.is_alphanumeric() || matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}')
}

/// Characters in a row that cannot be drawn.
#[derive(Default)]
struct Missing {
    emoji: usize,
    /// Flags are written with two of these.
    half_flags: usize,
    letters: bool,
    /// The next character is one with the last.
    joined: bool,
}

impl Missing {
    fn any(&self) -> bool {
        self.letters || self.emoji > 0 || self.half_flags > 0
    }

    fn write(self, out: &mut String, instead: Instead<'_>) {
        if self.letters {
            let word = format!("[{}]", instead.script);
            // Words of the same script are not named one by one.
            match out.trim_end().ends_with(&word) {
                true => out.truncate(out.trim_end().len()),
                false => out.push_str(&word),
            }
        } else if self.any() && !instead.emoji.is_empty() {
            match self.emoji + self.half_flags.div_ceil(2) {
                1 => out.push_str(&format!("[{}]", instead.emoji)),
                many => out.push_str(&format!("[{} ×{many}]", instead.emoji)),
            }
        } else if self.any() && out.ends_with(' ') {
            out.pop();
        }
    }
}

fn named(text: &str, instead: Instead<'_>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut missing = Missing::default();
    for c in text.chars() {
        if belongs_to_before(c) {
            if missing.any() {
                missing.joined = c == JOINER;
            } else if is_drawn(c) {
                out.push(c);
            }
        } else if is_drawn(c) && !(missing.any() && missing.joined) {
            std::mem::take(&mut missing).write(&mut out, instead);
            out.push(c);
        } else {
            let letter = is_letter(c);
            if missing.any() && missing.letters != letter {
                std::mem::take(&mut missing).write(&mut out, instead);
            }
            match c {
                _ if letter => missing.letters = true,
                '\u{1f1e6}'..='\u{1f1ff}' => missing.half_flags += 1,
                _ if missing.joined => {}
                _ => missing.emoji += 1,
            }
            missing.joined = false;
        }
    }
    missing.write(&mut out, instead);
    match instead.emoji.is_empty() {
        true => out.trim().to_owned(),
        false => out,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_letter_is_there_for_is_named_and_everything_else_stands_as_it_was() {
        let instead = Instead {
            emoji: "emoji",
            script: "other script",
        };
        for (text, shown) in [
            ("Mehmet Ç. 🚲", "Mehmet Ç. [emoji]"),
            ("🎂🎂🎂 Grete", "[emoji ×3] Grete"),
            ("👩🏽‍🍳 Ada", "[emoji] Ada"),
            ("👨‍👩‍👧‍👦", "[emoji]"),
            ("🏴󠁧󠁢󠁳󠁣󠁴󠁿!", "[emoji]!"),
            ("山田 太郎", "[other script]"),
            ("山田🎂", "[other script][emoji]"),
            ("こんにちは、山田です。Ada", "[other script]Ada"),
            ("مريم الحسيني", "مريم الحسيني"),
            ("Ἀριστοτέλης Đặng", "Ἀριστοτέλης Đặng"),
            ("❤️ ★", "❤️ ★"),
        ] {
            let mut value = serde_json::json!([text]);
            name_missing(&mut value, instead);
            assert_eq!(value[0], shown, "{text}");
        }
    }

    #[test]
    fn a_sheet_for_the_wall_goes_without_emoji() {
        let instead = Instead {
            emoji: "",
            script: "other script",
        };
        for (text, shown) in [
            ("Café Sol 🌞", "Café Sol"),
            ("🌞 Café Sol", "Café Sol"),
            ("Café 🌞 Sol", "Café Sol"),
        ] {
            let mut value = serde_json::json!({ "business": text });
            name_missing(&mut value, instead);
            assert_eq!(value["business"], shown);
        }
    }
}
