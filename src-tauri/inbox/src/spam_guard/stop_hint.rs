//! Whether a template tells how to stop. Meta asks for it in marketing templates, in whatever words.

const HINTS: [&str; 24] = [
    "stop",
    "abmeld",
    "abbestell",
    "unsubscribe",
    "opt out",
    "opt-out",
    "sair",
    "parar",
    "cancelar",
    "baja",
    "cancella",
    "disiscri",
    "désabonn",
    "desabonn",
    "désinscri",
    "afmeld",
    "uitschrijf",
    "wypisz",
    "rezygn",
    "iptal",
    "ret yaz",
    "çık",
    "إيقاف",
    "الغاء",
];

/// `text`: body and footer in lower case.
pub(super) fn present(text: &str) -> bool {
    HINTS.iter().any(|hint| text.contains(hint))
}
