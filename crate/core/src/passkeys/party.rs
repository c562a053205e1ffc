//! Whom a passkey is for, and who may ask in that name.

use alloc::string::String;

use super::origin::is_domain;
use super::{Elsewhere, Origin};
use crate::site::Suffixes;

/// A relying party, and the page that asks in its name. Only [`RelyingParty::of`]
/// makes one: whoever has it was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelyingParty {
    id: String,
    origin: String,
}

impl RelyingParty {
    /// The relying party that a page names, or that the page is itself.
    ///
    /// ```text
    /// id = the origin's host, or a domain above it that is no public suffix
    /// ```
    ///
    /// (`WebAuthn` Level 3, section 5.1.3, steps 6 to 8; "is a registrable domain
    /// suffix of or is equal to", HTML, section 7.1.1.) Origins that a site declares
    /// related (section 5.11) are left to the browser.
    ///
    /// # Errors
    /// [`Elsewhere::RelyingParty`].
    pub fn of(
        origin: &Origin<'_>,
        named: Option<&str>,
        suffixes: &Suffixes,
    ) -> Result<Self, Elsewhere> {
        let host = origin.host();
        let id = named.unwrap_or(host);
        if id == host || is_above(id, host, suffixes) {
            Ok(Self {
                id: id.into(),
                origin: origin.text().into(),
            })
        } else {
            Err(Elsewhere::RelyingParty)
        }
    }

    /// The RP ID: a domain.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The origin of the page that asks.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }
}

/// Whether `host` lies below `id`, and nobody else can.
fn is_above(id: &str, host: &str, suffixes: &Suffixes) -> bool {
    let below = host.strip_suffix(id);
    let is_below = below.is_some_and(|rest| rest.ends_with('.'));
    is_below && is_domain(id) && suffixes.registrable(id).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn suffixes() -> Suffixes {
        let list = include_str!("../../../../extension/data/public-suffixes.txt");
        Suffixes::parse(list.into()).unwrap()
    }

    fn party(origin: &str, named: Option<&str>) -> Result<RelyingParty, Elsewhere> {
        RelyingParty::of(&Origin::parse(origin)?, named, &suffixes())
    }

    #[test]
    fn a_page_asks_for_itself_and_for_domains_above_it() {
        for (origin, named, id) in [
            ("https://example.com", None, "example.com"),
            ("https://example.com", Some("example.com"), "example.com"),
            (
                "https://login.example.com:8443",
                Some("example.com"),
                "example.com",
            ),
            (
                "https://a.b.example.co.uk",
                Some("example.co.uk"),
                "example.co.uk",
            ),
            (
                "https://a.b.example.co.uk",
                Some("b.example.co.uk"),
                "b.example.co.uk",
            ),
            ("https://anna.github.io", None, "anna.github.io"),
            ("https://github.io", Some("github.io"), "github.io"),
            ("http://localhost:3000", Some("localhost"), "localhost"),
            ("http://localhost:3000", None, "localhost"),
        ] {
            let party = party(origin, named).unwrap();
            assert_eq!((party.id(), party.origin()), (id, origin));
        }
    }

    #[test]
    fn a_page_asks_for_nobody_else() {
        for (origin, named) in [
            ("https://example.com", "login.example.com"),
            ("https://example.com", "example.org"),
            ("https://example.com", "com"),
            ("https://example.com", ""),
            ("https://example.com", "."),
            ("https://example.com", ".com"),
            ("https://example.com", ".example.com"),
            ("https://example.com", "EXAMPLE.com"),
            ("https://example.com", "example.com."),
            ("https://example.com", "https://example.com"),
            ("https://notexample.com", "example.com"),
            ("https://example.co.uk", "co.uk"),
            ("https://example.co.uk", "uk"),
            ("https://anna.github.io", "github.io"),
            ("https://evil.github.io", "anna.github.io"),
            ("https://example.com.evil.example", "example.com"),
            ("http://shop.localhost", "localhost"),
            ("https://localhost", "example.com"),
        ] {
            let asked = party(origin, Some(named));
            assert_eq!(asked, Err(Elsewhere::RelyingParty), "{origin} for {named}");
        }
    }
}
