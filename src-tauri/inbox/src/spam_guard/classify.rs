//! What a send is before anybody else's are looked at: the text that a crowd would have in common, how much of it was
//! asked for, and what it is counted under.

use super::Guard;
use super::asked::{Asked, asked};
use super::crowd::{Fact, figures};
use super::judge::COUNTS_AS_ADVERT;
use super::limits::DAY;
use super::person::{Exchange, Key};
use super::send::{Category, Content, Grant, Send};
use super::text::{Link, Reading, hash, read};

/// A text hides in a placeholder from this length on; less is a name or a thing.
const HIDDEN_WORDS: usize = 8;

impl Guard {
    /// The text that a crowd would have in common, how much of it was asked for, and whether it is advertising in a
    /// utility template.
    pub(super) fn classify(&self, send: &Send<'_>, exchange: &Exchange) -> (Reading, Asked, bool) {
        let (name, own) = (send.recipient.name, send.shop.own_domains);
        match send.content {
            Content::Text(text) => {
                let reading = read(text, name, own);
                let asked = asked(Some(exchange), send, &reading);
                (reading, asked, false)
            }
            Content::Media { caption, .. } => {
                let mut reading = read(caption, name, own);
                reading.acknowledges = false;
                let asked = asked(Some(exchange), send, &reading);
                (reading, asked, false)
            }
            // Whether it may be sent at all is a matter of consent, not of the crowd.
            Content::Template {
                category: Category::Marketing,
                ..
            } => (Reading::default(), Asked::Consented, false),
            Content::Template { body, params, .. } => {
                let filled = params.join(" \n");
                let hidden = read(&filled, name, own);
                let sells =
                    hidden.is_advertising() || hidden.sells == 1 && hidden.length >= HIDDEN_WORDS;
                if sells {
                    let mut reading = hidden;
                    reading.sells = reading.sells.max(2);
                    return (reading, Asked::Unasked, true);
                }
                if send.recipient.consents.service == Grant::In {
                    return (Reading::default(), Asked::Consented, false);
                }
                let mut reading = read(&rendered(body, params), name, own);
                // A shop's own wording that Meta approved as a service message is not advertising for one stem.
                reading.sells = reading.sells.saturating_sub(1);
                let asked = asked(Some(exchange), send, &reading);
                let asked = if asked == Asked::Unasked
                    && send.recipient.consents.marketing == Grant::In
                    && !reading.is_advertising()
                {
                    Asked::Personal
                } else {
                    asked
                };
                (reading, asked, false)
            }
        }
    }

    pub(super) fn fact(
        &self,
        send: &Send<'_>,
        reading: &Reading,
        asked: Asked,
        exchange: &Exchange,
    ) -> Fact {
        let stranger = send.recipient.last_in.is_none()
            && exchange.first_in.is_none_or(|first| send.at - first < DAY);
        // An open window says that they wrote, whatever we were told.
        let known = send.recipient.window_open || exchange.first_in.is_some();
        let never = send.recipient.last_in.is_none() && !known;
        let mut weight = asked.weight();
        if never && weight >= COUNTS_AS_ADVERT {
            weight += self.limits.stranger;
        }
        Fact {
            at: send.at,
            person: send.to,
            weight,
            sells: reading.is_advertising(),
            hints: reading.sells == 1,
            figures: figures(reading),
            file: match send.content {
                Content::Media { digest, .. } if !digest.is_empty() => Some(hash(digest)),
                _ => None,
            },
            odd: None,
            stranger,
            aside: (asked == Asked::Aside).then(|| exchange.topics()),
            of_business: reading.of_business,
        }
    }
}

pub(super) fn keys(send: &Send<'_>, reading: &Reading, covered: bool) -> Vec<Key> {
    let mut keys = Vec::new();
    match send.content {
        Content::Media { digest, .. } if !digest.is_empty() => keys.push(Key::File(hash(digest))),
        Content::Template { name, .. } => keys.push(Key::Template(hash(name))),
        Content::Text(_) | Content::Media { .. } => {}
    }
    if !covered {
        // The own front page is a signature, not an offer.
        let tells = |link: &&Link| !link.own || link.address.contains('/');
        keys.extend(
            reading
                .links
                .iter()
                .filter(tells)
                .map(|link| Key::Link(hash(&link.address))),
        );
    }
    keys
}

fn rendered(body: &str, params: &[String]) -> String {
    let mut text = body.to_owned();
    for (at, param) in params.iter().enumerate() {
        text = text.replace(&format!("{{{{{}}}}}", at + 1), param);
    }
    text
}
