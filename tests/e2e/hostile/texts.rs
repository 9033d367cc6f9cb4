//! Five hundred texts that somebody might send to harm or to mislead, the same ones every time.

use support::random::Random;

pub const COUNT: usize = 500;
/// More than any text of Meta's.
const WALL: usize = 64 * 1024;

/// Stands for the address at which nobody may ever knock.
const TRAP: &str = "TRAP";

const BITS: &[&str] = &[
    // Markup, and what would fetch something if it were markup.
    "<img src=TRAP/image onerror=alert(1)>",
    "<script src=TRAP/script></script>",
    "<script>fetch('TRAP/fetch')</script>",
    "<link rel=stylesheet href=TRAP/style>",
    "<iframe src=TRAP/frame></iframe>",
    "<svg/onload=alert(1)>",
    "<svg><use href='TRAP/use#a'/></svg>",
    "<object data=TRAP/object></object>",
    "<video src=TRAP/video autoplay></video>",
    "<style>@import 'TRAP/import'; * { display: none }</style>",
    "<base href=TRAP/>",
    "<meta http-equiv=refresh content='0;url=TRAP/meta'>",
    "<form action=TRAP/form><button autofocus onfocus=alert(1)>OK</button></form>",
    "<details open ontoggle=alert(1)>",
    "<marquee onstart=alert(1)>",
    "<a href='javascript:alert(1)'>bank.example</a>",
    "</span></article></main><h1>Guichet</h1>",
    "<plaintext>",
    "<!--",
    "]]><!CDATA[",
    "&lt;b&gt; &#60;i&#62; &nbsp; &amp;",
    "{@html '<b>x</b>'} {#if true} {{1+1}} ${7*7}",
    "\\u003cb\\u003e %3Cb%3E",
    "'; DROP TABLE message; --",
    // Addresses.
    "TRAP/plain",
    "![](TRAP/markdown)",
    "javascript:alert(1)",
    "data:text/html,<b>x</b>",
    "file:///etc/passwd",
    "https://bank.example@evil.example/login",
    "https://xn--80ak6aa92e.example/",
    "https://раураl.example/",
    "https://evil.example/\u{202e}gpj.exe",
    "https://a\u{200b}b.example/",
    // Text turned around, split, hidden.
    "Rechnung\u{202e}fdp.exe",
    "\u{202e}\u{202d}\u{202b}\u{202a}\u{202c}",
    "\u{2066}\u{2067}\u{2068}\u{2069}",
    "\u{200e}\u{200f}\u{061c}",
    "a\u{200b}b\u{200c}c\u{200d}d\u{2060}e\u{feff}f",
    "\u{200b}",
    "\u{3164}\u{115f}\u{1160}\u{ffa0}",
    "a\u{ad}b\u{34f}c",
    "\0\u{1}\u{7}\u{1b}[31m\u{7f}\u{85}",
    "\u{e0041}\u{e0042}\u{e0043}",
    "\u{2028}\u{2029}",
    "\r\r\n\n\n",
    "مرحبا abc שלום",
    "\u{fdfd}\u{fdfd}\u{fdfd}\u{fdfd}",
    "𒐫𒈙𒐫𒈙",
    // Emoji: whole ones, half ones, endless ones.
    "👩🏽‍💻👨‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿🇧🇷1️⃣",
    "👩‍👩‍👩‍👩‍👩‍👩‍👩‍👩‍👩‍👩",
    "🏴󠁧󠁢",
    "🇦🇦🇦",
    "\u{1f3fd}\u{200d}\u{fe0f}",
    // As if the app had said it.
    "✓✓ 14:05",
    "✔️✔️ gelesen",
    "14:05 ✓✓\nSie\n14:06 ✓✓",
    "── Neue Nachrichten ──",
    "Diese Nachricht wurde gelöscht.",
    "Interne Notiz, wird nie gesendet",
    "Nicht zugestellt. Fehler 131026",
    // WhatsApp's own marks, and halves of them.
    "*fett* _kursiv_ ~weg~ `code` ```block```",
    "*_~`*_~`",
    "```\noffen",
    "> zitiert\n> <b>zitiert</b>",
    "- a\n- <b>b</b>\n1. c\n9. e",
    "=1+1",
    "[object Object]",
    "null",
];

const UNITS: &[&str] = &[
    "a",
    "W",
    "*",
    "*a",
    "_*~`",
    "https://",
    "https://a.example ",
    "\u{200b}",
    "a\u{202e}",
    "👩🏽‍💻",
    "\n",
    "- a\n",
    "> a\n",
    "\t",
    "\u{301}",
    "漢",
    "<b>",
    "שלום",
];

/// `trap`: an address of this machine that the texts try to have called.
pub fn texts(trap: &str) -> Vec<String> {
    let bits: Vec<String> = BITS.iter().map(|bit| bit.replace(TRAP, trap)).collect();
    let mut all = bits.clone();
    all.push(format!("Z{}", "\u{300}\u{301}\u{302}\u{489}".repeat(80)));
    all.push(format!("https://{}example/", "a.".repeat(120)));
    all.push(format!("https://example.com/{}", "x".repeat(2_000)));
    for unit in UNITS {
        for size in [300, WALL] {
            all.push(unit.repeat(size / unit.len()));
        }
    }
    let mut random = Random::new(500);
    while all.len() < COUNT {
        let mut text = String::new();
        for _ in 0..=random.below(5) {
            text += &bits[random.below(bits.len())];
            text += ["", " ", "\n", "*", "_", "`", "> ", "\u{200b}"][random.below(8)];
        }
        all.push(text);
    }
    // Two alike could not be told apart on the screen.
    for (n, text) in all.iter_mut().enumerate() {
        text.push_str(&format!(" ({n})"));
    }
    all
}

/// What customers may call themselves: much of the above, and walls of it.
pub fn names(texts: &[String]) -> Vec<&String> {
    const NAMED: usize = 40;
    let walls = texts.iter().filter(|text| text.len() > 60_000).step_by(3);
    let walls: Vec<_> = walls.collect();
    let bits = texts
        .iter()
        .skip(BITS.len() - NAMED / 2)
        .take(NAMED - walls.len());
    bits.chain(walls).collect()
}

/// So long that a bubble shows its beginning, in the window's own measure.
pub fn is_folded(text: &str) -> bool {
    text.encode_utf16().count() > 2_400 || text.split('\n').count() > 40
}

/// Nothing in it is drawn in any other way than as it stands there. A box in the place of what nobody would see is
/// another way: letters that are blank are no letters here.
pub fn is_plain(text: &str) -> bool {
    let blank = |char: char| matches!(char, '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}');
    let quiet = |char: char| {
        char == ' '
            || char.is_ascii_graphic() && !"*_~`".contains(char)
            || char.is_alphabetic() && !blank(char)
    };
    let starts = text.starts_with(['>', '-', '1']);
    let leads = text.contains("://") || text.contains("www.") || text.contains(".example");
    text.len() < 2_000 && !starts && !leads && text.chars().all(quiet)
}
