use super::*;

/// A draft, and how many fields of the person's own it holds.
fn with_custom(label: usize, text: usize) -> (Draft, usize) {
    let mut draft = Draft::new(Kind::Login);
    draft.name("bank");
    let (label, text) = ("l".repeat(label), "t".repeat(text));
    draft.custom(FieldKind::Text, &label, &text);
    let kept = draft.item.fields.len();
    (draft, kept)
}

#[test]
fn a_field_of_ones_own_is_kept_where_label_and_text_fit_and_without_a_label_too() {
    for label in [0, 1, LONGEST_FIELD] {
        let (draft, kept) = with_custom(label, LONGEST_FIELD);
        assert_eq!(kept, 1, "{label}");
        assert!(draft.finish().is_ok());
    }
    let (draft, kept) = with_custom(5, 0);
    assert_eq!(kept, 0, "an empty one is none");
    assert!(draft.finish().is_ok());
}

#[test]
fn a_label_or_a_text_that_is_too_long_is_not_kept_and_refuses_the_entry() {
    for (label, text) in [(5, LONGEST_FIELD + 1), (LONGEST_FIELD + 1, 5)] {
        let (draft, kept) = with_custom(label, text);
        assert_eq!(kept, 0, "{label} {text}");
        assert_eq!(draft.finish().err(), Some(Reason::TooLong));
    }
}

#[test]
fn what_is_too_much_in_all_is_kept_up_to_there_and_refuses_the_entry() {
    let mut draft = Draft::new(Kind::Login);
    draft.name("bank");
    let text = "t".repeat(LONGEST_FIELD);
    (0..20).for_each(|_| draft.custom(FieldKind::Text, "label", &text));
    let most = LARGEST_ITEM / LONGEST_FIELD;
    assert!(draft.item.fields.len() < most + 1, "bounded");
    assert_eq!(draft.finish().err(), Some(Reason::TooMuch));
}
