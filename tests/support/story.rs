//! A conversation as text, step by step, to be compared with a golden file.

use crate::{golden, shop::Shop};

#[derive(Default)]
pub struct Story(String);

impl Story {
    /// What happened, and what staff sees of it.
    pub fn step(&mut self, what: &str, shop: &Shop, thread: i64) {
        self.say(what);
        self.0 += &shop.picture(thread);
    }

    pub fn say(&mut self, what: &str) {
        if !self.0.is_empty() {
            self.0.push('\n');
        }
        self.0 += &format!("# {what}\n");
    }

    pub fn note(&mut self, line: &str) {
        self.0 += &format!("{line}\n");
    }

    pub fn compare(&self, name: &str) {
        golden::compare(&format!("{name}.txt"), &self.0);
    }
}
