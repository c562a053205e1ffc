//! Names that are made to be taken for another: what a person sees is compared,
//! not what is written (after Unicode UTS #39, skeletons, of which this table is
//! the part that Latin names are imitated with).

use alloc::string::String;
use alloc::vec::Vec;

use super::address::{Address, in_letters};
use super::suffixes::Suffixes;

/// What a page's host looks like.
pub struct Looks {
    host: String,
    site: String,
    skeleton: String,
}

impl Looks {
    /// Nothing of what is no name among the world's.
    #[must_use]
    pub fn of(page: &Address, suffixes: &Suffixes) -> Option<Self> {
        let site = suffixes.registrable(&page.host)?;
        Some(Self {
            host: page.host.clone(),
            site: site.into(),
            skeleton: skeleton(site),
        })
    }

    /// Whether it could be taken for the site of `host`, and is another one:
    ///
    /// - it looks alike: `exаmple.com` with a Cyrillic `а`, `examp1e.com`, `exarnple.com`
    /// - it differs in one letter that is other, too many, missing or exchanged
    ///   with its neighbour (names of six letters and more)
    /// - it carries the name in front: `example.com.login.test`, `example-com.test`
    #[must_use]
    pub fn imitates(&self, host: &str, suffixes: &Suffixes) -> bool {
        let Some(site) = suffixes.registrable(host) else {
            return false;
        };
        if site == self.site {
            return false;
        }
        let other = skeleton(site);
        other == self.skeleton || self.carries(site) || self.is_mistyped(&other)
    }

    fn carries(&self, site: &str) -> bool {
        let rest = self.host.strip_suffix(&self.site).unwrap_or_default();
        let is_there = |at: usize| at == 0 || rest.as_bytes().get(at - 1) == Some(&b'.');
        let in_front = |name: &str| {
            rest.match_indices(name).any(|(at, _)| {
                is_there(at)
                    && rest
                        .get(at + name.len()..)
                        .is_some_and(|rest| rest.starts_with('.'))
            })
        };
        let joined = site.replace('.', "-");
        let label = self.site.split('.').next().unwrap_or_default();
        in_front(site) || label == joined || label.starts_with(&alloc::format!("{joined}-"))
    }

    fn is_mistyped(&self, other: &str) -> bool {
        let (one, one_rest) = self.skeleton.split_once('.').unwrap_or_default();
        let (other, other_rest) = other.split_once('.').unwrap_or_default();
        let long = one.chars().count().min(other.chars().count()) >= SHORTEST_MISTYPED;
        long && one_rest == other_rest && differ_once(one, other)
    }
}

const SHORTEST_MISTYPED: usize = 6;

/// What a name looks like: letters that are drawn alike are one.
fn skeleton(name: &str) -> String {
    let mut drawn = String::new();
    for (place, label) in name.split('.').enumerate() {
        if place > 0 {
            drawn.push('.');
        }
        drawn.extend(in_letters(label).chars().map(drawn_as));
    }
    drawn
        .replace("rn", "m")
        .replace("vv", "w")
        .replace("cl", "d")
}

const fn drawn_as(c: char) -> char {
    match c {
        'а' | 'à' | 'á' | 'â' | 'ã' | 'å' | 'ā' | 'ạ' | 'ɑ' | 'α' => 'a',
        'ь' | 'Ь' => 'b',
        'с' | 'ç' | 'ć' | 'č' | 'ϲ' => 'c',
        'ԁ' | 'đ' => 'd',
        'е' | 'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ẹ' | 'ё' => 'e',
        'ɡ' | 'ğ' | 'ġ' => 'g',
        'һ' | 'ħ' => 'h',
        'і' | 'í' | 'ì' | 'î' | 'ï' | 'ī' | 'ı' | 'ị' | 'ι' | '1' | 'l' | '|' | 'ӏ' | 'ł' | 'ĺ' => {
            'i'
        }
        'ј' => 'j',
        'κ' | 'к' | 'ķ' => 'k',
        'м' => 'm',
        'п' | 'ո' | 'ñ' | 'ń' | 'ņ' | 'η' => 'n',
        'о' | 'ò' | 'ó' | 'ô' | 'õ' | 'ō' | 'ọ' | 'ο' | 'σ' | '0' | 'ө' => 'o',
        'р' | 'ρ' => 'p',
        'ԛ' => 'q',
        'г' => 'r',
        'ѕ' | 'ś' | 'š' | 'ş' | 'ș' | '5' => 's',
        'т' | 'τ' | 'ť' | 'ţ' => 't',
        'υ' | 'ù' | 'ú' | 'û' | 'ū' | 'ụ' | 'ս' => 'u',
        'ν' | 'ѵ' => 'v',
        'ѡ' | 'ԝ' | 'ω' => 'w',
        'х' | 'χ' => 'x',
        'у' | 'ý' | 'ÿ' | 'γ' => 'y',
        'ż' | 'ź' | 'ž' => 'z',
        _ => c,
    }
}

/// Whether one letter is other, too many or missing, or two neighbours are
/// exchanged (Damerau–Levenshtein distance 1).
fn differ_once(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let (short, long) = if one.len() <= other.len() {
        (&one, &other)
    } else {
        (&other, &one)
    };
    let alike = short
        .iter()
        .zip(long.iter())
        .take_while(|(a, b)| a == b)
        .count();
    let (short, long) = (
        short.get(alike..).unwrap_or_default(),
        long.get(alike..).unwrap_or_default(),
    );
    match (short, long) {
        ([], []) => false,
        (short, [_, rest @ ..]) if short == rest => true,
        ([_, short @ ..], [_, long @ ..]) if short == long => true,
        ([a, b, short @ ..], [c, d, long @ ..]) => a == d && b == c && short == long,
        _ => false,
    }
}
