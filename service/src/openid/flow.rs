//! Authorization code with PKCE (RFC 7636), bound to the browser that began.
//!
//! ```text
//! state    = base64url(flow ‖ MAC("sigill/oidc-state/1", flow))
//! nonce    = base64url(MAC("sigill/oidc-nonce/1", flow))
//! verifier = base64url(MAC("sigill/oidc-verifier/1", flow))
//! MAC(label, flow) = HMAC-SHA-256(token key, encode(label, flow))
//! ```
//! A flow is taken out of the database before anything else is looked at: a
//! callback is good once, and only in the browser whose cookie began it.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use openidconnect::core::{CoreAuthPrompt, CoreAuthenticationFlow, CoreClient, CoreIdToken};
use openidconnect::{
    AuthType, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointMaybeSet,
    EndpointNotSet, EndpointSet, Nonce, OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier,
    RedirectUrl, Scope, SignatureVerificationError, TokenResponse,
};
use serde::Deserialize;
use sigill_core::encode::Encoder;
use sigill_core::wire::Seconds;
use subtle::ConstantTimeEq;

use super::provider::{Age, Metadata, Provider, Unreachable};
use super::token::Expected;
use crate::dpop::mac;
use crate::random::{self, NoRandomness};
use crate::service::Service;
use crate::store::StoreError;
use crate::store::flows::{Browser, FlowRow, Id, Purpose};
use crate::store::identities::Told;

/// Seconds that somebody has at the provider.
const LIFETIME: Seconds = 600;
/// Why somebody did not come back as who they said.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FlowError {
    /// No such provider in the settings.
    #[error("no provider of that name")]
    NoProvider,
    /// The provider does not answer.
    #[error(transparent)]
    Unreachable(#[from] Unreachable),
    /// Nobody began this here, or it took too long, or it was used before.
    #[error("no flow of this browser waits for this callback")]
    NoFlow,
    /// The person or the provider said no.
    #[error("the provider says no")]
    Denied,
    /// The answer is another issuer's.
    #[error("the answer is not this provider's")]
    OtherIssuer,
    /// The provider did not take the code.
    #[error("the provider did not take the code")]
    Code,
    /// The token proves nothing.
    #[error("the token proves nothing: {0}")]
    Token(&'static str),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The system.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
}

/// What a callback carries.
#[derive(Deserialize)]
pub(crate) struct Callback {
    code: Option<String>,
    state: Option<String>,
    /// RFC 9207.
    iss: Option<String>,
    error: Option<String>,
}

/// Who came back, and what for.
pub(crate) struct Claims {
    pub(crate) provider: String,
    pub(crate) purpose: Purpose,
    pub(crate) issuer: String,
    pub(crate) subject: String,
    /// A claim: empty where there is none.
    pub(crate) email: String,
    /// When the person signed in there, where the provider says so.
    pub(crate) signed_in_at: Option<Seconds>,
}

impl Claims {
    /// As an identity's row has it.
    pub(crate) fn known_as(&self) -> Told<'_> {
        Told {
            issuer: &self.issuer,
            subject: &self.subject,
            email: &self.email,
        }
    }
}

pub(super) type Client = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

fn seal(service: &Service, label: &'static str, id: Id) -> [u8; 32] {
    mac(
        &service.secrets.token,
        &Encoder::new(label).bytes(&id).finish(),
    )
}

fn state(service: &Service, id: Id) -> String {
    let tag = seal(service, "sigill/oidc-state/1", id);
    URL_SAFE_NO_PAD.encode([id.as_slice(), &tag].concat())
}

fn parse_state(service: &Service, state: &str) -> Option<Id> {
    let bytes = URL_SAFE_NO_PAD.decode(state).ok()?;
    let (id, tag) = bytes.split_first_chunk::<16>()?;
    let ours = seal(service, "sigill/oidc-state/1", *id);
    bool::from(ours.as_slice().ct_eq(tag)).then_some(*id)
}

fn nonce(service: &Service, id: Id) -> Nonce {
    Nonce::new(URL_SAFE_NO_PAD.encode(seal(service, "sigill/oidc-nonce/1", id)))
}

fn verifier(service: &Service, id: Id) -> PkceCodeVerifier {
    PkceCodeVerifier::new(URL_SAFE_NO_PAD.encode(seal(service, "sigill/oidc-verifier/1", id)))
}

fn client(
    service: &Service,
    provider: &Provider,
    metadata: Metadata,
) -> Result<Client, Unreachable> {
    let settings = &provider.settings;
    let secret = settings.client_secret.as_ref();
    let secret = secret.map(|secret| ClientSecret::new(String::clone(secret)));
    let back = format!(
        "{}/portal/back/{}",
        service.config.public_url, settings.name
    );
    let back = RedirectUrl::new(back).map_err(|_| Unreachable)?;
    // RFC 6749 §2.3.1: basic, unless the provider takes only the other.
    let takes_post_only = metadata
        .token_endpoint_auth_methods_supported()
        .is_some_and(|all| {
            !all.contains(&openidconnect::core::CoreClientAuthMethod::ClientSecretBasic)
        });
    let auth = if takes_post_only {
        AuthType::RequestBody
    } else {
        AuthType::BasicAuth
    };
    let client = CoreClient::from_provider_metadata(
        metadata,
        ClientId::new(settings.client_id.clone()),
        secret,
    );
    Ok(client.set_redirect_uri(back).set_auth_type(auth))
}

/// Where to send a browser.
pub(crate) async fn begin(
    service: &Service,
    provider: &str,
    (browser, purpose): (Browser, Purpose),
) -> Result<String, FlowError> {
    let provider = service
        .providers
        .named(provider)
        .ok_or(FlowError::NoProvider)?;
    let now = service.now();
    let metadata = service
        .providers
        .metadata(provider, (Age::Cached, now))
        .await?;
    let asks_who = asks_who(&metadata);
    let client = client(service, provider, metadata)?;
    let flow = FlowRow {
        id: random::bytes()?,
        browser,
        provider: provider.settings.name.clone(),
        purpose,
        until: now.saturating_add(LIFETIME),
    };
    let id = flow.id;
    let challenge = PkceCodeChallenge::from_code_verifier_sha256(&verifier(service, id));
    let (state, nonce) = (CsrfToken::new(state(service, id)), nonce(service, id));
    let request = client
        .authorize_url(
            CoreAuthenticationFlow::AuthorizationCode,
            move || state,
            move || nonce,
        )
        .add_scope(Scope::new("email".into()))
        .set_pkce_challenge(challenge);
    let request = match purpose {
        Purpose::Again(..) => request
            .add_prompt(CoreAuthPrompt::Login)
            .set_max_age(Duration::ZERO),
        Purpose::Add(_) => request.add_prompt(asks_who),
        Purpose::Device(_) | Purpose::Portal => request,
    };
    let (url, _, _) = request.url();
    service.store.insert_flow(&flow).await?;
    Ok(url.into())
}

/// Whoever is to be let in is chosen, not whoever the provider happens to know in
/// this browser. A provider that tells of no such question asks for a sign-in.
fn asks_who(metadata: &Metadata) -> CoreAuthPrompt {
    let told = &metadata.additional_metadata().prompt_values_supported;
    match told {
        Some(told) if !told.iter().any(|value| value == "select_account") => CoreAuthPrompt::Login,
        Some(_) | None => CoreAuthPrompt::SelectAccount,
    }
}

/// Somebody comes back: who it is.
pub(crate) async fn finish(
    service: &Service,
    (provider, browser): (&str, Browser),
    callback: Callback,
) -> Result<Claims, FlowError> {
    let id = callback
        .state
        .as_deref()
        .and_then(|state| parse_state(service, state));
    let id = id.ok_or(FlowError::NoFlow)?;
    let flow = service
        .store
        .take_flow(id, browser)
        .await?
        .ok_or(FlowError::NoFlow)?;
    let now = service.now();
    if flow.until <= now || flow.provider != provider {
        return Err(FlowError::NoFlow);
    }
    let provider = service
        .providers
        .named(provider)
        .ok_or(FlowError::NoProvider)?;
    let metadata = service
        .providers
        .metadata(provider, (Age::Cached, now))
        .await?;
    check_answer(&callback, &metadata)?;
    if callback.error.is_some() {
        return Err(FlowError::Denied);
    }
    let code = callback.code.ok_or(FlowError::Denied)?;
    let known = client(service, provider, metadata)?;
    let (token, access) = swap(service, &known, (code, id)).await?;
    let client = with_its_key(service, (provider, known), &token).await?;
    let expected = Expected {
        client: &client,
        client_id: &provider.settings.client_id,
        nonce: nonce(service, id),
        now: service.now(), // the provider had its time
    };
    let person = expected.person_of(&token, &access)?;
    Ok(Claims {
        provider: flow.provider,
        purpose: flow.purpose,
        issuer: person.issuer,
        subject: person.subject,
        email: person.email,
        signed_in_at: person.signed_in_at,
    })
}

/// Providers change their keys: one that is not known is looked for once more.
async fn with_its_key(
    service: &Service,
    (provider, known): (&Provider, Client),
    token: &CoreIdToken,
) -> Result<Client, FlowError> {
    let found = token.signing_key(&known.id_token_verifier()).map(|_| ());
    if found != Err(SignatureVerificationError::NoMatchingKey) {
        return Ok(known);
    }
    let moved = (Age::KeysMoved, service.now());
    let metadata = service.providers.metadata(provider, moved).await?;
    Ok(client(service, provider, metadata)?)
}

/// The issuer in the answer (RFC 9207 §2.4).
fn check_answer(callback: &Callback, metadata: &Metadata) -> Result<(), FlowError> {
    let is_promised = metadata
        .additional_metadata()
        .authorization_response_iss_parameter_supported;
    match &callback.iss {
        Some(iss) if *iss == **metadata.issuer() => Ok(()),
        Some(_) => Err(FlowError::OtherIssuer),
        None if is_promised => Err(FlowError::OtherIssuer),
        None => Ok(()),
    }
}

async fn swap(
    service: &Service,
    client: &Client,
    (code, id): (String, Id),
) -> Result<(CoreIdToken, openidconnect::AccessToken), FlowError> {
    let request = client
        .exchange_code(AuthorizationCode::new(code))
        .map_err(|_| Unreachable)?
        .set_pkce_verifier(verifier(service, id));
    let answer = request.request_async(service.providers.client()).await;
    let answer = answer.map_err(|error| match error {
        openidconnect::RequestTokenError::Request(_) => Unreachable.into(),
        openidconnect::RequestTokenError::ServerResponse(_)
        | openidconnect::RequestTokenError::Parse(..)
        | openidconnect::RequestTokenError::Other(_) => FlowError::Code,
    })?;
    let token = answer.id_token().ok_or(FlowError::Token("there is none"))?;
    Ok((token.clone(), answer.access_token().clone()))
}
