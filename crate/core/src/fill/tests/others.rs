//! Claims about what is another site's, or only shown.

use super::*;

fn login(label: &str) -> Vec<Control> {
    vec![control("email", "E-mail"), control("password", label)]
}

fn text(place: usize, text: &str) -> Text {
    Text {
        place,
        group: Some(0),
        text: text.into(),
        ..Text::default()
    }
}

/// How many forms are found under a heading that speaks of Shelfie, on a page with a title and an address.
fn at(title: &str, host: &str, label: &str) -> usize {
    let mut page = page("Your books from Shelfie", login(label), "Continue");
    page.title = title.into();
    page.url = format!("https://{host}.example/import");
    found(&page).len()
}

#[test]
fn a_password_at_another_site_is_not_asked_of_ours() {
    for label in [
        "Password at Shelfie",
        "Lösenord hos Shelfie *",
        "Passwort bei Shelfie",
        "Mot de passe chez Shelfie",
        "Wachtwoord bij Shelfie",
    ] {
        assert_eq!(at("Import – Bookcorner", "bookcorner", label), 0, "{label}");
    }
    let title = "Import from Shelfie – Bookcorner";
    assert_eq!(at(title, "bookcorner", "Password at Shelfie"), 0);
}

#[test]
fn a_password_at_the_site_that_asks_is_ours() {
    let own = |title: &str, host: &str| at(title, host, "Password at Shelfie");
    assert_eq!(own("Import", "my.shelfie"), 1);
    assert_eq!(own("Shelfie: import", "books"), 1);
    assert_eq!(own("Log in to Shelfie", "books"), 1);
}

#[test]
fn what_follows_at_is_a_name_only_where_it_is_one() {
    for label in [
        "Password at work",
        "Password At Least Eight",
        "Lösenord hos oss",
        "Passwort bei Anmeldung",
        "Password at Bookcorner",
        "Password at Shelfie and on every other shelf",
    ] {
        assert_eq!(at("Import – Bookcorner", "bookcorner", label), 1, "{label}");
    }
}

#[test]
fn a_name_that_only_the_password_has_may_be_the_site_s() {
    let at = |name: &str| {
        let mut page = page("Your books", login("Password at Shelfie"), "Continue");
        page.controls[0].label = name.into();
        page.url = "https://books.example/".into();
        found(&page).len()
    };
    assert_eq!(at("E-mail"), 1);
    assert_eq!(at("E-mail at Shelfie"), 0);
}

#[test]
fn beside_the_source_of_a_form_nobody_signs_in() {
    let beside = |source: &str| {
        let mut page = page("Sign in", login("Password"), "Sign in");
        page.texts.push(text(9_100, source));
        found(&page).len()
    };
    for source in ["<form action=\"/\">", "<x-form>…</x-form>", "<LoginForm />"] {
        assert_eq!(beside(source), 0, "{source}");
    }
    for text in ["Anna <information@post.example>", "form < 3", "<b>Form</b>"] {
        assert_eq!(beside(text), 1, "{text}");
    }
}

#[test]
fn over_a_page_that_talks_of_source_somebody_signs_in() {
    let over = |tag: &str| {
        let mut page = page("Sign in", login("Password"), "Sign in");
        page.groups.push(group(Some(0), tag));
        page.groups[1].parent = Some(2);
        page.texts.push(text(9_100, "<input name=\"q\">"));
        found(&page).len()
    };
    assert_eq!(over("section"), 0);
    assert_eq!(over("dialog"), 1);
    assert_eq!(over("header"), 1);
}

#[test]
fn a_document_that_another_wrote_and_that_calls_itself_a_form_is_a_sample() {
    let written = |url: &str, heading: &str| {
        let mut page = page(heading, login("Password"), "Sign in");
        page.url = url.into();
        found(&page).len()
    };
    assert_eq!(written("about:srcdoc", "Login form"), 0);
    assert_eq!(written("about:srcdoc", "Beispiel"), 0);
    assert_eq!(written("about:srcdoc", "Log in"), 1);
    assert_eq!(written("https://club.example/", "Login form"), 1);
}

#[test]
fn orders_are_looked_up_in_many_languages() {
    let asked = |heading: &str| {
        let labels = ["Last name", "Street", "Postcode"];
        let controls = labels.map(|label| control("text", label));
        found(&page(heading, controls.into(), "Show")).len()
    };
    assert_eq!(asked("Your order"), 1);
    for heading in [
        "Acompanhar a encomenda",
        "Bestellung verfolgen",
        "Bestelling volgen",
        "Śledź zamówienie",
        "Traccia ordine",
        "Följ din order",
    ] {
        assert_eq!(asked(heading), 0, "{heading}");
    }
}
