//! A URL, as far as it matters for whom a login is: parsed at the door.

use alloc::string::String;
use alloc::vec::Vec;

use idna::punycode;

use super::equivalent::others;
use super::suffixes::Suffixes;

/// How a page came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// Over TLS.
    Https,
    /// In clear.
    Http,
    /// A saved URL without one: it stands for both.
    Any,
}

/// Of `https://example.com:8443/login?next=1#top` the scheme, the host in
/// lower-case ASCII (names of other letters in Punycode, RFC 3492), the port
/// where one is named, and `/login?next=1`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    pub(super) scheme: Scheme,
    pub(super) host: String,
    pub(super) port: Option<u16>,
    pub(super) path: String,
}

/// Longer ones are nobody's: a host has 253 letters at most (RFC 1035).
const LONGEST_HOST: usize = 253;

impl Address {
    /// Nothing of what is no `http` or `https` address: `javascript:`, `data:`,
    /// files and apps have no site.
    #[must_use]
    pub fn parse(url: &str) -> Option<Self> {
        let url = url.trim();
        let (scheme, rest) = match url.split_once("://") {
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("https") => (Scheme::Https, rest),
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("http") => (Scheme::Http, rest),
            Some(_) => return None,
            None => (Scheme::Any, url),
        };
        let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
        let (place, path) = rest.split_at_checked(end)?;
        let place = place.rsplit_once('@').map_or(place, |(_, place)| place);
        let (name, port) = split_port(place)?;
        let path = path.split_once('#').map_or(path, |(path, _)| path);
        Some(Self {
            scheme,
            host: ascii_host(name)?,
            port: port.filter(|port| Some(*port) != scheme.port()),
            path: if path.starts_with('/') {
                path.into()
            } else {
                alloc::format!("/{path}")
            },
        })
    }

    /// Its host, in ASCII.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Whether what is sent there can be read on the way. What never leaves the
    /// computer can't (`localhost`, RFC 6761; 127.0.0.0/8).
    #[must_use]
    pub fn is_in_clear(&self) -> bool {
        self.scheme == Scheme::Http && !self.is_this_computer()
    }

    /// Its origin over TLS; nothing of what is no name among the world's. A port of
    /// what comes in clear is none of what doesn't.
    #[must_use]
    pub fn over_tls(&self) -> Option<String> {
        let port = self.port.filter(|_| self.scheme == Scheme::Https);
        let port = port.map_or_else(String::new, |port| alloc::format!(":{port}"));
        (self.is_named() && !self.is_this_computer())
            .then(|| ["https://", &self.host, &port].concat())
    }

    /// What a URL of this site contains: its registrable domain, also in the
    /// letters that it stands for, and those of sites that share its accounts; of
    /// a number, or a name of one word, that.
    pub(crate) fn names<'a>(&'a self, suffixes: &'a Suffixes) -> impl Iterator<Item = String> + 'a {
        let site = suffixes.site(&self.host);
        let in_letters = || {
            site.split('.')
                .map(in_letters)
                .collect::<Vec<_>>()
                .join(".")
        };
        let other = site.contains("xn--").then(in_letters);
        let own = core::iter::once(String::from(site)).chain(other);
        own.chain(others(site).map(String::from))
    }

    fn is_this_computer(&self) -> bool {
        let host = self.host.as_str();
        host == "localhost"
            || host.ends_with(".localhost")
            || host == "[::1]"
            || (host.starts_with("127.") && is_ipv4(host))
    }

    /// Whether its host is a name among the world's: no number, not of one word.
    pub(super) fn is_named(&self) -> bool {
        self.host.contains('.') && !is_ipv4(&self.host) && !self.host.starts_with('[')
    }
}

impl Scheme {
    const fn port(self) -> Option<u16> {
        match self {
            Self::Https => Some(443),
            Self::Http => Some(80),
            Self::Any => None,
        }
    }
}

/// A label in the letters that it stands for.
pub(super) fn in_letters(label: &str) -> String {
    let decoded = label
        .strip_prefix("xn--")
        .and_then(punycode::decode_to_string);
    decoded.unwrap_or_else(|| label.into())
}

fn split_port(place: &str) -> Option<(&str, Option<u16>)> {
    match place.rsplit_once(':') {
        Some((name, port)) if !port.contains(']') => {
            let port = if port.is_empty() {
                None
            } else {
                Some(port.parse().ok()?)
            };
            Some((name, port))
        }
        _ => Some((place, None)),
    }
}

/// The host as browsers write it; nothing of what can't be one.
fn ascii_host(name: &str) -> Option<String> {
    let name = name.strip_suffix('.').unwrap_or(name);
    let mut host = String::new();
    for label in name.split(['.', '\u{3002}']) {
        if !host.is_empty() {
            host.push('.');
        }
        if label.is_ascii() {
            host.push_str(&label.to_ascii_lowercase());
        } else {
            let label: String = label.chars().flat_map(char::to_lowercase).collect();
            host.push_str("xn--");
            host.push_str(&punycode::encode_str(&label)?);
        }
    }
    let is_bracketed = host.starts_with('[') && host.ends_with(']');
    let may_stand = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let is_well =
        is_bracketed || (host.chars().all(may_stand) && !host.split('.').any(str::is_empty));
    (is_well && !host.is_empty() && host.len() <= LONGEST_HOST).then_some(host)
}

/// `192.0.2.1`; other spellings of it a browser has written out already.
pub(super) fn is_ipv4(host: &str) -> bool {
    host.split('.').count() == 4 && host.split('.').all(|part| part.parse::<u8>().is_ok())
}
