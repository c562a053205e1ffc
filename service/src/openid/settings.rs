//! Which providers the operator named.

use std::fmt;
use std::str::FromStr;

use axum::http::Uri;
use serde::{Deserialize, Deserializer};
use zeroize::Zeroizing;

/// What is expected in the variable.
const EXPECTED: &str = "SIGILL_OIDC_PROVIDERS: expected JSON such as \
    [{\"name\": \"example\", \"label\": \"Example\", \"issuer\": \"https://accounts.example.org\", \
    \"client_id\": \"…\", \"client_secret\": \"…\"}]; names of a-z, 0-9 and -, each once; issuers with https://";

/// A provider as the operator wrote it down.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProviderSettings {
    /// In addresses and in the database: it stays the same.
    pub name: String,
    /// For people.
    pub label: String,
    /// As discovery has it, to the letter.
    pub issuer: String,
    /// What the provider calls this service.
    pub client_id: String,
    /// Where the provider gave one.
    #[serde(default, deserialize_with = "secret")]
    pub client_secret: Option<Zeroizing<String>>,
}

fn secret<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Zeroizing<String>>, D::Error> {
    Ok(Option::<String>::deserialize(from)?.map(Zeroizing::new))
}

impl fmt::Debug for ProviderSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ProviderSettings({}, {})", self.name, self.issuer)
    }
}

/// All of them.
#[derive(Debug, Clone, Default)]
pub struct ProvidersSettings(pub Vec<ProviderSettings>);

impl FromStr for ProvidersSettings {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let providers: Vec<ProviderSettings> = serde_json::from_str(text).map_err(|_| EXPECTED)?;
        let mut names: Vec<&str> = providers.iter().map(|one| one.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        let are_good = providers.iter().all(ProviderSettings::is_good);
        if are_good && names.len() == providers.len() {
            Ok(Self(providers))
        } else {
            Err(EXPECTED)
        }
    }
}

impl ProviderSettings {
    fn is_good(&self) -> bool {
        let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        !self.name.is_empty()
            && self.name.chars().all(is_name)
            && !self.label.trim().is_empty()
            && !self.client_id.is_empty()
            && is_safe(&self.issuer)
    }
}

/// `https`, or this machine itself: what goes there can't be listened to.
pub(crate) fn is_safe(url: &str) -> bool {
    let Ok(uri) = url.parse::<Uri>() else {
        return false;
    };
    match uri.scheme_str() {
        Some("https") => true,
        Some("http") => uri.host().is_some_and(is_loopback),
        Some(_) | None => false,
    }
}

fn is_loopback(host: &str) -> bool {
    matches!(host, "localhost" | "127.0.0.1" | "[::1]")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(name: &str, issuer: &str) -> String {
        format!(r#"{{"name":"{name}","label":"X","issuer":"{issuer}","client_id":"c"}}"#)
    }

    #[test]
    fn good_providers_are_taken_in_order() {
        let text = format!(
            "[{}, {}]",
            one("a", "https://a.example"),
            one("b-2", "http://127.0.0.1:9/x")
        );
        let ProvidersSettings(providers) = text.parse().unwrap();
        let names: Vec<&str> = providers.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["a", "b-2"]);
    }

    #[test]
    fn others_are_refused_with_what_is_expected() {
        let twice = format!(
            "[{}, {}]",
            one("a", "https://a.example"),
            one("a", "https://b.example")
        );
        for text in [
            "google",
            "{}",
            &format!("[{}]", one("", "https://a.example")),
            &format!("[{}]", one("A b", "https://a.example")),
            &format!("[{}]", one("a", "http://a.example")),
            &format!("[{}]", one("a", "a.example")),
            &format!(
                "[{}]",
                one("a", "https://a.example").replace("\"label\"", "\"x\"")
            ),
            &twice,
        ] {
            let error = text.parse::<ProvidersSettings>().err();
            assert!(
                error.is_some_and(|e| e.contains("SIGILL_OIDC_PROVIDERS")),
                "{text}"
            );
        }
    }

    #[test]
    fn a_secret_is_not_printed() {
        let text = r#"[{"name":"a","label":"A","issuer":"https://a.example","client_id":"c","client_secret":"sesame"}]"#;
        let providers: ProvidersSettings = text.parse().unwrap();
        assert!(!format!("{providers:?}").contains("sesame"));
    }
}
