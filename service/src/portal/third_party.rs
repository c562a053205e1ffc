//! An identity is an account's, or nobody's. Issuer and subject decide; the
//! e-mail address that a provider tells never does.

use sigill_core::confirmation::factor::Step;
use sigill_core::confirmation::policy::SecondFactor;
use sigill_core::id::{AccountId, EnrolmentId};
use sigill_core::wire::account::Language;
use sigill_core::wire::problem::Code;

use super::session::{Begun, FRESH, Newcomer, begin};
use super::trouble::Trouble;
use crate::account::Stranger;
use crate::account::provider_session::grant;
use crate::courier::texts::Texts;
use crate::failure::Failure;
use crate::limits::{HOUR, Shares};
use crate::openid::flow::{Claims, FlowError};
use crate::random;
use crate::service::Service;
use crate::store::Tx;
use crate::store::accounts::{Inserted, account, insert_third_party_account};
use crate::store::as_json;
use crate::store::enrolments::{
    EnrolmentKind, EnrolmentRow, EnrolmentStand, Person, replace_enrolment,
};
use crate::store::flows::{Browser, Id, Purpose, SignInRow, Then, sign_in_waiting};
use crate::store::identities::{IdentityRow, insert_identity, is_somebodys, use_identity};
use crate::store::limits::Counted;
use crate::store::portal::{PortalRow, SignedInBy, hint_of, set_proved};
use crate::store::sessions::SessionId;

/// What coming back from a provider led to.
pub(crate) enum Arrived {
    /// A device of the extension is signed in.
    Device(SignInRow),
    /// The portal's session began.
    Portal(Begun),
    /// The portal's session was proved anew; on to there.
    Again(Then),
    /// One more person at a provider waits to be let in.
    Adding(EnrolmentId),
}

/// Somebody came back.
pub(crate) async fn arrive(
    service: &Service,
    (browser, session): (Browser, Option<&PortalRow>),
    texts: Texts,
    claims: Claims,
) -> Result<Arrived, Trouble> {
    match claims.purpose {
        Purpose::Device(sign_in) => sign_device_in(service, sign_in, &claims).await,
        Purpose::Portal => sign_in(service, (browser, texts), &claims).await,
        Purpose::Again(asked, then) => {
            prove_again(service, session, (&claims, asked, then)).await?;
            Ok(Arrived::Again(then))
        }
        Purpose::Add(asked) => add(service, session, (claims, asked)).await,
    }
}

/// The extension's sign-in makes the account where the identity has none.
async fn sign_device_in(
    service: &Service,
    sign_in: Id,
    claims: &Claims,
) -> Result<Arrived, Trouble> {
    let now = service.now();
    let waiting = sign_in_waiting(&service.store, sign_in, now).await?;
    let waiting = waiting.ok_or(Trouble::Provider(FlowError::NoFlow))?;
    let (mut tx, account) = known_or_new(service, (claims, waiting.language)).await?;
    takes_no_factor(&mut tx, account).await?;
    grant(service, &mut tx, (&waiting, account)).await?;
    tx.commit().await?;
    Ok(Arrived::Device(waiting))
}

/// A provider is no second factor: where the account has one, it is signed in
/// to by its password and that. One that is gone is signed in to by nobody.
async fn takes_no_factor(tx: &mut Tx, id: AccountId) -> Result<(), Trouble> {
    match account(tx, id).await?.map(|account| account.second_factor) {
        Some(SecondFactor::On) => Err(Code::SecondFactorNeeded.into()),
        Some(SecondFactor::Off) => Ok(()),
        None => Err(Trouble::NobodysIdentity),
    }
}

/// An identity that some account has, in a transaction of that account: whatever
/// else happens to it comes before or after.
async fn known(service: &Service, claims: &Claims) -> Result<Option<(Tx, IdentityRow)>, Trouble> {
    let key = (claims.issuer.as_str(), claims.subject.as_str());
    // Before the transaction: whoever holds one connection must not wait for another.
    let Some(account) = service.store.account_of_identity(key).await? else {
        return Ok(None);
    };
    let mut tx = service.store.begin(account).await?;
    let row = use_identity(&mut tx, claims.known_as(), service.now()).await?;
    // Another account's meanwhile, or nobody's.
    let row = row.filter(|row| row.account == account);
    Ok(row.map(|row| (tx, row)))
}

/// The account of an identity, made where it has none.
async fn known_or_new(
    service: &Service,
    (claims, language): (&Claims, Language),
) -> Result<(Tx, AccountId), Trouble> {
    if let Some((tx, row)) = known(service, claims).await? {
        return Ok((tx, row.account));
    }
    let now = service.now();
    let new = IdentityRow {
        issuer: claims.issuer.clone(),
        subject: claims.subject.clone(),
        account: AccountId(random::bytes()?),
        provider: claims.provider.clone(),
        email: claims.email.clone(),
        added_at: now,
    };
    let mut tx = service.store.begin_writing().await?;
    if let Inserted::Made = insert_identity(&mut tx, &new).await? {
        insert_third_party_account(&mut tx, (new.account, language), now).await?;
        return Ok((tx, new.account));
    }
    // Somebody made it at the same moment.
    drop(tx);
    let known = known(service, claims).await?;
    let (tx, row) = known.ok_or(Trouble::NobodysIdentity)?;
    Ok((tx, row.account))
}

/// The portal makes no account: an identity that has none, or another than the
/// one that waits, is told so.
async fn sign_in(
    service: &Service,
    (browser, texts): (Browser, Texts),
    claims: &Claims,
) -> Result<Arrived, Trouble> {
    let Some((mut tx, identity)) = known(service, claims).await? else {
        let mut tx = service.store.begin_writing().await?;
        let waits = hint_of(&mut tx, browser, service.now()).await?.is_some();
        return Err(if waits {
            Trouble::OtherAccount
        } else {
            Trouble::NobodysIdentity
        });
    };
    takes_no_factor(&mut tx, identity.account).await?;
    let newcomer = Newcomer {
        account: identity.account,
        by: SignedInBy::Identity {
            issuer: identity.issuer,
            subject: identity.subject,
        },
        // Whoever was signed in at the provider before has proved nothing now.
        proved_at: 0,
    };
    let begun = begin(service, &mut tx, (browser, texts), newcomer).await?;
    tx.commit().await?;
    Ok(Arrived::Portal(begun))
}

/// The same identity again, and the person typed something at the provider just now.
async fn prove_again(
    service: &Service,
    session: Option<&PortalRow>,
    (claims, asked, then): (&Claims, SessionId, Then),
) -> Result<(), Trouble> {
    let session = session.filter(|session| session.session == asked);
    let session = session.ok_or(Trouble::SignedOut)?;
    let same = SignedInBy::Identity {
        issuer: claims.issuer.clone(),
        subject: claims.subject.clone(),
    };
    if session.by != same {
        return Err(Trouble::OtherAccount);
    }
    let now = service.now();
    let at = claims.signed_in_at.ok_or(Trouble::NotFresh(then))?;
    if now >= at.saturating_add(FRESH) {
        return Err(Trouble::NotFresh(then));
    }
    let mut tx = service.store.begin(session.account).await?;
    use_identity(&mut tx, claims.known_as(), now).await?;
    set_proved(&mut tx, session.session, at.min(now)).await?;
    tx.commit().await?;
    Ok(())
}

/// Somebody proved at a provider who they are, and waits to be let in: as
/// something enrolled, which takes effect with its weakening. Only this way
/// makes one, so that nobody lets in who never came.
async fn add(
    service: &Service,
    session: Option<&PortalRow>,
    (claims, asked): (Claims, SessionId),
) -> Result<Arrived, Trouble> {
    let session = session.filter(|session| session.session == asked);
    let session = session.ok_or(Trouble::SignedOut)?;
    let now = service.now();
    let mut tx = service.store.begin(session.account).await?;
    let key = (claims.issuer.as_str(), claims.subject.as_str());
    if is_somebodys(&mut tx, key).await? {
        return Err(Trouble::IdentityTaken);
    }
    let person = Person {
        issuer: claims.issuer,
        subject: claims.subject,
        provider: claims.provider,
        email: claims.email,
    };
    let row = EnrolmentRow {
        id: EnrolmentId(random::bytes()?),
        account: session.account,
        device: session.device,
        kind: EnrolmentKind::Identity,
        value: as_json(&person),
        stand: EnrolmentStand::Tried,
        tries: 0,
        code: None,
        code_until: 0,
        step: Step(0),
        until: now.saturating_add(HOUR),
    };
    replace_enrolment(&mut tx, &row).await?;
    tx.commit().await?;
    Ok(Arrived::Adding(row.id))
}

/// Counted before a provider is asked for anything.
pub(crate) async fn count_way(service: &Service, stranger: Stranger) -> Result<(), Failure> {
    let shares = Shares {
        device: service.device_share(stranger.device),
        account: [0; 32],
        network: stranger.network,
    };
    let deed = &service.config.limits.to_provider;
    let mut tx = service.store.begin_writing().await?;
    let counted = deed.count(&mut tx, &shares, service.now()).await?;
    tx.commit().await?;
    match counted {
        Counted::Within { .. } => Ok(()),
        Counted::Over { wait } => Err(Failure::wait(Code::TooManyRequests, wait)),
    }
}
