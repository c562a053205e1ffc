//! A browser is known by a cookie that the service gave it.
//!
//! ```text
//! browser = SHA-256(encode("sigill/browser/1", cookie))
//! csrf    = base64url(HMAC-SHA-256(token key, encode("sigill/csrf/1", browser)))
//! ```
//! The database holds the hash only. The cookie changes at every sign-in.

use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sigill_core::encode::Encoder;
use sigill_core::id::Hash;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::dpop::mac;
use crate::openid::settings::is_safe;
use crate::random::{self, NoRandomness};
use crate::service::Service;
use crate::store::flows::Browser;

/// How cookies are named, by how the service is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cookies {
    /// `__Host-` (RFC 6265bis §4.1.3.2): set by this host over TLS, and by no other.
    Host,
    /// Plain, for trying out on this machine.
    Loopback,
}

impl Cookies {
    /// None where a cookie could be read on its way: no portal there.
    pub(crate) fn of(public_url: &str) -> Option<Self> {
        if public_url.starts_with("https://") {
            Some(Self::Host)
        } else if is_safe(public_url) {
            Some(Self::Loopback)
        } else {
            None
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Host => "__Host-sigill",
            Self::Loopback => "sigill",
        }
    }

    const fn attributes(self) -> &'static str {
        match self {
            Self::Host => "Path=/; HttpOnly; SameSite=Lax; Secure",
            Self::Loopback => "Path=/; HttpOnly; SameSite=Lax",
        }
    }
}

/// What a browser keeps: 32 random bytes.
pub(crate) struct Cookie(Zeroizing<[u8; 32]>);

impl Cookie {
    /// A new one.
    pub(crate) fn draw() -> Result<Self, NoRandomness> {
        random::bytes().map(|bytes| Self(Zeroizing::new(bytes)))
    }

    /// The one that came with a request.
    pub(crate) fn of(headers: &HeaderMap, cookies: Cookies) -> Option<Self> {
        let text = value_of(headers, cookies.name())?;
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        bytes
            .try_into()
            .ok()
            .map(|bytes| Self(Zeroizing::new(bytes)))
    }

    /// What the database knows it by.
    pub(crate) fn browser(&self) -> Browser {
        let encoder = Encoder::new("sigill/browser/1").bytes(self.0.as_slice());
        let Hash(hash) = Hash::of(&encoder.finish());
        hash
    }

    /// `Set-Cookie`.
    pub(crate) fn header(&self, cookies: Cookies) -> Option<HeaderValue> {
        let text = Zeroizing::new(URL_SAFE_NO_PAD.encode(self.0.as_slice()));
        let (name, attributes) = (cookies.name(), cookies.attributes());
        HeaderValue::from_str(&format!("{name}={}; {attributes}", *text)).ok()
    }
}

/// A cookie's value.
pub(crate) fn value_of<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(COOKIE).iter();
    let pairs = lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'));
    pairs
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(known, value)| (known == name).then_some(value))
}

fn csrf_tag(service: &Service, browser: Browser) -> [u8; 32] {
    let encoder = Encoder::new("sigill/csrf/1").bytes(&browser);
    mac(&service.secrets.token, &encoder.finish())
}

/// What every form of this browser carries.
pub(crate) fn csrf(service: &Service, browser: Browser) -> String {
    URL_SAFE_NO_PAD.encode(csrf_tag(service, browser))
}

/// Whether a form was one of ours, in this browser.
pub(crate) fn is_ours(service: &Service, browser: Browser, given: &str) -> bool {
    let given = URL_SAFE_NO_PAD.decode(given).unwrap_or_default();
    csrf_tag(service, browser).as_slice().ct_eq(&given).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_bound_to_the_host_and_plain_on_this_machine_only() {
        assert_eq!(Cookies::of("https://a.example"), Some(Cookies::Host));
        assert_eq!(Cookies::of("http://127.0.0.1:1"), Some(Cookies::Loopback));
        assert_eq!(Cookies::of("http://localhost:1"), Some(Cookies::Loopback));
        assert_eq!(Cookies::of("http://a.example"), None);
        let header = Cookie::draw().unwrap().header(Cookies::Host).unwrap();
        let header = header.to_str().unwrap();
        assert!(header.starts_with("__Host-sigill="), "{header}");
        for attribute in ["Path=/", "HttpOnly", "SameSite=Lax", "Secure"] {
            assert!(header.contains(attribute), "{header}");
        }
        assert!(!header.contains("Domain"), "{header}");
    }

    #[test]
    fn a_cookie_comes_back_as_it_went() {
        let cookie = Cookie::draw().unwrap();
        let header = cookie.header(Cookies::Host).unwrap();
        let pair = header
            .to_str()
            .unwrap()
            .split(';')
            .next()
            .unwrap()
            .to_owned();
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, format!("a=b; {pair}; c=d").parse().unwrap());
        let back = Cookie::of(&headers, Cookies::Host).unwrap();
        assert_eq!(back.browser(), cookie.browser());
        assert!(Cookie::of(&headers, Cookies::Loopback).is_none());
    }
}
