//! The courier: codes made, tagged, mailed, and a mail server whose answer may be lost.

use sigill_core::confirmation::code::{CodeBinding, CodeTag};
use sigill_core::confirmation::operation::{LiveCode, Operation};
use sigill_core::encode::Encoder;
use sigill_core::id::Hash;
use sigill_core::wire::Seconds;
use sigill_core::wire::operation::Mail;

use super::ledger::Ledger;
use super::service::Service;

/// A mail with a code.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Letter {
    pub(crate) operation: usize,
    pub(crate) code_no: u32,
    pub(crate) code: u32,
    pub(crate) until: Seconds,
}

/// Whether the mail server's answer was heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum MailServer {
    Heard,
    Lost,
}

impl Service {
    /// The courier makes the next code of an operation, if one is due; the mail
    /// server's answer arrives or is lost.
    pub(crate) fn post(&mut self, place: usize, answer: MailServer, ledger: &mut Ledger) {
        let row = Operation::clone(&self.rows[place]);
        let Ok(binding) = row.next_code(self.now) else {
            return;
        };
        let number = u32::try_from(place).unwrap();
        let code = 1_000 + 10 * number + binding.code_no;
        let live = LiveCode {
            salt: [0; 16],
            tag: tag(&binding, code),
            made_at: self.now,
        };
        let (row, made) = row.code_made(&binding, live, self.now);
        made.unwrap();
        let row = match answer {
            MailServer::Heard => row.handed_over(binding.code_no, self.now),
            MailServer::Lost => row,
        };
        self.mailbox.push(Letter {
            operation: place,
            code_no: binding.code_no,
            code,
            until: self.now + 600,
        });
        ledger.mailed += 1;
        self.save(row, ledger);
    }

    /// Whether the courier has something to do for an operation.
    pub(crate) fn owes_a_mail(&self, place: usize) -> bool {
        let row = &self.rows[place];
        row.mail == Mail::Queued && row.next_code(self.now).is_ok()
    }
}

/// Stands in for Argon2id over the peppered code: as bound, and a thousandth
/// of the work.
pub(crate) fn tag(binding: &CodeBinding, code: u32) -> CodeTag {
    let encoder = binding.operation.encode(Encoder::new("model/code"));
    let encoder = binding.device.encode(binding.account.encode(encoder));
    let encoder = binding.digest.encode(binding.action.encode(encoder));
    let encoder = encoder.integer(binding.code_no.into()).integer(code.into());
    CodeTag::of_column(Hash::of(&encoder.finish()).0)
}
