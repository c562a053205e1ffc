//! Signing up, in and out, and the account's devices.

use sigill_core::account::{DeviceName, MailAddress};
use sigill_core::confirmation::policy::{Connection, Profile, SecondFactor, Standing, Sync};
use sigill_core::confirmation::receipt::PinnedKey;
use sigill_core::confirmation::wait::Lost;
use sigill_core::id::DeviceId;
use sigill_core::wire::account::{self as wire, Language};
use sigill_core::wire::problem::Code;
use sigill_core::wire::{SecretText, vault::Cloud};

use super::Session;
use super::rows::{ACCOUNT, ATTEMPT, AccountRow, Attempt, CLOUD, CloudRow, HEARD, SYNC, SyncRow};
use super::service::address;
use super::service::exchange::{Call, parse};
use super::service::proof;
use crate::api::{self, Account, Device, Found, SignIn, SignUp, SignedIn, Status};
use crate::rim::{Batch, Method, Rim};
use crate::trouble::Trouble;

/// Of an account that signs in with a password, before the service has said more.
const ASSUMED: Standing = Standing {
    connection: Connection::Linked,
    sync: Sync::On,
    second_factor: SecondFactor::Off,
    profile: Profile::Standard,
};

impl<R: Rim> Session<R> {
    /// Signs up; a code is mailed.
    ///
    /// # Errors
    /// `malformed_service`, `malformed_email`, or what the service says.
    pub async fn sign_up(&self, account: SignUp) -> Result<(), Trouble> {
        let attempt = attempt(&account.service, &account.email)?;
        self.write(ATTEMPT, &attempt).await?;
        let body = wire::SignUp {
            email: attempt.email,
            password: SecretText::new(account.password),
            language: language(&account.language)?,
        };
        let call = Call::post("/v1/accounts", &body);
        self.ask_anonymously(&attempt.service, &call)
            .await
            .map(drop)
    }

    /// The code from the verification mail.
    ///
    /// # Errors
    /// `not_found` where nothing was signed up here, or what the service says.
    pub async fn verify(&self, code: String) -> Result<(), Trouble> {
        let attempt = self.attempted().await?;
        let body = wire::Verify {
            email: attempt.email,
            code: SecretText::new(code),
        };
        let call = Call::post("/v1/accounts/verify", &body);
        self.ask_anonymously(&attempt.service, &call)
            .await
            .map(drop)
    }

    /// Asks for the verification mail again.
    ///
    /// # Errors
    /// As [`Session::verify`].
    pub async fn resend_verification(&self) -> Result<(), Trouble> {
        let attempt = self.attempted().await?;
        let body = wire::Verification {
            email: attempt.email,
        };
        let call = Call::post("/v1/accounts/verification", &body);
        self.ask_anonymously(&attempt.service, &call)
            .await
            .map(drop)
    }

    async fn attempted(&self) -> Result<Attempt, Trouble> {
        self.read(ATTEMPT).await?.ok_or(Trouble::NotFound)
    }

    /// Signs in; nothing is uploaded, downloaded or merged yet.
    ///
    /// # Errors
    /// `malformed_…`, what the service says, `service_garbage` where it shows
    /// another receipt key than before.
    pub async fn sign_in(&self, account: SignIn) -> Result<Found, Trouble> {
        let attempt = attempt(&account.service, &account.email)?;
        self.write(ATTEMPT, &attempt).await?;
        let name = DeviceName::parse(&account.device_name)
            .map_err(|_| Trouble::refused(Code::MalformedDeviceName))?;
        let body = wire::SignIn {
            email: attempt.email.clone(),
            password: SecretText::new(account.password),
            device_name: name.as_str().to_owned(),
            language: language(&account.language)?,
            second_factor: account.second_factor.map(SecretText::new),
        };
        let call = Call::post("/v1/sessions", &body);
        let answer = self.ask_anonymously(&attempt.service, &call).await?;
        self.signed_in_by(attempt, parse(&answer)?, Batch::default())
            .await
    }

    /// A session begins; what it finds. `batch` goes with it.
    pub(crate) async fn signed_in_by(
        &self,
        attempt: Attempt,
        session: wire::Session,
        mut batch: Batch,
    ) -> Result<Found, Trouble> {
        let row = self.account_row(attempt, session).await?;
        batch.put_json(ACCOUNT, &row);
        batch.put_json(SYNC, &SyncRow::default());
        batch.delete(CLOUD);
        self.rim.commit(batch).await?;
        self.refresh_account().await?;
        if self.sync_is_off().await? {
            return Ok(Found::SyncIsOff); // the cloud is closed to this device
        }
        let cloud = self.refresh_cloud().await?;
        self.found(&cloud).await
    }

    /// The row of a session that begins. The receipt key is pinned at first
    /// contact; for an account known here no other is taken.
    async fn account_row(
        &self,
        attempt: Attempt,
        session: wire::Session,
    ) -> Result<AccountRow, Trouble> {
        let known: Option<AccountRow> = self.read(ACCOUNT).await?;
        let known = known.filter(|known| known.account == session.account);
        PinnedKey::parse(&session.receipt_key).map_err(|_| Trouble::Garbage)?;
        let is_pinned = known
            .as_ref()
            .is_none_or(|known| known.receipt_key == session.receipt_key);
        if session.device != proof::device(&self.rim).await? || !is_pinned {
            return Err(Trouble::Garbage);
        }
        Ok(AccountRow {
            service: attempt.service,
            email: attempt.email,
            account: session.account,
            device: session.device,
            receipt_key: session.receipt_key.clone(),
            standing: known.map_or(ASSUMED, |known| known.standing),
            provider: None,
            delete_at: None,
            tokens: Some(self.tokens_of(session)),
        })
    }

    /// Signs this device out and locks it; the vault stays.
    ///
    /// # Errors
    /// Only where the store fails: a service that is away hears of it later.
    pub async fn sign_out(&self) -> Result<Status, Trouble> {
        let told = self
            .ask_service(&Call::empty(Method::Delete, "/v1/sessions/current"))
            .await;
        if let Err(Trouble::StorageFailed | Trouble::Full) = told {
            return Err(Trouble::StorageFailed);
        }
        if let Some(mut row) = self.read::<AccountRow>(ACCOUNT).await? {
            row.tokens = None;
            self.write(ACCOUNT, &row).await?;
        }
        self.close().await?;
        self.status().await
    }

    /// The account and its devices.
    ///
    /// # Errors
    /// `signed_out`, or why the service can't be asked.
    pub async fn account(&self) -> Result<Account, Trouble> {
        let account = self.refresh_account().await?;
        let row = self.account_known().await?.ok_or_else(signed_out)?;
        let taken_back_until = self.taken_back_until(&account).await?;
        let devices = account
            .devices
            .into_iter()
            .map(|device| device_view(device, row.device));
        Ok(Account {
            taken_back_until,
            email: account.email,
            service: row.service,
            devices: devices.collect(),
            waits: account.waits.into_iter().map(waiting_view).collect(),
            ask_address: account.address_confirmed_at.is_some(),
        })
    }

    /// Stops what was to happen after seven days.
    ///
    /// # Errors
    /// `not_found`, or as [`Session::account`].
    pub async fn stop_wait(&self, lost: &str) -> Result<Account, Trouble> {
        let lost: Lost = lost.parse().map_err(|_| Trouble::NotFound)?;
        let path = ["/v1/waits/", lost.word(), "/stop"].concat();
        self.ask_service(&Call::empty(Method::Post, path)).await?;
        self.account().await
    }

    /// The address is still the person's own.
    ///
    /// # Errors
    /// As [`Session::account`].
    pub async fn address_is_mine(&self) -> Result<Account, Trouble> {
        let call = Call::empty(Method::Post, "/v1/account/address");
        self.ask_service(&call).await?;
        self.account().await
    }

    /// Signs another device out.
    ///
    /// # Errors
    /// `not_found`, or as [`Session::account`].
    pub async fn sign_device_out(&self, id: &str) -> Result<Account, Trouble> {
        let id: DeviceId = id.parse().map_err(|_| Trouble::NotFound)?;
        let path = ["/v1/devices/", &id.to_string()].concat();
        self.ask_service(&Call::empty(Method::Delete, path)).await?;
        self.account().await
    }

    /// The account, when signed in, for the status.
    pub(crate) async fn signed_in_view(&self) -> Result<Option<SignedIn>, Trouble> {
        let Some(row) = self
            .account_known()
            .await?
            .filter(|row| row.tokens.is_some())
        else {
            return Ok(None);
        };
        let key = PinnedKey::parse(&row.receipt_key).map_err(|_| Trouble::Damaged)?;
        Ok(Some(SignedIn {
            email: row.email,
            service: row.service,
            fingerprint: key.fingerprint().to_strings().to_vec(),
            linked: row.standing.connection == Connection::Linked,
            provider: row.provider,
            second_factor: factor(row.standing),
        }))
    }

    /// The account that this device is or was signed in to.
    pub(crate) async fn account_known(&self) -> Result<Option<AccountRow>, Trouble> {
        self.read(ACCOUNT).await
    }

    /// Whether the person turned sync off for this device.
    pub(crate) async fn sync_is_off(&self) -> Result<bool, Trouble> {
        let account = self.account_known().await?;
        Ok(account.is_some_and(|row| row.standing.sync == Sync::Off))
    }

    /// Asks for the account, and remembers what decides proofs.
    pub(crate) async fn refresh_account(&self) -> Result<wire::Account, Trouble> {
        let account: wire::Account = parse(&self.ask_service(&Call::get("/v1/account")).await?)?;
        let mut row = self.account_known().await?.ok_or_else(signed_out)?;
        if row.account != account.account {
            return Err(Trouble::Garbage);
        }
        row.standing = account.standing;
        row.email.clone_from(&account.email);
        row.provider.clone_from(&account.provider);
        row.delete_at = account.delete_at;
        self.write(ACCOUNT, &row).await?;
        Ok(account)
    }

    /// Asks what the cloud holds, and remembers it.
    pub(crate) async fn refresh_cloud(&self) -> Result<Cloud, Trouble> {
        let cloud: Cloud = parse(&self.ask_service(&Call::get("/v1/vault")).await?)?;
        let row = CloudRow {
            seq: cloud.seq,
            head_hash: cloud.head_hash,
            holds_vault: cloud.vault.is_some(),
            now: cloud.now,
        };
        let mut batch = Batch::default();
        batch.put_json(CLOUD, &row);
        batch.put_json(HEARD, &cloud.now);
        self.rim.commit(batch).await?;
        Ok(cloud)
    }
}

pub(crate) fn signed_out() -> Trouble {
    Trouble::refused(Code::SignedOut)
}

const fn factor(standing: Standing) -> api::SecondFactor {
    match (standing.second_factor, standing.profile) {
        (SecondFactor::Off, _) => api::SecondFactor::Off,
        (SecondFactor::On, Profile::Standard) => api::SecondFactor::On,
        (SecondFactor::On, Profile::Strict) => api::SecondFactor::Strict,
    }
}

fn attempt(service: &str, email: &str) -> Result<Attempt, Trouble> {
    let service = address::parse(service).ok_or(Trouble::MalformedService)?;
    let email = MailAddress::parse(email).map_err(|_| Trouble::refused(Code::MalformedEmail))?;
    Ok(Attempt {
        service,
        email: email.as_str().to_owned(),
    })
}

pub(crate) fn language(tag: &str) -> Result<Language, Trouble> {
    match tag {
        "en" => Ok(Language::English),
        "sv" => Ok(Language::Swedish),
        _ => Err(Trouble::MalformedInput),
    }
}

fn waiting_view(waiting: wire::Waiting) -> api::Waiting {
    api::Waiting {
        lost: waiting.lost.word().to_owned(),
        until: waiting.until,
    }
}

fn device_view(device: wire::Device, this: DeviceId) -> Device {
    Device {
        id: device.device.to_string(),
        name: device.name,
        known_since: device.known_since,
        last_seen: device.last_seen,
        this: device.device == this,
    }
}
