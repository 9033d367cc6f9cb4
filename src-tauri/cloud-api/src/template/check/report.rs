//! Collects findings, and counts places as JavaScript does.

use std::ops::Range;

use super::{Finding, Rule, Severity};

#[derive(Debug, Default)]
pub(super) struct Report {
    pub found: Vec<Finding>,
    /// `card:I:` while a card is looked at.
    pub prefix: String,
}

impl Report {
    /// The part as a whole, where there is no text to mark.
    pub fn error(&mut self, rule: Rule, part: &str) {
        self.add(rule, Severity::Error, part, 0..0, None);
    }

    pub fn limited(&mut self, rule: Rule, part: &str, limit: usize) {
        self.add(rule, Severity::Error, part, 0..0, Some(limit));
    }

    pub fn warn(&mut self, rule: Rule, part: &str) {
        self.add(rule, Severity::Warning, part, 0..0, None);
    }

    /// `range` is in bytes of `text`.
    pub fn mark(&mut self, rule: Rule, part: &str, text: &str, range: Range<usize>) {
        self.mark_as(Severity::Error, rule, part, text, range);
    }

    pub fn mark_as(
        &mut self,
        severity: Severity,
        rule: Rule,
        part: &str,
        text: &str,
        range: Range<usize>,
    ) {
        let range = utf16(text, range.start)..utf16(text, range.end);
        self.add(rule, severity, part, range, None);
    }

    /// Marks what is too much.
    pub fn length(&mut self, part: &str, text: &str, max: usize) {
        if let Some((at, _)) = text.char_indices().nth(max) {
            let range = utf16(text, at)..utf16(text, text.len());
            self.add(Rule::TooLong, Severity::Error, part, range, Some(max));
        }
    }

    fn add(
        &mut self,
        rule: Rule,
        severity: Severity,
        part: &str,
        range: Range<usize>,
        limit: Option<usize>,
    ) {
        self.found.push(Finding {
            rule,
            severity,
            part: format!("{}{part}", self.prefix),
            start: range.start,
            end: range.end,
            limit,
        });
    }
}

fn utf16(text: &str, bytes: usize) -> usize {
    text.get(..bytes)
        .map_or(0, |before| before.encode_utf16().count())
}
