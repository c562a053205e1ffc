//! How an act shows.

use sigill_core::confirmation::action::{Action, ClearScope};
use sigill_core::confirmation::journal::{self, Over};
use sigill_core::wire::operation::{Asked, FactorStep, Mail};
use sigill_core::wire::{Seconds, vault};

use super::ask::OperationRow;
use crate::api::{Displaced, Factor, Operation, Phase};
use crate::rim::Rim;
use crate::session::Session;
use crate::session::rows::OPERATION;
use crate::trouble::{Trouble, name};

impl<R: Rim> Session<R> {
    /// The act that was begun, as the journal has it.
    pub(crate) async fn operation_view(&self) -> Result<Option<Operation>, Trouble> {
        let Some(entry) = self.journal().await? else {
            return Ok(None);
        };
        let row: OperationRow = self.read(OPERATION).await?.ok_or(Trouble::Damaged)?;
        let phase = match entry.phase() {
            journal::Phase::Requested => Phase::Requested,
            journal::Phase::Asked(asked)
            | journal::Phase::Proving {
                asked,
                answer: journal::Answer::Given,
            } => asked_view(asked, &row),
            journal::Phase::Proving {
                answer: journal::Answer::Awaited,
                ..
            } => Phase::Proving,
            journal::Phase::Receipted(_) => Phase::Receipted,
            journal::Phase::Done(signed) => Phase::Done {
                at: signed.receipt.executed_at,
                undo_until: row.undo_until,
            },
            journal::Phase::Over(how) => Phase::Over {
                how: over(*how).to_owned(),
            },
        };
        Ok(Some(Operation {
            key: entry.key().to_string(),
            act: row.act,
            phase,
        }))
    }

    /// What can be brought back at the service.
    ///
    /// # Errors
    /// `signed_out`, or why the service can't be asked.
    pub async fn displaced(&self) -> Result<Vec<Displaced>, Trouble> {
        Ok(self
            .generations()
            .await?
            .into_iter()
            .map(displaced)
            .collect())
    }
}

fn displaced(known: vault::Displaced) -> Displaced {
    Displaced {
        generation: known.generation.to_string(),
        count: u32::try_from(known.count).unwrap_or(u32::MAX),
        by: match known.by {
            Action::ClearVault {
                scope: ClearScope::Everywhere | ClearScope::ThisDevice,
            } => "clear_everywhere",
            Action::ReplaceCloud => "replace_cloud",
            Action::Restore { .. } => "restore",
            Action::RenewMasterPassword => "renew",
            Action::ResetMasterPassword | Action::Weaken { .. } => "reset",
        }
        .to_owned(),
        device: known.device_name,
        at: known.at,
        until: known.until,
    }
}

const fn over(how: Over) -> &'static str {
    match how {
        Over::Refused => "refused",
        Over::Stale => "stale",
        Over::Expired => "expired",
        Over::Burnt => "burnt",
        Over::Superseded => "superseded",
        Over::Cancelled => "cancelled",
    }
}

/// Times are for counting down on this device, whatever its clock says.
fn asked_view(asked: &Asked, row: &OperationRow) -> Phase {
    let (theirs, ours) = row.heard.unwrap_or_default();
    let local = |at: Seconds| ours.saturating_add(at).saturating_sub(theirs);
    let (mailed_at, code_until) = match asked.mail {
        Mail::HandedOver { at, code_until } => (Some(local(at)), Some(local(code_until))),
        Mail::NotDue | Mail::Queued | Mail::Bounced => (None, None),
    };
    Phase::Asked {
        reference: asked.reference.to_vec(),
        required: asked.required.iter().map(name).collect(),
        mail_hint: asked.mail_hint.clone(),
        code_no: asked.code_no,
        mail: stand(asked.mail).to_owned(),
        mailed_at,
        code_until,
        resend_at: local(asked.resend_at),
        expires_at: local(asked.expires_at),
        tries_left: asked.tries_left,
        factor: row
            .factor
            .as_ref()
            .map(|step| Box::new(factor_view(step, local))),
    }
}

fn factor_view(step: &FactorStep, local: impl Fn(Seconds) -> Seconds) -> Factor {
    Factor {
        ways: step.ways.iter().map(name).collect(),
        phone_hint: step.phone_hint.clone(),
        text: stand(step.text).to_owned(),
        texted_at: match step.text {
            Mail::HandedOver { at, .. } => Some(local(at)),
            Mail::NotDue | Mail::Queued | Mail::Bounced => None,
        },
        text_no: step.text_no,
        resend_at: local(step.text_resend_at),
    }
}

const fn stand(message: Mail) -> &'static str {
    match message {
        Mail::NotDue => "not_due",
        Mail::Queued => "queued",
        Mail::HandedOver { .. } => "handed_over",
        Mail::Bounced => "bounced",
    }
}
