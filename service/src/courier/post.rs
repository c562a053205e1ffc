//! The mail server, or the inbox page in its place.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use serde::Serialize;
use sigill_core::wire::Seconds;

use super::letter::Letter;
use crate::config::Delivery;

/// The address of the mail server can't be used.
#[derive(Debug, thiserror::Error)]
#[error("the address of the mail server can't be used")]
pub struct PostError(#[source] lettre::transport::smtp::Error);

/// Where mails go.
pub(crate) enum Post {
    Server(AsyncSmtpTransport<Tokio1Executor>),
    Inbox(Inbox),
}

/// What became of a mail that was handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Handed {
    /// The mail server has it.
    Taken,
    /// The mail server certainly doesn't: a temporary refusal.
    NotTaken,
    /// The mail server will never take it.
    Refused,
    /// Nobody knows: the answer was lost.
    Unknown,
}

impl Post {
    pub(crate) fn new(delivery: &Delivery) -> Result<Self, PostError> {
        Ok(match delivery {
            Delivery::Inbox => Self::Inbox(Inbox::default()),
            Delivery::Smtp(url) => Self::Server(
                AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
                    .map_err(PostError)?
                    .timeout(Some(Duration::from_secs(20)))
                    .build(),
            ),
        })
    }

    /// Whether the mail server is there: asked before a code is made, so that
    /// one which is down uses no code up.
    pub(crate) async fn is_there(&self) -> bool {
        match self {
            Self::Server(server) => server.test_connection().await.unwrap_or(false),
            Self::Inbox(_) => true,
        }
    }

    /// Hands a letter over.
    pub(crate) async fn hand_over(
        &self,
        letter: &Letter,
        (from, to): (&Mailbox, &str),
        now: Seconds,
    ) -> Handed {
        let Ok(address) = to.parse::<Address>() else {
            return Handed::Refused;
        };
        match self {
            Self::Inbox(inbox) => {
                inbox.put(letter, to, now);
                Handed::Taken
            }
            Self::Server(server) => {
                let Ok(message) = message(letter, from, address) else {
                    return Handed::Refused;
                };
                match server.send(message).await {
                    Ok(_) => Handed::Taken,
                    Err(error) => why(&error),
                }
            }
        }
    }
}

/// Only a status is logged: a server's words may hold the address.
fn why(error: &lettre::transport::smtp::Error) -> Handed {
    let handed = if error.is_permanent() {
        Handed::Refused
    } else if error.is_transient() {
        Handed::NotTaken
    } else {
        Handed::Unknown
    };
    let status = error.status().map(|code| code.to_string());
    tracing::warn!(status, outcome = ?handed, "the mail server did not take a mail");
    handed
}

fn message(letter: &Letter, from: &Mailbox, to: Address) -> Result<Message, lettre::error::Error> {
    let generated = HeaderName::new_from_ascii_str("Auto-Submitted");
    let mut message = Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, to))
        .subject(letter.subject.clone())
        .message_id(None)
        .multipart(MultiPart::alternative_plain_html(
            letter.text(),
            letter.html(),
        ))?;
    message
        .headers_mut()
        .insert_raw(HeaderValue::new(generated, "auto-generated".into()));
    Ok(message)
}

/// The last mails, in memory, for whoever opens the inbox page.
#[derive(Default)]
pub(crate) struct Inbox(Mutex<(u64, VecDeque<Mail>)>);

/// A mail on the inbox page.
#[derive(Clone, Serialize)]
pub(crate) struct Mail {
    pub(crate) id: u64,
    pub(crate) at: Seconds,
    pub(crate) to: String,
    pub(crate) subject: String,
    pub(crate) text: String,
    pub(crate) html: String,
}

/// So many mails are kept.
const MOST: usize = 200;

impl Inbox {
    pub(super) fn put(&self, letter: &Letter, to: &str, at: Seconds) {
        let mut inbox = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (count, mails) = &mut *inbox;
        *count += 1;
        mails.push_front(Mail {
            id: *count,
            at,
            to: to.into(),
            subject: letter.subject.clone(),
            text: letter.text(),
            html: letter.html(),
        });
        mails.truncate(MOST);
    }

    /// Newest first.
    pub(crate) fn mails(&self) -> Vec<Mail> {
        let inbox = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        inbox.1.iter().cloned().collect()
    }
}
