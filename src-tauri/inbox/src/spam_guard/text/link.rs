//! Links as addresses that can be compared. People write them without a scheme, so a chunk of text is a link, too, when
//! it ends like a host name.

/// What a host may end with to be a link without a scheme: `danke.bis` is a missing space.
const ENDINGS: [&str; 44] = [
    "com", "net", "org", "info", "biz", "shop", "store", "online", "site", "app", "link",
    "example", "test", "de", "at", "ch", "eu", "uk", "us", "es", "it", "fr", "nl", "be", "pl",
    "pt", "br", "tr", "ar", "mx", "ae", "sa", "ly", "gd", "gl", "cc", "me", "io", "co", "cz", "se",
    "dk", "ru", "ua",
];

/// Host and path of a link, lower case, without scheme, `www.`, query, fragment and trailing slash.
pub(super) fn canonical(chunk: &str) -> Option<String> {
    let (scheme, rest) = match chunk.split_once("://") {
        Some(("http" | "https" | "hxxp" | "hxxps", rest)) => (true, rest),
        Some(_) => return None,
        None => (chunk.starts_with("www."), chunk),
    };
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    let end = rest.find(['?', '#']).unwrap_or(rest.len());
    let address = rest[..end].trim_end_matches('/');
    let (host, _) = address.split_once('/').unwrap_or((address, ""));
    let legal =
        |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '-');
    let parts: Vec<&str> = host.split('.').collect();
    let ending = parts.last().copied().unwrap_or_default();
    let looks = parts.len() >= 2
        && parts.iter().all(|part| legal(part))
        && ending.chars().all(char::is_alphabetic);
    let named = looks && ENDINGS.contains(&ending) && parts[0].chars().any(char::is_alphabetic);
    (scheme && looks || named).then(|| address.to_owned())
}

/// The host of a canonical link.
pub(super) fn host(link: &str) -> &str {
    link.split('/').next().unwrap_or(link)
}

/// Whether `host` is `domain` or below it.
pub(super) fn is_of(host: &str, domain: &str) -> bool {
    let domain = domain.strip_prefix("www.").unwrap_or(domain);
    host == domain
        || host
            .strip_suffix(domain)
            .is_some_and(|rest| rest.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_known_by_its_address() {
        for (chunk, link) in [
            (
                "https://www.shop.example/neu/?utm=1",
                Some("shop.example/neu"),
            ),
            ("shop.example", Some("shop.example")),
            ("is.gd/winn0w", Some("is.gd/winn0w")),
            ("http://münchen.example", Some("münchen.example")),
            ("danke.bis", None),
            ("9.30", None),
            ("z.b", None),
            ("ftp://x.example", None),
        ] {
            assert_eq!(canonical(chunk).as_deref(), link, "{chunk}");
        }
    }

    #[test]
    fn a_host_below_the_own_domain_is_the_own() {
        assert!(is_of("go.shop.example", "shop.example"));
        assert!(!is_of("myshop.example", "shop.example"));
    }
}
