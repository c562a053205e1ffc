//! The way to the account portal, and signing in by a provider there.
//!
//! Both open a tab at the service's own address. What comes of it the session
//! asks the service, as the device that it is: the tab proves nothing.

use serde::Serialize;
use sigill_core::account::DeviceName;
use sigill_core::id::OperationId;
use sigill_core::wire::portal::{
    AskHint, BeginSignIn, Hint, Place, Providers, SignInBegun, SignInProgress, sign_in_words,
};
use sigill_core::wire::problem::Code;

use super::Session;
use super::account::language;
use super::rows::{Attempt, SIGN_IN};
use super::service::address;
use super::service::exchange::{Call, parse};
use super::service::proof;
use crate::api::{BySignIn, Door, Found, Provider, ProviderSignIn};
use crate::json::object;
use crate::rim::{Batch, Method, Rim};
use crate::trouble::Trouble;

/// `sign_in`: one that waits for its person.
#[derive(Serialize)]
struct SignInRow {
    service: String,
    sign_in: OperationId,
}

object! {
    SignInRow { service, sign_in }
}

impl<R: Rim> Session<R> {
    /// The address of a place in the portal, to be opened in a tab: good once.
    ///
    /// # Errors
    /// `signed_out`, `service_garbage` where it leads elsewhere.
    pub async fn portal(&self, door: Door) -> Result<String, Trouble> {
        let account = self.account_known().await?.ok_or(Trouble::NotFound)?;
        let place = match door {
            Door::Account => Place::Account,
            Door::ChoosePassword => Place::ChoosePassword,
            Door::ForgottenPassword => Place::ForgottenPassword,
            Door::LostFactor => Place::LostFactor,
        };
        let call = Call::post("/v1/portal-hints", &AskHint { place });
        let hint: Hint = parse(&self.ask_service(&call).await?)?;
        within(&account.service, hint.url)
    }

    /// Where somebody goes who can't sign in for want of a second factor.
    ///
    /// # Errors
    /// `malformed_service`.
    pub fn lost_factor(&self, service: &str) -> Result<String, Trouble> {
        let service = address::parse(service).ok_or(Trouble::MalformedService)?;
        Ok([&service, "/portal/lost/factor"].concat())
    }

    /// Where somebody can sign in besides by an account password.
    ///
    /// # Errors
    /// `malformed_service`, or why the service can't be asked.
    pub async fn providers(&self, service: &str) -> Result<Vec<Provider>, Trouble> {
        let service = address::parse(service).ok_or(Trouble::MalformedService)?;
        let call = Call::get("/v1/providers");
        let answer = self.ask_anonymously(&service, &call).await?;
        let Providers { providers } = parse(&answer)?;
        let view = |known: sigill_core::wire::portal::Provider| Provider {
            name: known.name,
            label: known.label,
        };
        Ok(providers.into_iter().map(view).collect())
    }

    /// Begins to sign in by a provider; the person goes on in a tab.
    ///
    /// # Errors
    /// `malformed_…`, what the service says, `service_garbage` where it leads
    /// elsewhere or shows other words.
    pub async fn begin_sign_in(&self, by: BySignIn) -> Result<ProviderSignIn, Trouble> {
        let service = address::parse(&by.service).ok_or(Trouble::MalformedService)?;
        let name = DeviceName::parse(&by.device_name)
            .map_err(|_| Trouble::refused(Code::MalformedDeviceName))?;
        let body = BeginSignIn {
            provider: by.provider,
            device_name: name.as_str().to_owned(),
            language: language(&by.language)?,
        };
        let call = Call::post("/v1/sign-ins", &body);
        let begun: SignInBegun = parse(&self.ask_anonymously(&service, &call).await?)?;
        let words = sign_in_words(begun.sign_in, proof::device(&self.rim).await?);
        if !words.are(&begun.words) {
            return Err(Trouble::Garbage);
        }
        let view = ProviderSignIn {
            url: within(&service, begun.url)?,
            words: begun.words.to_vec(),
        };
        let sign_in = begun.sign_in;
        self.write(SIGN_IN, &SignInRow { service, sign_in }).await?;
        Ok(view)
    }

    /// How far it is: what it found, or nothing yet.
    ///
    /// # Errors
    /// `not_found` where none waits or its time is over; as [`Session::sign_in`].
    pub async fn sign_in_progress(&self) -> Result<Option<Found>, Trouble> {
        let row: SignInRow = self.read(SIGN_IN).await?.ok_or(Trouble::NotFound)?;
        let path = ["/v1/sign-ins/", &row.sign_in.to_string(), "/session"].concat();
        let call = Call::empty(Method::Post, path);
        let session = match parse(&self.ask_anonymously(&row.service, &call).await?)? {
            SignInProgress::Waiting => return Ok(None),
            SignInProgress::SignedIn { session } => session,
        };
        let attempt = Attempt {
            service: row.service,
            email: String::new(), // the service tells
        };
        let mut batch = Batch::default();
        batch.delete(SIGN_IN);
        self.signed_in_by(attempt, session, batch).await.map(Some)
    }
}

/// An address of the service itself: a tab is led nowhere else.
fn within(service: &str, url: String) -> Result<String, Trouble> {
    let path = url.strip_prefix(service).ok_or(Trouble::Garbage)?;
    if path.starts_with('/') {
        Ok(url)
    } else {
        Err(Trouble::Garbage)
    }
}

#[cfg(test)]
mod tests {
    use super::within;

    #[test]
    fn a_tab_is_led_to_the_service_and_nowhere_else() {
        let service = "https://sigill.example";
        for (url, is_within) in [
            ("https://sigill.example/portal/hint/x", true),
            ("https://sigill.example", false),
            ("https://sigill.example.evil/portal", false),
            ("https://sigill.example@evil.example/", false),
            ("https://evil.example/portal", false),
            ("javascript:alert(1)", false),
        ] {
            assert_eq!(within(service, url.into()).is_ok(), is_within, "{url}");
        }
    }
}
