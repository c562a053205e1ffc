//! A link in a mail. Opening it asks and changes nothing, since mail scanners open
//! links; its button acts.

use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use sigill_core::wire::problem::Code;

use super::extract::Name;
use super::pages::{language, page};
use crate::courier::texts::Texts;
use crate::failure::Failure;
use crate::service::Shared;

/// Somebody came by a link.
pub(crate) struct Link {
    pub(super) service: Shared,
    pub(super) token: String,
    pub(super) texts: Texts,
}

impl FromRequestParts<Shared> for Link {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, service: &Shared) -> Result<Self, Failure> {
        let Name(token) = Name::from_request_parts(parts, service).await?;
        Ok(Self {
            service: Shared::clone(service),
            token,
            texts: language(parts.uri.query(), &parts.headers),
        })
    }
}

/// What a link asks or answers.
pub(super) struct Question {
    pub(super) title: String,
    pub(super) paragraphs: Vec<String>,
    pub(super) small: Option<String>,
    pub(super) button: Option<String>,
    pub(super) after_button: Option<String>,
}

impl Question {
    /// Nothing but text.
    pub(super) const fn told(title: String, paragraphs: Vec<String>) -> Self {
        Self {
            title,
            paragraphs,
            small: None,
            button: None,
            after_button: None,
        }
    }
}

#[derive(Template)]
#[template(path = "question.html")]
struct Html {
    language: &'static str,
    question: Question,
}

impl Link {
    /// The page, or `absent` where the link leads nowhere.
    pub(super) fn answer(
        &self,
        found: Result<Question, Failure>,
        absent: &'static str,
    ) -> Response {
        let (status, question) = match found {
            Ok(question) => (StatusCode::OK, question),
            Err(failure) if failure.0.error == Code::NotFound => {
                let title = self.texts.text("notme_absent_title", &[]);
                let text = self.texts.text(absent, &[]);
                (StatusCode::NOT_FOUND, Question::told(title, vec![text]))
            }
            Err(failure) => return failure.into_response(),
        };
        let language = self.texts.tag();
        page(status, Html { language, question }.render())
    }
}
