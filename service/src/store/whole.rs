//! Whether a SQLite file is torn.

use sqlx::{AnyConnection, Connection, Row};

use super::StoreError;

/// A file that lost pages is refused at the start, and never served in part. The
/// write-ahead log needs no such look: a commit that is not whole in it is none.
pub(super) async fn check_whole(url: &str) -> Result<(), StoreError> {
    let mut connection = AnyConnection::connect(url).await.map_err(torn)?;
    let check = sqlx::query("pragma quick_check(1)");
    let found = check.fetch_one(&mut connection).await.map_err(torn)?;
    let found: String = found.try_get(0)?;
    connection.close().await?;
    if found == "ok" {
        Ok(())
    } else {
        Err(StoreError::Torn)
    }
}

/// SQLite's CORRUPT and NOTADB.
fn torn(error: sqlx::Error) -> StoreError {
    let code = error.as_database_error().and_then(|error| error.code());
    let code = code.and_then(|code| code.parse::<u32>().ok());
    match code.map(|code| code & 0xff) {
        Some(11 | 26) => StoreError::Torn,
        Some(_) | None => error.into(),
    }
}
