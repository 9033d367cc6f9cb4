//! The cases: when · tier · scope · text, apart by tabs. When: `y` in reply to advertising, `n` not, `*` both.

use inbox::opt_out::{Scope, Tier};
use std::fs;
use std::path::Path;

#[derive(Debug, Clone)]
pub struct Case {
    /// The language of the file, or `any`.
    pub file: String,
    pub text: String,
    pub after_marketing: bool,
    /// Any of these is right.
    pub tiers: Vec<Tier>,
    /// What it has to be about, where that is settled.
    pub scope: Option<Option<Scope>>,
}

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("opt_out/cases")
}

pub fn files() -> Vec<String> {
    let entries = fs::read_dir(folder()).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "tsv"))
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    names.sort();
    names
}

pub fn read() -> Vec<Case> {
    files().iter().flat_map(|file| cases(file)).collect()
}

fn cases(file: &str) -> Vec<Case> {
    let text = fs::read_to_string(folder().join(format!("{file}.tsv"))).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(|line| line_of(file, line)).collect()
}

fn line_of(file: &str, line: &str) -> Vec<Case> {
    let fields: Vec<&str> = line.split('\t').collect();
    let [when, tiers, scope, text] = fields[..] else {
        panic!("{file}: {line}");
    };
    let tier = |name: &str| match name {
        "certain" => Tier::Certain,
        "ask" => Tier::Ask,
        "no" => Tier::No,
        _ => panic!("{file}: {line}"),
    };
    let scope = match scope {
        "marketing" => Some(Some(Scope::Marketing)),
        "all" => Some(Some(Scope::All)),
        "-" => Some(None),
        "?" => None,
        _ => panic!("{file}: {line}"),
    };
    let after: &[bool] = match when {
        "y" => &[true],
        "n" => &[false],
        "*" => &[true, false],
        _ => panic!("{file}: {line}"),
    };
    let case = |&after_marketing: &bool| Case {
        file: file.to_owned(),
        text: text.to_owned(),
        after_marketing,
        tiers: tiers.split('|').map(tier).collect(),
        scope,
    };
    after.iter().map(case).collect()
}
