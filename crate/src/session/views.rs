//! Between the core's types and the border's.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sigill_core::id::{BatchId, Hash, ItemId, VaultId};
use sigill_core::vault::head::Head;
use sigill_core::vault::item::{self, Field};
use sigill_core::vault::kdf::Kdf;
use sigill_core::vault::search::Searchable;

use super::vault::Author;
use crate::api;
use crate::trouble::Trouble;

impl api::Derivation {
    pub(crate) fn of(kdf: Kdf, salt: &[u8; 16]) -> Self {
        let kdf = match kdf {
            Kdf::Argon2id {
                memory_kib,
                iterations,
                parallelism,
                ..
            } => api::Kdf::Argon2id {
                memory: memory_kib,
                iterations,
                parallelism,
            },
            Kdf::Pbkdf2 { iterations, .. } => api::Kdf::Pbkdf2 { iterations },
        };
        Self {
            kdf,
            salt: URL_SAFE_NO_PAD.encode(salt),
        }
    }

    /// Within the bounds of suite 1, or refused before any work.
    pub(crate) fn parse(&self) -> Result<(Kdf, [u8; 16]), Trouble> {
        let kdf = match self.kdf {
            api::Kdf::Argon2id {
                memory,
                iterations,
                parallelism,
            } => Kdf::argon2id(memory, iterations, parallelism),
            api::Kdf::Pbkdf2 { iterations } => Kdf::pbkdf2(iterations),
        };
        let salt = URL_SAFE_NO_PAD.decode(&self.salt).unwrap_or_default();
        let salt = salt.try_into().map_err(|_| Trouble::MalformedInput)?;
        Ok((kdf.map_err(|_| Trouble::MalformedInput)?, salt))
    }
}

/// A head before the first record.
pub(crate) fn first_head(vault: VaultId, author: Author) -> Head {
    Head {
        account: None,
        vault,
        epoch: 1,
        seq: 0,
        previous: Hash::NOTHING,
        items_root: Hash::NOTHING,
        count: 0,
        slots_hash: Hash::NOTHING,
        timeline: Hash::NOTHING,
        service_key: None,
        writer: author.device,
        operation: None,
        restored_from: None,
        seen: std::collections::BTreeMap::new(),
        time: author.now,
    }
}

/// An item as a page wrote it; times and history are the core's business.
pub(crate) fn item_of(login: api::Login, batch: Option<BatchId>, now: u64) -> item::Item {
    let mut written = item::Item::default();
    written.created_at = now;
    written.modified_at = now;
    written.batch = batch;
    written.name = login.name;
    written.username = login.username;
    written.password = login.password;
    written.urls = login.urls;
    written.notes = login.notes;
    written.fields = login.fields.into_iter().map(field_of).collect();
    written
}

fn field_of(field: api::CustomField) -> item::CustomField {
    item::CustomField {
        label: field.label,
        value: field.value,
        kind: match field.kind {
            api::FieldKind::Text => item::FieldKind::Text,
            api::FieldKind::Hidden => item::FieldKind::Hidden,
        },
    }
}

pub(crate) fn item_view(id: ItemId, item: &item::Item) -> api::Item {
    api::Item {
        id: id.to_string(),
        login: api::Login {
            name: item.name.clone(),
            username: item.username.clone(),
            password: item.password.clone(),
            urls: item.urls.clone(),
            notes: item.notes.clone(),
            fields: item.fields.iter().map(field_view).collect(),
        },
        created_at: item.created_at,
        modified_at: item.modified_at,
        trashed_at: item.trashed_at,
        history: item.history.iter().map(past_view).collect(),
    }
}

fn field_view(field: &item::CustomField) -> api::CustomField {
    api::CustomField {
        label: field.label.clone(),
        value: field.value.clone(),
        kind: match field.kind {
            item::FieldKind::Text => api::FieldKind::Text,
            item::FieldKind::Hidden => api::FieldKind::Hidden,
        },
    }
}

fn past_view(past: &item::Past) -> api::Past {
    let field = match &past.field {
        Field::Name => "name",
        Field::Username => "username",
        Field::Password => "password",
        Field::Urls => "urls",
        Field::Notes => "notes",
        Field::Custom { label } => label,
    };
    api::Past {
        field: field.to_owned(),
        value: past.value.clone(),
        until: past.until,
    }
}

pub(crate) fn row_view(id: ItemId, item: &item::Item) -> api::Row {
    api::Row {
        id: id.to_string(),
        name: item.name.clone(),
        username: item.username.clone(),
        host: item.urls.first().map_or("", |url| host(url)).to_owned(),
    }
}

pub(crate) fn searchable(item: &item::Item) -> Searchable<'_> {
    Searchable {
        name: &item.name,
        username: &item.username,
        urls: &item.urls,
        notes: &item.notes,
    }
}

/// The host of a URL, for showing and for finding the same site again; of an
/// `android://…@package/` URL the package.
pub(crate) fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let place = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let place = place.rsplit('@').next().unwrap_or_default();
    let place = place.rsplit_once(':').map_or(place, |(host, port)| {
        if port.bytes().all(|byte| byte.is_ascii_digit()) {
            host
        } else {
            place
        }
    });
    place.strip_prefix("www.").unwrap_or(place)
}

#[cfg(test)]
mod tests {
    use super::host;

    #[test]
    fn the_host_of_a_url_whatever_stands_around_it() {
        for (url, expected) in [
            ("https://example.com/login?x#y", "example.com"),
            ("https://www.example.com:8443", "example.com"),
            ("http://user:pass@example.com", "example.com"),
            ("example.com", "example.com"),
            ("android://hash==@com.example.app/", "com.example.app"),
            ("https://[::1]:80/", "[::1]"),
            ("", ""),
        ] {
            assert_eq!(host(url), expected, "{url}");
        }
    }
}
