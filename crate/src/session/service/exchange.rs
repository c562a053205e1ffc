//! A request and its answer. What can't be read is `service_garbage`, what does
//! not come is `service_unreachable`; neither changes anything.

use serde::Serialize;
use sigill_core::wire::account::{self, Refresh};
use sigill_core::wire::problem::{Code, Problem};

use super::proof::{self, Claim};
use crate::json::{self, Read};
use crate::rim::{Incoming, Method, Outgoing, Rim};
use crate::session::Session;
use crate::session::rows::{ACCOUNT, AccountRow, Tokens};
use crate::trouble::Trouble;

/// How often a part of much is asked for again.
const REPEATS: u32 = 3;

/// What is asked of the service.
pub(crate) struct Call {
    method: Method,
    /// With its query.
    path: String,
    body: Vec<u8>,
}

impl Call {
    pub(crate) fn get(path: impl Into<String>) -> Self {
        Self::empty(Method::Get, path)
    }

    pub(crate) fn empty(method: Method, path: impl Into<String>) -> Self {
        Self {
            method,
            path: path.into(),
            body: Vec::new(),
        }
    }

    pub(crate) fn post<T: Serialize>(path: impl Into<String>, body: &T) -> Self {
        Self::with(Method::Post, path, body)
    }

    pub(crate) fn with<T: Serialize>(method: Method, path: impl Into<String>, body: &T) -> Self {
        Self {
            method,
            path: path.into(),
            body: json::text(body).into_bytes(),
        }
    }
}

impl Drop for Call {
    fn drop(&mut self) {
        zeroize::Zeroize::zeroize(&mut self.body); // passwords and codes go this way
    }
}

/// Reads an answer, strictly.
pub(crate) fn parse<T: Read>(body: &[u8]) -> Result<T, Trouble> {
    json::parse(body).ok_or(Trouble::Garbage)
}

impl<R: Rim> Session<R> {
    /// Asks as nobody in particular.
    pub(crate) async fn ask_anonymously(
        &self,
        service: &str,
        call: &Call,
    ) -> Result<Vec<u8>, Trouble> {
        self.exchange(service, call, None).await
    }

    /// Asks as the account that is signed in.
    pub(crate) async fn ask_service(&self, call: &Call) -> Result<Vec<u8>, Trouble> {
        let row = self.signed_in().await?;
        match self
            .exchange(&row.0.service, call, Some(row.1.access.expose()))
            .await
        {
            Err(trouble) if trouble.is(Code::SignedOut) => {
                let row = self.refresh(&row.1).await?;
                self.exchange(&row.0.service, call, Some(row.1.access.expose()))
                    .await
            }
            answer => answer,
        }
    }

    /// The same for what may be asked again, many times in a row: a line that is
    /// cut is no service that is away.
    pub(crate) async fn insist(&self, call: &Call) -> Result<Vec<u8>, Trouble> {
        for _ in 0..REPEATS {
            match self.ask_service(call).await {
                Err(Trouble::Unreachable) => {}
                answer => return answer,
            }
        }
        self.ask_service(call).await
    }

    /// The account and tokens that are good for a while.
    async fn signed_in(&self) -> Result<(AccountRow, Tokens), Trouble> {
        let (row, tokens) = self.tokens().await?;
        if self.rim.now() + 5 < tokens.until {
            Ok((row, tokens))
        } else {
            self.refresh(&tokens).await
        }
    }

    async fn tokens(&self) -> Result<(AccountRow, Tokens), Trouble> {
        let row: Option<AccountRow> = self.read(ACCOUNT).await?;
        let mut row = row.ok_or_else(|| Trouble::refused(Code::SignedOut))?;
        let tokens = row.tokens.take();
        Ok((
            row,
            tokens.ok_or_else(|| Trouble::refused(Code::SignedOut))?,
        ))
    }

    /// Swaps the tokens, once, whoever asks at the same time.
    async fn refresh(&self, old: &Tokens) -> Result<(AccountRow, Tokens), Trouble> {
        let _held = self.rim.lock("refresh").await?;
        let (mut row, tokens) = self.tokens().await?;
        if tokens.access.expose() != old.access.expose() {
            return Ok((row, tokens)); // someone else was here before
        }
        let call = Call::post(
            "/v1/sessions/refresh",
            &Refresh {
                refresh_token: sigill_core::wire::SecretText::new(
                    tokens.refresh.expose().to_owned(),
                ),
            },
        );
        match self.exchange(&row.service, &call, None).await {
            Ok(body) => {
                let session: account::Session = parse(&body)?;
                if session.account != row.account || session.receipt_key != row.receipt_key {
                    return Err(Trouble::Garbage);
                }
                row.tokens = Some(self.tokens_of(session));
                self.write(ACCOUNT, &row).await?;
                self.tokens().await
            }
            Err(trouble) if trouble.is(Code::SignedOut) => {
                row.tokens = None;
                self.write(ACCOUNT, &row).await?;
                Err(trouble)
            }
            Err(trouble) => Err(trouble),
        }
    }

    /// The tokens of a session that begins now.
    pub(crate) fn tokens_of(&self, session: account::Session) -> Tokens {
        Tokens {
            until: self.rim.now().saturating_add(session.expires_in),
            access: session.access_token,
            refresh: session.refresh_token,
        }
    }

    /// One request, and whether anything came of it.
    async fn exchange(
        &self,
        service: &str,
        call: &Call,
        access: Option<&str>,
    ) -> Result<Vec<u8>, Trouble> {
        let answer = self.asked_twice(service, call, access).await;
        self.listen(service, &answer).await?;
        answer
    }

    /// Once more where the service wants a fresh nonce.
    async fn asked_twice(
        &self,
        service: &str,
        call: &Call,
        access: Option<&str>,
    ) -> Result<Vec<u8>, Trouble> {
        let answer = self.send(service, call, access).await?;
        match read(answer) {
            Err(trouble) if trouble.is(Code::UseDpopNonce) => {
                read(self.send(service, call, access).await?)
            }
            answer => answer,
        }
    }

    async fn send(
        &self,
        service: &str,
        call: &Call,
        access: Option<&str>,
    ) -> Result<Incoming, Trouble> {
        let url = [service, &call.path].concat();
        let nonce = self.nonce.borrow().clone();
        let claim = Claim {
            method: call.method,
            url: url.split('?').next().unwrap_or_default(),
            body: &call.body,
            nonce: nonce.as_deref(),
            access,
        };
        let proof = proof::prove(&self.rim, &claim).await?;
        let request = Outgoing {
            method: call.method,
            url,
            proof,
            authorization: access.map(|token| ["DPoP ", token].concat()),
            body: call.body.clone(),
        };
        let answer = self.rim.send(request).await?;
        if answer.nonce.is_some() {
            self.nonce.replace(answer.nonce.clone());
        }
        Ok(answer)
    }
}

fn read(answer: Incoming) -> Result<Vec<u8>, Trouble> {
    match answer.status {
        200..=299 => Ok(answer.body),
        400..=599 => {
            // A proxy before the service has no problem of ours in its body.
            let problem: Problem = parse(&answer.body).map_err(|garbage| match answer.status {
                502..=504 => Trouble::Unreachable,
                _ => garbage,
            })?;
            if problem.error.status() == answer.status {
                Err(Trouble::Refused(Box::new(problem)))
            } else {
                Err(Trouble::Garbage)
            }
        }
        _ => Err(Trouble::Garbage),
    }
}
