//! A dangerous act: asked for, gone on with, cancelled.

use serde::Serialize;
use sigill_core::confirmation::journal::{Brings, Entry, Event, NewVault, Over, Phase};
use sigill_core::confirmation::operation::{Asker, Request};
use sigill_core::confirmation::policy::{Answer, Binding, Reach, binding};
use sigill_core::confirmation::receipt::PinnedKey;
use sigill_core::id::{Hash, IdempotencyKey};
use sigill_core::vault::generation::Voucher;
use sigill_core::vault::head::{Head, Tag};
use sigill_core::wire::Seconds;
use sigill_core::wire::operation::FactorStep;
use sigill_core::wire::problem::Code;

use super::loss::Weighing;
use super::reset::fresh_row;
use crate::api::{Act, Operation};
use crate::json::object;
use crate::rim::{Batch, Rim};
use crate::session::Session;
use crate::session::account::signed_out;
use crate::session::files::Which;
use crate::session::rows::{FRESH, JOURNAL, OPERATION};
use crate::session::vault::Vault;
use crate::trouble::Trouble;

/// `operation`: what the journal's entry does not say.
#[derive(Serialize)]
pub(super) struct OperationRow {
    pub(super) act: Act,
    /// The head that was here when the loss was shown.
    pub(super) local_head: Option<Hash>,
    /// Until when it can be undone, once it was done here.
    pub(super) undo_until: Option<Seconds>,
    /// When the service last told where it stands: by its clock, and by ours.
    pub(super) heard: Option<(Seconds, Seconds)>,
    /// The step of the second factor, as the service last told.
    pub(super) factor: Option<FactorStep>,
}

object! {
    OperationRow { act, local_head, undo_until, heard, factor }
}

/// What an act puts into the cloud, where it puts something.
pub(super) enum Content {
    /// What is on this device.
    Own,
    /// A new vault; it waits in a row of its own for its receipt.
    New(Box<Vault>, IdempotencyKey),
}

impl<R: Rim> Session<R> {
    /// Asks for an act; `loss` is the hash of what was shown.
    ///
    /// # Errors
    /// `loss_changed` where something else would be lost by now; `not_found`,
    /// `locked`, `operation_pending`, `signed_out`, or what the service says.
    pub async fn ask(&self, act: Act, loss: &str) -> Result<Operation, Trouble> {
        if matches!(act, Act::ResetMasterPassword | Act::RenewMasterPassword) {
            return Err(Trouble::MalformedInput); // it takes a new vault
        }
        let _held = self.rim.lock("operation").await?;
        if self.goes_on(&act, loss).await? {
            return self.shown().await;
        }
        self.give_up_the_last().await?;
        let weighing = self.weigh_as_shown(&act, loss).await?;
        if weighing.later_epoch().is_some() {
            return Err(Trouble::WrongMasterPassword); // it takes new keys: see [`Session::ask_anew`]
        }
        self.begin(act, &weighing, Content::Own).await
    }

    /// Weighs an act again: it costs what was shown, and proofs are what it takes.
    pub(super) async fn weigh_as_shown(&self, act: &Act, loss: &str) -> Result<Weighing, Trouble> {
        let weighing = self.weigh(act).await?;
        if weighing.hash().to_string() != loss {
            return Err(Trouble::LossChanged);
        }
        match weighing.understood.answer {
            Answer::Prove(..) => Ok(weighing),
            Answer::Refuse(_)
            | Answer::NotOffered
            | Answer::TypedPhrase
            | Answer::OldMasterPassword => Err(Trouble::refused(Code::NotOffered)),
        }
    }

    /// Writes an act down, then sends it.
    pub(super) async fn begin(
        &self,
        act: Act,
        weighing: &Weighing,
        content: Content,
    ) -> Result<Operation, Trouble> {
        let row = OperationRow {
            local_head: weighing.here.as_ref().map(|vault| vault.head.hash()),
            act,
            undo_until: None,
            heard: None,
            factor: None,
        };
        let entry = self.entry(&row.act, weighing, &content).await?;
        let mut batch = Batch::default();
        match &content {
            Content::New(vault, _) => batch.put(FRESH, fresh_row(vault)?),
            Content::Own => batch.delete(FRESH),
        }
        batch.put_json(OPERATION, &row);
        batch.put(JOURNAL, entry.to_bytes());
        self.rim.commit(batch).await?;
        self.drive(entry, Event::Start).await?;
        self.shown().await
    }

    /// A page whose call got no answer, because the worker died under it, calls
    /// again: that goes on with what was begun, under its own name.
    async fn goes_on(&self, act: &Act, loss: &str) -> Result<bool, Trouble> {
        let Some(entry) = self.journal().await? else {
            return Ok(false);
        };
        let waits = matches!(entry.phase(), Phase::Requested | Phase::Asked(_));
        let row = self.read::<OperationRow>(OPERATION).await?;
        let same =
            entry.request().loss_hash.to_string() == loss && row.is_some_and(|row| row.act == *act);
        if !waits || !same {
            return Ok(false);
        }
        self.drive(entry, Event::Start).await?;
        Ok(self.journal().await?.is_some_and(|entry| entry.is_open()))
    }

    /// One act at a time: an earlier one that was not proved is superseded.
    pub(super) async fn give_up_the_last(&self) -> Result<(), Trouble> {
        let Some(entry) = self.journal().await? else {
            return Ok(());
        };
        match entry.phase() {
            Phase::Requested | Phase::Asked(_) => self.give_up(entry).await,
            Phase::Proving { .. } | Phase::Receipted(_) => {
                Err(Trouble::refused(Code::OperationPending))
            }
            Phase::Done(_) | Phase::Over(_) => Ok(()),
        }
    }

    async fn entry(
        &self,
        act: &Act,
        weighing: &Weighing,
        content: &Content,
    ) -> Result<Entry, Trouble> {
        let account = self.account_known().await?.ok_or_else(signed_out)?;
        let asker = Asker {
            account: account.account,
            device: account.device,
        };
        let pinned = PinnedKey::parse(&account.receipt_key).map_err(|_| Trouble::Damaged)?;
        let key = match content {
            Content::Own => IdempotencyKey(self.random()?),
            Content::New(_, key) => *key,
        };
        let mut request = self.request(key, weighing)?;
        let brings = match (act, content) {
            (Act::ReplaceCloud, Content::Own) => {
                Brings::Vault(self.bring(&mut request, weighing).await?)
            }
            (_, Content::New(vault, _)) if weighing.understood.reach() == Reach::Cloud => {
                let head = (&vault.head, vault.tag);
                let brought = self.bring_under(&mut request, vault, head).await?;
                let voucher = self.vouch(act, weighing, &vault.head).await?;
                Brings::Vault(NewVault { voucher, ..brought })
            }
            (_, Content::New(..) | Content::Own) => Brings::Nothing,
        };
        Entry::new(asker, pinned, request, brings).map_err(|_| Trouble::Damaged)
    }

    pub(super) fn request(
        &self,
        key: IdempotencyKey,
        weighing: &Weighing,
    ) -> Result<Request, Trouble> {
        let understood = &weighing.understood;
        let local = weighing
            .here
            .as_ref()
            .map(|vault| (vault.head.seq, vault.head.hash()));
        // Where nothing is here, nothing of this device moves.
        let local = local.or(Some((0, Hash::NOTHING)));
        let cloud = weighing
            .cloud
            .as_ref()
            .map(|cloud| (cloud.seq, cloud.head_hash));
        let base = match binding(understood.action, understood.reach()) {
            Binding::CloudHead => cloud,
            Binding::LocalHead | Binding::Parameters => local,
        };
        let (base_seq, base_head_hash) = base.ok_or(Trouble::NotFound)?;
        Ok(Request {
            idempotency_key: key,
            action: understood.action,
            vault: understood.vault.ok_or(Trouble::NotFound)?,
            base_seq,
            base_head_hash,
            new_head_hash: None,
            new_slots_hash: None,
            upload: None,
            loss_hash: weighing.hash(),
        })
    }

    /// Uploads this device's content, and writes the head that will stand over
    /// it. Its tag stays here until the person confirms.
    async fn bring(&self, request: &mut Request, weighing: &Weighing) -> Result<NewVault, Trouble> {
        let open = self.keys().await?;
        let vault = weighing.here.as_ref().ok_or(Trouble::NoVault)?;
        if vault.is_unanchored() {
            return Err(Trouble::Unanchored);
        }
        let author = self.author().await?;
        let mut head = vault.head.clone();
        let account = self.account_known().await?.ok_or_else(signed_out)?;
        head.account = Some(account.account);
        head.service_key = Some(account.receipt_key.id);
        head.seq = request.base_seq + 1;
        head.previous = request.base_head_hash;
        head.operation = Some(request.idempotency_key);
        head.restored_from = None;
        if let Some((seen_in, hash)) = author.timeline
            && seen_in == account.account
        {
            head.timeline = hash;
        }
        head.writer = author.device;
        head.time = author.now;
        head.seen.insert(author.device, head.seq);
        let tag = head.tag(&open.keys);
        self.bring_under(request, vault, (&head, tag)).await
    }

    /// Uploads a vault's records, and names it in the request.
    pub(super) async fn bring_under(
        &self,
        request: &mut Request,
        vault: &Vault,
        (head, tag): (&Head, Tag),
    ) -> Result<NewVault, Trouble> {
        let account = self.account_known().await?.ok_or_else(signed_out)?.account;
        let of = (vault.head.vault, vault.head.epoch);
        self.send_files_of(of, account, Which::All).await?;
        if !vault.kept.is_empty() {
            let records: Vec<_> = vault.kept.values().collect();
            request.upload = Some(self.upload(&records).await?);
        }
        request.new_head_hash = Some(head.hash());
        request.new_slots_hash = Some(vault.slots.hash());
        Ok(NewVault {
            tag,
            voucher: None,
            head: head.to_bytes(),
            slots: vault.slots.to_bytes(),
        })
    }

    /// The open vault's word for the head that begins its next epoch. Whoever
    /// forgot the master password of a locked one has none to give.
    async fn vouch(
        &self,
        act: &Act,
        weighing: &Weighing,
        begins: &Head,
    ) -> Result<Option<Voucher>, Trouble> {
        match (&weighing.here, act) {
            (Some(here), Act::RenewMasterPassword) if !here.is_unanchored() => {
                let open = self.keys().await?;
                Ok(Some(Voucher::seal(&open.keys, here.head.epoch, begins)))
            }
            (Some(_) | None, _) => Ok(None),
        }
    }

    /// The act that was begun, as it stands now: asks the service where that
    /// may have moved.
    ///
    /// # Errors
    /// `receipt_rejected`, `service_garbage`, `storage_full`.
    pub async fn operation(&self) -> Result<Option<Operation>, Trouble> {
        match self.resume().await {
            Ok(()) | Err(Trouble::Unreachable | Trouble::Refused(_)) => self.operation_view().await,
            Err(trouble) => Err(trouble),
        }
    }

    /// Goes on with what was begun.
    pub(crate) async fn resume(&self) -> Result<(), Trouble> {
        let _held = self.rim.lock("operation").await?;
        match self.journal().await?.filter(Entry::is_open) {
            Some(entry) => self.drive(entry, Event::Start).await,
            None => Ok(()),
        }
    }

    pub(super) async fn advance(&self, event: Event) -> Result<Operation, Trouble> {
        let _held = self.rim.lock("operation").await?;
        let entry = self
            .journal()
            .await?
            .filter(Entry::is_open)
            .ok_or(Trouble::NotFound)?;
        match self.drive(entry, event).await {
            Ok(()) | Err(Trouble::Unreachable) => self.shown().await,
            Err(trouble) => Err(trouble),
        }
    }

    /// Gives the act up.
    ///
    /// # Errors
    /// `service_unreachable` where proofs were sent and only the service knows.
    pub async fn cancel(&self) -> Result<(), Trouble> {
        let _held = self.rim.lock("operation").await?;
        match self.journal().await?.filter(Entry::is_open) {
            Some(entry) => self.give_up(entry).await,
            None => Ok(()),
        }
    }

    async fn give_up(&self, entry: Entry) -> Result<(), Trouble> {
        let was_proving = matches!(entry.phase(), Phase::Proving { .. });
        match self.drive(entry, Event::Cancel).await {
            Err(Trouble::Unreachable | Trouble::Refused(_)) if !was_proving => Ok(()),
            other => other,
        }
    }

    /// Forgets an act that is over.
    ///
    /// # Errors
    /// `operation_pending` where it is not.
    pub async fn dismiss(&self) -> Result<(), Trouble> {
        let _held = self.rim.lock("operation").await?;
        match self.journal().await? {
            Some(entry) if entry.is_open() => Err(Trouble::refused(Code::OperationPending)),
            Some(_) => self.forget().await,
            None => Ok(()),
        }
    }

    pub(super) async fn forget(&self) -> Result<(), Trouble> {
        let mut batch = Batch::default();
        batch.delete(JOURNAL);
        batch.delete(OPERATION);
        batch.delete(FRESH);
        self.rim.commit(batch).await
    }

    pub(super) async fn journal(&self) -> Result<Option<Entry>, Trouble> {
        match self.rim.get(JOURNAL).await? {
            None => Ok(None),
            Some(row) => Entry::from_bytes(&row)
                .map(Some)
                .map_err(|_| Trouble::Damaged),
        }
    }

    /// Whether an act may still have an effect: changes of this device wait.
    pub(crate) async fn operation_is_open(&self) -> Result<bool, Trouble> {
        Ok(self.journal().await?.is_some_and(|entry| entry.is_open()))
    }

    /// Whether an act was confirmed here and its end is not known: what is
    /// written now might be written into what goes.
    pub(crate) async fn is_being_decided(&self) -> Result<bool, Trouble> {
        Ok(self.journal().await?.is_some_and(|entry| {
            matches!(entry.phase(), Phase::Receipted(_))
                || matches!(
                    entry.phase(),
                    Phase::Proving {
                        answer: sigill_core::confirmation::journal::Answer::Awaited,
                        ..
                    }
                )
        }))
    }

    pub(super) async fn shown(&self) -> Result<Operation, Trouble> {
        self.operation_view().await?.ok_or(Trouble::NotFound)
    }
}

/// Whether the service never took it: nothing to remember.
pub(super) fn never_begun(entry: &Entry) -> bool {
    matches!(entry.phase(), Phase::Over(Over::Refused))
}
