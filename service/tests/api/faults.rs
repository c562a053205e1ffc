//! What breaks on the way (F11, F13, F16, F17, F23), and that an honest retry then succeeds.

use serde_json::json;
use sigill_core::confirmation::policy::Proof;
use sigill_core::wire::operation::{Ask, Asked, Mail, Progress};
use sigill_core::wire::problem::Code;
use sigill_service::config::Delivery;
use tokio::net::TcpListener;

use crate::browser::TestBrowser;
use crate::clear::receipt;
use crate::device::TestDevice;
use crate::guards::{EMAIL, state, waiting};
use crate::linking::{CHOSEN, at_the_form, save};
use crate::mails::{TestServer, code_in, decoded};
use crate::provider::{ASA, TestProvider};
use crate::rig::TestService;
use crate::third_party::{NETWORK, rows, signed_in_by};
use crate::vaults::{TestVault, asked, cloud, confirm, confirmation, wrong};

on_each_database! {
    f11_doubled_and_reordered_there_is_one_operation_one_mail_one_effect_and_one_try_a_body,
    f13_where_the_clock_jumps_forward_the_operation_is_over_and_stays_over,
    f13_where_the_clock_jumps_back_no_expiry_moves,
    f23_with_the_provider_down_nothing_is_linked_and_sessions_go_on,
}

async fn f11_doubled_and_reordered_there_is_one_operation_one_mail_one_effect_and_one_try_a_body(
    service: TestService,
) {
    let device = service.signed_in(EMAIL).await;
    let mut vault = TestVault::new();
    vault.create(&device, 2).await;
    let ask = vault.clear_everywhere(&device);
    let to = "/v1/operations";
    let (one, again) = tokio::join!(device.post(to, &ask), device.post(to, &ask));
    let waiting: Asked = one.json();
    assert_eq!(one.expect(201).body, again.expect(201).body);
    let code = service.code(EMAIL).await;
    let (right, bad) = (confirmation(&ask, &code), confirmation(&ask, &wrong(&code)));
    let (late, w1, r1, r2, w2, later) = tokio::join!(
        device.post(to, &ask),
        confirm(&device, &waiting, &bad),
        confirm(&device, &waiting, &right),
        confirm(&device, &waiting, &right),
        confirm(&device, &waiting, &bad),
        device.post(to, &ask),
    );
    for late in [late, later] {
        let late: Asked = late.expect(201).json();
        assert_eq!(late.operation, waiting.operation);
    }
    receipt(&device, &r1);
    assert_eq!(r1.body, r2.body);
    assert_eq!((w1.status, w1.body), (w2.status, w2.body));
    assert_eq!(state(&device, &waiting).await, "executed");
    assert_eq!(cloud(&device).await.seq, 2, "one effect");
    let tries = service.number("select tries from operations").await;
    let bodies = service.number("select count(*) from confirmations").await;
    assert!(tries == bodies && tries <= 2, "{tries} of {bodies} bodies");
    let mails = service.mails(EMAIL).await.len();
    assert_eq!(mails, 3, "verification, code, notice");
}

async fn f13_where_the_clock_jumps_forward_the_operation_is_over_and_stays_over(
    service: TestService,
) {
    let (mut device, vault, ask, asked) = waiting(&service).await;
    let code = service.code(EMAIL).await;
    let before = cloud(&device).await;
    service.pass(3_600);
    device.refresh().await;
    let answer = confirm(&device, &asked, &confirmation(&ask, &code)).await;
    assert_eq!(answer.refused(), Code::Expired);
    service.set_clock_back(3_600);
    let answer = confirm(&device, &asked, &confirmation(&ask, &code)).await;
    assert_eq!(answer.refused(), Code::Expired);
    assert_eq!(cloud(&device).await, before);
    cleared(&service, &device, &vault.clear_everywhere(&device)).await;
}

async fn cleared(service: &TestService, device: &TestDevice, ask: &Ask) {
    let waiting = asked(device, ask).await;
    let code = service.code(EMAIL).await;
    let answer = confirm(device, &waiting, &confirmation(ask, &code)).await;
    receipt(device, &answer);
}

async fn progress(device: &TestDevice, asked: &Asked) -> Asked {
    let path = format!("/v1/operations/{}", asked.operation);
    match device.get(&path).await.expect(200).json() {
        Progress::Pending(asked) => asked,
        other => panic!("{other:?}"),
    }
}

async fn f13_where_the_clock_jumps_back_no_expiry_moves(service: TestService) {
    let (mut device, _, ask, asked) = waiting(&service).await;
    let code = service.code(EMAIL).await;
    let until = service.now() + 600;
    service.pass(300);
    service.set_clock_back(3_600);
    let after = progress(&device, &asked).await;
    assert_eq!(after.expires_at, asked.expires_at);
    assert!(matches!(after.mail, Mail::HandedOver { code_until, .. } if code_until == until));
    let resend = format!("/v1/operations/{}/code", asked.operation);
    assert_eq!(device.touch(&resend).await.refused(), Code::TooSoon);
    service.pass(until - service.now());
    device.refresh().await;
    let answer = confirm(&device, &asked, &confirmation(&ask, &code)).await;
    assert_eq!(answer.refused(), Code::CodeExpired);
    service.pass(asked.expires_at - service.now());
    device.refresh().await;
    let answer = confirm(&device, &asked, &confirmation(&ask, &code)).await;
    assert_eq!(answer.refused(), Code::Expired);
    assert_eq!(cloud(&device).await.seq, 1);
}

async fn f23_with_the_provider_down_nothing_is_linked_and_sessions_go_on(mut service: TestService) {
    let mut provider = TestProvider::beside(&mut service).await;
    let mut device = signed_in_by(&service, (&provider, ASA), "Laptop").await;
    let place = json!({"place": "choose_password"});
    let hint = device.post("/v1/portal-hints", &place).await.expect(201);
    let browser = TestBrowser::new(&service, NETWORK);
    browser.sent_to(&hint.value()).await.expect(200);
    let shown = browser.post("/portal/to/example", &[]).await.expect(200);
    let back = provider.signs_in(&shown.onwards(), ASA);
    provider.stop().await;
    let shown = browser.open(&back).await;
    shown.expect(503).says("Nothing was created or changed");
    assert_eq!(rows(&service, "accounts").await, 1);
    assert_eq!(rows(&service, "portal_codes").await, 0);
    let linked = "select count(*) from accounts where password is not null";
    assert_eq!(service.number(linked).await, 0);
    device.refresh().await;
    let account = device.get("/v1/account").await.expect(200).value();
    assert_eq!(account["standing"]["connection"], "third_party");

    // Once it is back the same way leads on.
    provider.is_back().await;
    let browser = at_the_form(&service, &provider, &device).await;
    save(&browser, CHOSEN, CHOSEN).await.expect(200);
    assert_eq!(service.number(linked).await, 1);
}

/// An operation whose mails go through `server`.
async fn mailed_through(server: &TestServer) -> (TestService, TestDevice, Ask, Asked) {
    let url = server.url.clone();
    let service = TestService::sqlite_with(|config| config.delivery = Delivery::Smtp(url)).await;
    let mut device = service.device();
    device.sign_up(EMAIL).await.expect(202);
    service.deliver().await;
    let mail = decoded(server.taken().last().unwrap());
    device.verify(EMAIL, &code_in(&mail)).await.expect(204);
    device.sign_in(EMAIL, "Laptop").await;
    let mut vault = TestVault::new();
    vault.create(&device, 1).await;
    let ask = vault.clear_everywhere(&device);
    let asked = asked(&device, &ask).await;
    (service, device, ask, asked)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f16_while_the_mail_server_hangs_the_page_says_queued_and_no_other_proof_takes_its_place() {
    let server = TestServer::start(&[]).await;
    let (mut service, device, ask, asked) = mailed_through(&server).await;
    assert_eq!(asked.mail, Mail::Queued);
    // Takes connections, and says nothing.
    let door = TcpListener::bind("127.0.0.1:0").await.unwrap();
    service.config.delivery = Delivery::Smtp(format!("smtp://{}", door.local_addr().unwrap()));
    service.restart().await;
    {
        let mut delivering = std::pin::pin!(service.deliver());
        let silence = tokio::select! {
            _ = &mut delivering => panic!("nobody answered"),
            came = door.accept() => came.unwrap(),
        };
        let waits = tokio::select! {
            _ = &mut delivering => panic!("nobody answered"),
            waits = progress(&device, &asked) => waits,
        };
        assert_eq!((waits.mail, waits.code_no), (Mail::Queued, 1));
        assert_eq!(waits.required, [Proof::EmailCode]);
        drop(silence);
    }
    service.config.delivery = Delivery::Smtp(server.url.clone());
    service.restart().await;
    service.pass(90); // whoever had it in hand is gone
    service.deliver().await;
    let code = code_in(&decoded(server.taken().last().unwrap()));
    let answer = confirm(&device, &asked, &confirmation(&ask, &code)).await;
    receipt(&device, &answer);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f17_where_the_mail_servers_answer_was_lost_only_the_second_code_works_and_both_are_counted()
 {
    let server = TestServer::start(&["250 taken", "hang up", "250 taken"]).await;
    let (service, device, ask, asked) = mailed_through(&server).await;
    service.deliver().await;
    service.pass(2);
    service.deliver().await;
    let mails: Vec<_> = server.taken().iter().map(|mail| decoded(mail)).collect();
    let [_, first, second] = mails.as_slice() else {
        panic!("{} mails", mails.len());
    };
    assert!(second.contains("code no. 2"), "{second}");
    assert_eq!(progress(&device, &asked).await.code_no, 2);
    let answer = confirm(&device, &asked, &confirmation(&ask, &code_in(first))).await;
    assert_eq!(answer.refused(), Code::ProofRejected);
    assert_eq!(cloud(&device).await.seq, 1);
    let answer = confirm(&device, &asked, &confirmation(&ask, &code_in(second))).await;
    receipt(&device, &answer);
}
