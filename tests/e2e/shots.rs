//! Pictures of every screen, light and dark, in every language: `make shots`.

use std::{
    env,
    path::{Path, PathBuf},
};

use serde_json::json;

use crate::{
    Outcome,
    desk::Setup,
    eventually::{PATIENCE, eventually},
    journey::{journey, no_window_wanted},
    keyring::Keyring,
    pages::{Inbox, Picker, Staff, Start},
    stage::{HOUR, MINUTE, Stage},
    window::Window,
};

/// What is asked and answered in the pictures, by language.
struct Words {
    language: &'static str,
    locale: &'static str,
    /// A scripted customer whose window is open, one whose window is closed, one whose window ends soon.
    open: &'static str,
    closed: &'static str,
    soon: &'static str,
    answers: [&'static str; 2],
    slots: [&'static str; 3],
}

const WORDS: [Words; 3] = [
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
    },
];

const THEMES: [&str; 2] = ["light", "dark"];
const SMALL: (u32, u32) = (1280, 800);
const LARGE: (u32, u32) = (1920, 1080);

#[tokio::test]
#[ignore = "leaves pictures, judges nothing: make shots"]
async fn shots_of_the_practice_inbox_in_german() -> Outcome {
    practice(&WORDS[0]).await
}

#[tokio::test]
#[ignore = "leaves pictures, judges nothing: make shots"]
async fn shots_of_the_practice_inbox_in_portuguese() -> Outcome {
    practice(&WORDS[1]).await
}

#[tokio::test]
#[ignore = "leaves pictures, judges nothing: make shots"]
async fn shots_of_the_practice_inbox_in_english() -> Outcome {
    practice(&WORDS[2]).await
}

async fn practice(words: &Words) -> Outcome {
    journey(words.language, Setup::default(), async |_, window| {
        let album = Album::of(words, window)?;
        let (inbox, picker) = (Inbox(window), Picker(window));
        window.choose("start-language", words.language).await?;
        album.both("start").await?;

        Start(window).practise_in(words.language).await?;
        Staff(window).sends_at_once().await?;
        album.both("inbox-nothing-open").await?;

        inbox.open_thread(words.open).await?;
        for answer in words.answers {
            inbox.write(answer).await?;
            inbox.send().await?;
            let first = answer.split(['*', '!', ',']).next().unwrap_or(answer);
            inbox.bubble(first, |bubble| bubble.state == "read").await?;
            // The customers go on writing.
            window
                .invoke("practice_jump", json!({ "ms": 2 * MINUTE }))
                .await?;
        }
        eventually("everybody has written", PATIENCE, async || {
            Ok((inbox.threads().await?.len() >= 6).then_some(()))
        })
        .await?;
        album.both("conversation").await?;

        inbox.open_thread(words.soon).await?;
        album.both("closing-soon").await?;
        window.click("choose-template").await?;
        picker.until_open().await?;
        album.both("picker-while-open").await?;
        window.click("picker-back").await?;

        inbox.open_thread(words.closed).await?;
        picker.until_open().await?;
        album.both("closed").await?;
        picker.choose("order_ready").await?;
        picker.fill(&words.slots[..2]).await?;
        album.both("picker-filled").await?;
        picker.fill(&words.slots).await?;
        picker.send().await?;
        inbox
            .bubble(words.slots[2], |bubble| bubble.state == "read")
            .await?;
        album.both("template-sent").await?;

        window.click("settings").await?;
        album.both("settings").await?;
        escape(window).await?;
        window.press("?").await?;
        album.both("shortcuts").await?;
        escape(window).await?;
        window.click("practice-write").await?;
        album.both("practice-write").await?;
        escape(window).await?;
        window.click("settings").await?;
        window.click("settings-connect").await?;
        window.one("connect-submit").await?;
        album.both("connect").await
    })
    .await
}

#[tokio::test]
#[ignore = "leaves pictures, judges nothing: make shots"]
async fn shots_of_what_did_not_simply_arrive() -> Outcome {
    if no_window_wanted() {
        return Ok(());
    }
    for words in &WORDS {
        let stage = Stage::start().await?;
        journey(
            "trouble",
            setup_in(words, stage.setup()),
            async |_, window| {
                let album = Album::of(words, window)?;
                let inbox = Inbox(window);
                Staff(window).sends_at_once().await?;
                let at = stage.lena_writes("☎ 030 5550134?").await?;
                inbox.open_thread("Lena").await?;
                for (kind, accepted, state) in [
                    ("reset_after", true, "doubtful"),
                    ("status", false, "failed"),
                ] {
                    let mut fault =
                        json!({ "on": "messages", "kind": kind, "count": 1, "accepted": accepted });
                    if state == "failed" {
                        fault["status"] = 400.into();
                        fault["code"] = 131_026.into();
                    }
                    stage.order("faults", &fault).await?;
                    let answer = words.answers[usize::from(state == "failed")];
                    inbox.write(answer).await?;
                    inbox.send().await?;
                    let first = answer.split(['*', '!', ',']).next().unwrap_or(answer);
                    inbox.bubble(first, |bubble| bubble.state == state).await?;
                }
                album.both("doubtful-and-failed").await?;
                Staff(window).wants(&json!({ "undo_ms": 30_000 })).await?;
                inbox.write(words.answers[0]).await?;
                inbox.send().await?;
                window.one("undo").await?;
                album.both("undo").await?;
                window.click("undo").await?;
                stage.set_clock(at + 24 * HOUR - MINUTE / 2, 0.1)?;
                inbox.until_countdown("ending").await?;
                album.both("ending").await
            },
        )
        .await?;
    }
    Ok(())
}

#[tokio::test]
#[ignore = "leaves pictures, judges nothing: make shots"]
async fn shots_of_the_start_that_finds_no_key_or_a_ruined_store() -> Outcome {
    for words in &WORDS {
        let setup = Setup {
            keyring: Keyring::Missing,
            ..Setup::default()
        };
        journey(
            "shots-keyring",
            setup_in(words, setup),
            async |desk, window| {
                let album = Album::of(words, window)?;
                let start = Start(window);
                start.choose_practice().await?;
                start.keyring_is_asked_for().await?;
                album.both("keyring-missing").await?;
                window.click("use-passphrase").await?;
                window.write("passphrase", "sieben Fahrräder").await?;
                album.both("passphrase-new").await?;
                start
                    .create_passphrase("sieben Fahrräder im Schaufenster")
                    .await?;
                Inbox(window).until_threads().await?;

                desk.close(window).await?;
                desk.reopen(window).await?;
                start.unlock("falsch").await?;
                eventually("the passphrase is wrong", PATIENCE, async || {
                    let script = "return document.querySelector('[aria-invalid=true]') !== null";
                    Ok((window.run(script).await? == true).then_some(()))
                })
                .await?;
                album.both("passphrase-wrong").await?;

                desk.close(window).await?;
                let store = desk.data().join("practice/guichet.db");
                let mut bytes = std::fs::read(&store)?;
                let half = bytes.len() / 2;
                bytes[half..].fill(0x5a);
                std::fs::write(&store, bytes)?;
                desk.reopen(window).await?;
                start.unlock("sieben Fahrräder im Schaufenster").await?;
                window.one("start-empty").await?;
                album.both("damaged").await
            },
        )
        .await?;
    }
    Ok(())
}

/// The app as on a desktop in this language.
fn setup_in(words: &Words, setup: Setup) -> Setup {
    let mut environment = setup.environment;
    environment.push(("LC_ALL".into(), words.locale.into()));
    Setup {
        environment,
        ..setup
    }
}

async fn escape(window: &Window) -> Outcome {
    window
        .press(&fantoccini::key::Key::Escape.to_string())
        .await
}

/// The folder of pictures of one language.
struct Album<'a> {
    folder: PathBuf,
    language: &'a str,
    window: &'a Window,
}

impl<'a> Album<'a> {
    fn of(words: &'a Words, window: &'a Window) -> Outcome<Self> {
        let folder = env::var_os("GUICHET_SHOTS")
            .ok_or("GUICHET_SHOTS names no folder for the pictures; run: make shots")?;
        Ok(Self {
            folder: PathBuf::from(folder),
            language: words.language,
            window,
        })
    }

    /// The screen as it is, in both themes; the German one on a large screen, too.
    async fn both(&self, name: &str) -> Outcome {
        for theme in THEMES {
            let paint = format!("document.documentElement.dataset.theme = '{theme}'");
            self.window.run(&paint).await?;
            self.window.resize(SMALL.0, SMALL.1).await?;
            self.take(&format!("{name}-{}-{theme}.png", self.language))
                .await?;
        }
        if self.language == "de" {
            self.window.resize(LARGE.0, LARGE.1).await?;
            self.take(&format!("{name}-{}-dark-large.png", self.language))
                .await?;
            self.window.resize(SMALL.0, SMALL.1).await?;
        }
        Ok(())
    }

    async fn take(&self, file: &str) -> Outcome {
        let still = "const done = arguments[0];
            Promise.allSettled(document.getAnimations().map(({ finished }) => finished)).then(() => done());";
        self.window.run_until_called(still).await?;
        self.window
            .screenshot(&Path::new(&self.folder).join(file))
            .await
    }
}
