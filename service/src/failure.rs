//! The one place where what went wrong becomes an answer.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use sigill_core::confirmation::operation::Refused;
use sigill_core::wire::Seconds;
use sigill_core::wire::problem::{Code, Problem};

use crate::password::PasswordError;
use crate::store::StoreError;

/// An answer that is not a success.
#[derive(Debug)]
pub struct Failure(pub(crate) Problem);

impl Failure {
    /// Too much, too soon, or too busy: to be tried again after `seconds`.
    pub(crate) fn wait(code: Code, seconds: Seconds) -> Self {
        Self(Problem {
            retry_after: Some(seconds),
            ..Problem::from(code)
        })
    }

    /// Nothing was done; a moment later it may go.
    pub(crate) fn busy() -> Self {
        Self::wait(Code::Busy, 1)
    }

    /// A fault of ours: logged, without what it was about.
    pub(crate) fn internal(error: &dyn std::error::Error) -> Self {
        tracing::error!(error = %error, cause = error.source().map(tracing::field::display), "a fault of ours");
        Self(Code::Internal.into())
    }
}

impl From<Code> for Failure {
    fn from(code: Code) -> Self {
        Self(code.into())
    }
}

impl From<Refused> for Failure {
    fn from(refused: Refused) -> Self {
        Self(refused.into())
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Busy => Self::busy(),
            StoreError::Damaged { .. }
            | StoreError::Torn
            | StoreError::Database(_)
            | StoreError::Migration(_) => Self::internal(&error),
        }
    }
}

impl From<sqlx::Error> for Failure {
    fn from(error: sqlx::Error) -> Self {
        StoreError::from(error).into()
    }
}

impl From<PasswordError> for Failure {
    fn from(error: PasswordError) -> Self {
        match error {
            PasswordError::Busy => Self::busy(),
            PasswordError::Hash => Self::internal(&error),
        }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let Self(problem) = self;
        let status = StatusCode::from_u16(problem.error.status());
        let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let wait = problem.retry_after;
        let challenge = challenge(problem.error);
        let mut response = (status, Json(problem)).into_response();
        let headers = response.headers_mut();
        if let Some(seconds) = wait {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if let Some(challenge) = challenge {
            headers.insert(
                header::WWW_AUTHENTICATE,
                HeaderValue::from_static(challenge),
            );
        }
        response
    }
}

/// What RFC 9449 wants a client without a good proof or token to be told.
fn challenge(code: Code) -> Option<&'static str> {
    const CHALLENGES: [(Code, &str); 3] = [
        (
            Code::UseDpopNonce,
            "DPoP error=\"use_dpop_nonce\", algs=\"ES256\"",
        ),
        (
            Code::DpopRejected,
            "DPoP error=\"invalid_dpop_proof\", algs=\"ES256\"",
        ),
        (
            Code::SignedOut,
            "DPoP error=\"invalid_token\", algs=\"ES256\"",
        ),
    ];
    let found = CHALLENGES.iter().find(|(known, _)| *known == code);
    found.map(|(_, challenge)| *challenge)
}
