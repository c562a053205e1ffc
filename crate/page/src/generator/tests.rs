use super::*;

#[test]
fn what_is_absent_is_as_if_it_were_nought() {
    let options = Wish("").password().unwrap();
    assert_eq!((options.length, options.alike), (0, Alike::Kept));
    assert!(options.choices.is_empty());
    let passphrase = Wish("words=4").passphrase().unwrap();
    assert_eq!(passphrase.separator, Separator::Hyphen);
    assert_eq!(Wish("").user_name().unwrap().joint, Joint::None);
}

#[test]
fn every_word_that_the_pages_know_is_read() {
    for wish in ["separator=hyphen", "capital=none&number=none", "number=one"] {
        assert!(Wish(wish).passphrase().is_ok(), "{wish}");
    }
    let wish = Wish("joint=none&capital=each&digits=3")
        .user_name()
        .unwrap();
    assert_eq!((wish.capital, wish.digits), (Capital::Each, 3));
    let wish = Wish("length=20&alike=left_out&lower=0&digits=2");
    let options = wish.password().unwrap();
    assert_eq!((options.length, options.alike), (20, Alike::LeftOut));
    assert_eq!(options.choices.len(), 2);
}

#[test]
fn a_word_or_number_that_can_not_be_wished_for_is_refused_not_taken_for_another() {
    for wish in [
        "alike=left",
        "length=x",
        "length=",
        "length=300",
        "lower=-1",
    ] {
        assert_eq!(Wish(wish).password().err(), Some(Unreadable), "{wish}");
    }
    for wish in [
        "separator=dot",
        "separator=",
        "capital=all",
        "number=two",
        "words=many",
    ] {
        assert_eq!(Wish(wish).passphrase().err(), Some(Unreadable), "{wish}");
    }
    for wish in ["joint=comma", "capital=First", "digits=1.5"] {
        assert_eq!(Wish(wish).user_name().err(), Some(Unreadable), "{wish}");
    }
}
