//! Claims about people, places, cards and codes.

use super::*;

#[test]
fn a_contact_form_is_somebody_and_two_fields_alone_are_nobody() {
    let name = || control("text", "Name");
    let mail = || control("email", "E-mail");
    let contact = vec![name(), mail(), control("textarea", "Message")];
    let expected = vec![one(Field::Name, 0), one(Field::Email, 1)];
    assert_eq!(
        found(&page("Write to us", contact, "Send")),
        [(Kind::Identity, expected)]
    );
    assert!(found(&page("Hello", vec![name(), mail()], "Yes")).is_empty());
}

#[test]
fn a_code_in_boxes_is_one_value() {
    let figure = || Control {
        max_length: Some(1),
        ..control("tel", "")
    };
    let boxes = vec![figure(), figure(), figure(), figure()];
    let page = page("Enter the code we texted you", boxes, "Verify");
    let expected = vec![(Field::OneTimeCode, vec![0, 1, 2, 3])];
    assert_eq!(found(&page), [(Kind::OneTimeCode, expected)]);
}

#[test]
fn a_card_is_more_than_one_word_or_date() {
    let alone = |label: &str| {
        let controls = vec![control("text", label), control("text", "Something")];
        found(&page("Travel", controls, "Go on"))
    };
    for label in ["Card number", "Valid to", "Name of the cardholder"] {
        assert!(alone(label).is_empty(), "{label}");
    }
    let dates = |placeholder: &str| {
        let date = |label: &str| Control {
            placeholder: placeholder.into(),
            ..control("text", label)
        };
        let controls = vec![date("One"), date("Two"), control("text", "Security code")];
        found(&page("Travel", controls, "Go on"))
    };
    assert!(dates("dd/mm/yyyy").iter().all(|of| of.1.len() < 2));
    assert_eq!(dates("mm/yyyy")[0].1.len(), 3);
}

#[test]
fn what_heads_a_part_does_not_head_the_whole() {
    let controls = vec![
        control("text", "Gift card number"),
        control("text", "Card number"),
        control("text", "Security code"),
    ];
    let mut page = page("Payment", controls, "Pay");
    page.groups.push(group(Some(1), "section"));
    page.controls[0].group = Some(2);
    page.texts.push(Text {
        place: 9,
        group: Some(2),
        heading: true,
        text: "Gift card".into(),
    });
    let expected = vec![one(Field::CardNumber, 1), one(Field::CardCode, 2)];
    assert_eq!(found(&page), [(Kind::Card, expected)]);
}

#[test]
fn of_several_names_the_persons_is_taken() {
    let controls = vec![
        control("text", "First name"),
        control("text", "First name"),
        control("text", "Last name"),
        control("text", "Name"),
        control("email", "E-mail"),
    ];
    let expected = vec![
        one(Field::GivenName, 1),
        one(Field::FamilyName, 2),
        one(Field::Email, 4),
    ];
    assert_eq!(
        found(&page("Tickets", controls, "Go on")),
        [(Kind::Identity, expected)]
    );
}

#[test]
fn a_month_alone_is_not_of_a_birth() {
    let with = |labels: &[&str]| {
        let names = ["First name", "Last name", "E-mail"].iter().chain(labels);
        let controls = names.map(|label| control("text", label)).collect();
        found(&page("Tell us", controls, "Send")).remove(0).1.len()
    };
    assert_eq!(with(&["Month"]), 3);
    assert_eq!(with(&["Day", "Month", "Year"]), 6);
}
