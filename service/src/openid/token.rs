//! An ID token: whether it proves who somebody is (OpenID Connect Core §3.1.3.7).

use std::time::{Duration, UNIX_EPOCH};

use openidconnect::core::{CoreIdToken, CoreIdTokenClaims, CoreJwsSigningAlgorithm};
use openidconnect::{AccessToken, AccessTokenHash, ClaimsVerificationError, Nonce};
use sigill_core::wire::Seconds;

use super::flow::{Client, FlowError};

/// Seconds by which the provider's clock may differ from ours.
const SKEW: Seconds = 60;

/// A subject has at most so many characters (OpenID Connect Core §2).
const LONGEST: usize = 255;

/// Signed by the provider with a key that only it has. Never `none`, and never
/// by our own secret.
const ALGORITHMS: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// What a token has to be.
pub(super) struct Expected<'a> {
    /// With the provider's keys.
    pub(super) client: &'a Client,
    pub(super) client_id: &'a str,
    pub(super) nonce: Nonce,
    pub(super) now: Seconds,
}

/// Whom it proves.
pub(super) struct Person {
    pub(super) issuer: String,
    pub(super) subject: String,
    /// A claim: empty where there is none.
    pub(super) email: String,
    pub(super) signed_in_at: Option<Seconds>,
}

impl Expected<'_> {
    /// Of a token, and the access token that came beside it.
    pub(super) fn person_of(
        &self,
        token: &CoreIdToken,
        access: &AccessToken,
    ) -> Result<Person, FlowError> {
        let claims = self.verify(token).map_err(why)?;
        self.check_audience(claims)?;
        self.check_access_token((token, claims), access)?;
        self.read(claims)
    }

    /// Signature, issuer, audience, time and nonce.
    fn verify<'t>(
        &self,
        token: &'t CoreIdToken,
    ) -> Result<&'t CoreIdTokenClaims, ClaimsVerificationError> {
        let now = self.now;
        let latest = i64::try_from(self.latest()).unwrap_or(i64::MAX);
        let verifier = self
            .client
            .id_token_verifier()
            .set_allowed_algs(ALGORITHMS)
            .set_time_fn(move || (UNIX_EPOCH + Duration::from_secs(now)).into())
            .set_issue_time_verifier_fn(move |at| {
                if at.timestamp() <= latest {
                    Ok(())
                } else {
                    Err("issued in the future".into())
                }
            });
        token.claims(&verifier, &self.nonce)
    }

    /// Made for this client and no other (§3.1.3.7, 5).
    fn check_audience(&self, claims: &CoreIdTokenClaims) -> Result<(), FlowError> {
        match claims.authorized_party() {
            Some(party) if **party != self.client_id => Err(FlowError::Token("azp")),
            Some(_) | None => Ok(()),
        }
    }

    /// It goes with that access token (§3.1.3.8).
    fn check_access_token(
        &self,
        (token, claims): (&CoreIdToken, &CoreIdTokenClaims),
        access: &AccessToken,
    ) -> Result<(), FlowError> {
        let Some(expected) = claims.access_token_hash() else {
            return Ok(());
        };
        let wrong = || FlowError::Token("at_hash");
        let verifier = self.client.id_token_verifier();
        let algorithm = token.signing_alg().map_err(|_| wrong())?;
        let key = token.signing_key(&verifier).map_err(|_| wrong())?;
        let hash = AccessTokenHash::from_token(access, algorithm, key).map_err(|_| wrong())?;
        if hash == *expected {
            Ok(())
        } else {
            Err(wrong())
        }
    }

    fn read(&self, claims: &CoreIdTokenClaims) -> Result<Person, FlowError> {
        let signed_in_at = claims.auth_time().map(|at| at.timestamp());
        let signed_in_at = signed_in_at.and_then(|at| Seconds::try_from(at).ok());
        if signed_in_at.is_some_and(|at| at > self.latest()) {
            return Err(FlowError::Token("its auth_time"));
        }
        if claims.subject().len() > LONGEST {
            return Err(FlowError::Token("its subject"));
        }
        let email = claims.email().map(|email| String::clone(email));
        Ok(Person {
            issuer: String::clone(claims.issuer()),
            subject: String::clone(claims.subject()),
            email: email.unwrap_or_default(),
            signed_in_at,
        })
    }

    const fn latest(&self) -> Seconds {
        self.now.saturating_add(SKEW)
    }
}

/// What of a refusal may be logged: which check, never a claim.
fn why(error: ClaimsVerificationError) -> FlowError {
    FlowError::Token(match error {
        ClaimsVerificationError::Expired(_) => "its time",
        ClaimsVerificationError::InvalidAudience(_) => "its audience",
        ClaimsVerificationError::InvalidIssuer(_) => "its issuer",
        ClaimsVerificationError::InvalidNonce(_) => "its nonce",
        ClaimsVerificationError::SignatureVerification(_) => "its signature",
        ClaimsVerificationError::InvalidAuthContext(_)
        | ClaimsVerificationError::InvalidAuthTime(_)
        | ClaimsVerificationError::InvalidSubject(_)
        | ClaimsVerificationError::Other(_)
        | ClaimsVerificationError::Unsupported(_)
        | _ => "its form",
    })
}
