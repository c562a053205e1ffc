//! What the generator makes. A wish comes as `name=value` pairs with `&` between them,
//! in the words of `sigill_core::generator`; a reader of JSON for each of them was four
//! kilobytes more. `Made` goes back as JSON, and a secret leaves no copy here.

use serde::Serialize;
use sigill_core::generator::{
    Alike, Bound, Capital, Choice, DrawError, Entropy, Joint, Language, NoRandomness, Number,
    Options, Passphrase, Plan, RecipeError, Separator, Set, SiteRules, Strength, SubAddressError,
    UserName, Words, sub_address,
};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use zeroize::Zeroizing;

#[cfg(test)]
mod tests;

/// What comes of it, for TypeScript.
#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
export type WordList = "english" | "swedish";
export type Refusal =
	| "length" | "no_letters" | "left_out" | "too_short" | "narrow"
	| "words" | "address" | "tag" | "randomness" | "wish";
/** What was made, or why nothing was. */
export type Made =
	| { value: string; bits: number; bound: "exactly" | "at_least"; strength: "weak" | "fair" | "strong" }
	| { value: string; bits: null; bound: null; strength: null }
	| { value: null; refused: Refusal; least: number | null };
"#;

/// Room for the JSON of the longest secret, every character of it escaped.
const ROOM: usize = 2_048;

#[derive(Default, Serialize)]
struct Made<'a> {
    value: Option<&'a str>,
    bits: Option<u32>,
    bound: Option<&'static str>,
    strength: Option<&'static str>,
    refused: Option<&'static str>,
    least: Option<u32>,
}

/// What is wished for. What is absent is as if it were nought; what is there has to
/// be a word or number that can be wished for.
struct Wish<'a>(&'a str);

/// A word or number of a wish that is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Unreadable;

impl<'a> Wish<'a> {
    #[inline(never)]
    fn word(&self, name: &str) -> Option<&'a str> {
        let mut pairs = self.0.split('&');
        pairs.find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
    }

    #[inline(never)]
    fn number(&self, name: &str) -> Result<Option<u8>, Unreadable> {
        let number = self.word(name).map(str::parse).transpose();
        number.map_err(|_| Unreadable)
    }

    /// The first where it is absent.
    fn one_of<T: Copy>(
        &self,
        name: &str,
        first: (&str, T),
        others: &[(&str, T)],
    ) -> Result<T, Unreadable> {
        let Some(word) = self.word(name) else {
            return Ok(first.1);
        };
        let mut known = [first].into_iter().chain(others.iter().copied());
        let found = known.find(|(known, _)| *known == word);
        found.map(|(_, of)| of).ok_or(Unreadable)
    }

    fn capital(&self) -> Result<Capital, Unreadable> {
        self.one_of(
            "capital",
            ("none", Capital::None),
            &[("each", Capital::Each)],
        )
    }

    fn password(&self) -> Result<Options, Unreadable> {
        let sets = [
            ("lower", Set::Lower),
            ("upper", Set::Upper),
            ("digits", Set::Digits),
            ("symbols", Set::Symbols),
        ];
        let mut choices = Vec::new();
        for (name, set) in sets {
            let least = self.number(name)?;
            choices.extend(least.map(|least| Choice { set, least }));
        }
        Ok(Options {
            length: self.number("length")?.unwrap_or(0),
            choices,
            alike: self.one_of(
                "alike",
                ("kept", Alike::Kept),
                &[("left_out", Alike::LeftOut)],
            )?,
        })
    }

    fn passphrase(&self) -> Result<Passphrase, Unreadable> {
        let separators = [
            ("space", Separator::Space),
            ("full_stop", Separator::FullStop),
            ("underscore", Separator::Underscore),
            ("comma", Separator::Comma),
        ];
        Ok(Passphrase {
            words: self.number("words")?.unwrap_or(0),
            separator: self.one_of("separator", ("hyphen", Separator::Hyphen), &separators)?,
            capital: self.capital()?,
            number: self.one_of("number", ("none", Number::None), &[("one", Number::One)])?,
        })
    }

    fn user_name(&self) -> Result<UserName, Unreadable> {
        let joints = [
            ("full_stop", Joint::FullStop),
            ("underscore", Joint::Underscore),
            ("hyphen", Joint::Hyphen),
        ];
        Ok(UserName {
            joint: self.one_of("joint", ("none", Joint::None), &joints)?,
            capital: self.capital()?,
            digits: self.number("digits")?.unwrap_or(0),
        })
    }
}

/// A password: `length`, how many there are at least of each of `lower`, `upper`,
/// `digits` and `symbols` that it is made of, and `alike=left_out`; and by the
/// attribute `passwordrules` of a site, or "".
#[wasm_bindgen(unchecked_return_type = "string")]
#[must_use]
pub fn password(wish: &str, rules: &str) -> JsValue {
    let Ok(options) = Wish(wish).password() else {
        return refused("wish");
    };
    let recipe = SiteRules::parse(rules).recipe(&options.recipe());
    let plan = match Plan::of(recipe) {
        Ok(plan) => plan,
        Err(RecipeError::Length) => return refused("length"),
        Err(RecipeError::NoLetters) => return refused("no_letters"),
        Err(RecipeError::LeftOut) => return refused("left_out"),
        Err(RecipeError::TooShort { least }) => {
            return json(&Made {
                refused: Some("too_short"),
                least: Some(least),
                ..Made::default()
            });
        }
    };
    match plan.draw(&mut random) {
        Ok(value) => secret(&value, plan.entropy()),
        Err(DrawError::Narrow) => refused("narrow"),
        Err(DrawError::Random(NoRandomness)) => refused("randomness"),
    }
}

/// A passphrase of the words of a `WordList`'s file: `words`, `separator`, `capital=each`, `number=one`.
#[wasm_bindgen(unchecked_return_type = "string")]
#[must_use]
pub fn passphrase(wish: &str, list: &str, file: &[u8]) -> JsValue {
    let Some(words) = words(list, file) else {
        return refused("words");
    };
    let Ok(wish) = Wish(wish).passphrase() else {
        return refused("wish");
    };
    match wish.draw(&words, &mut random) {
        Ok(value) => secret(&value, wish.entropy(&words)),
        Err(NoRandomness) => refused("randomness"),
    }
}

/// A user name of the words of a `WordList`'s file: `joint`, `capital=each`, `digits`.
#[wasm_bindgen(js_name = userName, unchecked_return_type = "string")]
#[must_use]
pub fn user_name(wish: &str, list: &str, file: &[u8]) -> JsValue {
    let Some(words) = words(list, file) else {
        return refused("words");
    };
    let Ok(wish) = Wish(wish).user_name() else {
        return refused("wish");
    };
    match wish.draw(&words, &mut random) {
        Ok(value) => plain(&value),
        Err(NoRandomness) => refused("randomness"),
    }
}

/// An address with a tag, or the host of a URL, as its detail.
#[wasm_bindgen(js_name = subAddress, unchecked_return_type = "string")]
#[must_use]
pub fn sub_address_of(address: &str, tag: &str) -> JsValue {
    match sub_address(address, tag) {
        Ok(value) => plain(&value),
        Err(SubAddressError::Address(_)) => refused("address"),
        Err(SubAddressError::Tag) => refused("tag"),
    }
}

fn random(bytes: &mut [u8]) -> Result<(), NoRandomness> {
    getrandom::fill(bytes).map_err(|_| NoRandomness)
}

fn words<'a>(list: &str, file: &'a [u8]) -> Option<Words<'a>> {
    let language = match list {
        "english" => Language::English,
        "swedish" => Language::Swedish,
        _ => return None,
    };
    Words::read(language, file).ok()
}

fn refused(why: &'static str) -> JsValue {
    json(&Made {
        refused: Some(why),
        ..Made::default()
    })
}

fn plain(value: &str) -> JsValue {
    json(&Made {
        value: Some(value),
        ..Made::default()
    })
}

fn secret(value: &str, entropy: Entropy) -> JsValue {
    json(&Made {
        value: Some(value),
        bits: Some(entropy.bits()),
        bound: Some(match entropy.bound() {
            Bound::Exactly => "exactly",
            Bound::AtLeast => "at_least",
        }),
        strength: Some(match entropy.strength() {
            Strength::Weak => "weak",
            Strength::Fair => "fair",
            Strength::Strong => "strong",
        }),
        ..Made::default()
    })
}

fn json(made: &Made<'_>) -> JsValue {
    let mut text = Zeroizing::new(Vec::with_capacity(ROOM));
    if serde_json::to_writer(&mut *text, made).is_err() {
        return JsValue::UNDEFINED; // of these members none can fail
    }
    JsValue::from_str(std::str::from_utf8(&text).unwrap_or_default())
}
