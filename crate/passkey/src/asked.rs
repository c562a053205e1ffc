//! A page's words, read within limits. A page can say anything; what is no request of
//! a real site is left to the browser.

use passkey_types::Bytes;
use passkey_types::webauthn::{
    AuthenticatorAttachment, PublicKeyCredentialCreationOptions, PublicKeyCredentialDescriptor,
    PublicKeyCredentialHints, PublicKeyCredentialRequestOptions, UserVerificationRequirement,
};
use serde::Deserialize;
use sigill_core::passkeys::ask::User;
use sigill_core::passkeys::{Attachment, Creation, Elsewhere, Request, Wanted};

/// Bytes of a page's words, at most.
pub const LONGEST: usize = 64 << 10;
/// Bytes of a challenge, at most.
const CHALLENGE: usize = 4 << 10;
/// Credentials that a page names, at most.
const CREDENTIALS: usize = 512;
/// Letters of a name that are kept.
const NAME: usize = 256;
/// Milliseconds that a page waits: at least, where it says nothing, at most
/// (`WebAuthn` Level 3, section 15.1).
const PATIENCE: [u32; 3] = [60_000, 300_000, 600_000];

/// What a page asked for.
pub struct Asked {
    /// The relying party that it named.
    pub rp: Option<String>,
    /// What is to be done.
    pub what: What,
    /// Milliseconds until it waits no longer.
    pub patience: u32,
}

/// What is to be done.
pub enum What {
    /// A passkey is to be made.
    Create {
        /// Which.
        creation: Creation,
        /// Whether the page asks what became of it (`credProps`, section 10.1.3).
        properties: Properties,
    },
    /// A passkey is to sign in.
    Get {
        /// By which.
        request: Request,
        /// When.
        when: When,
    },
}

/// Whether a page asks what became of its wishes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Properties {
    /// It does.
    Asked,
    /// It does not.
    Unasked,
}

/// When the person is asked for a passkey.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// At once.
    Now,
    /// When they choose one beside a field (conditional mediation, section 5.1.4.2).
    Chosen,
}

/// As the page's script sends it: options in their JSON form (sections 5.1.8, 5.1.9).
#[derive(Deserialize)]
#[serde(tag = "act", rename_all = "lowercase")]
enum Words {
    Create {
        options: PublicKeyCredentialCreationOptions,
        #[serde(default)]
        mediation: Mediation,
    },
    Get {
        options: PublicKeyCredentialRequestOptions,
        #[serde(default)]
        mediation: Mediation,
    },
}

#[derive(Deserialize, Default, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Mediation {
    #[default]
    Optional,
    Required,
    Conditional,
    Silent,
}

impl Asked {
    /// Reads a page's words.
    ///
    /// # Errors
    /// [`Elsewhere`]: what can't be read, and what Sigill does not do.
    pub fn parse(words: &str) -> Result<Self, Elsewhere> {
        if words.len() > LONGEST {
            return Err(Elsewhere::Malformed);
        }
        match serde_json::from_str(words).map_err(|_| Elsewhere::Malformed)? {
            Words::Create { options, mediation } => create(options, mediation),
            Words::Get { options, mediation } => get(options, mediation),
        }
    }
}

fn create(
    options: PublicKeyCredentialCreationOptions,
    mediation: Mediation,
) -> Result<Asked, Elsewhere> {
    // A passkey that nobody asked for (section 5.1.3.1) is nothing that a person chose.
    if matches!(mediation, Mediation::Silent | Mediation::Conditional) {
        return Err(Elsewhere::Silent);
    }
    check_here(options.hints.as_deref())?;
    let selection = options.authenticator_selection.unwrap_or_default();
    let handle = Vec::from(options.user.id);
    if !(1..=64).contains(&handle.len()) {
        return Err(Elsewhere::Malformed);
    }
    let params = options.pub_key_cred_params;
    let creation = Creation {
        challenge: challenge(options.challenge)?,
        site: short(&options.rp.name),
        user: User {
            handle,
            name: short(&options.user.name),
            display_name: short(&options.user.display_name),
        },
        algorithms: params.iter().map(|param| code(param.alg)).collect(),
        excluded: credentials(options.exclude_credentials)?,
        attachment: match selection.authenticator_attachment {
            None => Attachment::Any,
            Some(AuthenticatorAttachment::Platform) => Attachment::Platform,
            Some(AuthenticatorAttachment::CrossPlatform) => Attachment::CrossPlatform,
        },
        verification: wanted(selection.user_verification),
    };
    creation.check_ours()?;
    let properties = match options.extensions.and_then(|inputs| inputs.cred_props) {
        Some(true) => Properties::Asked,
        Some(false) | None => Properties::Unasked,
    };
    Ok(Asked {
        rp: options.rp.id,
        what: What::Create {
            creation,
            properties,
        },
        patience: patience(options.timeout),
    })
}

fn get(
    options: PublicKeyCredentialRequestOptions,
    mediation: Mediation,
) -> Result<Asked, Elsewhere> {
    check_here(options.hints.as_deref())?;
    let when = match mediation {
        Mediation::Optional | Mediation::Required => When::Now,
        Mediation::Conditional => When::Chosen,
        Mediation::Silent => return Err(Elsewhere::Silent),
    };
    let request = Request {
        challenge: challenge(options.challenge)?,
        allowed: credentials(options.allow_credentials)?,
        verification: wanted(options.user_verification),
    };
    Ok(Asked {
        rp: options.rp_id,
        what: What::Get { request, when },
        patience: patience(options.timeout),
    })
}

/// A site that asks for a security key first is not offered anything else.
fn check_here(hints: Option<&[PublicKeyCredentialHints]>) -> Result<(), Elsewhere> {
    match hints.and_then(<[_]>::first) {
        Some(PublicKeyCredentialHints::SecurityKey) => Err(Elsewhere::Attachment),
        _ => Ok(()),
    }
}

fn challenge(bytes: Bytes) -> Result<Vec<u8>, Elsewhere> {
    if bytes.len() > CHALLENGE {
        return Err(Elsewhere::Malformed);
    }
    Ok(bytes.into())
}

fn credentials(
    named: Option<Vec<PublicKeyCredentialDescriptor>>,
) -> Result<Vec<Vec<u8>>, Elsewhere> {
    let named = named.unwrap_or_default();
    if named.len() > CREDENTIALS {
        return Err(Elsewhere::Malformed);
    }
    Ok(named.into_iter().map(|one| one.id.into()).collect())
}

fn wanted(requirement: UserVerificationRequirement) -> Wanted {
    match requirement {
        UserVerificationRequirement::Required => Wanted::Required,
        UserVerificationRequirement::Preferred => Wanted::Preferred,
        UserVerificationRequirement::Discouraged => Wanted::Discouraged,
    }
}

fn code(algorithm: passkey_crypto::iana::Algorithm) -> i64 {
    use passkey_crypto::iana::EnumI64;
    algorithm.to_i64()
}

/// Its beginning; nothing that would turn the direction of what stands around it.
fn short(text: &str) -> String {
    let is_plain = |sign: &char| !sign.is_control() && !is_direction(*sign);
    let plain: String = text.chars().filter(is_plain).take(NAME).collect();
    plain.trim().to_owned()
}

/// Marks that order what is read (Unicode Standard Annex 9).
const fn is_direction(sign: char) -> bool {
    matches!(sign, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn patience(timeout: Option<u32>) -> u32 {
    let [least, usual, most] = PATIENCE;
    timeout.map_or(usual, |asked| asked.clamp(least, most))
}
