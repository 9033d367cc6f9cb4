//! Whether texts are opt-outs, by hand: JSON lines `{"text":…,"after_marketing":true}` in, one answer per line out.

use inbox::opt_out::{Scope, Tier, recognise};
use serde::{Deserialize, Serialize};
use std::io::{self, BufRead, Write};
use std::process::ExitCode;

#[derive(Deserialize)]
struct Question {
    text: String,
    #[serde(default)]
    after_marketing: bool,
}

#[derive(Serialize)]
struct Answer {
    tier: &'static str,
    scope: Option<&'static str>,
    language: Option<&'static str>,
}

fn main() -> io::Result<ExitCode> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut input = io::stdin().lock();
    let (mut line, mut number, mut all_read) = (Vec::new(), 0_u64, true);
    while input.read_until(b'\n', &mut line)? > 0 {
        number += 1;
        if !line.trim_ascii().is_empty() {
            match serde_json::from_slice::<Question>(&line) {
                Ok(question) => {
                    serde_json::to_writer(&mut out, &answer(&question))?;
                    writeln!(out)?;
                    out.flush()?;
                }
                Err(problem) => {
                    all_read = false;
                    eprintln!("line {number}: {problem}");
                }
            }
        }
        line.clear();
    }
    Ok(if all_read {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn answer(question: &Question) -> Answer {
    let found = recognise(&question.text, question.after_marketing);
    Answer {
        tier: match found.tier {
            Tier::Certain => "certain",
            Tier::Ask => "ask",
            Tier::No => "no",
        },
        scope: found.scope.map(|scope| match scope {
            Scope::Marketing => "marketing",
            Scope::All => "all",
        }),
        language: found.language,
    }
}
