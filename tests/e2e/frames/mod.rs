//! What the window costs in frames, each figure beside an idle page of the same WebKit in the same run: `make bench`.
//!
//! Nothing is judged here but by whoever reads it; what can be counted without a clock is in `counted`.

mod figures;

use std::{env, time::Instant};

use serde_json::Value;
use support::generate::{self, END, Spec, fill};

use crate::{
    Outcome,
    desk::Desk,
    eventually::{PATIENCE, eventually},
    pages::Inbox,
    prepared::{reopen_filled, setup},
    stage::{HOUR, MINUTE, Stage},
    window::Window,
};
use figures::{Figures, Limits};

const PROBE: &str = include_str!("probe.js");
const LONG: usize = 100_000;
const OPEN: usize = 5_000;
const ROUNDS: usize = 3;
/// Of each part that goes on for as long as one likes.
const EACH_MS: u32 = 10_000;
/// Of the generator's vocabulary: one of the most used words, and one that is rare.
const QUERIES: [&str; 2] = ["bitte", "Torte morgen"];

#[tokio::test]
#[ignore = "measures, judges nothing: make bench"]
async fn frames() -> Outcome {
    let messages = env::var("GUICHET_FRAMES").ok();
    let messages: usize = messages.as_deref().unwrap_or("100000").parse()?;
    let stage = Stage::start().await?;
    let now = END + HOUR;
    stage.set_clock(now, 1.0)?;
    let desk = Desk::start(&setup(&stage)).await?;
    let window = desk.open().await?;
    let begun = Instant::now();
    reopen_filled(&desk, &window, now, |store| {
        fill(store, Spec::of(messages))?;
        // Nobody has these files: to ask for each of them would be what is measured.
        store.write(|db| Ok(db.execute("UPDATE media SET state = 'gone'", [])?))?;
        generate::open_windows(store, OPEN, now, 20 * MINUTE)?;
        generate::long_thread(store, LONG, now)
    })
    .await?;
    println!(
        "a store of {messages} messages, {OPEN} open windows and a thread of {LONG} made and opened in {:.0} s",
        begun.elapsed().as_secs_f64()
    );
    let bench = Bench {
        window: &window,
        desk: &desk,
        home: window.run("return location.href").await?,
    };
    for round in 1..=ROUNDS {
        println!("round {round} of {ROUNDS}");
        bench.round().await?;
    }
    window.close().await
}

struct Bench<'a> {
    window: &'a Window,
    desk: &'a Desk,
    home: Value,
}

impl Bench<'_> {
    async fn round(&self) -> Outcome {
        let inbox = Inbox(self.window);
        self.home().await?;
        inbox.open_thread(generate::TALKER_NAME).await?;
        self.window.one("message").await?;
        self.window.run(PROBE).await?;
        let texts = self.window.run("return window.frames_.texts()").await?;

        let idle = self.idle().await?;
        idle.print("idle page", &idle, None);
        let standing = self.probe(&format!("plain({texts}, 0, {EACH_MS})")).await?;
        standing.print("plain paragraphs, standing", &idle, None);
        let plain = self.probe(&format!("plain({texts}, 5, {EACH_MS})")).await?;
        plain.print("plain paragraphs, five screens a second", &idle, None);

        self.home().await?;
        inbox.open_thread(generate::TALKER_NAME).await?;
        self.window.one("message").await?;
        let scroll = self.probe(&format!("scroll({EACH_MS})")).await?;
        scroll.print(
            &format!("P10 five screens a second through {LONG}"),
            &idle,
            Some(Limits {
                p95: 1.15,
                p99: 1.3,
            }),
        );

        let held = self.probe("hold(30)").await?;
        held.print(
            "P9 J held down for 30 threads",
            &idle,
            Some(Limits { p95: 2.0, p99: 3.0 }),
        );
        let switches = self.probe("switches(20)").await?;
        switches.print_painted("P8 key to painted thread", &idle);

        for query in QUERIES {
            let typed = self
                .probe(&format!("type({})", serde_json::to_string(query)?))
                .await?;
            typed.print(&format!("P11 typing \"{query}\""), &idle, None);
            typed.print_painted("P11 letter to painted results", &idle);
        }

        self.home().await?;
        let soonest =
            "document.querySelector('[data-testid=rail-item][data-view=closing_soon]').click()";
        self.window.run(soonest).await?;
        let ticking = "return /^\\d+:\\d\\d$/.test(document.querySelector('[data-testid=countdown] .text')?.innerText)";
        eventually("seconds are counted", PATIENCE, async || {
            Ok((self.window.run(ticking).await? == true).then_some(()))
        })
        .await?;
        let counting = self.probe(&format!("still({EACH_MS})")).await?;
        counting.print(
            &format!("P12 {OPEN} windows counting down"),
            &idle,
            Some(Limits {
                p95: 1.15,
                p99: f64::INFINITY,
            }),
        );
        Ok(())
    }

    /// An empty page in the place of the app.
    async fn idle(&self) -> Outcome<Figures> {
        self.window.run("location.href = 'about:blank'").await?;
        eventually("the page is empty", PATIENCE, async || {
            let href = self.window.run("return location.href").await?;
            Ok((href == "about:blank").then_some(()))
        })
        .await?;
        self.probe(&format!("still({EACH_MS})")).await
    }

    async fn home(&self) -> Outcome {
        self.window
            .run(&format!("location.href = {}", self.home))
            .await?;
        eventually("the threads are listed", PATIENCE, async || {
            Ok(self.window.shows("thread-row").await?.then_some(()))
        })
        .await
    }

    async fn probe(&self, part: &str) -> Outcome<Figures> {
        self.window.run(PROBE).await?;
        let before = self.desk.processor_ms()?;
        let begun = Instant::now();
        let script = format!(
            "window.frames_.{part}.then(arguments[0], (error) => arguments[0](String(error)))"
        );
        let answer = self.window.run_until_called(&script).await?;
        let took = begun.elapsed();
        let spent = self.desk.processor_ms()? - before;
        let mut figures: Figures =
            serde_json::from_value(answer.clone()).map_err(|_| format!("{part}: {answer}"))?;
        figures.processor = spent / took.as_secs_f64() / 1000.0;
        Ok(figures)
    }
}
