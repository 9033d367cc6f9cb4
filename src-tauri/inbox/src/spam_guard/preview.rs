//! A list that is looked at before it is sent: a guard that lives through it, and is thrown away.

use super::{Guard, Level, Send, Verdict};

#[derive(Debug)]
pub struct Preview {
    guard: Guard,
}

impl Guard {
    /// For verdicts on a list as if each of them were sent in turn; nothing is recorded here.
    pub fn preview(&self) -> Preview {
        Preview {
            guard: self.clone(),
        }
    }
}

impl Preview {
    /// What would be said about `send` after all those before it, and counts it in. Each person is asked about once:
    /// what somebody got is not kept for them, so that a list of 100,000 stays small.
    pub fn verdict(&mut self, send: &Send<'_>) -> Verdict {
        let verdict = self.guard.verdict(send);
        self.guard.asked(send, &verdict);
        if verdict.level != Level::Block {
            self.guard.count(send, &verdict.judged);
        }
        verdict
    }
}
