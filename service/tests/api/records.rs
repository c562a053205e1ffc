//! What the portal lets read and save, and whom.

use std::collections::BTreeSet;

use serde_json::Value;
use sigill_core::wire::factor::Enrolled;
use sigill_service::timeline::file::{FileError, verify_file};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::browser::{Shown, TestBrowser};
use crate::device::PASSWORD;
use crate::factors::with_phone;
use crate::guards::EMAIL;
use crate::portal::signed_in;
use crate::provider::{ASA, TestProvider};
use crate::rig::TestService;
use crate::third_party::signed_in_by;
use crate::vaults::TestVault;

on_each_database! {
    the_timeline_is_read_after_the_account_password_and_for_ten_minutes,
    a_visit_that_is_kept_alive_for_three_days_reads_nothing_without_the_password,
    without_a_password_a_visit_of_three_days_takes_a_fresh_sign_in,
    the_timeline_says_what_happened_newest_first_in_both_languages,
    the_timeline_comes_in_pages,
    the_saved_timeline_verifies_and_a_changed_one_does_not,
    a_person_without_a_password_reads_after_a_fresh_sign_in_at_the_provider,
    everything_of_an_account_is_saved_and_nothing_secret,
    a_vault_of_many_records_is_saved_whole,
    a_file_is_written_while_it_is_read_and_breaks_off_where_the_vault_moved,
    no_piece_of_a_file_is_larger_than_a_page_of_records,
    saving_is_counted,
}

async fn read(browser: &TestBrowser, place: &str) -> Shown {
    browser.open(place).await.expect(200);
    let then = place.rsplit('/').next().unwrap();
    let typed = [("password", PASSWORD), ("then", then)];
    browser.submit("/portal/read", &typed).await.expect(200)
}

async fn the_timeline_is_read_after_the_account_password_and_for_ten_minutes(service: TestService) {
    service.signed_in(EMAIL).await;
    let browser = signed_in(&service).await;
    let locked = "so your account password is asked for first";
    for place in ["/portal/timeline", "/portal/data"] {
        let shown = browser.open(place).await.expect(200);
        shown.says(locked).says_nothing_of("Signed in");
        let file = browser.get(&format!("{place}/file")).await.expect(303);
        assert_eq!(file.location(), place);
    }
    let typed = [("password", "not the password"), ("then", "timeline")];
    let shown = browser.submit("/portal/read", &typed).await.expect(403);
    shown
        .says("Password is incorrect.")
        .says_nothing_of("Signed in");
    read(&browser, "/portal/timeline").await.says("Signed in");
    let other = signed_in(&service).await;
    other.open("/portal/timeline").await.says(locked);
    service.pass(599);
    browser.open("/portal/timeline").await.says("Signed in");
    service.pass(1);
    browser.open("/portal/timeline").await.says(locked);
    for _ in 0..9 {
        browser.submit("/portal/read", &typed).await;
    }
    let shown = browser.submit("/portal/read", &typed).await.expect(429);
    shown.says("That was too often.");
}

/// As if the visits had been kept alive for so long.
async fn three_days_pass(service: &TestService) {
    service
        .sql("update devices set known_since = known_since - 300000 where device in (select device from portal_sessions)")
        .await;
}

async fn a_visit_that_is_kept_alive_for_three_days_reads_nothing_without_the_password(
    service: TestService,
) {
    service.signed_in(EMAIL).await;
    let browser = signed_in(&service).await;
    three_days_pass(&service).await;
    for place in ["/portal/timeline", "/portal/data"] {
        let shown = browser.open(place).await.expect(200);
        shown
            .says("so your account password is asked for first")
            .says_nothing_of("Signed in");
        let file = browser.get(&format!("{place}/file")).await.expect(303);
        assert_eq!(file.location(), place);
    }
    read(&browser, "/portal/timeline").await.says("Signed in");
}

async fn without_a_password_a_visit_of_three_days_takes_a_fresh_sign_in(mut service: TestService) {
    let provider = TestProvider::beside(&mut service).await;
    signed_in_by(&service, (&provider, ASA), "Laptop").await;
    let browser = crate::ways_in::by_provider(&service, &provider).await;
    three_days_pass(&service).await;
    for place in ["/portal/timeline", "/portal/data"] {
        let shown = browser.open(place).await.expect(200);
        shown.says("Example has to ask you once more");
        browser.get(&format!("{place}/file")).await.expect(303);
    }
}

async fn the_timeline_says_what_happened_newest_first_in_both_languages(service: TestService) {
    let device = service.signed_in(EMAIL).await;
    let mut vault = TestVault::new();
    vault.create(&device, 1).await;
    let ask = vault.clear_everywhere(&device);
    let waiting = crate::vaults::asked(&device, &ask).await;
    let path = format!("/v1/operations/{}/cancel", waiting.operation);
    device.touch(&path).await.expect(204);
    let browser = signed_in(&service).await;
    let shown = read(&browser, "/portal/timeline").await;
    let words = format!("Words: {}", waiting.reference.join(" "));
    let shown = shown
        .says(&words)
        .says("Laptop")
        .says("2026-11-23 14:05 UTC");
    let at = |text: &str| shown.html.find(text).unwrap_or_else(|| panic!("{text}"));
    let newest_first = [
        "The timeline was opened with the account password",
        "Cancelled: clear the vault on a device and in the cloud",
        "Asked for: clear the vault on a device and in the cloud",
        "The account was created",
    ];
    assert!(
        newest_first.is_sorted_by_key(|text| at(text)),
        "{}",
        shown.html
    );
    let shown = browser.open("/portal/timeline?lang=sv").await.expect(200);
    shown.says("Kontot skapades");
    // The row of a visit that is over is gone; whose it was is still known.
    service.pass(900);
    service.tidy().await;
    let browser = signed_in(&service).await;
    let shown = read(&browser, "/portal/timeline").await;
    assert_eq!(service.number("select count(*) from devices").await, 2);
    let visits = shown.html.matches("Account portal</p>").count();
    assert_eq!(visits, 5, "two visits, signed in and opened, one ended");
}

async fn the_timeline_comes_in_pages(service: TestService) {
    let mut device = service.signed_in(EMAIL).await;
    for _ in 0..4 {
        for _ in 0..14 {
            device.sign_in(EMAIL, "Laptop").await;
        }
        service.pass(3_600);
    }
    let browser = signed_in(&service).await;
    let shown = read(&browser, "/portal/timeline").await;
    assert_eq!(shown.html.matches("<article>").count(), 50);
    let older = shown.link("/portal/timeline?before=");
    let shown = browser.open(&older).await.expect(200);
    let shown = shown.says("The account was created");
    assert_eq!(shown.html.matches("<article>").count(), 2 + 4 * 14 + 2 - 50);
    shown.says_nothing_of("?before=");
    for odd in ["0", "-1", "x", "99999999999999999999999", ""] {
        let shown = browser.get(&format!("/portal/timeline?before={odd}")).await;
        shown.expect(200);
    }
}

/// What a download holds, in a file.
fn saved(shown: &Shown) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("timeline.json");
    std::fs::write(&path, &shown.html).unwrap();
    (folder, path)
}

async fn the_saved_timeline_verifies_and_a_changed_one_does_not(service: TestService) {
    let mut device = service.signed_in(EMAIL).await;
    for hour in 0..9 {
        for _ in 0..14 {
            device.sign_in(EMAIL, "Laptop").await;
        }
        service.pass(3_600 * (1 - hour / 9));
    }
    let browser = signed_in(&service).await;
    read(&browser, "/portal/timeline").await;
    let shown = browser.get("/portal/timeline/file").await.expect(200);
    assert_eq!(
        shown.headers["content-disposition"],
        "attachment; filename=\"sigill-timeline.json\""
    );
    assert_eq!(shown.headers["content-type"], "application/json");
    let (_folder, path) = saved(&shown);
    let said = verify_file(&path, None).unwrap().to_string();
    let count = 2 + 9 * 14 + 2;
    assert!(
        said.starts_with(&format!("VERIFIES. {count} entries")),
        "{said}"
    );
    let changed = Shown {
        html: shown.html.replacen("signed_in", "signed_out", 1),
        ..shown
    };
    let (_folder, path) = saved(&changed);
    let changed = verify_file(&path, None).unwrap_err();
    assert!(matches!(changed, FileError::Broken { .. }), "{changed}");
}

async fn a_person_without_a_password_reads_after_a_fresh_sign_in_at_the_provider(
    mut service: TestService,
) {
    let provider = TestProvider::beside(&mut service).await;
    signed_in_by(&service, (&provider, ASA), "Laptop").await;
    let browser = crate::ways_in::by_provider(&service, &provider).await;
    let shown = browser.open("/portal/timeline").await.expect(200);
    shown
        .says("Example has to ask you once more")
        .says_nothing_of("Signed in");
    let typed = [("password", ""), ("then", "timeline")];
    browser.submit("/portal/read", &typed).await.expect(403);
    let onwards = browser
        .post("/portal/again", &[("then", "timeline")])
        .await
        .expect(200)
        .onwards();
    let back = provider.signs_in(&onwards, ASA);
    let shown = browser.open(&back).await.expect(200);
    shown.says("<h1>Timeline</h1>").says("Signed in");
}

pub(crate) async fn account_file(browser: &TestBrowser) -> (String, Value) {
    read(browser, "/portal/data").await.says("Save everything");
    let shown = browser.get("/portal/data/file").await.expect(200);
    let file = serde_json::from_str(&shown.html).unwrap();
    (shown.html, file)
}

async fn everything_of_an_account_is_saved_and_nothing_secret(service: TestService) {
    let (device, enrolled): (_, Enrolled) =
        with_phone(&service, sigill_core::confirmation::policy::Profile::Strict).await;
    let mut vault = TestVault::new();
    vault.create(&device, 3).await;
    let browser = TestBrowser::new(&service, crate::third_party::NETWORK);
    browser.open("/portal").await.expect(200);
    let typed = [
        ("email", EMAIL),
        ("password", PASSWORD),
        ("second_factor", enrolled.backup_codes[0].expose()),
    ];
    browser.submit("/portal/sign-in", &typed).await.expect(200);
    let (text, file) = account_file(&browser).await;
    assert_eq!(file["format"], "sigill/account-file/1");
    assert_eq!(file["email"], EMAIL);
    assert_eq!(file["factors"][0]["number"], crate::factors::NUMBER);
    assert_eq!(file["backup_codes_left"], 9);
    assert_eq!(file["devices"].as_array().unwrap().len(), 2);
    assert_eq!(file["timeline"]["format"], "sigill/timeline-file/1");
    assert_eq!(file["heads"].as_array().unwrap().len(), 1);
    assert_eq!(file["slots_changes"].as_array().unwrap().len(), 0);
    assert_eq!(file["records"].as_array().unwrap().len(), 3);
    let cloud = device.get("/v1/vault").await.expect(200).value();
    for part in ["head", "slots", "generation", "count"] {
        assert_eq!(file["cloud"]["vault"][part], cloud["vault"][part], "{part}");
    }
    // No secret, whatever it is called.
    for never in [PASSWORD, "$argon2id$", "code_tag", "salt", "wrong_in_a_row"] {
        assert!(!text.contains(never), "{never}");
    }
    for code in &enrolled.backup_codes {
        assert!(!text.contains(code.expose()));
    }
    let top: BTreeSet<&str> = file
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    let documented = include_str!("../../../docs/ACCOUNT-FILE.md");
    for name in top {
        assert!(
            documented.contains(&format!("`{name}`")),
            "{name} is documented"
        );
    }
    let timeline = Shown {
        html: file["timeline"].to_string(),
        status: 200,
        headers: reqwest::header::HeaderMap::new(),
    };
    let (_folder, path) = saved(&timeline);
    verify_file(&path, None).unwrap();
}

async fn a_vault_of_many_records_is_saved_whole(service: TestService) {
    let device = service.signed_in(EMAIL).await;
    let mut vault = TestVault::new();
    vault.create(&device, 250).await;
    let browser = signed_in(&service).await;
    let (_, file) = account_file(&browser).await;
    let records: BTreeSet<&str> = file["records"]
        .as_array()
        .unwrap()
        .iter()
        .map(|record| record.as_str().unwrap())
        .collect();
    assert_eq!(records.len(), 250);
}

/// What comes before a download breaks off, and whether it did.
async fn rest_of(mut answer: reqwest::Response) -> (usize, bool) {
    let mut length = 0;
    loop {
        match answer.chunk().await {
            Ok(Some(piece)) => length += piece.len(),
            Ok(None) => return (length, false),
            Err(_) => return (length, true),
        }
    }
}

async fn a_file_is_written_while_it_is_read_and_breaks_off_where_the_vault_moved(
    service: TestService,
) {
    let device = service.signed_in(EMAIL).await;
    let mut vault = TestVault::new();
    vault.create(&device, 100).await;
    // 100 records of 200 kB: far more than sockets hold.
    service
        .sql(if service.config.database_url.starts_with("sqlite") {
            "update records set record = zeroblob(200000)"
        } else {
            "update records set record = decode(repeat('00', 200000), 'hex')"
        })
        .await;
    let browser = signed_in(&service).await;
    read(&browser, "/portal/data").await;
    let whole = rest_of(browser.download("/portal/data/file").await).await;
    assert!(whole.0 > 100 * 200_000 && !whole.1, "{whole:?}");
    let begun = browser.download("/portal/data/file").await;
    let records = vault.add(&device, 1);
    vault.push(&device, records).await;
    let (length, is_broken) = rest_of(begun).await;
    assert!(is_broken, "{length} of {}", whole.0);
}

/// The sizes of the pieces that an answer was written in (RFC 9112 §7.1).
async fn pieces(service: &TestService, browser: &TestBrowser, path: &str) -> Vec<usize> {
    let cookies = browser.cookies().into_iter();
    let cookies: Vec<_> = cookies
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    let host = service.url.strip_prefix("http://").unwrap();
    let request = format!(
        "GET {path} HTTP/1.1\r\nhost: {host}\r\ncookie: {}\r\nconnection: close\r\n\r\n",
        cookies.join("; ")
    );
    let mut stream = tokio::net::TcpStream::connect(host).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    let begin = answer.windows(4).position(|window| window == b"\r\n\r\n");
    let mut rest = &answer[begin.unwrap() + 4..];
    let mut sizes = Vec::new();
    while let Some(end) = rest.windows(2).position(|window| window == b"\r\n") {
        let size = std::str::from_utf8(&rest[..end]).unwrap();
        let size = usize::from_str_radix(size, 16).unwrap();
        if size == 0 {
            break;
        }
        sizes.push(size);
        rest = &rest[end + 2 + size + 2..];
    }
    sizes
}

async fn no_piece_of_a_file_is_larger_than_a_page_of_records(service: TestService) {
    let device = service.signed_in(EMAIL).await;
    let mut vault = TestVault::new();
    vault.create(&device, 100).await;
    service
        .sql(if service.config.database_url.starts_with("sqlite") {
            "update records set record = zeroblob(100000)"
        } else {
            "update records set record = decode(repeat('00', 100000), 'hex')"
        })
        .await;
    let browser = signed_in(&service).await;
    read(&browser, "/portal/data").await;
    let sizes = pieces(&service, &browser, "/portal/data/file").await;
    let (whole, largest) = (sizes.iter().sum::<usize>(), sizes.iter().max().unwrap());
    assert!(whole > 100 * 100_000, "{whole}");
    // 256 KiB of records are a third more in base64url.
    assert!(*largest < 400_000, "{largest} of {whole} at once");
}

async fn saving_is_counted(service: TestService) {
    service.signed_in(EMAIL).await;
    let browser = signed_in(&service).await;
    read(&browser, "/portal/data").await;
    for _ in 0..10 {
        browser.get("/portal/data/file").await.expect(200);
    }
    let shown = browser.get("/portal/data/file").await.expect(429);
    shown.says("That was too often.");
}
