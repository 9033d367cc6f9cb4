//! The files of `assets/practice/`: who the scripted customers are and what they say.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Language {
    #[serde(rename = "de")]
    De,
    #[serde(rename = "pt-BR")]
    PtBr,
    #[serde(rename = "en")]
    En,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there are practice customers for de, pt-BR and en")]
pub struct UnknownLanguage;

impl FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(tag: &str) -> Result<Self, UnknownLanguage> {
        match tag {
            "de" => Ok(Self::De),
            "pt-BR" => Ok(Self::PtBr),
            "en" => Ok(Self::En),
            _ => Err(UnknownLanguage),
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::De => "de",
            Self::PtBr => "pt-BR",
            Self::En => "en",
        })
    }
}

impl Language {
    fn source(self) -> &'static str {
        match self {
            Self::De => include_str!("../../../assets/practice/de.json"),
            Self::PtBr => include_str!("../../../assets/practice/pt-BR.json"),
            Self::En => include_str!("../../../assets/practice/en.json"),
        }
    }

    /// Who agreed to messages before the training begins.
    pub fn agreed(self) -> Vec<Agreed> {
        let Ok(script) = self.script() else {
            return Vec::new();
        };
        let words = script.agreement.replace("{{shop}}", &script.shop);
        let people = script.customers.into_iter();
        let agreed = people.filter(|person| !person.agreed.is_empty());
        agreed
            .map(|person| Agreed {
                wa_id: person.wa_id,
                bsuid: person.bsuid,
                name: person.name,
                purposes: person.agreed,
                shop: script.shop.clone(),
                words: words.clone(),
            })
            .collect()
    }

    pub fn script(self) -> serde_json::Result<Script> {
        serde_json::from_str(self.source())
    }
}

/// A scripted customer who agreed to messages, word for word. As invented as the customer.
#[derive(Clone)]
pub struct Agreed {
    pub wa_id: Option<String>,
    pub bsuid: Option<String>,
    pub name: String,
    pub purposes: Vec<String>,
    pub shop: String,
    pub words: String,
}

pub fn picture(name: &str) -> Option<&'static [u8]> {
    match name {
        "bicycle" => Some(include_bytes!("../../../assets/practice/bicycle.png")),
        "cake" => Some(include_bytes!("../../../assets/practice/cake.png")),
        "fringe" => Some(include_bytes!("../../../assets/practice/fringe.png")),
        _ => None,
    }
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Script {
    /// The shop these people write to, for whoever edits the file.
    pub shop: String,
    /// What those agreed to who agreed, with `{{shop}}` in it.
    pub agreement: String,
    pub customers: Vec<Person>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    pub name: String,
    #[serde(default)]
    pub wa_id: Option<String>,
    #[serde(default)]
    pub bsuid: Option<String>,
    #[serde(default)]
    pub username: Option<String>,
    /// Purposes of messages they agreed to before the training begins.
    #[serde(default)]
    pub agreed: Vec<String>,
    pub opens: Opening,
    #[serde(default)]
    pub then: Vec<Step>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    #[serde(default)]
    pub minutes_ago: f64,
    #[serde(default)]
    pub in_minutes: f64,
    pub say: Say,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    pub on: Trigger,
    /// For `silence`: so long after the customer's own last words.
    #[serde(default)]
    pub minutes: f64,
    /// Pause before the customer reacts.
    #[serde(default)]
    pub after_minutes: f64,
    pub say: Say,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trigger {
    /// Anything from the shop, a template too.
    Answer,
    Template,
    Silence,
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Say {
    Text(String),
    /// An emoji on the shop's last message.
    React(String),
    /// Writes nothing: reports the shop's last template to WhatsApp.
    Complain,
    /// A tap on a quick-reply button of the shop's last template.
    Tap(String),
    Image {
        name: String,
        caption: Option<String>,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_its_people_and_their_pictures() {
        for tag in ["de", "pt-BR", "en"] {
            let language: Language = tag.parse().unwrap();
            let script = language.script().unwrap();
            let people = &script.customers;
            assert!(people.len() >= 6, "{tag}");
            assert!(
                people
                    .iter()
                    .all(|p| p.wa_id.is_some() || p.bsuid.is_some()),
                "{tag}"
            );
            assert!(
                people
                    .iter()
                    .any(|p| p.wa_id.is_none() && p.username.is_some()),
                "{tag}: username only"
            );
            assert!(
                people.iter().any(|p| p.opens.minutes_ago == 1_430.0),
                "{tag}: ten minutes left"
            );
            assert!(
                people.iter().any(|p| p.opens.minutes_ago == 1_560.0),
                "{tag}: closed"
            );
            let says = || {
                people
                    .iter()
                    .flat_map(|p| p.then.iter().map(|s| &s.say).chain([&p.opens.say]))
            };
            assert!(says().any(|s| matches!(s, Say::React(_))), "{tag}");
            for say in says() {
                if let Say::Image { name, .. } = say {
                    assert!(
                        picture(name).is_some_and(|b| b.len() < 10_000),
                        "{tag} {name}"
                    );
                }
            }
            assert!(says().any(|s| matches!(s, Say::Image { .. })), "{tag}");
        }
        assert!("fr".parse::<Language>().is_err());
    }
}
