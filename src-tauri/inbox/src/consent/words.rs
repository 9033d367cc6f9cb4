//! What a wording must say before a consent can rest on it: that messages will come, and from which business
//! (Meta, "Get opt-in for WhatsApp").

use crate::view::NotUsable;

/// Beginnings of words that say "messages", in the languages people agree in.
const MESSAGES: [&str; 16] = [
    "whatsapp",
    "nachricht",
    "message",
    "mensag",
    "mensaj",
    "messagg",
    "mesaj",
    "bericht",
    "wiadomo",
    "رسائل",
    "رسالة",
    "aviso",
    "schreib",
    "text you",
    "write to you",
    "mitteil",
];

/// What is wrong with the words somebody agreed to; `None`: they will do.
pub fn flaw(shown: &str, business_name: &str) -> Option<NotUsable> {
    let folded = |text: &str| {
        let words: Vec<_> = text.split_whitespace().map(str::to_lowercase).collect();
        words.join(" ")
    };
    let (text, business) = (folded(shown), folded(business_name));
    if text.is_empty() {
        Some(NotUsable::NoWording)
    } else if business.is_empty() || !text.contains(&business) {
        Some(NotUsable::BusinessNotNamed)
    } else if !says_messages(&text) {
        Some(NotUsable::NoMessagesMentioned)
    } else {
        None
    }
}

/// Whether a text says that messages will come.
pub(super) fn says_messages(text: &str) -> bool {
    let text = text.to_lowercase();
    MESSAGES.iter().any(|word| text.contains(word))
}
