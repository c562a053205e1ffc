//! What has had its time goes.

use std::time::Duration;

use sigill_core::wire::Seconds;

use crate::account::deletion::delete_due;
use crate::cloud::files;
use crate::limits::{DAY, HOUR};
use crate::portal::session::end_lapsed;
use crate::service::{Service, Shared};
use crate::store::StoreError;
use crate::store::enrolments::forget_enrolments;
use crate::store::generations::erase_expired_generations;
use crate::store::limits::forget_limits;
use crate::store::operations::{expire_operations, forget_operations};
use crate::store::sessions::forget_proofs;
use crate::store::sign_ups::forget_sign_ups;
use crate::store::timeline::forget_addresses;
use crate::store::uploads::forget_uploads;
use crate::wait::due::turn_all;

/// An operation that long ago is asked about by no device any more.
const REMEMBER: Seconds = 90 * DAY;

/// Erases what has had its time, at the start and every ten minutes.
pub async fn run(service: Shared) {
    loop {
        if let Err(error) = tidy(&service).await {
            tracing::warn!(error = %error, "tidying waits");
        }
        tokio::time::sleep(Duration::from_secs(600)).await;
    }
}

/// Erases what has had its time. Cut off anywhere, it goes on at the next run.
///
/// # Errors
/// Where the database does not answer.
pub async fn tidy(service: &Service) -> Result<(), StoreError> {
    let now = service.now();
    let store = &service.store;
    erase_expired_generations(store, now).await?;
    forget_uploads(store, now).await?;
    files::tidy(store, now).await?; // after the generations whose files they were
    forget_proofs(store, now).await?;
    forget_limits(store.pool(), now).await?;
    delete_due(store, now).await?;
    turn_all(service).await?;
    forget_sign_ups(store, now).await?;
    store.forget_flows(now).await?;
    if end_lapsed(service).await.is_err() {
        tracing::warn!("visits to the portal wait to be ended");
    }
    store.forget_portal(now).await?;
    forget_enrolments(store, now.saturating_sub(HOUR)).await?;
    // A confirmation that was judged in time may still be on its way to the disk.
    expire_operations(store, (now.saturating_sub(HOUR), now)).await?;
    forget_addresses(store, (now.saturating_sub(REMEMBER), now)).await?;
    forget_operations(store, now.saturating_sub(REMEMBER)).await
}
