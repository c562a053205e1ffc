//! What is settled when an item is done: how much of its past it keeps, and a name
//! where it has none.

use sigill_core::order::sorted;
use sigill_core::site::host;
use sigill_core::vault::item::{Field, Item, Past};

use super::OVERHEAD;

/// Characters of a note that stand for its name where it has none.
const NAME: usize = 60;

/// Newest first, as many as an item keeps.
pub(super) fn recent(past: Vec<Past>) -> Vec<Past> {
    let mut past = sorted(past, |a, b| b.until.cmp(&a.until).then_with(|| a.cmp(b)));
    past.dedup();
    let mut bytes = 0_usize;
    let fits = |past: &Past| {
        bytes = bytes.saturating_add(past.value.len() + OVERHEAD);
        bytes <= Item::HISTORY_BYTES
    };
    let fitting = past.iter().take(Item::HISTORY).map(fits);
    let fitting = fitting.take_while(|fits| *fits).count();
    past.truncate(fitting);
    past
}

/// What an item is called that has no name.
pub(super) fn fallback(item: &Item) -> Option<String> {
    let url = item.urls.first().map_or("", |url| &url.text);
    let place = if url.contains("://") { host(url) } else { "" };
    let person = [item.value(Field::FirstName), item.value(Field::LastName)].join(" ");
    let note = item.value(Field::Notes).trim_start().lines().next();
    let note: String = note.unwrap_or_default().chars().take(NAME).collect();
    let rp = item
        .passkeys
        .iter()
        .next()
        .map_or("", |passkey| &passkey.rp);
    let shown = item.detail();
    let mut own = item.fields.iter().filter(|field| !field.kind.is_secret());
    let own = own.next().map_or("", |field| &field.value);
    let names = [
        place,
        url,
        rp,
        item.value(Field::Username),
        &person,
        &shown,
        &note,
        own,
    ];
    let names = names.into_iter().map(str::trim);
    names
        .into_iter()
        .find(|name| !name.is_empty())
        .map(Into::into)
}
