//! The page that asks, as the browser names it.

use super::Elsewhere;

/// The origin of a page that passkeys may be for: `https://host[:port]`, or
/// `http://` where the host is this computer (Secure Contexts, section 3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin<'a> {
    text: &'a str,
    host: &'a str,
}

/// Where in its tab the page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place<'a> {
    /// It is what the tab shows.
    Top,
    /// In a frame; the origins of all pages around it.
    Inside(&'a [&'a str]),
}

impl<'a> Origin<'a> {
    /// Reads an origin as browsers serialize it (HTML, section 7.1.1): in lower case,
    /// names in ASCII.
    ///
    /// # Errors
    /// [`Elsewhere::Origin`] for one without a name (an opaque origin, a number, an
    /// address), and for one that others on the way could pretend to be.
    pub fn parse(text: &'a str) -> Result<Self, Elsewhere> {
        let (scheme, rest) = text.split_once("://").ok_or(Elsewhere::Origin)?;
        let (host, port) = rest.split_once(':').unwrap_or((rest, "443"));
        let is_port = !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
        let is_safe = match scheme {
            "https" => true,
            "http" => host == "localhost" || host.ends_with(".localhost"),
            _ => false,
        };
        if is_safe && is_port && is_domain(host) {
            Ok(Self { text, host })
        } else {
            Err(Elsewhere::Origin)
        }
    }

    /// As it stands in the client data.
    #[must_use]
    pub const fn text(&self) -> &'a str {
        self.text
    }

    /// Its host.
    #[must_use]
    pub const fn host(&self) -> &'a str {
        self.host
    }

    /// Whether a page of this origin may ask from where it is: the tab's own, or a
    /// frame with nobody else around it. What a foreign page around it permits
    /// (Permissions Policy) is not known here.
    ///
    /// # Errors
    /// [`Elsewhere::Frame`].
    pub fn asks_from(&self, place: Place<'_>) -> Result<(), Elsewhere> {
        match place {
            Place::Top => Ok(()),
            Place::Inside(around)
                if !around.is_empty() && around.iter().all(|other| *other == self.text) =>
            {
                Ok(())
            }
            Place::Inside(_) => Err(Elsewhere::Frame),
        }
    }
}

/// Whether it is a domain as browsers write one, and no number: a host whose last
/// label is a number is an IPv4 address (URL, section 3.5).
pub(super) fn is_domain(host: &str) -> bool {
    let is_label = |label: &str| {
        let is_letter =
            |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte);
        !label.is_empty() && label.len() <= 63 && label.bytes().all(is_letter)
    };
    let last = host.rsplit('.').next().unwrap_or_default();
    let is_number = last.bytes().all(|byte| byte.is_ascii_digit()) || last.starts_with("0x");
    host.len() <= 253 && host.split('.').all(is_label) && !is_number
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_known_by_a_name_over_https_or_on_this_computer() {
        for (text, host) in [
            ("https://example.com", "example.com"),
            ("https://login.example.co.uk:8443", "login.example.co.uk"),
            ("https://xn--bcher-kva.example", "xn--bcher-kva.example"),
            ("https://localhost", "localhost"),
            ("http://localhost:5173", "localhost"),
            ("http://shop.localhost:80", "shop.localhost"),
        ] {
            let origin = Origin::parse(text).unwrap();
            assert_eq!((origin.host(), origin.text()), (host, text));
        }
    }

    #[test]
    fn nobody_else_is() {
        for text in [
            "",
            "null",
            "example.com",
            "http://example.com",
            "http://notlocalhost",
            "http://localhost.example.com",
            "https://127.0.0.1",
            "http://127.0.0.1:8787",
            "https://1.2.3",
            "https://0x7f.0x1",
            "https://[::1]",
            "https://example.com.",
            "https://.example.com",
            "https://example..com",
            "https://EXAMPLE.com",
            "https://bücher.example",
            "https://example.com/",
            "https://user@example.com",
            "https://example.com:",
            "https://example.com:80a",
            "https://example.com:1:2",
            "https://exa\"mple.com",
            "chrome-extension://abcdefghijklmnop",
            "file://",
            "data://example.com",
            "https://",
        ] {
            assert_eq!(Origin::parse(text), Err(Elsewhere::Origin), "{text}");
        }
    }

    #[test]
    fn a_frame_asks_where_nobody_else_is_around_it() {
        let origin = Origin::parse("https://example.com").unwrap();
        let same = "https://example.com";
        assert_eq!(origin.asks_from(Place::Top), Ok(()));
        assert_eq!(origin.asks_from(Place::Inside(&[same, same])), Ok(()));
        for around in [
            &["https://evil.example"][..],
            &[same, "https://evil.example"],
            &["https://evil.example", same],
            &["http://example.com"],
            &["https://example.com:8443"],
            &["https://login.example.com"],
            &["null"],
            &[],
        ] {
            let asked = origin.asks_from(Place::Inside(around));
            assert_eq!(asked, Err(Elsewhere::Frame), "{around:?}");
        }
    }
}
