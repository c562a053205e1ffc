//! Claims about what speaks for a password being an account's.

use super::*;

fn name_and_password() -> Vec<Control> {
    vec![
        control("text", "User name"),
        control("password", "Password"),
    ]
}

#[test]
fn settings_of_another_machine_are_no_login() {
    let with = |others: &[&str], button: &str| {
        let others = others.iter().map(|label| control("text", label));
        let controls = others.chain(name_and_password()).collect();
        found(&page("Connection", controls, button))
    };
    assert_eq!(with(&[], "Continue").len(), 1);
    assert!(with(&[], "Save").is_empty());
    assert!(with(&["Host"], "Continue").is_empty());
    assert!(with(&["MTU"], "Continue").is_empty());
    assert_eq!(with(&["Domain"], "Sign in").len(), 1);
}

#[test]
fn what_was_shared_has_a_password_that_is_nobodys_own() {
    for (heading, label) in [
        ("This gallery is private", "Password"),
        ("Holidays", "Gallery password"),
        ("Marie vous a envoyé 3 fichiers", "Mot de passe"),
        ("Sign in", "Gallery password"),
    ] {
        let controls = vec![control("email", "E-mail"), control("password", label)];
        assert!(
            found(&page(heading, controls, "View")).is_empty(),
            "{heading}"
        );
    }
    let controls = vec![
        control("password", "File password"),
        control("password", "Confirm file password"),
    ];
    assert!(found(&page("Vault", controls, "Continue")).is_empty());
}

#[test]
fn what_is_masked_beside_a_card_s_number_or_a_hidden_name_is_no_password_for_that() {
    let card = vec![
        control("text", "Card number"),
        control("password", "Scratch panel"),
    ];
    assert!(found(&page("Gift cards", card, "Continue")).is_empty());
    let mut name = control("email", "E-mail");
    name.hidden = Some(Hidden::Style);
    name.filled = true;
    let hidden = vec![name, control("password", "Answer")];
    assert!(found(&page("One more thing", hidden, "Continue")).is_empty());
}

#[test]
fn of_three_masked_parts_none_is_the_password_of_now() {
    let part = |n| control("password", n);
    let parts = vec![part("Part 1"), part("Part 2"), part("Part 3")];
    let forms = found(&page("Enter it", parts, "Continue"));
    let mut fields = forms.iter().flat_map(|(_, fields)| fields);
    assert!(!fields.any(|(field, _)| *field == Field::CurrentPassword));
}

#[test]
fn a_password_alone_needs_a_word_that_it_is_ones_own() {
    let alone = |label: &str, button: &str| {
        found(&page("Hello", vec![control("password", label)], button)).len()
    };
    assert_eq!(alone("Password", "Open"), 0);
    assert_eq!(alone("Your password", "Open"), 1);
    assert_eq!(alone("Password", "Continue"), 1);
    assert_eq!(alone("Password", "Sign in"), 1);
}

#[test]
fn a_password_asked_for_again_is_no_setting() {
    let controls = vec![
        control("email", "New e-mail"),
        control("password", "Confirm with your password"),
    ];
    let expected = vec![one(Field::Password, 1)];
    assert_eq!(
        found(&page("E-mail", controls, "Save")),
        [(Kind::SignIn, expected)]
    );
}

#[test]
fn two_silent_fields_with_a_silent_button_are_a_login() {
    let controls = vec![control("text", ""), control("password", "")];
    assert_eq!(found(&page("", controls.clone(), "")).len(), 1);
    assert!(found(&page("", controls, "Order")).is_empty());
}

#[test]
fn passwords_that_come_to_be_need_an_account() {
    let twice = |first: &str| {
        vec![
            control("text", first),
            control("password", "Password"),
            control("password", "Repeat password"),
        ]
    };
    assert!(found(&page("Backup", twice("Task"), "Next")).is_empty());
    assert_eq!(found(&page("Backup", twice("User name"), "Next")).len(), 1);
    let token = Control {
        autocomplete: "new-password".into(),
        ..control("password", "Password")
    };
    assert!(found(&page("Plans", vec![token], "→")).is_empty());
}

#[test]
fn a_devices_code_takes_the_place_of_a_password() {
    let controls = vec![
        control("text", "User name"),
        control("text", "One-time code"),
    ];
    let expected = vec![one(Field::Username, 0), one(Field::OneTimeCode, 1)];
    assert_eq!(
        found(&page("Sign in", controls, "Sign in")),
        [(Kind::SignIn, expected)]
    );
}

#[test]
fn what_creates_my_account_does_not_say_my_account() {
    let controls = vec![control("email", "E-mail"), control("password", "Password")];
    let kinds = |button: &str| found(&page("", controls.clone(), button))[0].0;
    assert_eq!(kinds("Create my account"), Kind::SignUp);
    assert_eq!(kinds("My account"), Kind::SignIn);
}

#[test]
fn a_step_asks_for_a_name_alone() {
    let step = |other: Option<&str>| {
        let mail = control("email", "E-mail");
        let others = other.map(|label| control("text", label));
        let controls = [Some(mail), others].into_iter().flatten().collect();
        found(&page("Sign in", controls, "Continue")).len()
    };
    assert_eq!(step(None), 1);
    assert_eq!(step(Some("Captcha")), 1);
    assert_eq!(step(Some("Ticket number")), 0);
}

#[test]
fn what_takes_too_few_letters_is_no_name_and_no_date() {
    let with = |length: usize| {
        let short = |label: &str| Control {
            max_length: Some(length),
            ..control("text", label)
        };
        let controls = vec![
            control("text", "Street"),
            control("text", "Postcode"),
            short("Last name"),
            short("Date of birth"),
        ];
        found(&page("Delivery", controls, "Order"))[0].1.len()
    };
    assert_eq!(with(4), 2);
    assert_eq!(with(40), 4);
}
