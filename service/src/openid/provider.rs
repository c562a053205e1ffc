//! A provider, found by discovery (OpenID Connect Discovery 1.0) when it is
//! first needed. One that is down is asked again the next time.

use std::pin::Pin;
use std::time::Duration;

use openidconnect::core::{
    CoreAuthDisplay, CoreClaimName, CoreClaimType, CoreClientAuthMethod, CoreGrantType,
    CoreJsonWebKey, CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm,
    CoreResponseMode, CoreResponseType, CoreSubjectIdentifierType,
};
use openidconnect::{
    AdditionalProviderMetadata, AsyncHttpClient, HttpClientError, HttpRequest, HttpResponse,
    IssuerUrl, ProviderMetadata, reqwest,
};
use serde::{Deserialize, Serialize};
use sigill_core::wire::Seconds;
use tokio::sync::Mutex;

use super::settings::{ProviderSettings, ProvidersSettings, is_safe};
use crate::limits::HOUR;

/// How long a provider may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// Seconds after which metadata and keys are read anew.
const FRESH: Seconds = HOUR;
/// Seconds before keys are read anew because a token names one that is not known.
const PAUSE: Seconds = 60;

/// The provider does not answer, or not as one does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the provider does not answer, or not as one does")]
pub(crate) struct Unreachable;

/// What discovery tells beyond OpenID Connect Discovery 1.0.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct AlsoTold {
    /// RFC 9207 §3.
    #[serde(default)]
    pub(crate) authorization_response_iss_parameter_supported: bool,
    /// Initiating User Registration via OpenID Connect 1.0 §2; few tell it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) prompt_values_supported: Option<Vec<String>>,
}

impl AdditionalProviderMetadata for AlsoTold {}

/// What discovery finds.
pub(crate) type Metadata = ProviderMetadata<
    AlsoTold,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

/// A provider.
pub(crate) struct Provider {
    pub(crate) settings: ProviderSettings,
    found: Mutex<Option<(Box<Metadata>, Seconds)>>,
}

/// How old what is known may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Age {
    /// An hour.
    Cached,
    /// A minute: a key was not among those that are known.
    KeysMoved,
}

/// All providers, and the client that speaks to them.
pub(crate) struct Providers {
    all: Vec<Provider>,
    client: SafeClient,
}

/// Speaks to addresses that can't be listened to, whoever named them: the
/// operator, or a provider's metadata.
pub(crate) struct SafeClient(reqwest::Client);

/// Why a provider was not asked, or did not answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AskError {
    /// Its address could be listened to.
    #[error("the provider names an address that is not safe")]
    NotSafe,
    /// The answer did not come.
    #[error(transparent)]
    Http(#[from] HttpClientError<reqwest::Error>),
}

impl<'c> AsyncHttpClient<'c> for SafeClient {
    type Error = AskError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, AskError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(async move {
            if !is_safe(&request.uri().to_string()) {
                return Err(AskError::NotSafe);
            }
            Ok(self.0.call(request).await?)
        })
    }
}

impl Providers {
    pub(crate) fn new(settings: &ProvidersSettings) -> Self {
        let builder = reqwest::ClientBuilder::new()
            // A provider that redirects the service elsewhere would choose whom it speaks to.
            .redirect(reqwest::redirect::Policy::none())
            .timeout(PATIENCE);
        let provider = |settings: &ProviderSettings| Provider {
            settings: settings.clone(),
            found: Mutex::new(None),
        };
        Self {
            all: settings.0.iter().map(provider).collect(),
            client: SafeClient(builder.build().unwrap_or_default()),
        }
    }

    /// What speaks to them.
    pub(crate) const fn client(&self) -> &SafeClient {
        &self.client
    }

    pub(crate) fn all(&self) -> &[Provider] {
        &self.all
    }

    pub(crate) fn named(&self, name: &str) -> Option<&Provider> {
        self.all.iter().find(|one| one.settings.name == name)
    }

    /// What people call a provider; its name where the operator took it away.
    pub(crate) fn label<'a>(&'a self, name: &'a str) -> &'a str {
        self.named(name).map_or(name, |one| &one.settings.label)
    }

    /// Metadata and keys of a provider.
    pub(crate) async fn metadata(
        &self,
        provider: &Provider,
        (age, now): (Age, Seconds),
    ) -> Result<Metadata, Unreachable> {
        let most = match age {
            Age::Cached => FRESH,
            Age::KeysMoved => PAUSE,
        };
        let mut found = provider.found.lock().await;
        if let Some((metadata, at)) = &*found
            && now < at.saturating_add(most)
        {
            return Ok(Metadata::clone(metadata));
        }
        let metadata = self.discover(provider).await?;
        *found = Some((Box::new(metadata.clone()), now));
        Ok(metadata)
    }

    async fn discover(&self, provider: &Provider) -> Result<Metadata, Unreachable> {
        let name = provider.settings.name.as_str();
        let unreachable = |error: &dyn std::error::Error| {
            tracing::warn!(provider = name, %error, "a provider does not answer");
            Unreachable
        };
        let issuer = IssuerUrl::new(provider.settings.issuer.clone());
        let issuer = issuer.map_err(|error| unreachable(&error))?;
        let metadata = Metadata::discover_async(issuer, &self.client).await;
        let metadata = metadata.map_err(|error| unreachable(&error))?;
        let token = metadata.token_endpoint().map(|url| url.as_str());
        // Its keys were read by now, and from a safe address: see [`SafeClient`].
        if is_safe(metadata.authorization_endpoint()) && token.is_some_and(is_safe) {
            Ok(metadata)
        } else {
            tracing::warn!(
                provider = name,
                "a provider has an endpoint that is not safe"
            );
            Err(Unreachable)
        }
    }
}
