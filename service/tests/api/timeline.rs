//! What happened stands in the timeline, and whoever saw it can't be shown another.

use serde_json::json;
use sigill_core::confirmation::action::Weakening;
use sigill_core::confirmation::policy::Profile;
use sigill_core::confirmation::timeline::{Broken, Entry, Last, verify};
use sigill_core::wire::SecretText;
use sigill_core::wire::operation::Proofs;
use sigill_core::wire::problem::Code;
use sigill_core::wire::timeline::{Network, Page};

use crate::clear::receipt;
use crate::device::{PASSWORD, TestDevice};
use crate::factors::{factor, sign_in, with_phone};
use crate::restore::restore;
use crate::rig::TestService;
use crate::vaults::{TestVault, asked, asking, cloud, confirm, confirmation, password, proving};

on_each_database! {
    a_clear_and_its_undo_stand_in_the_timeline_in_order_and_verify,
    wrong_codes_and_the_last_one_stand_there_with_their_reason,
    an_act_that_is_refused_before_it_begins_stands_there_at_most_twenty_times_a_day,
    not_me_a_cancel_and_a_sign_out_stand_there,
    new_keys_stand_there_and_a_mail_tells_of_them,
    a_backup_code_that_was_used_stands_there,
    an_operation_that_time_ended_stands_there_once_whoever_notices,
    the_timeline_comes_in_pages_that_chain,
    a_new_device_reads_only_after_the_account_password_and_for_ten_minutes,
    guessing_the_account_password_here_is_counted,
    another_accounts_entries_are_never_shown,
    addresses_are_commitments_and_go_after_ninety_days,
    what_was_rewritten_in_the_database_is_found,
}

const EMAIL: &str = "asa@example.com";
const THREE_DAYS: u64 = 72 * 3_600;

async fn with_vault(service: &TestService) -> (TestDevice, TestVault) {
    let device = service.signed_in(EMAIL).await;
    let mut vault = TestVault::new();
    vault.create(&device, 3).await;
    (device, vault)
}

pub(crate) async fn open(device: &TestDevice) {
    let body = json!({"password": PASSWORD});
    device
        .post("/v1/timeline/password", &body)
        .await
        .expect(204);
}

async fn page(device: &TestDevice, after: u64) -> Page {
    let path = format!("/v1/timeline?after={after}");
    device.get(&path).await.expect(200).json()
}

fn entries(page: &Page) -> Vec<Entry> {
    page.entries.iter().map(|shown| shown.entry).collect()
}

/// All events, verified.
pub(crate) async fn events(device: &TestDevice) -> Vec<String> {
    let page = page(device, 0).await;
    let entries = entries(&page);
    let read = verify(device.account, Last::NOTHING, &entries, Last::NOTHING);
    assert_eq!(read, Ok(page.last));
    entries
        .iter()
        .map(|entry| entry.said.event.to_string())
        .collect()
}

async fn a_clear_and_its_undo_stand_in_the_timeline_in_order_and_verify(service: TestService) {
    let (device, mut vault) = with_vault(&service).await;
    let clear = vault.clear_everywhere(&device);
    let waiting = asked(&device, &clear).await;
    let code = service.code(EMAIL).await;
    receipt(
        &device,
        &confirm(&device, &waiting, &confirmation(&clear, &code)).await,
    );
    vault.seq = cloud(&device).await.seq;
    restore(&service, &device, &vault, EMAIL).await;
    open(&device).await;
    let expected = [
        "account_made",
        "signed_in",
        "asked clear_everywhere",
        "done clear_everywhere",
        "asked restore_cloud",
        "undone restore_cloud",
        "timeline_opened",
    ];
    assert_eq!(events(&device).await, expected);
    let page = page(&device, 0).await;
    let of_clear = &page.entries[2].entry;
    assert_eq!(of_clear.said.operation, Some(waiting.operation));
    assert_eq!(of_clear.said.digest, Some(clear.digest));
    let words = of_clear.reference().unwrap().to_strings();
    assert_eq!(words, waiting.reference, "the four words of mail and page");
    assert_eq!(page.devices[0].name, "Laptop");
    assert_eq!(of_clear.said.device, Some(page.devices[0].device));
}

async fn wrong_codes_and_the_last_one_stand_there_with_their_reason(service: TestService) {
    let (device, vault) = with_vault(&service).await;
    let ask = vault.clear_everywhere(&device);
    let waiting = asked(&device, &ask).await;
    let code = service.code(EMAIL).await;
    let code: u32 = code.replace(' ', "").parse().unwrap();
    for number in 1..=5 {
        let wrong = format!("{:08}", (code + number) % 100_000_000);
        let answer = confirm(&device, &waiting, &confirmation(&ask, &wrong)).await;
        assert_ne!(answer.status, 200, "an equal one would count nothing");
    }
    open(&device).await;
    let events = events(&device).await;
    let refused = "refused clear_everywhere proof_rejected".to_owned();
    assert_eq!(events.iter().filter(|event| **event == refused).count(), 4);
    assert_eq!(
        events
            .iter()
            .filter(|event| *event == "burnt clear_everywhere")
            .count(),
        1
    );
}

async fn an_act_that_is_refused_before_it_begins_stands_there_at_most_twenty_times_a_day(
    service: TestService,
) {
    let (device, vault) = with_vault(&service).await;
    for _ in 0..25 {
        let mut request = vault.clear_everywhere(&device).request;
        request.base_seq += 7;
        let ask = asking(&device, request);
        assert_eq!(
            device.post("/v1/operations", &ask).await.refused(),
            Code::Stale
        );
    }
    open(&device).await;
    let events = events(&device).await;
    let refused = events
        .iter()
        .filter(|event| *event == "refused clear_everywhere stale");
    assert_eq!(refused.count(), 20);
    assert!(!events.contains(&"asked clear_everywhere".to_owned()));
}

async fn not_me_a_cancel_and_a_sign_out_stand_there(service: TestService) {
    let (device, vault) = with_vault(&service).await;
    let other = service.another(EMAIL, "Phone").await;
    let waiting = asked(&device, &vault.clear_everywhere(&device)).await;
    let path = format!("/v1/operations/{}/cancel", waiting.operation);
    other.touch(&path).await.expect(204);
    other.touch(&path).await.expect(204); // twice is once
    asked(&device, &vault.clear_everywhere(&device)).await;
    let link = service.newest_mail(EMAIL).await.not_me();
    let url = format!("{}{link}", service.url);
    reqwest::get(&url).await.unwrap();
    open(&other).await;
    let before = events(&other).await;
    assert!(
        !before.contains(&"not_me clear_everywhere".to_owned()),
        "opening the link changes nothing"
    );
    reqwest::Client::new().post(&url).send().await.unwrap();
    let expected = [
        "account_made",
        "signed_in",
        "signed_in",
        "asked clear_everywhere",
        "cancelled clear_everywhere",
        "asked clear_everywhere",
        "timeline_opened",
        "not_me clear_everywhere",
        "cancelled clear_everywhere",
        "signed_out",
    ];
    assert_eq!(events(&other).await, expected);
}

async fn an_operation_that_time_ended_stands_there_once_whoever_notices(service: TestService) {
    let (mut device, vault) = with_vault(&service).await;
    asked(&device, &vault.clear_everywhere(&device)).await;
    service.pass(1_800 + 3_601);
    service.tidy().await;
    service.tidy().await;
    device.refresh().await;
    asked(&device, &vault.clear_everywhere(&device)).await;
    open(&device).await;
    let events = events(&device).await;
    let expired = events
        .iter()
        .filter(|event| *event == "expired clear_everywhere");
    assert_eq!(expired.count(), 1, "{events:?}");
}

async fn the_timeline_comes_in_pages_that_chain(service: TestService) {
    let mut device = service.signed_in(EMAIL).await;
    for _ in 0..11 {
        for _ in 0..19 {
            device.sign_in(EMAIL, "Laptop").await;
        }
        service.pass(3_600);
    }
    service.pass(THREE_DAYS);
    device.refresh().await;
    let first = page(&device, 0).await;
    let (mut all, mut known) = (entries(&first), Last::NOTHING);
    assert_eq!(all.len(), 200);
    known = verify(device.account, known, &all, known).unwrap();
    let second = page(&device, known.seq).await;
    let news = entries(&second);
    assert_eq!(news.len(), 11);
    assert_eq!(verify(device.account, known, &news, known), Ok(second.last));
    all.extend(news);
    assert_eq!(all.len(), 2 + 11 * 19);
    assert!(page(&device, second.last.seq).await.entries.is_empty());
}

async fn a_new_device_reads_only_after_the_account_password_and_for_ten_minutes(
    service: TestService,
) {
    let (mut device, _) = with_vault(&service).await;
    assert_eq!(
        device.get("/v1/timeline").await.refused(),
        Code::PasswordNeeded
    );
    let wrong = json!({"password": "another password"});
    let answer = device.post("/v1/timeline/password", &wrong).await;
    assert_eq!(answer.refused(), Code::ProofRejected);
    assert_eq!(
        device.get("/v1/timeline").await.refused(),
        Code::PasswordNeeded
    );
    open(&device).await;
    page(&device, 0).await;
    let other = service.another(EMAIL, "Phone").await;
    assert_eq!(
        other.get("/v1/timeline").await.refused(),
        Code::PasswordNeeded,
        "one device's password opens no other"
    );
    service.pass(601);
    device.refresh().await;
    assert_eq!(
        device.get("/v1/timeline").await.refused(),
        Code::PasswordNeeded
    );
    service.pass(THREE_DAYS - 602);
    device.refresh().await;
    assert_eq!(
        device.get("/v1/timeline").await.refused(),
        Code::PasswordNeeded,
        "one second short"
    );
    service.pass(1);
    page(&device, 0).await;
}

async fn guessing_the_account_password_here_is_counted(service: TestService) {
    let device = service.signed_in(EMAIL).await;
    let wrong = json!({"password": "another password"});
    for _ in 0..10 {
        let answer = device.post("/v1/timeline/password", &wrong).await;
        assert_eq!(answer.refused(), Code::ProofRejected);
    }
    let right = json!({"password": PASSWORD});
    let answer = device.post("/v1/timeline/password", &right).await;
    assert_eq!(answer.refused(), Code::TooManyRequests);
}

async fn another_accounts_entries_are_never_shown(service: TestService) {
    let one = service.signed_in(EMAIL).await;
    let other = service.signed_in("bo@example.com").await;
    open(&other).await;
    let expected = ["account_made", "signed_in", "timeline_opened"];
    assert_eq!(events(&other).await, expected);
    open(&one).await;
    assert_eq!(events(&one).await, expected);
}

async fn addresses_are_commitments_and_go_after_ninety_days(service: TestService) {
    let (mut device, _) = with_vault(&service).await;
    service.pass(THREE_DAYS);
    device.refresh().await;
    let networks =
        |page: &Page| -> Vec<Network> { page.entries.iter().map(|shown| shown.network).collect() };
    let shown = page(&device, 0).await;
    assert_eq!(networks(&shown), [Network::Unknown, Network::Here]);
    device.move_to("203.0.113.9");
    assert_eq!(
        networks(&page(&device, 0).await),
        [Network::Unknown, Network::Elsewhere]
    );
    service.pass(87 * 86_400 - 1);
    service.tidy().await;
    device.sign_in(EMAIL, "Laptop").await;
    let networks_now = networks(&page(&device, 0).await);
    assert_eq!(
        networks_now,
        [Network::Unknown, Network::Elsewhere, Network::Here]
    );
    service.pass(2);
    service.tidy().await;
    let after = page(&device, 0).await;
    assert_eq!(
        networks(&after),
        [Network::Unknown, Network::Unknown, Network::Here]
    );
    assert_eq!(
        after.entries[1].entry, shown.entries[1].entry,
        "the chain is as it was"
    );
    events(&device).await;
}

async fn what_was_rewritten_in_the_database_is_found(service: TestService) {
    let (device, _) = with_vault(&service).await;
    open(&device).await;
    let known = page(&device, 0).await.last;
    service
        .sql("update timeline set event = 'signed_out' where event = 'signed_in'")
        .await;
    let tampered = entries(&page(&device, 0).await);
    let read = verify(device.account, Last::NOTHING, &tampered, known);
    assert_eq!(read, Err(Broken { seq: 2 }));
}

async fn new_keys_stand_there_and_a_mail_tells_of_them(service: TestService) {
    let device = service.signed_in(EMAIL).await;
    let mut vault = TestVault::new();
    vault.create(&device, 0).await;
    let mails = service.mails(EMAIL).await.len();
    let good = vault.second_epoch(&device).await;
    let mut unsigned = good.clone();
    unsigned.signature.0[0] ^= 1;
    let answer = device.post("/v1/vault/epoch", &unsigned).await;
    assert_eq!(answer.refused(), Code::ProofRejected);
    assert_eq!(service.mails(EMAIL).await.len(), mails);
    device.post("/v1/vault/epoch", &good).await.expect(200);
    let mail = service.newest_mail(EMAIL).await;
    assert_eq!(mail.subject, "Sigill: your vault has new keys");
    assert!(mail.text.contains("on Laptop, 2026-11-23"), "{}", mail.text);
    open(&device).await;
    let page = page(&device, 0).await;
    let entry = page.entries.iter().find(|shown| {
        let event = shown.entry.said.event.to_string();
        event == "keys_changed"
    });
    let entry = entry.expect("an entry");
    assert_eq!(entry.entry.said.device, Some(device.id()));
    assert_eq!(entry.network, Network::Here);
    let expected = [
        "account_made",
        "signed_in",
        "keys_changed",
        "timeline_opened",
    ];
    assert_eq!(events(&device).await, expected);
}

async fn a_backup_code_that_was_used_stands_there(service: TestService) {
    let (device, enrolled) = with_phone(&service, Profile::Standard).await;
    let before = used_codes(&service).await;
    // At sign-in, and in an operation.
    let typed = sign_in(PASSWORD, Some(enrolled.backup_codes[0].expose()));
    service
        .device()
        .post("/v1/sessions", &typed)
        .await
        .expect(201);
    assert_eq!(used_codes(&service).await, before + 1);
    let ask = TestVault::new().weaken(&device, Weakening::TurnSyncOff);
    let waiting = asked(&device, &ask).await;
    let password = proving(&ask, password(PASSWORD));
    confirm(&device, &waiting, &password).await.expect(200);
    let code = service.code(EMAIL).await;
    let both = |backup: &str| Proofs {
        email_code: Some(SecretText::new(code.clone())),
        ..factor(backup)
    };
    let spent = both(enrolled.backup_codes[0].expose());
    let answer = confirm(&device, &waiting, &proving(&ask, spent)).await;
    assert_eq!(answer.refused(), Code::ProofRejected);
    assert_eq!(used_codes(&service).await, before + 1);
    let good = both(enrolled.backup_codes[1].expose());
    confirm(&device, &waiting, &proving(&ask, good))
        .await
        .expect(200);
    assert_eq!(used_codes(&service).await, before + 2);
}

async fn used_codes(service: &TestService) -> i64 {
    let count = "select count(*) from timeline where event = 'backup_code_used'";
    service.number(count).await
}
