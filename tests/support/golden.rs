//! Comparing text with a file of `tests/golden/`; `UPDATE_GOLDEN=1` rewrites the file instead.

use std::path::Path;

pub fn compare(name: &str, text: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("golden")
        .join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&file, text).expect("the golden file is written");
        return;
    }
    let golden = std::fs::read_to_string(&file).unwrap_or_default();
    if golden != text {
        let difference: String = difference(&golden, text);
        panic!(
            "{name} differs (- expected, + found; UPDATE_GOLDEN=1 takes it over):\n{difference}\nfound:\n{text}"
        );
    }
}

/// The first lines that differ, enough to see what is wrong.
fn difference(golden: &str, text: &str) -> String {
    let (golden, text): (Vec<_>, Vec<_>) = (golden.lines().collect(), text.lines().collect());
    (0..golden.len().max(text.len()))
        .filter(|&line| golden.get(line) != text.get(line))
        .take(10)
        .map(|line| {
            let shown = |mark, of: &[&str]| {
                of.get(line)
                    .map(|l| format!("{mark} {l}\n"))
                    .unwrap_or_default()
            };
            format!(
                "line {}\n{}{}",
                line + 1,
                shown('-', &golden),
                shown('+', &text)
            )
        })
        .collect()
}
