//! Claims about sign-ins of an unusual shape.

use super::*;

fn text(label: &str) -> Control {
    control("text", label)
}

fn fields(page: &Page) -> Vec<(Field, Vec<usize>)> {
    let mut forms = found(page);
    assert_eq!(forms.len(), 1);
    forms.remove(0).1
}

#[test]
fn the_password_of_now_alone_changes_nothing() {
    let kind = |heading: &str, label: &str, button: &str| {
        found(&page(heading, vec![control("password", label)], button))[0].0
    };
    let heading = "Confirm your password to see your recovery codes";
    assert_eq!(kind(heading, "Current password", "Show"), Kind::SignIn);
    assert_eq!(kind(heading, "Nuvarande lösenord", "Visa"), Kind::SignIn);
    for label in ["New password", "Password", "New password (not the old)"] {
        assert_eq!(
            kind(heading, label, "Show"),
            Kind::ChangePassword,
            "{label}"
        );
    }
}

#[test]
fn who_is_known_is_asked_for_no_name_that_nothing_calls_one() {
    let asked = |label: &str, password: &str, button: &str| {
        let controls = vec![text(label), control("password", password)];
        let fields = fields(&page("The account", controls, button));
        fields.iter().any(|(field, _)| *field == Field::Username)
    };
    assert!(!asked("Zap", "Your password", "End it"));
    assert!(!asked("Tippen Sie LÖSCHEN", "Ihr Passwort", "Weg damit"));
    assert!(asked("E-mail", "Your password", "End it"));
    assert!(asked("Zap", "Your password", "Sign in"));
    assert!(asked("Zap", "Your password", "Continue"));
    assert!(asked("Zap", "Your password", "OK"));
}

#[test]
fn the_word_that_confirms_a_deletion_is_never_filled() {
    for label in ["Tippen Sie LÖSCHEN", "Tapez SUPPRIMER", "Skriv SLETT"] {
        let controls = vec![text(label), control("password", "Password")];
        let fields = found(&page("Sign in", controls, "Sign in"));
        let mut fields = fields.iter().flat_map(|(_, fields)| fields);
        assert!(
            !fields.any(|(_, controls)| controls.contains(&0)),
            "{label}"
        );
    }
}

#[test]
fn a_button_of_a_newsletter_sends_no_login_though_it_alone_submits() {
    let sent = |submitting: &str| {
        let controls = vec![text("User name"), control("password", "Password")];
        let mut page = page("", controls, submitting);
        page.buttons.push(Button {
            place: 8_000,
            submits: false,
            text: "Log in".into(),
            ..page.buttons[0].clone()
        });
        understand(&Lexicon::new(), &page)[0].submit
    };
    assert_eq!(sent("Subscribe"), Some(1));
    assert_eq!(sent("Suscribirse"), Some(1));
    assert_eq!(sent("Search"), Some(1));
    assert_eq!(sent("Proceed"), Some(0));
    assert_eq!(sent("Proof"), Some(0));
}

/// A number in two boxes after a text, and a password.
fn boxes(before: &str, first: Control, second: Control) -> Page {
    let short = |control: Control| Control {
        max_length: control.max_length.or(Some(6)),
        ..control
    };
    let controls = vec![short(first), short(second), control("password", "Password")];
    let mut page = page("Log in", controls, "Log in");
    page.texts.push(Text {
        place: 9,
        group: Some(1),
        text: before.into(),
        ..Text::default()
    });
    page
}

#[test]
fn a_number_in_two_boxes_is_one_name() {
    let whole = (Field::Username, vec![0, 1]);
    for (first, second) in [
        ("The first six digits", "The last four digits"),
        ("De første seks cifre", "De sidste fire cifre"),
        ("", ""),
    ] {
        let page = boxes("CPR-nummer", text(first), text(second));
        assert_eq!(fields(&page), [whole.clone(), one(Field::Password, 2)]);
    }
    let three = |label: &str| boxes("", text(label), text(""));
    assert!(fields(&three("Customer number")).contains(&whole));
}

#[test]
fn two_boxes_are_one_number_only_where_they_say_no_more_than_which_figures() {
    let figures = "The last four digits";
    let is_split = |page: &Page| {
        found(page)
            .iter()
            .any(|form| form.1.contains(&(Field::Username, vec![0, 1])))
    };
    let first = || text("The first six digits");
    assert!(is_split(&boxes("CPR-nummer", first(), text(figures))));
    assert!(!is_split(&boxes("Amount", first(), text(figures))));
    assert!(!is_split(&boxes(
        "CPR-nummer",
        text("User name"),
        text(figures)
    )));
    assert!(!is_split(&boxes(
        "CPR-nummer",
        first(),
        text("The last digits of your phone")
    )));
    let long = Control {
        max_length: Some(40),
        ..text(figures)
    };
    assert!(!is_split(&boxes("CPR-nummer", first(), long)));
    let mut apart = boxes("CPR-nummer", first(), text(figures));
    apart.groups.push(group(Some(1), "div"));
    apart.controls[1].group = Some(2);
    assert!(!is_split(&apart));
}

#[test]
fn a_number_of_a_person_in_two_boxes_is_one_without_a_password_too() {
    let labels = ["The first six digits", "The last four digits"];
    let mut page = boxes("CPR-nummer", text(labels[0]), text(labels[1]));
    page.controls[2] = Control {
        kind: "text".into(),
        label: "Last name".into(),
        ..page.controls[2].clone()
    };
    page.texts[0].text = "Who you are".into();
    page.buttons[0].text = "Send".into();
    assert!(fields(&page).contains(&(Field::NationalId, vec![0, 1])));
}

/// A sentence with two gaps.
fn sentence(before: &str, first: Control) -> Found {
    let mut page = page(
        "Good morning!",
        vec![first, control("password", "")],
        "Let me in",
    );
    let said = |place: usize, said: &str| Text {
        place,
        group: Some(1),
        text: said.into(),
        ..Text::default()
    };
    page.texts
        .extend([said(9, before), said(11, "and my password is")]);
    found(&page)
}

#[test]
fn who_says_i_am_tells_the_name() {
    let expected = [(
        Kind::SignIn,
        vec![one(Field::Username, 0), one(Field::Password, 1)],
    )];
    for before in ["I am", "My name is", "Ik ben", "Jag är", "Me llamo", "私は"] {
        assert_eq!(sentence(before, text("")), expected, "{before}");
    }
    for before in ["Today is", "I am here for", ""] {
        assert!(sentence(before, text("")).is_empty(), "{before}");
    }
    assert!(sentence("I am", text("Mood")).is_empty());
    assert!(sentence("I am", control("select", "")).is_empty());
}
