//! What weakenings do: password, address, time for undo, profile, deletion.

use serde_json::json;
use sigill_core::confirmation::action::Weakening;
use sigill_core::confirmation::policy::{Profile, Proof};
use sigill_core::id::Hash;
use sigill_core::wire::operation::Proofs;
use sigill_core::wire::problem::Code;
use sigill_core::wire::weakening::{Parameters, Stage};
use sigill_core::wire::{Bytes, SecretText};

use crate::clear::receipt;
use crate::device::{Answer, PASSWORD, TestDevice};
use crate::factors::{a_day, enrol, enrolment, factor, stage, try_it, weakening, with_phone};
use crate::guards::EMAIL;
use crate::proofs::{prove, standing};
use crate::rig::TestService;
use crate::vaults::{TestVault, asked, confirm, confirmation, proving};

on_each_database! {
    another_account_password_ends_the_other_sessions_and_rests_as_a_hash,
    another_address_is_verified_first_and_both_hear_of_it,
    an_address_of_another_account_is_not_taken,
    an_address_that_somebody_takes_at_the_same_moment_is_not_taken,
    a_shorter_time_for_undo_holds_for_what_is_displaced_from_then_on,
    dropping_the_strict_profile_takes_its_own_proofs,
    a_deleted_account_goes_after_seven_days_unless_it_is_kept,
    whoever_reads_the_mail_keeps_an_account_that_was_to_be_deleted,
    backup_codes_are_renewed_as_a_set,
}

/// A weakening that was staged, carried out with password and mailed code.
async fn carried_out(
    service: &TestService,
    device: &TestDevice,
    (what, parameters): (Weakening, Hash),
) -> Answer {
    let (ask, waiting) = weakening(device, (what, parameters)).await;
    let code = service.code(EMAIL).await;
    confirm(device, &waiting, &confirmation(&ask, &code)).await
}

async fn another_account_password_ends_the_other_sessions_and_rests_as_a_hash(
    service: TestService,
) {
    const NEW: &str = "quite another password";
    let device = service.signed_in(EMAIL).await;
    let phone = service.another(EMAIL, "Phone").await;
    let what = Weakening::ChangeAccountPassword;
    for (text, code) in [
        ("short", Code::PasswordTooShort),
        ("password123", Code::PasswordTooCommon),
    ] {
        let password = SecretText::new(text.into());
        let stage = Stage {
            what,
            blind: Bytes(vec![1; 32]),
            parameters: Parameters::AccountPassword { password },
        };
        let answer = device.post("/v1/weakenings", &stage).await;
        assert_eq!(answer.refused(), code);
    }
    let password = SecretText::new(NEW.into());
    let parameters = stage(&device, what, Parameters::AccountPassword { password }).await;
    receipt(
        &device,
        &carried_out(&service, &device, (what, parameters)).await,
    );
    device.get("/v1/account").await.expect(200);
    assert_eq!(phone.get("/v1/account").await.refused(), Code::SignedOut);
    let old = phone.try_sign_in(EMAIL, PASSWORD, "Phone").await;
    assert_eq!(old.refused(), Code::SignInRejected);
    phone.try_sign_in(EMAIL, NEW, "Phone").await.expect(201);
    if service.config.database_url.starts_with("sqlite") {
        let all = service.everything_stored().await;
        let found = all
            .windows(NEW.len())
            .any(|window| window == NEW.as_bytes());
        assert!(!found, "the new password rests in clear");
    }
}

async fn another_address_is_verified_first_and_both_hear_of_it(service: TestService) {
    const NEW: &str = "asa@new.example";
    let device = service.signed_in(EMAIL).await;
    let enrolled = enrol(&device, &json!({"kind": "email", "email": NEW})).await;
    assert!(enrolled.backup_codes.is_empty());
    let code = service.code(NEW).await;
    try_it(&device, &enrolled, &code).await.expect(204);
    let what = Weakening::ChangeEmail;
    let parameters = stage(&device, what, enrolment(&enrolled, Profile::Standard)).await;
    let mails = service.mails(EMAIL).await.len();
    receipt(
        &device,
        &carried_out(&service, &device, (what, parameters)).await,
    );
    assert_eq!(standing(&device).await.email, NEW);
    let to_both = [
        service.newest_mail(EMAIL).await,
        service.newest_mail(NEW).await,
    ];
    for mail in to_both {
        assert!(
            mail.text.contains("change the account’s e-mail address"),
            "{}",
            mail.text
        );
    }
    assert_eq!(
        service.mails(EMAIL).await.len(),
        mails + 2,
        "the code, the notice"
    );
    let other = service.device();
    let old = other.try_sign_in(EMAIL, PASSWORD, "Other").await;
    assert_eq!(old.refused(), Code::SignInRejected);
    other.try_sign_in(NEW, PASSWORD, "Other").await.expect(201);
}

async fn an_address_of_another_account_is_not_taken(service: TestService) {
    let bo = "bo@example.com";
    service.signed_in(bo).await;
    let device = service.signed_in(EMAIL).await;
    let enrolled = enrol(&device, &json!({"kind": "email", "email": bo})).await;
    let code = service.code(bo).await;
    try_it(&device, &enrolled, &code).await.expect(204);
    let what = Weakening::ChangeEmail;
    let parameters = stage(&device, what, enrolment(&enrolled, Profile::Standard)).await;
    let answer = carried_out(&service, &device, (what, parameters)).await;
    assert_eq!(answer.refused(), Code::EmailTaken);
    assert_eq!(standing(&device).await.email, EMAIL);
}

/// Only PostgreSQL lets two write at once; SQLite's second looks after the first.
async fn an_address_that_somebody_takes_at_the_same_moment_is_not_taken(service: TestService) {
    use sqlx::Connection;
    const NEW: &str = "asa@new.example";
    if service.config.database_url.starts_with("sqlite") {
        return;
    }
    service.signed_in("bo@example.com").await;
    let device = service.signed_in(EMAIL).await;
    let enrolled = enrol(&device, &json!({"kind": "email", "email": NEW})).await;
    let code = service.code(NEW).await;
    try_it(&device, &enrolled, &code).await.expect(204);
    let what = Weakening::ChangeEmail;
    let parameters = stage(&device, what, enrolment(&enrolled, Profile::Standard)).await;
    let (ask, waiting) = weakening(&device, (what, parameters)).await;
    let code = service.code(EMAIL).await;
    let connect = || sqlx::AnyConnection::connect(&service.config.database_url);
    let (mut other, mut watch) = (connect().await.unwrap(), connect().await.unwrap());
    let take =
        "begin; update accounts set email_key = 'asa@new.example' where email = 'bo@example.com'";
    sqlx::raw_sql(take).execute(&mut other).await.unwrap();
    let proofs = confirmation(&ask, &code);
    let confirming = confirm(&device, &waiting, &proofs);
    let committing = async {
        // Once the confirmation waits for the other's row, it has looked already.
        let mut looked = 0;
        while blocked(&mut watch).await == 0 {
            looked += 1;
            assert!(looked < 100_000, "it never waited");
        }
        sqlx::raw_sql("commit").execute(&mut other).await.unwrap();
    };
    let (answer, ()) = tokio::join!(confirming, committing);
    assert_eq!(answer.refused(), Code::EmailTaken);
    assert_eq!(standing(&device).await.email, EMAIL);
}

/// How many statements wait for another transaction that writes these tables.
async fn blocked(watch: &mut sqlx::AnyConnection) -> i64 {
    use sqlx::Row;
    let query = "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and \
                 query like 'update accounts set email%' and datname = current_database()";
    let row = sqlx::query(query).fetch_one(watch).await.unwrap();
    row.get(0)
}

async fn a_shorter_time_for_undo_holds_for_what_is_displaced_from_then_on(service: TestService) {
    let mut device = service.signed_in(EMAIL).await;
    let mut vault = TestVault::new();
    vault.create(&device, 1).await;
    let what = Weakening::ShortenUndoWindow;
    for days in [0, 30] {
        let stage = Stage {
            what,
            blind: Bytes(vec![1; 32]),
            parameters: Parameters::UndoWindow { days },
        };
        let answer = device.post("/v1/weakenings", &stage).await;
        assert_eq!(answer.refused(), Code::MalformedRequest);
    }
    let parameters = stage(&device, what, Parameters::UndoWindow { days: 7 }).await;
    receipt(
        &device,
        &carried_out(&service, &device, (what, parameters)).await,
    );
    a_day(&service, &mut device).await;
    let ask = vault.clear_everywhere(&device);
    let waiting = asked(&device, &ask).await;
    let code = service.code(EMAIL).await;
    let answer = confirm(&device, &waiting, &confirmation(&ask, &code)).await;
    let receipt = receipt(&device, &answer).receipt;
    assert_eq!(receipt.quarantine_until, service.now() + 7 * 86_400);
    // Never longer again.
    let parameters = stage(&device, what, Parameters::UndoWindow { days: 8 }).await;
    let answer = carried_out(&service, &device, (what, parameters)).await;
    assert_eq!(answer.refused(), Code::MalformedRequest);
}

async fn dropping_the_strict_profile_takes_its_own_proofs(service: TestService) {
    let (device, _) = with_phone(&service, Profile::Strict).await;
    let ask = TestVault::new().weaken(&device, Weakening::DropStrictProfile);
    let waiting = asked(&device, &ask).await;
    assert_eq!(
        waiting.required,
        [
            Proof::AccountPassword,
            Proof::EmailCode,
            Proof::TextMessageCode
        ]
    );
    let answer = confirm(
        &device,
        &waiting,
        &proving(&ask, crate::vaults::password(PASSWORD)),
    )
    .await;
    answer.expect(200);
    let both = Proofs {
        email_code: Some(SecretText::new(service.code(EMAIL).await)),
        ..factor(&service.code(crate::factors::NUMBER).await)
    };
    receipt(
        &device,
        &confirm(&device, &waiting, &proving(&ask, both)).await,
    );
    assert_eq!(standing(&device).await.standing.profile, Profile::Standard);
}

async fn a_deleted_account_goes_after_seven_days_unless_it_is_kept(service: TestService) {
    let mut device = service.signed_in(EMAIL).await;
    let mut vault = TestVault::new();
    vault.create(&device, 1).await;
    let ask = vault.weaken(&device, Weakening::DeleteAccount);
    receipt(&device, &prove(&service, &device, &ask).await);
    let at = service.now() + 7 * 86_400;
    assert_eq!(standing(&device).await.delete_at, Some(at));
    let phone = service.another(EMAIL, "Phone").await;
    phone.touch("/v1/account/keep").await.expect(204);
    service.pass(7 * 86_400);
    service.tidy().await;
    device.refresh().await;
    assert_eq!(standing(&device).await.delete_at, None, "kept");

    let ask = vault.weaken(&device, Weakening::DeleteAccount);
    receipt(&device, &prove(&service, &device, &ask).await);
    service.pass(7 * 86_400 - 1);
    service.tidy().await;
    device.refresh().await;
    standing(&device).await;
    service.pass(1);
    service.tidy().await;
    assert_eq!(device.get("/v1/account").await.refused(), Code::SignedOut);
    let again = device.try_sign_in(EMAIL, PASSWORD, "Laptop").await;
    assert_eq!(again.refused(), Code::SignInRejected);
}

async fn whoever_reads_the_mail_keeps_an_account_that_was_to_be_deleted(service: TestService) {
    let mut device = service.signed_in(EMAIL).await;
    let mut vault = TestVault::new();
    vault.create(&device, 1).await;
    let ask = vault.weaken(&device, Weakening::DeleteAccount);
    receipt(&device, &prove(&service, &device, &ask).await);
    let link = service.newest_mail(EMAIL).await.not_me();
    let button = reqwest::Client::new().post(format!("{}{link}", service.url));
    let again = button.try_clone().unwrap();
    assert_eq!(button.send().await.unwrap().status(), 200);
    assert_eq!(again.send().await.unwrap().status(), 200);
    let kept = "select count(*) from timeline where event = 'deletion_cancelled'";
    assert_eq!(service.number(kept).await, 1, "twice is once");
    device.sign_in(EMAIL, "Laptop").await;
    assert_eq!(standing(&device).await.delete_at, None);
}

async fn backup_codes_are_renewed_as_a_set(service: TestService) {
    let (mut device, first) = with_phone(&service, Profile::Standard).await;
    let enrolled = enrol(&device, &json!({"kind": "backup_codes"})).await;
    assert_eq!(enrolled.backup_codes.len(), 10);
    let answer = try_it(&device, &enrolled, first.backup_codes[0].expose()).await;
    assert_eq!(answer.refused(), Code::ProofRejected, "one of the old set");
    try_it(&device, &enrolled, enrolled.backup_codes[9].expose())
        .await
        .expect(204);
    let what = Weakening::RenewRecoveryCode;
    let parameters = stage(&device, what, enrolment(&enrolled, Profile::Standard)).await;
    let (ask, waiting) = weakening(&device, (what, parameters)).await;
    let both = Proofs {
        email_code: Some(SecretText::new(service.code(EMAIL).await)),
        ..factor(first.backup_codes[1].expose())
    };
    receipt(
        &device,
        &confirm(&device, &waiting, &proving(&ask, both)).await,
    );
    a_day(&service, &mut device).await;
    let ask = TestVault::new().weaken(&device, Weakening::TurnSyncOff);
    let waiting = asked(&device, &ask).await;
    confirm(
        &device,
        &waiting,
        &proving(&ask, crate::vaults::password(PASSWORD)),
    )
    .await
    .expect(200);
    let code = service.code(EMAIL).await;
    let with = |backup: &str| Proofs {
        email_code: Some(SecretText::new(code.clone())),
        ..factor(backup)
    };
    let old = with(first.backup_codes[2].expose());
    let answer = confirm(&device, &waiting, &proving(&ask, old)).await;
    assert_eq!(answer.refused(), Code::ProofRejected, "the old set is void");
    let new = with(enrolled.backup_codes[2].expose());
    receipt(
        &device,
        &confirm(&device, &waiting, &proving(&ask, new)).await,
    );
}
