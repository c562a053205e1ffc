//! What an account has of second factors, and whether what was typed is of them.

use sigill_core::confirmation::code::{Code, Pepper, Verdict};
use sigill_core::confirmation::factor::{BackupBinding, BackupCode, FactorCode, Step, Way};
use sigill_core::confirmation::timeline::Change;
use sigill_core::id::{AccountId, DeviceId};
use sigill_core::vault::primitive::Argon2Error;

use super::authenticator;
use crate::failure::Failure;
use crate::password::PasswordError;
use crate::service::{Service, Shared};
use crate::store::Tx;
use crate::store::factors::{BackupSet, FactorRow, backup_set, factors, use_backup_code, use_step};
use crate::timeline::{self, Note};

/// The second factors of an account.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Own {
    account: AccountId,
    pub(crate) factors: Vec<FactorRow>,
    pub(crate) backup: Option<BackupSet>,
}

/// What was right, and is good once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Used {
    /// Nothing was right.
    Nothing,
    /// Its own row says that it was.
    Text,
    Step(Step),
    Backup(u64),
}

impl Used {
    pub(crate) const fn verdict(self) -> Verdict {
        match self {
            Self::Nothing => Verdict::Wrong,
            Self::Text | Self::Step(_) | Self::Backup(_) => Verdict::Right,
        }
    }

    /// Uses it up, in the transaction of what it proved. Backup codes are few:
    /// that one went stands in the timeline.
    pub(crate) async fn spend(
        self,
        service: &Service,
        tx: &mut Tx,
        (account, device): (AccountId, DeviceId),
    ) -> Result<(), Failure> {
        match self {
            Self::Nothing | Self::Text => {}
            Self::Step(step) => use_step(tx, account, step).await?,
            Self::Backup(number) => {
                use_backup_code(tx, account, number).await?;
                let used = Note {
                    account,
                    device: Some(device),
                    change: Change::BackupCodeUsed,
                    network: None,
                };
                timeline::note(service, tx, used).await?;
            }
        }
        Ok(())
    }
}

impl Own {
    pub(crate) async fn load(tx: &mut Tx, account: AccountId) -> Result<Self, Failure> {
        Ok(Self {
            account,
            factors: factors(tx, account).await?,
            backup: backup_set(tx, account.as_bytes()).await?,
        })
    }

    pub(crate) fn factor(&self, way: Way) -> Option<&FactorRow> {
        self.factors.iter().find(|factor| factor.way == way)
    }

    /// In the order in which they are offered.
    pub(crate) fn ways(&self) -> Vec<Way> {
        let backup = self.backup.as_ref().map(|_| Way::BackupCode);
        let factors = self.factors.iter().map(|factor| factor.way);
        factors.chain(backup).collect()
    }

    /// Compares what was typed; `text` does so with the code of a text message.
    pub(crate) async fn compare(
        &self,
        service: &Shared,
        typed: &str,
        text: impl FnOnce(&Code, &Pepper) -> Result<Verdict, Argon2Error> + Send + 'static,
    ) -> Result<Used, Failure> {
        let Ok(typed) = FactorCode::parse(typed) else {
            return Ok(Used::Nothing);
        };
        match typed {
            FactorCode::TextMessage(code) => self.compare_text(service, code, text).await,
            FactorCode::Authenticator(typed) => {
                let Some(factor) = self.factor(Way::Authenticator) else {
                    return Ok(Used::Nothing);
                };
                let key = &service.secrets.factor;
                let stored = (self.account, factor.value.as_str(), factor.step);
                let step = authenticator::step(key, stored, (&typed, service.now()))?;
                Ok(step.map_or(Used::Nothing, Used::Step))
            }
            FactorCode::Backup(code) => self.compare_backup(service, code).await,
        }
    }

    async fn compare_text(
        &self,
        service: &Shared,
        code: Code,
        text: impl FnOnce(&Code, &Pepper) -> Result<Verdict, Argon2Error> + Send + 'static,
    ) -> Result<Used, Failure> {
        if self.factor(Way::TextMessage).is_none() {
            return Ok(Used::Nothing);
        }
        let this = Shared::clone(service);
        let compared = service.hashing.run(move || text(&code, &this.pepper));
        let verdict = compared.await?.map_err(|_| PasswordError::Busy)?;
        Ok(match verdict {
            Verdict::Right => Used::Text,
            Verdict::Wrong => Used::Nothing,
        })
    }

    /// One hash, for the set has one salt; every tag is looked at.
    async fn compare_backup(&self, service: &Shared, code: BackupCode) -> Result<Used, Failure> {
        let Some(set) = self.backup.clone() else {
            return Ok(Used::Nothing);
        };
        number_of(service, (self.account, set), code).await
    }
}

/// The number of `code` in a set.
pub(crate) async fn number_of(
    service: &Shared,
    (account, set): (AccountId, BackupSet),
    code: BackupCode,
) -> Result<Used, Failure> {
    let this = Shared::clone(service);
    let compared = service.hashing.run(move || {
        let tag = BackupBinding { account }.tag(&code, &this.pepper, &set.salt)?;
        let same = set
            .tags
            .iter()
            .filter(|(_, stored)| stored.verdict(&tag) == Verdict::Right)
            .map(|(number, _)| *number);
        Ok::<_, Argon2Error>(same.fold(None, |_, number| Some(number)))
    });
    let number = compared.await?.map_err(|_| PasswordError::Busy)?;
    Ok(number.map_or(Used::Nothing, Used::Backup))
}
