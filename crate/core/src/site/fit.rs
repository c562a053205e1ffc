//! Whether a saved URL is a page's, and how closely.

use alloc::string::String;

use super::address::{Address, Scheme};
use super::equivalent::share_accounts;
use super::rule::Rule;
use super::suffixes::Suffixes;

/// Where a form stands: in a document, within a tab.
pub struct Place {
    /// The document's address, as the browser says it.
    pub page: Address,
    /// That of the tab, where the document is a frame of another one.
    pub top: Option<Address>,
}

/// That a saved URL is a page's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fit {
    /// How closely; the greater goes first.
    pub closeness: Closeness,
    /// What a person has to know before anything is filled.
    pub caution: Option<Caution>,
}

/// How closely a saved URL is a page's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Closeness {
    /// Of a site that shares its accounts.
    Equivalent,
    /// Of the same registrable domain.
    Domain,
    /// Of the same host.
    Host,
    /// Of the same host, and the page's path begins with its own.
    Path,
}

/// Why a login is filled only after it was said what is odd.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Caution {
    /// It was saved for `https`, and this page came in clear: others can have
    /// written it, and read what is sent.
    InClear,
    /// The form is a frame's, within a page of another site.
    Framed,
}

/// Whether `saved` is the URL of that place, by a rule.
#[must_use]
pub fn fit(place: &Place, saved: &str, rule: Rule, suffixes: &Suffixes) -> Option<Fit> {
    let saved = Address::parse(saved)?;
    let closeness = closeness(&place.page, &saved, rule, suffixes)?;
    let caution = caution_of_place(place, suffixes);
    let was_in_clear = saved.scheme != Scheme::Https && caution == Some(Caution::InClear);
    let framed = || place.is_framed(suffixes).then_some(Caution::Framed);
    let caution = if was_in_clear { framed() } else { caution };
    Some(Fit { closeness, caution })
}

/// Whether two addresses are of one site: both over TLS, or on this computer, for
/// in clear anybody on the way can have written one, and of one registrable domain.
#[must_use]
pub fn are_one_site(one: &str, other: &str, suffixes: &Suffixes) -> bool {
    let domain = |url: &str| {
        let address = Address::parse(url)?;
        if address.scheme == Scheme::Any || address.is_in_clear() {
            return None;
        }
        suffixes.registrable(&address.host).map(String::from)
    };
    let domain_of_one = domain(one);
    domain_of_one.is_some() && domain_of_one == domain(other)
}

/// Whether the item of a URL that says never is kept from that place: from its
/// host and port, where the path begins alike. In clear or over TLS is the same.
#[must_use]
pub fn bars(place: &Place, never: &str) -> bool {
    let is_there = |never: Address| {
        is_same_host(&place.page, &never) && path_begins(&place.page.path, &never.path)
    };
    Address::parse(never).is_some_and(is_there)
}

/// Whether a saved URL names that very place: its host and its port, in the document
/// that the tab shows, over TLS. So much it takes to fill without a press.
#[must_use]
pub fn is_own(place: &Place, saved: &str) -> bool {
    let Place { page, top: None } = place else {
        return false;
    };
    let is_it = |saved: Address| saved.host == page.host && saved.port == page.port;
    page.scheme == Scheme::Https && Address::parse(saved).is_some_and(is_it)
}

/// What is said before something is filled that is of no site: a card, a person.
#[must_use]
pub fn caution_of_place(place: &Place, suffixes: &Suffixes) -> Option<Caution> {
    if place.page.is_in_clear() {
        Some(Caution::InClear)
    } else {
        place.is_framed(suffixes).then_some(Caution::Framed)
    }
}

impl Place {
    /// Of addresses as the browser says them; nothing where one is of no site.
    #[must_use]
    pub fn parse(url: &str, top: Option<&str>) -> Option<Self> {
        let top = match top {
            Some(top) => Some(Address::parse(top)?),
            None => None,
        };
        Some(Self {
            page: Address::parse(url)?,
            top,
        })
    }

    fn is_framed(&self, suffixes: &Suffixes) -> bool {
        let is_other = |top: &Address| suffixes.site(&top.host) != suffixes.site(&self.page.host);
        self.top.as_ref().is_some_and(is_other)
    }
}

fn closeness(
    page: &Address,
    saved: &Address,
    rule: Rule,
    suffixes: &Suffixes,
) -> Option<Closeness> {
    let same_host = is_same_host(page, saved);
    let same_scheme = saved.scheme == Scheme::Any || saved.scheme == page.scheme;
    let begins_alike = same_host && path_begins(&page.path, &saved.path);
    match rule {
        Rule::Never => None,
        Rule::Exact => {
            (same_host && same_scheme && page.path == saved.path).then_some(Closeness::Path)
        }
        Rule::StartsWith => (begins_alike && same_scheme).then_some(Closeness::Path),
        Rule::Host => same_host.then_some(host_or_path(begins_alike, saved)),
        Rule::Domain if same_host => Some(host_or_path(begins_alike, saved)),
        Rule::Domain if !page.is_named() || !saved.is_named() => None,
        Rule::Domain => of_domain(page, saved, suffixes),
    }
}

fn host_or_path(begins_alike: bool, saved: &Address) -> Closeness {
    if begins_alike && saved.path != "/" {
        Closeness::Path
    } else {
        Closeness::Host
    }
}

fn of_domain(page: &Address, saved: &Address, suffixes: &Suffixes) -> Option<Closeness> {
    let (page, saved) = (
        suffixes.registrable(&page.host),
        suffixes.registrable(&saved.host),
    );
    let (page, saved) = (page?, saved?);
    if page == saved {
        Some(Closeness::Domain)
    } else {
        share_accounts(page, saved).then_some(Closeness::Equivalent)
    }
}

fn is_same_host(page: &Address, saved: &Address) -> bool {
    page.host == saved.host && has_port_of(page, saved)
}

/// On a named host any port is the site's; a number or a computer at home is
/// another thing at each of its ports.
fn has_port_of(page: &Address, saved: &Address) -> bool {
    page.port == saved.port
        || (saved.port.is_none() && (saved.scheme == Scheme::Any || page.is_named()))
}

/// `/a` is the beginning of `/a`, `/a/b` and `/a?b`, not of `/ab`.
fn path_begins(path: &str, saved: &str) -> bool {
    let rest = path.strip_prefix(saved);
    rest.is_some_and(|rest| rest.is_empty() || saved.ends_with('/') || rest.starts_with(['/', '?']))
}
