//! The items that may be a page's.

use alloc::string::String;
use alloc::vec::Vec;

use memchr::memmem::Finder;

use crate::id::ItemId;
use crate::site::{
    Address, Caution, Closeness, Fit, Place, Rule, Suffixes, bars, caution_of_place, fit, is_own,
    lookalike,
};
use crate::vault::index::Index;
use crate::vault::item::{Item, Kind, Shelf};
use crate::vault::search::fold;

/// The logins in sight whose URLs name the page's site, the first `most` of
/// them. A proposal: which of them are the page's their items decide.
#[must_use]
pub fn proposed(index: &Index, page: &Address, suffixes: &Suffixes, most: usize) -> Vec<ItemId> {
    let names: Vec<String> = page.names(suffixes).map(|name| fold(&name)).collect();
    let finders: Vec<Finder<'_>> = names.iter().map(Finder::new).collect();
    let logins = index.entries().filter(|entry| {
        let urls = entry.folded_urls().as_bytes();
        entry.kind() == Kind::Login
            && entry.shelf() == Shelf::Active
            && finders.iter().any(|finder| finder.find(urls).is_some())
    });
    logins.map(|entry| entry.id()).take(most).collect()
}

/// All items of a kind that are in sight, the first `most` of them: cards and
/// people are of no site.
#[must_use]
pub fn of_kind(index: &Index, kind: Kind, most: usize) -> Vec<ItemId> {
    let of_it = |kind_of: Kind, shelf| kind_of == kind && shelf == Shelf::Active;
    let all = index.entries();
    let all = all.filter(|entry| of_it(entry.kind(), entry.shelf()));
    all.map(|entry| entry.id()).take(most).collect()
}

/// How an item is that place's, by the closest of its URLs, each by its rule;
/// nothing where it isn't, or one of them says never. What has no site (a card, a
/// person) is anybody's by hand.
#[must_use]
pub fn best_fit(item: &Item, place: &Place, suffixes: &Suffixes) -> Option<Fit> {
    if item.shelf != Shelf::Active {
        return None;
    }
    if matches!(item.kind, Kind::Card | Kind::Identity) {
        return Some(Fit {
            closeness: Closeness::Host,
            caution: caution_of_place(place, suffixes),
        });
    }
    if is_barred(item, place) {
        return None;
    }
    let fits = item.urls.iter();
    let fits = fits.filter_map(|url| fit(place, &url.text, url.rule, suffixes));
    fits.max_by_key(|fit| (fit.caution != Some(Caution::InClear), fit.closeness))
}

/// Whether an item was saved for that very place ([`site::is_own`](is_own)).
#[must_use]
pub fn is_of(item: &Item, place: &Place) -> bool {
    let mut urls = item.urls.iter();
    urls.any(|url| url.rule != Rule::Never && is_own(place, &url.text))
}

/// Whether one of an item's URLs keeps it from that place.
#[must_use]
pub fn is_barred(item: &Item, place: &Place) -> bool {
    let mut never = item.urls.iter().filter(|url| url.rule == Rule::Never);
    never.any(|url| bars(place, &url.text))
}

/// The host of a login that the page's could be taken for, and isn't.
#[must_use]
pub fn imitated(index: &Index, page: &Address, suffixes: &Suffixes) -> Option<String> {
    let looks = lookalike::Looks::of(page, suffixes)?;
    let logins = index.entries();
    let mut logins = logins.filter(|entry| entry.kind() == Kind::Login);
    let entry = logins.find(|entry| looks.imitates(entry.host(), suffixes))?;
    Some(entry.host().into())
}
