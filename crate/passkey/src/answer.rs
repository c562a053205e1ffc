//! What the page is given: credentials in their JSON form (`WebAuthn` Level 3,
//! sections 5.1 and 5.1.6). No secret is in it but the signature, which is for the page.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use passkey_crypto::coset::cbor::Value;
use passkey_types::ctap2::{AuthenticatorData, make_credential};
use passkey_types::webauthn::{
    AuthenticationExtensionsClientOutputs, AuthenticatorAssertionResponse, AuthenticatorAttachment,
    AuthenticatorAttestationResponse, AuthenticatorResponse, AuthenticatorTransport,
    CredentialPropertiesOutput, PublicKeyCredential, PublicKeyCredentialType,
};
use serde::Serialize;
use sigill_core::passkeys::ask::ES256;

use crate::asked::Properties;

/// What was made (`RegistrationResponseJSON`).
#[must_use]
pub fn created(
    credential: &[u8],
    client_data: &str,
    (data, public_key): (AuthenticatorData, Vec<u8>),
    properties: Properties,
) -> String {
    let authenticator_data = data.to_vec();
    let object = make_credential::Response {
        fmt: "none".into(),
        auth_data: data,
        att_stmt: Value::Map(Vec::new()),
        ep_att: None,
        large_blob_key: None,
        unsigned_extension_outputs: None,
    };
    let response = AuthenticatorAttestationResponse {
        client_data_json: client_data.as_bytes().into(),
        authenticator_data: authenticator_data.into(),
        public_key: Some(public_key.into()),
        public_key_algorithm: ES256,
        attestation_object: object.as_webauthn_bytes(),
        transports: Some(vec![
            AuthenticatorTransport::Hybrid,
            AuthenticatorTransport::Internal,
        ]),
    };
    let results = match properties {
        Properties::Asked => Some(CredentialPropertiesOutput {
            discoverable: Some(true),
        }),
        Properties::Unasked => None,
    };
    text(credential, response, results)
}

/// What was signed (`AuthenticationResponseJSON`).
#[must_use]
pub fn signed(
    credential: &[u8],
    client_data: &str,
    (data, signature): (Vec<u8>, Vec<u8>),
    user_handle: &[u8],
) -> String {
    let response = AuthenticatorAssertionResponse {
        client_data_json: client_data.as_bytes().into(),
        authenticator_data: data.into(),
        signature: signature.into(),
        user_handle: (!user_handle.is_empty()).then(|| user_handle.into()),
        attestation_object: None,
    };
    text(credential, response, None)
}

fn text<R: AuthenticatorResponse + Serialize>(
    credential: &[u8],
    response: R,
    cred_props: Option<CredentialPropertiesOutput>,
) -> String {
    let answer = PublicKeyCredential {
        id: URL_SAFE_NO_PAD.encode(credential),
        raw_id: credential.into(),
        ty: PublicKeyCredentialType::PublicKey,
        response,
        authenticator_attachment: Some(AuthenticatorAttachment::Platform),
        client_extension_results: AuthenticationExtensionsClientOutputs {
            cred_props,
            prf: None,
        },
    };
    // Texts and numbers under known names: nothing of it can fail.
    serde_json::to_string(&answer).unwrap_or_default()
}
