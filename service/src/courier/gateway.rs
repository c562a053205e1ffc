//! Text messages leave here: through an HTTP gateway, or to the inbox page.
//!
//! ```text
//! twilio+https://ACCOUNT:TOKEN@api.twilio.com/2010-04-01/Accounts/ACCOUNT/Messages.json?from=+46…
//!     a form post of To, From and Body, with basic authentication
//! https://USER:PASSWORD@host/path
//!     JSON {"to": "+46…", "text": "…"}, with basic authentication where a user is named
//! ```

use std::time::Duration;

use reqwest::{Client, RequestBuilder, Url};
use sigill_core::wire::problem::Code;

use super::post::Handed;
use crate::config::Delivery;
use crate::failure::Failure;

/// Where texts go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Gateway {
    /// Twilio, and whoever speaks as it does.
    Form {
        /// Without user and query.
        url: Url,
        /// Who texts come from.
        from: String,
        /// User and password.
        login: Login,
    },
    /// Anything that takes JSON.
    Json {
        /// Without user.
        url: Url,
        /// User and password, where there are any.
        login: Login,
    },
}

/// Basic authentication.
#[derive(Clone, PartialEq, Eq)]
pub struct Login {
    user: String,
    password: String,
}

impl std::fmt::Debug for Login {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Login(…)")
    }
}

/// The address of the gateway can't be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the address of a gateway for text messages")]
pub struct NotAGateway;

impl Gateway {
    /// Reads the address; its scheme chooses the language.
    ///
    /// # Errors
    /// [`NotAGateway`].
    pub fn parse(text: &str) -> Result<Self, NotAGateway> {
        let (is_form, address) = match text.strip_prefix("twilio+") {
            Some(address) => (true, address),
            None => (false, text),
        };
        let mut url = Url::parse(address).map_err(|_| NotAGateway)?;
        if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
            return Err(NotAGateway);
        }
        let login = login(&url)?;
        url.set_username("").map_err(|()| NotAGateway)?;
        url.set_password(None).map_err(|()| NotAGateway)?;
        if !is_form {
            return Ok(Self::Json { url, login });
        }
        let from = url.query_pairs().find(|(name, _)| name == "from");
        // A plus sign in a query is a blank.
        let from = from.map(|(_, from)| from.trim().to_owned());
        let from = from.ok_or(NotAGateway)?;
        url.set_query(None);
        let is_digits = from.chars().all(|c| c.is_ascii_digit());
        let from = if is_digits { format!("+{from}") } else { from };
        Ok(Self::Form { url, from, login })
    }

    fn request(&self, client: &Client, (to, text): (&str, &str)) -> RequestBuilder {
        let (request, login) = match self {
            Self::Form { url, from, login } => {
                let form = [("To", to), ("From", from.as_str()), ("Body", text)];
                (client.post(url.clone()).form(&form), login)
            }
            Self::Json { url, login } => {
                let body = serde_json::json!({"to": to, "text": text});
                (client.post(url.clone()).json(&body), login)
            }
        };
        if login.user.is_empty() {
            request
        } else {
            request.basic_auth(&login.user, Some(&login.password))
        }
    }
}

fn login(url: &Url) -> Result<Login, NotAGateway> {
    let plain = |text: &str| {
        let decoded = percent_encoding::percent_decode_str(text).decode_utf8();
        decoded.map(String::from).map_err(|_| NotAGateway)
    };
    Ok(Login {
        user: plain(url.username())?,
        password: plain(url.password().unwrap_or_default())?,
    })
}

/// Where texts go, as the service holds it.
pub(crate) enum Texts {
    Gateway(Gateway, Client),
    /// With the mails.
    Inbox,
    /// Nowhere: no gateway is configured.
    None,
}

impl Texts {
    pub(crate) fn new(gateway: Option<&Gateway>, delivery: &Delivery) -> Self {
        // One provider for the process; whoever comes second finds it there.
        let _was_there = rustls::crypto::ring::default_provider().install_default();
        match (gateway, delivery) {
            (Some(gateway), _) => Self::Gateway(gateway.clone(), client()),
            (None, Delivery::Inbox) => Self::Inbox,
            (None, Delivery::Smtp(_)) => Self::None,
        }
    }

    /// Whether texts can be sent at all.
    pub(crate) fn are_there(&self) -> Result<(), Failure> {
        match self {
            Self::Gateway(..) | Self::Inbox => Ok(()),
            Self::None => Err(Code::TextsUnavailable.into()),
        }
    }
}

fn client() -> Client {
    Client::builder()
        .timeout(Duration::from_secs(20))
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap_or_default()
}

/// Hands a text over. Only a status is logged: the gateway's words may hold the number.
pub(crate) async fn hand_over(gateway: &Gateway, client: &Client, text: (&str, &str)) -> Handed {
    let handed = match gateway.request(client, text).send().await {
        Ok(response) if response.status().is_success() => return Handed::Taken,
        Ok(response) => {
            tracing::warn!(
                status = response.status().as_u16(),
                "the gateway did not take a text"
            );
            Handed::Refused
        }
        Err(error) if error.is_connect() => Handed::NotTaken,
        Err(_) => Handed::Unknown,
    };
    if handed != Handed::Refused {
        tracing::warn!(outcome = ?handed, "the gateway did not answer");
    }
    handed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scheme_chooses_the_language() {
        let twilio = "twilio+https://AC1:t%3Aoken@api.twilio.com/2010-04-01/Accounts/AC1/Messages.json?from=%2B46701234567";
        let Ok(Gateway::Form { url, from, login }) = Gateway::parse(twilio) else {
            panic!("a form");
        };
        assert_eq!(
            url.as_str(),
            "https://api.twilio.com/2010-04-01/Accounts/AC1/Messages.json"
        );
        assert_eq!(from, "+46701234567");
        assert_eq!(
            (login.user.as_str(), login.password.as_str()),
            ("AC1", "t:oken")
        );
        let plus = Gateway::parse("twilio+https://a:b@x.example/m?from=+46701234567");
        assert!(matches!(plus, Ok(Gateway::Form { from, .. }) if from == "+46701234567"));
        let json = Gateway::parse("https://sms.example/send?key=1");
        assert!(matches!(json, Ok(Gateway::Json { url, .. }) if url.query() == Some("key=1")));
        for bad in [
            "",
            "sms.example",
            "ftp://x",
            "twilio+https://a:b@x.example/m",
        ] {
            assert_eq!(Gateway::parse(bad), Err(NotAGateway), "{bad}");
        }
    }

    #[test]
    fn a_login_is_never_printed() {
        let gateway = Gateway::parse("https://user:secret@sms.example/").unwrap();
        assert!(!format!("{gateway:?}").contains("secret"));
    }
}
