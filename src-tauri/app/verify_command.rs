//! `guichet verify FILE [--key HEX]`: checks an exported ledger on any machine, without a window, a profile or the network.
//!
//! Ends with 0 when the file fits, 1 when it does not, 2 when it could not be checked.

use crate::language;
use inbox::ledger::{self, Misfit, NotVerified, Verified};
use practice::Language;
use std::{
    ffi::OsString,
    fs::File,
    io::{BufReader, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

const FITS: u8 = 0;
const DOES_NOT_FIT: u8 = 1;
const NOT_CHECKED: u8 = 2;

/// `None`: nothing was asked that is answered here, and the window may open.
pub fn on_the_command_line(arguments: impl Iterator<Item = OsString>) -> Option<ExitCode> {
    let arguments: Vec<OsString> = arguments.collect();
    if arguments.first()? != "verify" {
        return None;
    }
    let language = language::spoken("");
    let (code, said) = match asked(&arguments[1..]) {
        Some((file, key)) => checked(&file, key.as_deref(), language),
        None => (NOT_CHECKED, usage(language).to_owned()),
    };
    // Whoever asked may have closed the pipe; the code still tells.
    let _ = match code {
        FITS => writeln!(std::io::stdout(), "{said}"),
        _ => writeln!(std::io::stderr(), "{said}"),
    };
    Some(ExitCode::from(code))
}

fn asked(arguments: &[OsString]) -> Option<(PathBuf, Option<String>)> {
    let mut file = None;
    let mut key = None;
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        if argument == "--key" {
            key = Some(rest.next()?.to_str()?.trim().to_ascii_lowercase());
        } else if file.is_none() && !argument.to_string_lossy().starts_with("--") {
            file = Some(PathBuf::from(argument));
        } else {
            return None;
        }
    }
    Some((file?, key))
}

fn checked(path: &Path, key: Option<&str>, language: Language) -> (u8, String) {
    let opened = File::open(path).map_err(NotVerified::Unreadable);
    match opened.and_then(|file| ledger::verify(BufReader::with_capacity(1 << 18, file), key)) {
        Ok(verified) => (FITS, fits(&verified, key.is_some(), language)),
        Err(error) => (code_of(&error), does_not(&error, language)),
    }
}

fn code_of(error: &NotVerified) -> u8 {
    match error {
        NotVerified::Unreadable(_)
        | NotVerified::NoLedger
        | NotVerified::TooNew
        | NotVerified::NoKey => NOT_CHECKED,
        _ => DOES_NOT_FIT,
    }
}

fn one_of<T>(language: Language, [en, de, pt]: [T; 3]) -> T {
    match language {
        Language::En => en,
        Language::De => de,
        Language::PtBr => pt,
    }
}

fn usage(language: Language) -> &'static str {
    one_of(
        language,
        [
            "Usage: guichet verify FILE [--key HEX]\nChecks a ledger that was exported as JSON Lines. HEX is the shop's public key.",
            "Aufruf: guichet verify DATEI [--key HEX]\nPrüft ein als JSON Lines ausgegebenes Register. HEX ist der öffentliche Schlüssel der Firma.",
            "Uso: guichet verify ARQUIVO [--key HEX]\nConfere um livro exportado como JSON Lines. HEX é a chave pública da empresa.",
        ],
    )
}

fn fits(verified: &Verified, key_given: bool, language: Language) -> String {
    let Verified {
        entries, erased, ..
    } = verified;
    let name = one_line(&verified.business);
    let mut said = one_of(
        language,
        [
            format!("The ledger fits: {entries} entries of “{name}”, {erased} of them erased."),
            format!(
                "Das Register stimmt: {entries} Einträge von „{name}“, davon {erased} gelöscht."
            ),
            format!("O livro confere: {entries} registros de “{name}”, {erased} deles apagados."),
        ],
    );
    let head = one_of(language, ["Head", "Kopf", "Topo"]);
    for device in &verified.heads {
        said.push_str(&format!(
            "\n{head} {}/{}: {}",
            one_line(&device.device),
            device.seq,
            device.hash
        ));
    }
    let key = one_of(
        language,
        ["Public key", "Öffentlicher Schlüssel", "Chave pública"],
    );
    said.push_str(&format!("\n{key}: {}", verified.public_key));
    if !key_given {
        said.push('\n');
        said.push_str(one_of(
            language,
            [
                "This key is the file's own word. Compare it with the one the shop gave you, or pass that one with --key.",
                "Diesen Schlüssel nennt die Datei selbst. Vergleichen Sie ihn mit dem, den Sie von der Firma haben, oder geben Sie jenen mit --key an.",
                "Esta chave vem do próprio arquivo. Compare com a que a empresa lhe deu, ou informe aquela com --key.",
            ],
        ));
    }
    said
}

fn does_not(error: &NotVerified, language: Language) -> String {
    let of = |texts: [&str; 3]| one_of(language, texts).to_owned();
    match error {
        NotVerified::Unreadable(error) => {
            let begun = of([
                "The file could not be read",
                "Die Datei ist nicht lesbar",
                "O arquivo não pôde ser lido",
            ]);
            format!("{begun}: {error}")
        }
        NotVerified::NoLedger => of([
            "This is no ledger exported by Guichet.",
            "Das ist kein von Guichet ausgegebenes Register.",
            "Este não é um livro exportado pelo Guichet.",
        ]),
        NotVerified::TooNew => of([
            "This ledger was written by a later version of Guichet.",
            "Dieses Register stammt von einer neueren Version von Guichet.",
            "Este livro foi escrito por uma versão mais nova do Guichet.",
        ]),
        NotVerified::NoKey => of([
            "The key is not a public key: 64 hexadecimal digits are expected.",
            "Das ist kein öffentlicher Schlüssel: erwartet werden 64 hexadezimale Ziffern.",
            "Essa não é uma chave pública: são esperados 64 dígitos hexadecimais.",
        ]),
        NotVerified::Broken { line, entry, why } => broken(*line, entry, *why, language),
        NotVerified::CutOff => of([
            "The ledger does not fit: it ends before its signed head.",
            "Das Register stimmt nicht: Es endet vor seinem signierten Kopf.",
            "O livro não confere: ele termina antes do topo assinado.",
        ]),
        NotVerified::Trailing { line } => one_of(
            language,
            [
                format!("The ledger does not fit: line {line} stands after the signed head."),
                format!(
                    "Das Register stimmt nicht: Zeile {line} steht hinter dem signierten Kopf."
                ),
                format!("O livro não confere: a linha {line} está depois do topo assinado."),
            ],
        ),
        NotVerified::OtherHead { device } => {
            let device = one_line(device);
            one_of(
                language,
                [
                    format!(
                        "The ledger does not fit: the signed head is another than that of the entries of {device}."
                    ),
                    format!(
                        "Das Register stimmt nicht: Der signierte Kopf ist nicht der der Einträge von {device}."
                    ),
                    format!(
                        "O livro não confere: o topo assinado não é o dos registros de {device}."
                    ),
                ],
            )
        }
        NotVerified::OtherKey => of([
            "The ledger does not fit: it was signed with another key than the one given.",
            "Das Register stimmt nicht: Es wurde mit einem anderen Schlüssel signiert als dem angegebenen.",
            "O livro não confere: foi assinado com outra chave, não com a informada.",
        ]),
        // Later kinds of misfit would be no better known to whoever reads this.
        _ => of([
            "The ledger does not fit: the signature is not that of its key.",
            "Das Register stimmt nicht: Die Signatur passt nicht zum Schlüssel.",
            "O livro não confere: a assinatura não é da chave dele.",
        ]),
    }
}

fn broken(line: u64, entry: &str, why: Misfit, language: Language) -> String {
    let why = one_of(
        language,
        match why {
            Misfit::Changed => ["it was changed", "er wurde verändert", "ele foi alterado"],
            Misfit::Missing => [
                "entries before it are missing",
                "davor fehlen Einträge",
                "faltam registros antes dele",
            ],
            Misfit::OutOfPlace => [
                "it does not follow the entry before it",
                "er folgt nicht auf den Eintrag davor",
                "ele não segue o registro anterior",
            ],
            Misfit::PersonalChanged => [
                "its personal part was changed",
                "sein persönlicher Teil wurde verändert",
                "a parte pessoal dele foi alterada",
            ],
            Misfit::PersonalMissing => [
                "its personal part is gone without an erasure",
                "sein persönlicher Teil fehlt ohne eine Löschung",
                "a parte pessoal dele sumiu sem uma eliminação",
            ],
        },
    );
    let entry = match entry {
        "" => "?".to_owned(),
        entry => one_line(entry),
    };
    one_of(
        language,
        [
            format!(
                "The ledger does not fit. First entry that does not: {entry} (line {line}): {why}."
            ),
            format!(
                "Das Register stimmt nicht. Erster Eintrag, der nicht passt: {entry} (Zeile {line}): {why}."
            ),
            format!(
                "O livro não confere. Primeiro registro que não confere: {entry} (linha {line}): {why}."
            ),
        ],
    )
}

/// A file may hold anything, and a terminal obeys some of it.
fn one_line(text: &str) -> String {
    crate::desktop::legible::one_line(text, 120)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(all: &[&str]) -> Vec<OsString> {
        all.iter().map(OsString::from).collect()
    }

    #[test]
    fn a_file_and_perhaps_a_key_are_asked_for() {
        for (given, read) in [
            (&["a.jsonl"][..], Some(("a.jsonl", None))),
            (
                &["a.jsonl", "--key", "AB"][..],
                Some(("a.jsonl", Some("ab"))),
            ),
            (
                &["--key", "ab", "a.jsonl"][..],
                Some(("a.jsonl", Some("ab"))),
            ),
            (&[][..], None),
            (&["a.jsonl", "--key"][..], None),
            (&["a.jsonl", "b.jsonl"][..], None),
            (&["--help"][..], None),
        ] {
            let read = read.map(|(file, key)| (PathBuf::from(file), key.map(str::to_owned)));
            assert_eq!(asked(&arguments(given)), read, "{given:?}");
        }
    }

    #[test]
    fn anything_else_opens_the_window() {
        for given in [&[][..], &["--verify"][..], &["a.jsonl"][..]] {
            assert!(on_the_command_line(arguments(given).into_iter()).is_none());
        }
    }

    #[test]
    fn what_could_not_be_checked_is_told_from_what_does_not_fit() {
        let gone = PathBuf::from("/nonexistent/ledger.jsonl");
        for language in [Language::En, Language::De, Language::PtBr] {
            assert_eq!(checked(&gone, None, language).0, NOT_CHECKED);
        }
        assert_eq!(code_of(&NotVerified::CutOff), DOES_NOT_FIT);
        assert_eq!(code_of(&NotVerified::NoLedger), NOT_CHECKED);
    }
}
