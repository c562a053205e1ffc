//! Claims about what speaks against a password being an account's, each where nothing else does.

use super::*;

fn password(label: &str) -> Control {
    control("password", label)
}

fn text(label: &str) -> Control {
    control("text", label)
}

/// How many forms are found, in a form and with a title.
fn count(title: &str, heading: &str, controls: &[Control], button: &str) -> usize {
    let mut page = page(heading, controls.to_vec(), button);
    page.title = title.into();
    found(&page).len()
}

/// The same page, its controls and button in no form.
fn without_form(heading: &str, controls: &[Control], button: &str) -> usize {
    let mut page = page(heading, controls.to_vec(), button);
    page.groups[1].tag = "div".into();
    for control in &mut page.controls {
        control.form = None;
    }
    page.buttons[0].form = None;
    found(&page).len()
}

#[test]
fn a_heading_that_signs_in_does_not_outweigh_a_button_that_keeps_what_a_stranger_asks_for() {
    let login = |button: &str| {
        let controls = [text("MTU"), text("User name"), password("Password")];
        count("", "Sign in", &controls, button)
    };
    assert_eq!(login("Sign in"), 1);
    assert_eq!(login("Save"), 0);
}

#[test]
fn a_button_that_signs_in_does_not_outweigh_what_was_shared_where_no_name_is_asked() {
    let alone = [password("Password")];
    assert_eq!(count("", "Pictures", &alone, "Sign in"), 1);
    assert_eq!(count("", "This gallery is private", &alone, "Sign in"), 0);
}

#[test]
fn without_a_form_a_button_has_to_say_what_it_does() {
    let login = [text("User name"), password("Password")];
    assert_eq!(count("", "", &login, "Proof"), 1);
    assert_eq!(without_form("", &login, "Proof"), 0);
    assert_eq!(without_form("", &login, "Continue"), 1);
    let own = [password("Your password")];
    assert_eq!(count("", "", &own, "Proof"), 1);
    assert_eq!(without_form("", &own, "Proof"), 0);
}

#[test]
fn beside_a_guessed_name_a_code_opens_anything() {
    let opened = |label: &str| count("Sign in", "", &[text("Locker"), password(label)], "Proof");
    assert_eq!(opened("Password"), 1);
    assert_eq!(opened("Code"), 0);
}

#[test]
fn beside_a_guessed_name_a_button_has_to_go_on() {
    let opened = |button: &str| count("", "", &[text("Locker"), password("Password")], button);
    assert_eq!(opened("Continue"), 1);
    assert_eq!(opened("Proof"), 0);
}

#[test]
fn only_two_silent_fields_of_one_form_are_a_login_without_a_word() {
    let silent = [text(""), password("")];
    assert_eq!(count("", "", &silent, ""), 1);
    assert_eq!(without_form("", &silent, ""), 0);
    let three = [control("select", ""), text(""), password("")];
    assert_eq!(count("", "", &three, ""), 0);
    assert_eq!(count("", "", &[text("Locker"), password("")], ""), 0);
}

#[test]
fn a_password_alone_is_alone_and_masked() {
    let alone = [password("Password")];
    assert_eq!(count("", "", &alone, "Continue"), 1);
    let beside = [text("Date of birth"), password("Password")];
    assert_eq!(count("", "", &beside, "Continue"), 0);
    assert_eq!(count("Sign in", "", &alone, "Proof"), 1);
    assert_eq!(count("Sign in", "", &[text("Password")], "Proof"), 0);
    assert_eq!(count("", "", &[password("Locker")], "Continue"), 0);
}

#[test]
fn a_name_that_is_not_seen_vouches_only_for_what_is_told() {
    let mut name = control("email", "E-mail");
    name.hidden = Some(Hidden::Style);
    name.filled = true;
    let with = |label: &str| count("", "", &[name.clone(), password(label)], "Proof");
    assert_eq!(with("Password"), 1);
    assert_eq!(with("Locker"), 0);
}

#[test]
fn a_new_secret_beside_another_machine_is_none_without_a_word_for_both() {
    let new = |label: &str, beside: &str| count("", "", &[text(beside), password(label)], "Proof");
    assert_eq!(new("New password", "Host"), 1);
    assert_eq!(new("New phrase", "User name"), 1);
    assert_eq!(new("New phrase", "Host"), 0);
    let twice = [
        text("Host"),
        text("User name"),
        password("Password"),
        password("Repeat password"),
    ];
    assert_eq!(count("", "", &twice[1..], "Proof"), 1);
    assert_eq!(count("", "", &twice, "Proof"), 0);
}

#[test]
fn a_new_secret_that_is_kept_is_a_setting_without_a_word() {
    let twice = [
        text("User name"),
        password("Password"),
        password("Repeat password"),
    ];
    assert_eq!(count("", "", &twice, "Proof"), 1);
    assert_eq!(count("", "", &twice, "Save"), 0);
    assert_eq!(count("", "Create account", &twice, "Save"), 1);
}

#[test]
fn what_was_shared_gets_no_new_password_of_ours() {
    let twice = [password("Password"), password("Repeat password")];
    assert_eq!(count("", "Change it", &twice, "Proof"), 1);
    assert_eq!(count("", "This folder", &twice, "Proof"), 0);
}

#[test]
fn another_machine_under_a_heading_of_other_things_is_not_signed_in_to() {
    let login = [text("Server"), text("User name"), password("Password")];
    assert_eq!(count("", "Add account", &login[1..], "Sign in"), 1);
    assert_eq!(count("", "Your server", &login, "Sign in"), 1);
    assert_eq!(count("", "Add account", &login, "Sign in"), 0);
}

#[test]
fn to_enter_is_no_sign_in_under_a_heading_of_other_things() {
    let joined = [text("User name"), password("Password")];
    assert_eq!(count("", "Join a class", &joined, "Log in"), 1);
    assert_eq!(count("", "Join a class", &joined, "Enter"), 0);
}
