//! What customers write: a vocabulary of three languages, used as unevenly as people use theirs.

use super::In;
use crate::random::{Random, Zipf};

const PER_LANGUAGE: usize = 16_000;
/// The most used words are real ones, so that searches read like searches.
const OFTEN: [&[&str]; 3] = [
    &[
        "und",
        "die",
        "bitte",
        "ich",
        "das",
        "ist",
        "der",
        "für",
        "danke",
        "noch",
        "heute",
        "morgen",
        "hallo",
        "Torte",
        "Brötchen",
        "geöffnet",
        "Grüße",
        "Bestellung",
        "können",
        "schön",
    ],
    &[
        "the", "and", "you", "please", "is", "for", "order", "thanks", "hello", "can", "tomorrow",
        "today", "cake", "open", "pick", "when", "will", "ready", "have", "would",
    ],
    &[
        "que", "para", "você", "não", "por", "obrigado", "favor", "pedido", "bolo", "amanhã",
        "hoje", "olá", "então", "pão", "está", "horário", "até", "retirar", "pode", "bom",
    ],
];
const SYLLABLES: [&[&str]; 3] = [
    &[
        "ba", "ge", "schü", "mö", "ler", "stra", "ße", "kon", "ten", "wie", "zu", "hä", "fel",
        "rung", "bel", "nach", "tig", "or", "lau", "pf",
    ],
    &[
        "ta", "pre", "con", "ment", "ly", "ing", "ser", "vo", "ble", "ther", "qui", "ness", "ou",
        "gra", "sta", "per", "mi", "der", "lo", "sh",
    ],
    &[
        "ção", "re", "lha", "co", "men", "te", "pe", "çar", "nho", "ões", "tra", "vi", "ga", "dor",
        "mos", "ri", "qua", "lê", "sa", "bu",
    ],
];
const EMOJI: &[&str] = &["😊", "👍", "🎂", "🙏", "❤️", "😂", "👩‍🍳", "🇩🇪"];
/// Right to left, and characters without a width.
const ODD: &[&str] = &["שלום", "مرحبا", "\u{200f}", "a\u{200b}b", "\u{202e}txt"];
const NAMES: &[&str] = &[
    "Lena", "Jürgen", "Beatriz", "Ana", "Mia", "Emil", "João", "Grace", "Noah", "Zoë", "Øyvind",
    "Ines",
];
const FAMILY: &[&str] = &[
    "Testmann",
    "Probe",
    "Muster",
    "Beispiel",
    "Silva Teste",
    "Sample",
    "Mockingham",
    "Ohneland",
];

pub struct Words {
    by_language: Vec<Vec<String>>,
    usage: Zipf,
}

impl Default for Words {
    fn default() -> Self {
        Self::new()
    }
}

impl Words {
    pub fn new() -> Self {
        let by_language = (0..3)
            .map(|language| (0..PER_LANGUAGE).map(|rank| word(language, rank)).collect())
            .collect();
        Self {
            by_language,
            usage: Zipf::new(PER_LANGUAGE, 1.0),
        }
    }

    /// A word by how often it is used in German: rank 0 the most.
    pub fn german(&self, rank: usize) -> &str {
        &self.by_language[0][rank]
    }

    pub fn name(random: &mut Random) -> String {
        let first = NAMES[random.below(NAMES.len())];
        format!("{first} {}", FAMILY[random.below(FAMILY.len())])
    }

    /// About eleven words, seldom many more.
    pub fn text(&self, customer: usize, random: &mut Random) -> String {
        let most = if random.chance(0.001) { 4_096 } else { 1_024 };
        let wanted = if most > 1_024 {
            2_000
        } else {
            1 + (-(1.0 - random.unit()).ln() * 10.0) as usize
        };
        let words = &self.by_language[language(customer)];
        let mut text = String::new();
        for _ in 0..wanted {
            let next = &words[self.usage.draw(random)];
            if text.len() + next.len() + 8 > most {
                break;
            }
            text.push_str(next);
            text.push(' ');
        }
        if random.chance(0.12) {
            text.push_str(EMOJI[random.below(EMOJI.len())]);
        }
        if random.chance(0.001) {
            text.push_str(ODD[random.below(ODD.len())]);
        }
        text.truncate(text.trim_end().len());
        text
    }

    /// What a customer sends: mostly words. Media are 8 % of all messages, and only customers send them here.
    pub fn inbound(&self, customer: usize, random: &mut Random) -> In {
        let media = |kind, mime_type, caption, filename, random: &mut Random| In::Media {
            kind,
            mime_type,
            caption,
            filename,
            media_id: format!("{:015}", random.next_u64() >> 14),
        };
        match random.unit() {
            x if x < 0.091 => {
                let caption = random.chance(0.3).then(|| self.text(customer, random));
                media("image", "image/jpeg", caption, None, random)
            }
            x if x < 0.118 => media("voice", "audio/ogg", None, None, random),
            x if x < 0.136 => {
                let name = Some("Bestellung.pdf".to_owned());
                media("document", "application/pdf", None, name, random)
            }
            x if x < 0.145 => media("video", "video/mp4", None, None, random),
            x if x < 0.163 => In::Choice(self.german(random.below(20)).to_owned()),
            x if x < 0.167 => In::Unsupported,
            _ => In::Text(self.text(customer, random)),
        }
    }
}

fn language(customer: usize) -> usize {
    match customer % 10 {
        0..=5 => 0,
        6..=8 => 1,
        _ => 2,
    }
}

fn word(language: usize, rank: usize) -> String {
    if let Some(real) = OFTEN[language].get(rank) {
        return (*real).to_owned();
    }
    let mut random = Random::new((language * PER_LANGUAGE + rank) as u64);
    let parts = 2 + random.below(3);
    (0..parts)
        .map(|_| SYLLABLES[language][random.below(20)])
        .collect()
}
