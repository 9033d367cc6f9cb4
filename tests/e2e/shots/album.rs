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
    },
];

/// How the screen looks in a picture: its name, the theme, and whether contrast is high.
const LOOKS: [(&str, &str, bool); 3] = [
    ("light", "light", false),
    ("dark", "dark", false),
    ("contrast", "light", true),
];
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
        self.in_every_look(name, "").await
    }

    /// The same on a large screen, too.
    pub async fn take_large(&self, name: &str) -> Outcome {
        self.take(name).await?;
        self.window.resize(LARGE.0, LARGE.1).await?;
        self.in_every_look(name, "-large").await?;
        self.window.resize(SMALL.0, SMALL.1).await
    }

    async fn in_every_look(&self, name: &str, suffix: &str) -> Outcome {
        for (look, theme, high) in LOOKS {
            let contrast = if high {
                "dataset.contrast = 'more'"
            } else {
                "delete dataset.contrast"
            };
            let paint = format!(
                "const {{ dataset }} = document.documentElement; dataset.theme = '{theme}'; {contrast}"
            );
            self.window.run(&paint).await?;
            // What turns for ever is not waited for.
            let still = "const done = arguments[0];
                const ends = (each) => Number.isFinite(each.effect?.getComputedTiming().endTime);
                const moving = document.getAnimations().filter(ends).map(({ finished }) => finished);
                Promise.allSettled(moving).then(() => done());";
            self.window.run_until_called(still).await?;
            let file = format!("{name}-{}-{look}{suffix}.png", self.language);
            self.window.screenshot(&self.folder.join(file)).await?;
        }
        Ok(())
    }
}
