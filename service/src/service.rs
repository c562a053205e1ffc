//! The service as a whole: what every request is answered with.

use std::net::IpAddr;
use std::sync::Arc;

use sigill_core::account::MailAddress;
use sigill_core::confirmation::code::Pepper;
use sigill_core::confirmation::receipt::ReceiptSigner;
use sigill_core::encode::Encoder;
use sigill_core::id::{AccountId, DeviceId};
use sigill_core::wire::Seconds;
use tokio::sync::Notify;

use crate::clock::Clock;
use crate::cloud::live::Live;
use crate::config::Config;
use crate::courier::gateway::Texts;
use crate::courier::post::{Post, PostError};
use crate::dpop::mac;
use crate::openid::provider::Providers;
use crate::password::Hashing;
use crate::secrets::{Secrets, SecretsError};
use crate::store::limits::Subject;
use crate::store::{Store, StoreError};

/// Why the service can't start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Its secrets.
    #[error(transparent)]
    Secrets(#[from] SecretsError),
    /// Its database.
    #[error("SIGILL_DATABASE_URL: {0}")]
    Store(#[from] StoreError),
    /// Its mail server.
    #[error("SIGILL_SMTP_URL: {0}")]
    Post(#[from] PostError),
}

/// The service.
pub struct Service {
    pub(crate) config: Config,
    pub(crate) clock: Clock,
    pub(crate) secrets: Secrets,
    pub(crate) store: Store,
    pub(crate) hashing: Hashing,
    pub(crate) post: Post,
    pub(crate) texts: Texts,
    /// Rung when a mail was put into the outbox.
    pub(crate) bell: Notify,
    /// Devices that wait for what another one writes.
    pub live: Live,
    pub(crate) signer: ReceiptSigner,
    pub(crate) pepper: Pepper,
    pub(crate) providers: Providers,
}

/// As every request holds it.
pub type Shared = Arc<Service>;

impl Service {
    /// Opens secrets and database.
    ///
    /// # Errors
    /// [`StartError`].
    pub async fn open(config: Config, clock: Clock) -> Result<Shared, StartError> {
        let secrets = Secrets::open(&config.secrets_dir)?;
        let store = Store::open(&config.database_url, config.database_connections).await?;
        Ok(Arc::new(Self {
            post: Post::new(&config.delivery)?,
            texts: Texts::new(config.sms.as_ref(), &config.delivery),
            signer: ReceiptSigner::new(*secrets.receipt),
            pepper: Pepper::new(*secrets.pepper),
            hashing: Hashing::new(),
            bell: Notify::new(),
            live: Live::new(),
            providers: Providers::new(&config.oidc_providers),
            config,
            clock,
            secrets,
            store,
        }))
    }

    /// Ends the connections to the database.
    pub async fn close(&self) {
        self.store.close().await;
    }

    /// The service's clock.
    #[must_use]
    pub fn now(&self) -> Seconds {
        self.clock.now()
    }

    fn subject(&self, encoder: Encoder) -> Subject {
        mac(&self.secrets.pepper, &encoder.finish())
    }

    /// Whose share: an account's.
    pub(crate) fn account_share(&self, account: AccountId) -> Subject {
        self.subject(account.encode(Encoder::new("sigill/share/account/1")))
    }

    /// Whose share: a device's.
    pub(crate) fn device_share(&self, device: DeviceId) -> Subject {
        self.subject(device.encode(Encoder::new("sigill/share/device/1")))
    }

    /// Whose share: a mail address's, whether it has an account or not.
    pub(crate) fn address_share(&self, email: &MailAddress) -> Subject {
        self.subject(Encoder::new("sigill/share/address/1").text(&email.key()))
    }

    /// Whose share: a network address's; of IPv6 a /64's, which one household has.
    pub(crate) fn network_share(&self, address: IpAddr) -> Subject {
        let encoder = Encoder::new("sigill/share/network/1");
        self.subject(match address.to_canonical() {
            IpAddr::V4(v4) => encoder.bytes(&v4.octets()),
            IpAddr::V6(v6) => encoder.bytes(v6.octets().split_at(8).0),
        })
    }
}
