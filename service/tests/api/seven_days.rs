//! What is told of the ways that take seven days: the account file names them,
//! the hold says that one began it, and the mails are Swedish where the person is.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use sigill_core::confirmation::wait::Lost;

use crate::browser::TestBrowser;
use crate::device::base64url;
use crate::guards::EMAIL;
use crate::lost::{CHOSEN, DAY, NEW, Scene, WEEK, ask_password, link_of, week};
use crate::portal::signed_in;
use crate::proofs::standing;
use crate::provider::ASA;
use crate::records::account_file;
use crate::rig::{Mail, TestService};
use crate::third_party::{NETWORK, rows};

on_each_database! {
    the_account_file_names_what_waits_who_asked_and_how_it_ended,
    the_account_file_says_when_the_address_was_last_confirmed,
    what_a_way_brings_is_in_no_file_where_it_is_a_password,
    a_hold_says_that_a_way_of_seven_days_began_it,
    what_was_stopped_stays_so_while_another_way_goes_on,
    a_link_stops_the_asking_that_it_was_written_for_and_no_other,
    the_mails_about_a_lost_factor_are_swedish_and_whole,
    the_mails_about_a_lost_address_are_swedish_and_whole,
    the_mails_about_a_lost_provider_are_swedish_and_whole,
    the_mails_about_a_lost_password_are_swedish_and_whole,
}

async fn the_account_file_names_what_waits_who_asked_and_how_it_ended(mut service: TestService) {
    let mut scene = Scene::of(&mut service, Lost::Address).await;
    let (_, file) = account_file(&signed_in(&service).await).await;
    assert_eq!(file["waits"], serde_json::json!([]));
    scene.begin(&service).await;
    let asked_at = service.now();
    let (_, file) = account_file(&signed_in(&service).await).await;
    let waits = serde_json::json!([{
        "lost": "address",
        "asked_at": asked_at,
        "device": scene.device.id(),
        "due_at": asked_at + WEEK,
        "state": "waits",
        "ended_at": 0,
        "new_email": NEW,
    }]);
    assert_eq!(file["waits"], waits);
    service.pass(DAY);
    scene.device.refresh().await;
    let stop = "/v1/waits/address/stop";
    scene.device.touch(stop).await.expect(204);
    let (_, file) = account_file(&signed_in(&service).await).await;
    let stopped = &file["waits"][0];
    assert_eq!(stopped["state"], "vetoed");
    assert_eq!(stopped["ended_at"], asked_at + DAY);
    assert_eq!(stopped["new_email"], serde_json::Value::Null);
    assert_eq!(file["waits"].as_array().unwrap().len(), 1);
}

async fn the_account_file_says_when_the_address_was_last_confirmed(service: TestService) {
    service.signed_in(EMAIL).await;
    let made = service.now();
    service.pass(DAY);
    let browser = signed_in(&service).await;
    let (_, file) = account_file(&browser).await;
    assert_eq!(file["address_confirmed_at"], made);
    service.pass(366 * DAY);
    let device = service.another(EMAIL, "Laptop").await;
    device.touch("/v1/account/address").await.expect(204);
    let (_, file) = account_file(&signed_in(&service).await).await;
    assert_eq!(file["address_confirmed_at"], service.now());
}

async fn what_a_way_brings_is_in_no_file_where_it_is_a_password(mut service: TestService) {
    let scene = Scene::of(&mut service, Lost::Provider).await;
    scene.begin(&service).await;
    let provider = scene.provider.as_ref().unwrap();
    provider.set_clock(service.now());
    let browser = TestBrowser::new(&service, NETWORK);
    browser.open("/portal").await.expect(200);
    let way = ("/portal/to/example", ASA);
    browser.through(provider, way).await.expect(200);
    let again = browser.post("/portal/again", &[("then", "data")]).await;
    let back = provider.signs_in(&again.expect(200).onwards(), ASA);
    browser.open(&back).await.expect(200);
    let shown = browser.get("/portal/data/file").await.expect(200);
    let file: serde_json::Value = serde_json::from_str(&shown.html).unwrap();
    assert_eq!(file["waits"][0]["lost"], "provider");
    assert_eq!(file["waits"][0]["new_email"], ASA.email);
    assert!(!shown.html.contains("$argon2id$") && !shown.html.contains(CHOSEN));
}

async fn a_hold_says_that_a_way_of_seven_days_began_it(mut service: TestService) {
    let mut scene = Scene::of(&mut service, Lost::Address).await;
    scene.begin(&service).await;
    week(&service).await;
    let mail = service.newest_mail(NEW).await;
    let held = read_as(service.now() + 3 * DAY);
    let until = format!("dangerous actions therefore wait until {held}");
    for told in ["without the proof that was lost", &until] {
        assert!(mail.text.contains(told), "{told}: {}", mail.text);
    }
    scene.device.refresh().await;
    let browser = TestBrowser::new(&service, NETWORK);
    browser.open("/portal").await.expect(200);
    let typed = [("email", NEW), ("password", crate::device::PASSWORD)];
    browser.submit("/portal/sign-in", &typed).await.expect(200);
    browser.open("/portal/delete").await.expect(200);
    let shown = browser.submit("/portal/delete", &[]).await.expect(403);
    shown
        .says("What was asked for seven days before took effect a short while ago")
        .says(&held)
        .says_nothing_of("reset by mail");
    browser.open("/portal/delete?lang=sv").await.expect(200);
    let shown = browser.submit("/portal/delete", &[]).await.expect(403);
    shown.says("Det som begärdes sju dagar tidigare hände nyligen");
}

async fn what_was_stopped_stays_so_while_another_way_goes_on(mut service: TestService) {
    let scene = Scene::of(&mut service, Lost::Factor).await;
    scene.begin(&service).await;
    let browser = TestBrowser::new(&service, NETWORK);
    let shown = ask_password(&service, &browser).await;
    shown.expect(200).says("It has begun");
    let stop = "/v1/waits/factor/stop";
    scene.device.touch(stop).await.expect(204);
    week(&service).await;
    assert_eq!(scene.happened(&service).await, 0);
    let done = "timeline where event = 'lost_password_done'";
    assert_eq!(rows(&service, done).await, 1);
    assert_eq!(rows(&service, "factors").await, 1);
}

/// The name in a link, and what proves it.
fn token_of(mail: &Mail) -> (Vec<u8>, Vec<u8>) {
    let link = link_of(mail);
    let token = link.strip_prefix("/stop/").unwrap();
    let token = URL_SAFE_NO_PAD.decode(token.split('?').next().unwrap());
    let mut name = token.unwrap();
    let tag = name.split_off(16);
    (name, tag)
}

async fn a_link_stops_the_asking_that_it_was_written_for_and_no_other(mut service: TestService) {
    let scene = Scene::of(&mut service, Lost::Factor).await;
    scene.begin(&service).await;
    let before = token_of(&service.newest_mail(EMAIL).await);
    let stop = "/v1/waits/factor/stop";
    scene.device.touch(stop).await.expect(204);
    service.pass(WEEK);
    let mut scene = scene;
    scene.device.refresh().await;
    scene.begin(&service).await;
    let mails = service.mails(EMAIL).await;
    let asked = |mail: &&Mail| mail.subject == "Your Sigill account is to change in seven days";
    let (name, tag) = token_of(mails.iter().find(asked).unwrap());
    let reader = TestBrowser::new(&service, "10.9.9.9");
    for forged in [
        [&name[..], &before.1],
        [&before.0, &before.1],
        [&before.0, &tag],
        [&name, &[0; 32]],
        [&name, &[]],
    ] {
        let link = format!("/stop/{}", base64url(forged.concat()));
        reader.get(&link).await.expect(404);
        reader.post(&link, &[]).await.expect(404);
    }
    assert_eq!(standing(&scene.device).await.waits.len(), 1);
    let link = format!("/stop/{}", base64url([name, tag].concat()));
    reader.post(&link, &[]).await.expect(200);
    assert!(standing(&scene.device).await.waits.is_empty());
}

/// A time as mails and pages have it.
fn read_as(at: u64) -> String {
    let at = time::OffsetDateTime::from_unix_timestamp(at.try_into().unwrap()).unwrap();
    format!("{} {:02}:{:02} UTC", at.date(), at.hour(), at.minute())
}

/// A text as the catalogue has it.
#[derive(Deserialize)]
struct Entry {
    message: String,
}

type Catalogue = BTreeMap<String, Entry>;

fn catalogues() -> [Catalogue; 2] {
    [
        include_str!("../../../_locales/sv/messages.json"),
        include_str!("../../../_locales/en/messages.json"),
    ]
    .map(|text| serde_json::from_str(text).unwrap())
}

/// Whether `line` is `message` with something in each of its places.
fn is_of(message: &str, line: &str) -> bool {
    let mut pieces = message.split('{').map(|piece| {
        let after = piece.split_once('}');
        after.map_or(piece, |(_, after)| after)
    });
    let Some(mut rest) = pieces.next().and_then(|first| line.strip_prefix(first)) else {
        return false;
    };
    for piece in pieces {
        // In a place stands a time, a hint or a name: never nothing.
        let Some(at) = (1..=rest.len())
            .find(|at| rest.is_char_boundary(*at) && rest[*at..].starts_with(piece))
        else {
            return false;
        };
        rest = &rest[at + piece.len()..];
        if piece.is_empty() {
            rest = "";
        }
    }
    rest.is_empty()
}

/// Every line is a Swedish text of ours, an address of a page or a code.
fn is_swedish(mail: &Mail) {
    let [swedish, english] = catalogues();
    let mut lines: Vec<&str> = mail.text.lines().map(str::trim).collect();
    lines.push(&mail.subject);
    let known = |catalogue: &Catalogue, line: &str| {
        let ours = catalogue.iter().filter(|(key, _)| {
            ["mail_", "portal_", "notme_", "keep_"]
                .iter()
                .any(|one| key.starts_with(one))
        });
        ours.into_iter()
            .any(|(_, entry)| is_of(&entry.message, line))
    };
    for line in lines {
        let is_other = line.is_empty() || line.starts_with("http") || is_code(line);
        assert!(
            is_other || known(&swedish, line),
            "{line:?} in {}",
            mail.text
        );
        assert!(is_other || !known(&english, line), "{line:?} is English");
    }
    assert!(mail.html.contains("<html lang=\"sv\">"));
}

fn is_code(line: &str) -> bool {
    line.len() == 9 && line.bytes().filter(u8::is_ascii_digit).count() == 8
}

/// Begun, nearly over, done; and stopped.
async fn swedish_mails(mut service: TestService, lost: Lost) {
    let scene = Scene::of(&mut service, lost).await;
    scene.begin(&service).await;
    service.sql("update accounts set language = 'sv'").await;
    let end = read_as(service.now() + WEEK);
    for (pass, subject) in [
        (0, "Ditt Sigill-konto ska ändras om sju dagar"),
        (6 * DAY, "Ditt Sigill-konto ändras i morgon"),
        (DAY, "Ditt Sigill-konto har ändrats"),
    ] {
        service.pass(pass);
        service.tidy().await;
        for address in scene.addresses() {
            let mails = service.mails(address).await;
            let mail = mails.iter().find(|mail| mail.subject == subject);
            let mail = mail.unwrap_or_else(|| panic!("{subject} to {address}"));
            is_swedish(mail);
            assert!(mail.text.contains(&end), "{end} in {}", mail.text);
            if pass != DAY {
                assert!(link_of(mail).ends_with("?lang=sv"));
            }
        }
    }
    let held = read_as(service.now() + 3 * DAY);
    for address in scene.addresses() {
        let mail = service.newest_mail(address).await;
        assert!(mail.text.contains(&held), "{held} in {}", mail.text);
    }
}

async fn the_mails_about_a_lost_factor_are_swedish_and_whole(service: TestService) {
    swedish_mails(service, Lost::Factor).await;
}

async fn the_mails_about_a_lost_address_are_swedish_and_whole(service: TestService) {
    swedish_mails(service, Lost::Address).await;
}

async fn the_mails_about_a_lost_provider_are_swedish_and_whole(service: TestService) {
    swedish_mails(service, Lost::Provider).await;
}

async fn the_mails_about_a_lost_password_are_swedish_and_whole(service: TestService) {
    swedish_mails(service, Lost::Password).await;
}
