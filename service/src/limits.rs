//! How much of each thing is allowed: the table of the confirmation protocol.

use sigill_core::wire::Seconds;

use crate::store::limits::{Counted, Subject, count, counted, give_back};
use crate::store::{StoreError, Tx};

/// An hour.
pub const HOUR: Seconds = 3_600;
/// A day.
pub const DAY: Seconds = 24 * HOUR;

/// At most `count` in `window` seconds from the first of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// Names the rows of this limit.
    pub rule: &'static str,
    /// How many.
    pub count: u32,
    /// In how many seconds.
    pub window: Seconds,
}

const fn limit(rule: &'static str, count: u32, window: Seconds) -> Limit {
    Limit {
        rule,
        count,
        window,
    }
}

/// Which limits something counts against, by whose they are.
#[derive(Debug, Clone)]
pub struct RateLimit {
    /// Each device's.
    pub device: Vec<Limit>,
    /// Each account's (or address's, where no account is known).
    pub account: Vec<Limit>,
    /// Each network address's (IPv6: each /64's).
    pub network: Vec<Limit>,
}

/// The whole table.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Asking for a dangerous act.
    pub operation: RateLimit,
    /// A code by mail.
    pub code_mail: RateLimit,
    /// Proofs sent for an act.
    pub confirm: RateLimit,
    /// Signing in with a key that the account does not know.
    pub stranger: RateLimit,
    /// Signing in with a key that it knows.
    pub known_device: RateLimit,
    /// Signing in at a provider.
    pub provider_sign_in: RateLimit,
    /// Going to a provider from the portal.
    pub to_provider: RateLimit,
    /// Verification mails that anybody can ask for.
    pub verify_mail: RateLimit,
    /// … and those of somebody who proved more: strangers use up nothing of them.
    pub proven_mail: RateLimit,
    /// The same by the address that they go to, as its account's share.
    pub proven_address: RateLimit,
    /// Codes typed to verify an address.
    pub verify_try: RateLimit,
    /// A code by text message, for strangers and for what is enrolled.
    pub text: RateLimit,
    /// … for operations and known devices: neither of those uses up anything of it.
    pub known_text: RateLimit,
    /// Enrolling what needs no message.
    pub enrolment: RateLimit,
    /// Second factors typed at sign-in with a key that the account does not know.
    pub factor_try: RateLimit,
    /// … and with one that it knows: strangers use up nothing of it.
    pub known_factor_try: RateLimit,
    /// Staging what a weakening is about; a new password is hashed for it.
    pub stage: RateLimit,
    /// Saving everything of an account in a file.
    pub download: RateLimit,
    /// The one Restore a day that lies outside the budget.
    pub free_restore: Limit,
    /// Tries an operation.
    pub tries: u32,
    /// Codes an operation.
    pub codes: u32,
    /// Wrong proofs in a row after which dangerous acts are frozen.
    pub freeze_after: u32,
    /// For how long.
    pub freeze_for: Seconds,
}

impl Default for Limits {
    fn default() -> Self {
        // One share each, whoever asks for them.
        let mails_of_a_network = limit("verify/network/hour", 20, HOUR);
        let texts_of_a_network = limit("text/network/hour", 20, HOUR);
        Self {
            operation: RateLimit {
                device: vec![
                    limit("operation/device/hour", 2, HOUR),
                    limit("operation/device/day", 5, DAY),
                ],
                account: vec![
                    limit("operation/account/hour", 5, HOUR),
                    limit("operation/account/day", 10, DAY),
                ],
                network: vec![limit("operation/network/hour", 20, HOUR)],
            },
            code_mail: RateLimit {
                device: vec![limit("code/device/day", 5, DAY)],
                account: vec![limit("code/account/day", 10, DAY)],
                network: vec![limit("code/network/hour", 20, HOUR)],
            },
            confirm: RateLimit {
                device: vec![limit("confirm/device/day", 8, DAY)],
                account: vec![limit("confirm/account/day", 20, DAY)],
                network: vec![limit("confirm/network/hour", 30, HOUR)],
            },
            stranger: RateLimit {
                device: Vec::new(),
                account: vec![limit("stranger/account/hour", 20, HOUR)],
                network: vec![limit("stranger/network/hour", 30, HOUR)],
            },
            known_device: RateLimit {
                device: vec![limit("sign-in/device/hour", 20, HOUR)],
                account: Vec::new(),
                network: Vec::new(),
            },
            provider_sign_in: RateLimit {
                device: vec![limit("provider/device/hour", 20, HOUR)],
                account: Vec::new(),
                network: vec![limit("provider/network/hour", 30, HOUR)],
            },
            to_provider: RateLimit {
                device: vec![limit("to-provider/device/hour", 20, HOUR)],
                account: Vec::new(),
                network: vec![limit("to-provider/network/hour", 60, HOUR)],
            },
            verify_mail: RateLimit {
                device: Vec::new(),
                account: vec![
                    limit("verify/address/hour", 3, HOUR),
                    limit("verify/address/day", 5, DAY),
                ],
                network: vec![mails_of_a_network],
            },
            proven_mail: RateLimit {
                device: Vec::new(),
                account: vec![
                    limit("proven-mail/account/hour", 5, HOUR),
                    limit("proven-mail/account/day", 10, DAY),
                ],
                network: vec![mails_of_a_network],
            },
            proven_address: RateLimit {
                device: Vec::new(),
                account: vec![
                    limit("proven-mail/address/hour", 3, HOUR),
                    limit("proven-mail/address/day", 5, DAY),
                ],
                network: Vec::new(),
            },
            verify_try: RateLimit {
                device: vec![limit("verify-try/device/hour", 20, HOUR)],
                account: Vec::new(),
                network: vec![limit("verify-try/network/hour", 30, HOUR)],
            },
            text: RateLimit {
                device: vec![limit("text/device/day", 5, DAY)],
                account: vec![limit("text/account/day", 5, DAY)],
                network: vec![texts_of_a_network],
            },
            known_text: RateLimit {
                device: vec![limit("known-text/device/day", 5, DAY)],
                account: vec![limit("known-text/account/day", 5, DAY)],
                network: vec![texts_of_a_network],
            },
            enrolment: RateLimit {
                device: vec![limit("enrolment/device/day", 20, DAY)],
                account: Vec::new(),
                network: Vec::new(),
            },
            factor_try: RateLimit {
                device: vec![limit("factor-try/device/hour", 5, HOUR)],
                account: vec![limit("factor-try/account/day", 20, DAY)],
                network: vec![limit("factor-try/network/hour", 30, HOUR)],
            },
            known_factor_try: RateLimit {
                device: vec![
                    limit("known-factor-try/device/hour", 5, HOUR),
                    limit("known-factor-try/device/day", 20, DAY),
                ],
                account: Vec::new(),
                network: Vec::new(),
            },
            // No account's share: whoever signs in as a stranger could use it up, and
            // the owner could change nothing any more.
            stage: RateLimit {
                device: vec![limit("stage/device/hour", 20, HOUR)],
                account: Vec::new(),
                network: vec![limit("stage/network/hour", 60, HOUR)],
            },
            download: RateLimit {
                device: vec![limit("download/device/hour", 10, HOUR)],
                account: vec![limit("download/account/day", 20, DAY)],
                network: vec![limit("download/network/hour", 30, HOUR)],
            },
            free_restore: limit("restore/account/day", 1, DAY),
            tries: 5,
            codes: 3,
            freeze_after: 100,
            freeze_for: DAY,
        }
    }
}

/// Whose share it counts against.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shares {
    pub(crate) device: Subject,
    pub(crate) account: Subject,
    pub(crate) network: Subject,
}

impl RateLimit {
    /// Counts once, the narrowest share first; at the first that is used up
    /// it stops, so that one device's hammering does not use up the account's.
    /// To be committed whatever comes out.
    pub(crate) async fn count(
        &self,
        tx: &mut Tx,
        shares: &Shares,
        now: Seconds,
    ) -> Result<Counted, StoreError> {
        let device = self.device.iter().map(|limit| (limit, &shares.device));
        let network = self.network.iter().map(|limit| (limit, &shares.network));
        let account = self.account.iter().map(|limit| (limit, &shares.account));
        let mut last = Counted::Within { count: 0 };
        for (limit, subject) in device.chain(account).chain(network) {
            last = count(tx, limit, subject, now).await?;
            if matches!(last, Counted::Over { .. }) {
                return Ok(last);
            }
        }
        Ok(last)
    }

    /// Gives what a device used of the account's share back to the account.
    pub(crate) async fn give_back(
        &self,
        tx: &mut Tx,
        shares: &Shares,
        now: Seconds,
    ) -> Result<(), StoreError> {
        for (of_device, of_account) in self.device.iter().rev().zip(self.account.iter().rev()) {
            let share = counted(tx, of_device, &shares.device, now).await?;
            give_back(tx, of_account, &shares.account, share).await?;
            give_back(tx, of_device, &shares.device, share).await?;
        }
        Ok(())
    }
}
