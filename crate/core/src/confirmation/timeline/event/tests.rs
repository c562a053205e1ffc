use super::*;
use alloc::collections::BTreeSet;
use alloc::string::ToString;
use alloc::vec::Vec;

use crate::id::Hash;

fn all() -> Vec<Event> {
    let steps = Step::ALL
        .iter()
        .flat_map(|step| Act::ALL.iter().map(move |act| (*step, *act)));
    let refused = Act::ALL
        .iter()
        .flat_map(|act| Why::ALL.iter().map(move |why| (*act, *why)));
    steps
        .map(|(step, act)| Event::Operation { step, act })
        .chain(refused.map(|(act, why)| Event::Refused { act, why }))
        .chain(Change::ALL.iter().copied().map(Event::Account))
        .collect()
}

#[test]
fn every_event_has_a_text_of_its_own_and_is_read_back_from_it() {
    let texts: BTreeSet<_> = all().iter().map(ToString::to_string).collect();
    assert_eq!(texts.len(), all().len());
    for event in all() {
        assert_eq!(event.to_string().parse(), Ok(event));
    }
}

#[test]
fn nothing_else_is_an_event() {
    for text in [
        "",
        "asked",
        "refused",
        "asked clear_everywhere proof_rejected",
        "refused clear_everywhere",
        "refused clear_everywhere proof_rejected other",
        "asked  clear_everywhere",
        "asked clear_everywhere ",
        "Signed_in",
        "signed_in ",
    ] {
        assert_eq!(text.parse::<Event>(), Err(UnknownEvent), "{text:?}");
    }
}

#[test]
fn every_weakening_has_a_name_in_the_timeline() {
    for what in Weakening::ALL {
        let parameters = Hash::NOTHING;
        let act = Act::from(Action::Weaken {
            what: *what,
            parameters,
        });
        assert_ne!(act, Act::Weaken, "{what:?}");
    }
}
