//! What was counted. A row holds one window: it begins with the first deed and
//! ends `window` seconds later, whatever happens in between.

use sqlx::Executor;

use sigill_core::wire::Seconds;

use super::{Columns, StoreError, Tx, db};
use crate::limits::Limit;

/// Whose share it is: an account's, a device's, an address's or a network's,
/// as 32 bytes that show none of them.
pub(crate) type Subject = [u8; 32];

/// What counting found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Counted {
    /// It was within the limit; so many were counted in this window.
    Within {
        /// How many, with this one.
        count: u32,
    },
    /// It was not.
    Over {
        /// Seconds until the window ends.
        wait: Seconds,
    },
}

/// Counts one, in one statement, and only then looks.
pub(crate) async fn count(
    tx: &mut Tx,
    limit: &Limit,
    subject: &Subject,
    now: Seconds,
) -> Result<Counted, StoreError> {
    let row = sqlx::query(
        "insert into limits (rule, subject, count, until) values ($1, $2, 1, $3) \
         on conflict (rule, subject) do update set \
         count = case when limits.until <= $4 then 1 else limits.count + 1 end, \
         until = case when limits.until <= $4 then $3 else limits.until end \
         returning count, until",
    )
    .bind(limit.rule)
    .bind(subject.as_slice())
    .bind(db(now.saturating_add(limit.window)))
    .bind(db(now))
    .fetch_one(&mut **tx)
    .await?;
    let count = row.small("count")?;
    if count <= limit.count {
        Ok(Counted::Within { count })
    } else {
        let until = row.integer("until")?;
        Ok(Counted::Over {
            wait: until.saturating_sub(now).max(1),
        })
    }
}

/// How many a subject has counted in the window that runs.
pub(crate) async fn counted(
    tx: &mut Tx,
    limit: &Limit,
    subject: &Subject,
    now: Seconds,
) -> Result<u32, StoreError> {
    let row =
        sqlx::query("select count from limits where rule = $1 and subject = $2 and until > $3")
            .bind(limit.rule)
            .bind(subject.as_slice())
            .bind(db(now))
            .fetch_optional(&mut **tx)
            .await?;
    row.map_or(Ok(0), |row| row.small("count"))
}

/// Gives `share` back.
pub(crate) async fn give_back(
    tx: &mut Tx,
    limit: &Limit,
    subject: &Subject,
    share: u32,
) -> Result<(), StoreError> {
    sqlx::query(
        "update limits set count = case when count > $3 then count - $3 else 0 end \
         where rule = $1 and subject = $2",
    )
    .bind(limit.rule)
    .bind(subject.as_slice())
    .bind(i64::from(share))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Takes the rows away whose window has ended.
pub(crate) async fn forget_limits(
    store: impl Executor<'_, Database = sqlx::Any>,
    now: Seconds,
) -> Result<(), StoreError> {
    sqlx::query("delete from limits where until <= $1")
        .bind(db(now))
        .execute(store)
        .await?;
    Ok(())
}
