//! What each call does.

use crate::api::Failure;

impl Failure {
    /// A failure that is all said by its code.
    #[must_use]
    pub fn of(code: &str) -> Self {
        Self {
            code: code.into(),
            tries_left: None,
            retry_after: None,
        }
    }
}
