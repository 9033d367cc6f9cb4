//! A text and its variables.

use super::{
    super::{ParameterFormat, Text, Variable, placeholder::position, variables},
    Report, Rule, Severity, fits,
};

/// Braces, names, numbers and samples: what holds for headers and bodies alike.
pub(super) fn check(part: &str, text: &Text, format: ParameterFormat, report: &mut Report) {
    let words = text.text.as_str();
    let found = variables(words);
    braces(part, words, &found, report);
    for variable in &found {
        let place = variable.start..variable.end;
        let label = variable.label;
        if label.contains(['#', '$', '%']) {
            report.mark(Rule::VariableForbiddenCharacter, part, words, place);
        } else if !is_a_label(label) {
            report.mark(Rule::VariableName, part, words, place);
        } else if !fits(format, variable.is_positional()) {
            report.mark(Rule::VariableMixed, part, words, place);
        } else if text
            .example(label)
            .is_none_or(|sample| sample.trim().is_empty())
        {
            report.mark(Rule::SampleMissing, part, words, place);
        }
    }
    for two in found.windows(2) {
        if let [one, next] = two
            && words[one.end..next.start].trim().is_empty()
        {
            report.mark(Rule::VariablesAdjacent, part, words, one.start..next.end);
        }
    }
    if format == ParameterFormat::Positional {
        gap(part, words, &found, report);
    }
}

/// What holds for bodies alone.
pub(super) fn body(part: &str, words: &str, report: &mut Report) {
    let found = variables(words);
    let (Some(first), Some(last)) = (found.first(), found.last()) else {
        return;
    };
    if words[..first.start].trim().is_empty() {
        report.mark(Rule::VariableAtStart, part, words, first.start..first.end);
    }
    if words[last.end..].trim().is_empty() {
        report.mark(Rule::VariableAtEnd, part, words, last.start..last.end);
    }
    if count_words(words, &found) < 2 * found.len() + 1 {
        let all = 0..words.len();
        report.mark_as(Severity::Warning, Rule::TooManyVariables, part, words, all);
    }
}

/// For texts that hold no variable: the footer, what a button says.
pub(super) fn none_allowed(part: &str, words: &str, report: &mut Report) {
    for variable in variables(words) {
        let place = variable.start..variable.end;
        report.mark(Rule::VariableNotAllowed, part, words, place);
    }
}

pub(super) fn one_line(part: &str, words: &str, report: &mut Report) {
    if let Some(at) = words.find(['\n', '\r']) {
        report.mark(Rule::LineBreak, part, words, at..at + 1);
    }
}

fn is_a_label(label: &str) -> bool {
    let small = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    match position(label) {
        Some(number) => number > 0 && !label.starts_with('0'),
        None => label.starts_with(|c: char| c.is_ascii_lowercase()) && label.chars().all(small),
    }
}

/// The first number that has no predecessor is where the gap is.
fn gap(part: &str, words: &str, found: &[Variable<'_>], report: &mut Report) {
    let mut numbers: Vec<u32> = found.iter().filter_map(|v| position(v.label)).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let Some((_, bad)) = (1_u32..)
        .zip(numbers)
        .find(|(wanted, number)| wanted != number)
    else {
        return;
    };
    // Zero is no number of a variable at all, and said so above.
    for variable in found {
        if bad > 0 && position(variable.label) == Some(bad) {
            let place = variable.start..variable.end;
            report.mark(Rule::VariableGap, part, words, place);
        }
    }
}

/// Looks at what lies between the variables.
fn braces(part: &str, words: &str, found: &[Variable<'_>], report: &mut Report) {
    let mut from = 0;
    let ends = found.iter().map(|v| (v.start, v.end));
    for (start, end) in ends.chain([(words.len(), words.len())]) {
        let between = &words[from..start];
        if let Some(at) = between.find("{{").or_else(|| between.find("}}")) {
            let at = from + at;
            report.mark(Rule::Braces, part, words, at..at + 2);
        } else if let Some(at) = between.find(['{', '}']) {
            let at = from + at;
            let place = at..at + 1;
            report.mark_as(Severity::Warning, Rule::Braces, part, words, place);
        }
        from = end;
    }
}

/// Words outside the variables. Scripts that put no spaces between words count by character.
fn count_words(words: &str, found: &[Variable<'_>]) -> usize {
    let mut from = 0;
    let mut count = 0;
    let places = found.iter().map(|v| (v.start, v.end));
    for (start, end) in places.chain([(words.len(), words.len())]) {
        for word in words[from..start].split_whitespace() {
            let unspaced = word.chars().filter(|c| is_unspaced(*c)).count();
            if unspaced > 0 {
                count += unspaced;
            } else if word.chars().any(char::is_alphanumeric) {
                count += 1;
            }
        }
        from = end;
    }
    count
}

/// Thai, Lao, Khmer, Kana, Han.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}
