//! Why not, in words.

use axum::http::StatusCode;
use axum::response::Response;
use sigill_core::wire::Seconds;
use sigill_core::wire::problem::{Code, Problem};

use super::onwards::after;
use super::page::{Block, Page};
use super::visit::Visit;
use crate::openid::flow::FlowError;
use crate::portal::trouble::Trouble;
use crate::store::accounts::HeldBy;

impl Visit {
    /// A page that says why not, or the page that has to come first.
    pub(crate) fn refuse(&self, trouble: &Trouble) -> Response {
        match trouble {
            Trouble::SignedOut => self.go("/portal/sign-in"),
            Trouble::NotAgreed => self.go("/portal/terms"),
            Trouble::NotFresh(then) => self.go(after(*then)),
            Trouble::NoCode => self.go("/portal/choose-password"),
            Trouble::Failed(_)
            | Trouble::Provider(_)
            | Trouble::NobodysIdentity
            | Trouble::OtherAccount
            | Trouble::NotOurForm
            | Trouble::AddressTaken
            | Trouble::HasPassword
            | Trouble::WrongPassword
            | Trouble::PasswordsDiffer
            | Trouble::IdentityTaken
            | Trouble::Held(..)
            | Trouble::Frozen(_)
            | Trouble::Waits(_)
            | Trouble::Vetoed(_)
            | Trouble::NoKnownAddress
            | Trouble::NoEstablishedDevice => {
                let back = Block::Link {
                    label: self.say("portal_back"),
                    url: "/portal".into(),
                };
                let blocks = vec![Block::Alert(self.why(trouble)), back];
                let page = Page::new(self.say("portal_trouble_title"), blocks);
                self.show(status(trouble), page)
            }
        }
    }

    /// The same page again, with the reason on top.
    pub(crate) fn again(&self, trouble: &Trouble, mut page: Page) -> Response {
        page.blocks.insert(0, Block::Alert(self.why(trouble)));
        self.show(status(trouble), page)
    }

    fn why(&self, trouble: &Trouble) -> String {
        if let Trouble::Provider(error) = trouble {
            // Which check it was; never a claim, a code or a token.
            tracing::info!(%error, "nobody came back from a provider");
        }
        match trouble {
            Trouble::Failed(failure) => self.why_failed(&failure.0),
            Trouble::Provider(error) => self.say(provider(error)),
            Trouble::NobodysIdentity => self.say("portal_trouble_nobodys_identity"),
            Trouble::OtherAccount => self.say("portal_trouble_other_account"),
            Trouble::SignedOut => self.say("portal_trouble_signed_out"),
            Trouble::NotOurForm => self.say("portal_trouble_not_our_form"),
            Trouble::NotAgreed => self.say("portal_trouble_not_agreed"),
            Trouble::NotFresh(_) => self.say("portal_trouble_not_fresh"),
            Trouble::NoCode => self.say("portal_trouble_no_code"),
            Trouble::AddressTaken => self.say("portal_trouble_address_taken"),
            Trouble::HasPassword => self.say("portal_password_there"),
            Trouble::WrongPassword => self.say("timeline_password_wrong"),
            Trouble::PasswordsDiffer => self.say("portal_trouble_passwords_differ"),
            Trouble::IdentityTaken => self.say("portal_trouble_identity_taken"),
            Trouble::Held(HeldBy::Reset, until) => self.until("portal_trouble_held", *until),
            Trouble::Held(HeldBy::Linked, until) => {
                self.until("portal_trouble_held_linked", *until)
            }
            Trouble::Held(HeldBy::Waited, until) => {
                self.until("portal_trouble_held_waited", *until)
            }
            Trouble::Held(HeldBy::Restored, until) => {
                self.until("portal_trouble_held_restored", *until)
            }
            Trouble::Frozen(until) => self.until("portal_trouble_frozen", *until),
            Trouble::Waits(until) => self.until("portal_trouble_waits", *until),
            Trouble::Vetoed(until) => self.until("portal_trouble_vetoed", *until),
            Trouble::NoKnownAddress => self.say("portal_lost_no_address"),
            Trouble::NoEstablishedDevice => self.say("portal_lost_no_device"),
        }
    }

    fn until(&self, key: &str, until: Seconds) -> String {
        let until = self.texts.time(until);
        self.texts.text(key, &[("time", until.as_str())])
    }

    fn why_failed(&self, problem: &Problem) -> String {
        let code = problem.error;
        if code == Code::ProofRejected {
            let left = problem.tries_left.unwrap_or(0);
            return self.texts.counted("portal_trouble_code", left.into());
        }
        if matches!(code, Code::TooManyRequests | Code::TooSoon) {
            let minutes = problem.retry_after.unwrap_or(60).div_ceil(60);
            return self.texts.counted("portal_trouble_wait", minutes);
        }
        let found = KEYS.iter().find(|(known, _)| *known == code);
        self.say(found.map_or("portal_trouble_other", |(_, key)| key))
    }
}

/// What has words of its own.
const KEYS: [(Code, &str); 19] = [
    (Code::SecondFactorNeeded, "portal_trouble_second_factor"),
    (Code::SignInRejected, "portal_trouble_sign_in"),
    (Code::EmailNotVerified, "portal_trouble_not_verified"),
    (Code::MalformedEmail, "portal_trouble_email"),
    (Code::PasswordTooShort, "portal_trouble_password_short"),
    (Code::PasswordTooCommon, "portal_trouble_password_common"),
    (Code::CodeExpired, "portal_trouble_code_old"),
    (Code::NotFound, "portal_trouble_absent"),
    (Code::AccountNotLinked, "portal_trouble_not_linked"),
    (Code::MalformedPhone, "portal_trouble_phone"),
    (Code::TextsUnavailable, "portal_trouble_no_texts"),
    (Code::EmailTaken, "portal_trouble_email_taken"),
    (Code::Burnt, "portal_trouble_burnt"),
    (Code::Expired, "portal_trouble_expired"),
    (Code::Cancelled, "portal_trouble_cancelled"),
    (Code::Superseded, "portal_trouble_superseded"),
    (Code::AlreadyExecuted, "portal_trouble_executed"),
    (Code::Stale, "portal_trouble_stale"),
    (Code::NotOffered, "portal_trouble_not_offered"),
];

const fn provider(error: &FlowError) -> &'static str {
    match error {
        FlowError::Unreachable(_) => "portal_trouble_provider_down",
        FlowError::NoFlow => "portal_trouble_flow_over",
        FlowError::Denied => "portal_trouble_denied",
        FlowError::NoProvider
        | FlowError::OtherIssuer
        | FlowError::Code
        | FlowError::Token(_)
        | FlowError::Store(_)
        | FlowError::NoRandomness(_) => "portal_trouble_provider",
    }
}

fn status(trouble: &Trouble) -> StatusCode {
    match trouble {
        Trouble::Failed(failure) => StatusCode::from_u16(failure.0.error.status())
            .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
        Trouble::Provider(FlowError::Unreachable(_)) => StatusCode::SERVICE_UNAVAILABLE,
        Trouble::Provider(_)
        | Trouble::NobodysIdentity
        | Trouble::OtherAccount
        | Trouble::SignedOut
        | Trouble::NotOurForm
        | Trouble::NotAgreed
        | Trouble::NotFresh(_)
        | Trouble::NoCode
        | Trouble::WrongPassword
        | Trouble::Held(..)
        | Trouble::Frozen(_)
        | Trouble::Vetoed(_)
        | Trouble::NoKnownAddress
        | Trouble::NoEstablishedDevice => StatusCode::FORBIDDEN,
        Trouble::AddressTaken
        | Trouble::HasPassword
        | Trouble::IdentityTaken
        | Trouble::Waits(_) => StatusCode::CONFLICT,
        Trouble::PasswordsDiffer => StatusCode::BAD_REQUEST,
    }
}
