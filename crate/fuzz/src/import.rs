//! Files of other password managers.

use std::env;
use std::sync::LazyLock;

use sigill_core::vault::item::bundle;
use sigill_transfer::format::Format;
use sigill_transfer::mapping::Target;
use sigill_transfer::read::{Asked, read};

static FORMAT: LazyLock<Option<Format>> = LazyLock::new(|| {
    let id = env::var("SIGILL_FORMAT").ok()?;
    Format::from_id(&id)
});

/// Any file ends in an answer, read as the format whose id `SIGILL_FORMAT` says,
/// by its content where it says none.
pub fn import(bytes: &[u8]) {
    import_as(*FORMAT, bytes);
}

/// Any file ends in an answer, and the vault takes every item that came of it.
pub fn import_as(format: Option<Format>, bytes: &[u8]) {
    let columns = [
        "name", "url", "username", "password", "totp", "expiry", "tags",
    ];
    let columns: Vec<_> = columns.into_iter().filter_map(Target::from_key).collect();
    let asked = Asked {
        format,
        password: Some(b"x"),
        key_file: None,
        columns: &columns,
        now: 1_800_000_000,
    };
    let Ok(parsed) = read(bytes, asked) else {
        return;
    };
    let carried = bundle::to_bytes(parsed.items.iter());
    assert!(bundle::from_bytes(&carried).is_ok_and(|items| items == parsed.items));
}
