//! The journal's effects, carried out in their order: what is to be saved is
//! on the disk before what follows leaves.

use std::collections::VecDeque;

use sigill_core::confirmation::journal::{Effect, Entry, Event, Message, Notice, Phase};
use sigill_core::id::OperationId;
use sigill_core::wire::operation::{Asked, Confirmed, Progress};

use super::ask::{OperationRow, never_begun};
use crate::rim::{Batch, Method, Rim};
use crate::session::Session;
use crate::session::rows::{FRESH, JOURNAL, OPERATION};
use crate::session::service::exchange::{Call, parse};
use crate::trouble::Trouble;

/// Steps that one event may lead to; a service that answers so that there are
/// more is leading in circles.
const MOST_STEPS: u32 = 16;

impl<R: Rim> Session<R> {
    /// Takes an event, and does what follows from it.
    pub(super) async fn drive(&self, entry: Entry, event: Event) -> Result<(), Trouble> {
        let (mut entry, effects) = entry.step(event);
        let mut effects = VecDeque::from(effects);
        let mut told = None;
        for _ in 0..MOST_STEPS {
            let Some(effect) = effects.pop_front() else {
                break;
            };
            let event = match effect {
                Effect::Save => {
                    self.save_entry(&entry).await?;
                    continue;
                }
                Effect::Tell(notice) => {
                    told = Some(trouble(notice));
                    continue;
                }
                Effect::Send(Message::Ack(operation)) => {
                    // Losing it changes nothing.
                    let _ = self.post(operation, "ack").await;
                    continue;
                }
                Effect::Send(message) => match self.deliver(message).await? {
                    Some(event) => event,
                    None => continue,
                },
                Effect::Apply { granted, receipt } => self.apply(&entry, granted, &receipt).await?,
            };
            let (next, more) = entry.step(event);
            entry = next;
            effects.extend(more);
        }
        if never_begun(&entry) {
            self.forget().await?;
        }
        told.map_or(Ok(()), Err)
    }

    async fn save_entry(&self, entry: &Entry) -> Result<(), Trouble> {
        let mut batch = Batch::default();
        batch.put(JOURNAL, entry.to_bytes());
        if !entry.is_open() {
            batch.delete(FRESH); // whatever it was to bring does not come
        }
        if let (Phase::Asked(asked) | Phase::Proving { asked, .. }, Some(mut row)) =
            (entry.phase(), self.read::<OperationRow>(OPERATION).await?)
            && row.tells_less(asked)
        {
            row.heard = Some((asked.now, self.rim.now()));
            row.factor.clone_from(&asked.second_factor);
            batch.put_json(OPERATION, &row);
        }
        self.rim.commit(batch).await
    }

    /// Sends a message; what the service answered, as an event.
    async fn deliver(&self, message: Message) -> Result<Option<Event>, Trouble> {
        let answer = match message {
            Message::Ask(ask) => self.ask_service(&Call::post("/v1/operations", &ask)).await,
            Message::Poll(id) => match self.ask_service(&Call::get(path(id, ""))).await {
                Ok(body) => return Ok(Some(Event::Polled(parse::<Progress>(&body)?))),
                refused => refused,
            },
            Message::Resend(id) => self.post(id, "code").await,
            Message::Confirm(id, confirm) => {
                let call = Call::post(path(id, "/confirm"), &confirm);
                match self.ask_service(&call).await {
                    Ok(body) => return Ok(Some(Event::Confirmed(parse::<Confirmed>(&body)?))),
                    refused => refused,
                }
            }
            Message::Cancel(id) => match self.post(id, "cancel").await {
                Ok(_) => return Ok(Some(Event::Cancelled)),
                refused => refused,
            },
            Message::Ack(_) => return Ok(None),
        };
        match answer {
            Ok(body) => Ok(Some(Event::Asked(parse::<Asked>(&body)?))),
            Err(Trouble::Refused(problem)) => Ok(Some(Event::Refused(*problem))),
            Err(trouble) => Err(trouble),
        }
    }

    pub(super) async fn post(
        &self,
        operation: OperationId,
        what: &str,
    ) -> Result<Vec<u8>, Trouble> {
        let path = path(operation, &["/", what].concat());
        self.ask_service(&Call::empty(Method::Post, path)).await
    }
}

impl OperationRow {
    /// Whether the service has told something since. What is read back from the
    /// journal has no word of the second factor.
    fn tells_less(&self, asked: &Asked) -> bool {
        let is_newer = self.heard.is_none_or(|(theirs, _)| theirs != asked.now);
        is_newer || (asked.second_factor.is_some() && asked.second_factor != self.factor)
    }
}

fn path(operation: OperationId, what: &str) -> String {
    ["/v1/operations/", &operation.to_string(), what].concat()
}

fn trouble(notice: Notice) -> Trouble {
    match notice {
        Notice::Problem(problem) => Trouble::Refused(Box::new(problem)),
        Notice::Receipt(_) => Trouble::ReceiptRejected,
        Notice::Garbage => Trouble::Garbage,
    }
}
