//! Whom the pictures show, in which language, and where they are kept.

use std::{env, path::PathBuf};

use crate::{Outcome, window::Window};

/// What is asked and answered in the pictures, by language.
pub struct Words {
    pub language: &'static str,
    pub locale: &'static str,
    /// A scripted customer whose window is open, one whose window is closed, one whose window ends soon.
    pub open: &'static str,
    pub closed: &'static str,
    pub soon: &'static str,
    pub answers: [&'static str; 2],
    pub slots: [&'static str; 3],
    /// One who sent a picture.
    pub photographer: &'static str,
    /// A part of a word that several have written, and what is noted of somebody.
    pub looked_for: &'static str,
    pub note: &'static str,
    pub labels: [&'static str; 2],
    /// What a customer writes who sends one of everything: a greeting, the newest text, about a voice note, a file (with
    /// a link) and a place, what was tapped and its description, with an order, and an advertisement's two lines.
    pub said: [&'static str; 10],
}

pub const WORDS: [Words; 3] = [
    Words {
        language: "de",
        locale: "de_DE.UTF-8",
        open: "Lena Brandt",
        closed: "Renate Okafor",
        soon: "Torsten Ahlers",
        answers: [
            "Guten Morgen, Frau Brandt! Ja, gern: *Donnerstag ab 9 Uhr* ist noch ein Platz frei.",
            "Ein Schloss brauchen Sie nicht mitzubringen, wir schließen das Rad bei uns ein.",
        ],
        slots: ["Frau Okafor", "A1027", "18 Uhr"],
        photographer: "Jonas Wieland",
        looked_for: "rad",
        note: "Kommt lieber am Nachmittag, zahlt bar.",
        labels: ["Stammkundin", "Werkstatt"],
        said: [
            "Guten Morgen! Ich habe Ihre Anzeige gesehen. Haben Sie den *Zitronenkuchen* noch?",
            "Bitte bis Samstag um 10 Uhr.",
            "Hören Sie bitte einmal hinein",
            "Hier ist die Liste, die alte steht unter https://example.com/wunschliste",
            "Wir feiern hier",
            "Samstagvormittag",
            "zwischen 9 und 11 Uhr",
            "Bitte mit Kerzen",
            "Zitronenkuchen auf Bestellung",
            "Täglich frisch, geöffnet bis 18 Uhr",
        ],
    },
    Words {
        language: "pt-BR",
        locale: "pt_BR.UTF-8",
        open: "Marina Teles",
        closed: "Helena Prado",
        soon: "Seu Antenor",
        answers: [
            "Bom dia! Temos um horário livre na *quinta às 9h*.",
            "Pode trazer tudo na hora, nós guardamos aqui.",
        ],
        slots: ["Marina", "A1027", "18h"],
        photographer: "Rafael Duarte",
        looked_for: "bol",
        note: "Prefere retirar à tarde, paga em dinheiro.",
        labels: ["Cliente fiel", "Encomenda"],
        said: [
            "Bom dia! Vi o anúncio de vocês. Ainda tem o *bolo de limão*?",
            "Para sábado às 10h, por favor.",
            "Ouça o áudio, por favor",
            "Aqui está a lista, a antiga está em https://example.com/lista",
            "A festa é aqui",
            "Sábado de manhã",
            "entre 9h e 11h",
            "Com velas, por favor",
            "Bolo de limão por encomenda",
            "Fresquinho todo dia, aberto até as 18h",
        ],
    },
    Words {
        language: "en",
        locale: "en_GB.UTF-8",
        open: "Maya Whitcombe",
        closed: "Sylvia Trent",
        soon: "Gordon Achebe",
        answers: [
            "Good morning! Yes, there is a place left on *Thursday at 9*.",
            "No need to bring anything, we have all of it here.",
        ],
        slots: ["Ms Trent", "A1027", "6 pm"],
        photographer: "Oscar Lindqvist",
        looked_for: "thi",
        note: "Prefers afternoons, pays cash.",
        labels: ["Regular", "Colour"],
        said: [
            "Good morning! I saw your ad. Do you still have the *lemon cake*?",
            "By Saturday at 10, please.",
            "Please listen to this",
            "Here is the list, the old one is at https://example.com/wishlist",
            "The party is here",
            "Saturday morning",
            "between 9 and 11",
            "With candles, please",
            "Lemon cake, made to order",
            "Fresh every day, open until 6 pm",
        ],
    },
];

/// How the screen looks in a picture: its name, the theme, and whether contrast is high.
type Look = (&'static str, &'static str, bool);
const LOOKS: [Look; 3] = [
    ("light", "light", false),
    ("dark", "dark", false),
    ("contrast", "light", true),
];
/// Of the great screens, too.
const RARE_LOOK: Look = ("dark-contrast", "dark", true);
const SMALL: (u32, u32) = (1280, 800);
const LARGE: (u32, u32) = (1920, 1080);

/// The folder of pictures of one language.
pub struct Album<'a> {
    folder: PathBuf,
    language: &'a str,
    window: &'a Window,
}

impl<'a> Album<'a> {
    pub fn of(words: &'a Words, window: &'a Window) -> Outcome<Self> {
        let folder = env::var_os("GUICHET_SHOTS")
            .ok_or("GUICHET_SHOTS names no folder for the pictures; run: make shots")?;
        Ok(Self {
            folder: PathBuf::from(folder),
            language: words.language,
            window,
        })
    }

    /// The screen as it is, in every look.
    pub async fn take(&self, name: &str) -> Outcome {
        self.window.resize(SMALL.0, SMALL.1).await?;
        self.in_looks(&LOOKS, name, "").await
    }

    /// The same on a large screen, too.
    pub async fn take_large(&self, name: &str) -> Outcome {
        self.window.resize(SMALL.0, SMALL.1).await?;
        self.in_looks(&[RARE_LOOK], name, "").await?;
        self.take(name).await?;
        self.window.resize(LARGE.0, LARGE.1).await?;
        self.in_looks(&LOOKS, name, "-large").await?;
        self.window.resize(SMALL.0, SMALL.1).await
    }

    async fn in_looks(&self, looks: &[Look], name: &str, suffix: &str) -> Outcome {
        for &(look, theme, high) in looks {
            let contrast = if high {
                "dataset.contrast = 'more'"
            } else {
                "delete dataset.contrast"
            };
            let paint = format!(
                "const {{ dataset }} = document.documentElement; dataset.theme = '{theme}'; {contrast}"
            );
            self.window.run(&paint).await?;
            // What turns for ever is not waited for, nor what is folded away: there WebKit lets no time pass.
            let still = "const done = arguments[0];
                const ends = ({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime) && effect.target.checkVisibility();
                const moving = document.getAnimations().filter(ends).map(({ finished }) => finished);
                Promise.allSettled(moving).then(() => done());";
            self.window.run_until_called(still).await?;
            let file = format!("{name}-{}-{look}{suffix}.png", self.language);
            self.window.screenshot(&self.folder.join(file)).await?;
        }
        Ok(())
    }
}
