use alloc::string::ToString;

use super::*;
use crate::vault::item::{CustomField, FieldKind, Passkey};

pub(super) fn suffixes() -> Suffixes {
    let text = include_str!("../../../../extension/data/public-suffixes.txt");
    Suffixes::parse(text.to_string()).unwrap()
}

fn login(url: &str, user: &str, password: &str) -> Item {
    let item = Item::new(Kind::Login).named(url).with_url(url);
    item.with(Field::Username, user)
        .with(Field::Password, password)
}

fn examined(items: &[Item]) -> Vec<Login> {
    let suffixes = suffixes();
    let mut examination = Examination::new(&suffixes, 2 * age::OLD, Asides::default());
    for (number, item) in (0..).zip(items) {
        examination.look(ItemId([number; 16]), item);
    }
    examination.finish()
}

fn found(item: Item) -> Vec<Finding> {
    examined(&[item]).remove(0).findings
}

#[test]
fn accounts_that_share_a_password_are_counted_and_belong_together() {
    let found = examined(&[
        login("https://b.example", "asa", "same"),
        login("https://a.example", "asa", "other"),
        login("https://c.example", "bo", "same"),
        login("https://c.example", "asa", "same"),
        login("https://d.example", "asa", ""),
    ]);
    let names: Vec<&str> = found.iter().map(|login| login.name.as_str()).collect();
    let [b, a, c] = ["b", "a", "c"].map(|name| alloc::format!("https://{name}.example"));
    assert_eq!(names, [&b, &a, &c, &c]);
    let accounts: Vec<usize> = found.iter().map(|login| login.accounts).collect();
    assert_eq!(accounts, [3, 1, 3, 3]);
    assert_ne!(found[0].password, found[1].password);
    assert_eq!(found[0].password, found[2].password);
    assert_eq!(found[0].findings, [Finding::Reused]);
    assert_eq!(found[1].findings, []);
}

#[test]
fn one_account_that_is_kept_twice_is_not_reuse() {
    let found = examined(&[
        login("https://mail.google.com", "Asa@example.com", "same"),
        login("https://www.youtube.com/login", "asa@example.com", "same"),
    ]);
    assert_eq!(found[0].accounts, 1);
    assert_eq!(found[0].password, found[1].password);
    let nowhere = || Item::new(Kind::Login).with(Field::Password, "same");
    assert_eq!(examined(&[nowhere(), nowhere()])[0].accounts, 2);
}

#[test]
fn what_is_sent_in_clear_is_found_and_what_stays_on_the_computer_is_not() {
    assert_eq!(
        found(login("http://a.example", "", "x")),
        [Finding::InClear]
    );
    let second = login("https://a.example", "", "x").with_url("http://b.example");
    assert_eq!(found(second), [Finding::InClear]);
    for url in [
        "https://a.example",
        "a.example",
        "http://localhost:8080",
        "app://a",
    ] {
        assert_eq!(found(login(url, "", "x")), [], "{url}");
    }
}

#[test]
fn a_second_step_is_named_where_the_site_has_one_and_the_entry_has_none() {
    let at = || login("https://github.com/login", "asa", "x");
    assert_eq!(found(at()), [Finding::TwoFactor]);
    assert_eq!(found(at().with(Field::Totp, "JBSWY3DPEHPK3PXP")), []);
    let custom = CustomField::new(FieldKind::Totp, "Code", "JBSWY3DPEHPK3PXP");
    assert_eq!(found(at().with_custom(custom)), []);
    let passkey = Passkey {
        credential: [1; 16].into(),
        rp: "github.com".into(),
        user_handle: [1].into(),
        user_name: "asa".into(),
        display_name: String::new(),
        private_key: [1].into(),
        counter: 0,
        created_at: 1,
    };
    let mut item = at();
    item.passkeys.put(passkey);
    assert_eq!(found(item), []);
}

#[test]
fn old_is_said_of_what_was_not_changed_for_years() {
    let mut item = login("https://a.example", "", "x");
    item.created_at = age::OLD;
    assert_eq!(found(item), [Finding::Old]);
    let mut item = login("https://a.example", "", "x");
    item.created_at = age::OLD + 1;
    assert_eq!(found(item), []);
}

#[test]
fn what_was_put_aside_is_said_of_its_login_beside_what_is_found() {
    let suffixes = suffixes();
    let item = login("http://a.example", "", "x");
    let text = aside::put("", (ItemId([1; 16]), &item), Finding::Weak, |_| true);
    let mut examination = Examination::new(&suffixes, 1, Asides::parse(&text));
    examination.look(ItemId([1; 16]), &item);
    examination.look(ItemId([2; 16]), &item);
    let found = examination.finish();
    assert_eq!(found[0].aside, [Finding::Weak]);
    assert_eq!(found[0].findings, [Finding::InClear]);
    assert_eq!(found[1].aside, []);
}

#[test]
fn each_finding_is_found_by_its_name() {
    for finding in Finding::ALL {
        assert_eq!(Finding::named(finding.name()), Some(finding));
    }
    assert_eq!(Finding::named("fine"), None);
}

#[test]
fn the_way_to_the_site_is_over_tls_and_to_a_name_of_the_worlds() {
    for (url, site) in [
        ("http://a.example:8080/login?x", "https://a.example"),
        ("https://a.example:8443/login", "https://a.example:8443"),
        ("Å.example", "https://xn--5ca.example"),
        ("http://localhost:3000", ""),
        ("192.0.2.1", ""),
        ("javascript:alert(1)", ""),
        ("https://a.example\" onclick=\"", ""),
    ] {
        assert_eq!(examined(&[login(url, "", "x")])[0].site, site, "{url}");
    }
}
