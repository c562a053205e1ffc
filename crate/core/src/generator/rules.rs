//! What a site says of its passwords: the attribute `passwordrules` (proposed for
//! HTML, whatwg/html issue 3518; Apple's *Customizing Password AutoFill Rules*).
//!
//! ```text
//! rules    = property *( ";" property )
//! property = ( "required" / "allowed" ) ":" class *( "," class )
//!          / ( "minlength" / "maxlength" ) ":" number
//!          / ( "max-consecutive" / "max-repeating" / "max-sequential" ) ":" number
//! class    = "upper" / "lower" / "digit" / "special" / "ascii-printable" / "unicode"
//!          / "[" characters "]"        "-" only as the first, "]" only as the last
//! ```
//!
//! One of each `required` has to be there; `allowed` adds to what may. A property
//! that can't be read is left out, the others hold. `max-consecutive` may mean the
//! same character in a row or neighbours in the alphabet: both are kept to.

use alloc::vec::Vec;

use super::letters::Letters;
use super::recipe::{Minimum, Recipe};

#[cfg(test)]
mod tests;

/// Bytes of an attribute that are read; sites need some hundred.
const LONGEST: usize = 2_048;
/// Sets that a site may require.
const MOST_REQUIRED: usize = 16;

/// What a site asks of its passwords.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SiteRules {
    required: Vec<Minimum>,
    allowed: Option<Letters>,
    shortest: Option<u8>,
    longest: Option<u8>,
    repeats: Option<u8>,
    sequence: Option<u8>,
}

impl SiteRules {
    /// Reads the attribute, whatever stands in it.
    #[must_use]
    pub fn parse(attribute: &str) -> Self {
        let mut rules = Self::default();
        let mut rest = Cursor::of(attribute);
        while !rest.0.is_empty() {
            let name = rest.word().to_ascii_lowercase();
            if rest.takes(':') {
                rules.property(&name, &mut rest);
            }
            rest.skip_past(';');
        }
        rules
    }

    fn property(&mut self, name: &str, value: &mut Cursor<'_>) {
        match name {
            "required" => {
                if let Some(letters) = value.classes() {
                    self.require(letters);
                }
            }
            "allowed" => {
                if let Some(letters) = value.classes() {
                    let before = self.allowed.unwrap_or(Letters::NONE);
                    self.allowed = Some(before.and(letters));
                }
            }
            "minlength" => self.shortest = self.shortest.max(value.number()),
            "maxlength" => lower(&mut self.longest, value.number()),
            "max-repeating" => lower(&mut self.repeats, value.limit()),
            "max-sequential" => lower(&mut self.sequence, value.limit()),
            "max-consecutive" => {
                let limit = value.limit();
                lower(&mut self.repeats, limit);
                lower(&mut self.sequence, limit);
            }
            _ => {}
        }
    }

    /// Sites that mean two digits say so twice.
    fn require(&mut self, letters: Letters) {
        let free = self.required.len() < MOST_REQUIRED;
        let same = |minimum: &&mut Minimum| minimum.letters == letters;
        if let Some(minimum) = self.required.iter_mut().find(same) {
            minimum.least = minimum.least.saturating_add(1);
        } else if free {
            self.required.push(Minimum { letters, least: 1 });
        }
    }

    /// What the site permits, as near to what a person wants as it goes: their
    /// letters where the site takes some, the site's otherwise; their minimums where
    /// there is room; the nearest length.
    #[must_use]
    pub fn recipe(&self, wanted: &Recipe) -> Recipe {
        let permitted = self.permitted();
        let mut letters = wanted.letters.within(permitted);
        if letters.is_empty() && !wanted.letters.is_empty() {
            letters = common(permitted);
        }
        let required = self.required_of(&mut letters);
        let length = self.length(wanted.length);
        let own = wanted.minimums.iter().map(|minimum| Minimum {
            letters: minimum.letters.within(letters),
            ..*minimum
        });
        let own = own.filter(|own| own.least > 0 && !own.letters.is_empty());
        let mut own: Vec<Minimum> = own.collect();
        // Who asks too much is told; what a site leaves no room for is left out.
        let fits = total(&own) <= usize::from(wanted.length);
        if fits && total(&own) + total(&required) > usize::from(length) {
            own.clear();
        }
        Recipe {
            length,
            letters,
            minimums: together(own, &required),
            repeats: self.repeats,
            sequence: self.sequence,
        }
    }

    /// What is required of these letters; they grow by what they lack for it.
    fn required_of(&self, letters: &mut Letters) -> Vec<Minimum> {
        let within = |minimum: &Minimum| {
            let mut chosen = minimum.letters.within(*letters);
            if chosen.is_empty() {
                chosen = common(minimum.letters);
                *letters = letters.and(chosen);
            }
            Minimum {
                letters: chosen,
                ..*minimum
            }
        };
        self.required.iter().map(within).collect()
    }

    fn permitted(&self) -> Letters {
        let required = self.required.iter().map(|minimum| minimum.letters);
        let named = self.allowed.into_iter().chain(required);
        named.reduce(Letters::and).unwrap_or(Letters::PRINTABLE)
    }

    /// Where both contradict each other the longest counts: a site cuts off what is longer.
    fn length(&self, wanted: u8) -> u8 {
        let long = wanted.max(self.shortest.unwrap_or(0));
        let long = long.min(self.longest.unwrap_or(u8::MAX));
        long.clamp(Recipe::SHORTEST, Recipe::LONGEST)
    }
}

fn total(minimums: &[Minimum]) -> usize {
    let least = minimums.iter().map(|minimum| usize::from(minimum.least));
    least.sum()
}

/// A person's minimums, and of a site's all that these don't meet.
fn together(own: Vec<Minimum>, required: &[Minimum]) -> Vec<Minimum> {
    let mut minimums = own;
    for minimum in required {
        let meets =
            |own: &Minimum| own.least >= minimum.least && own.letters.are_within(minimum.letters);
        if !minimums.iter().any(meets) {
            minimums.retain(|own| own.letters != minimum.letters);
            minimums.push(*minimum);
        }
    }
    minimums
}

/// Without the symbols that give trouble, where others are left.
fn common(letters: Letters) -> Letters {
    let odd = Letters::SPECIAL.without(Letters::SYMBOLS);
    let without = [odd, Letters::SPACE].map(|out| letters.without(out));
    let left = without.into_iter().find(|set| !set.is_empty());
    left.unwrap_or(letters)
}

#[inline(never)]
fn lower(limit: &mut Option<u8>, to: Option<u8>) {
    *limit = match (*limit, to) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (limit, to) => limit.or(to),
    };
}

/// What is left to read.
struct Cursor<'a>(&'a str);

impl<'a> Cursor<'a> {
    fn of(attribute: &'a str) -> Self {
        let end = attribute.floor_char_boundary(LONGEST);
        Self(attribute.get(..end).unwrap_or_default())
    }

    /// Letters, digits and hyphens, with blanks around them; perhaps none.
    #[inline(never)]
    fn word(&mut self) -> &'a str {
        let text = self.0.trim_start();
        let is_word = |c: char| c.is_ascii_alphanumeric() || c == '-';
        let end = text.find(|c| !is_word(c)).unwrap_or(text.len());
        let (word, rest) = text.split_at_checked(end).unwrap_or((text, ""));
        self.0 = rest.trim_start();
        word
    }

    #[inline(never)]
    fn takes(&mut self, mark: char) -> bool {
        let rest = self.0.trim_start().strip_prefix(mark);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    #[inline(never)]
    fn skip_past(&mut self, mark: char) {
        self.0 = self.0.split_once(mark).map_or("", |(_, rest)| rest);
    }

    /// Whether the property ends here.
    #[inline(never)]
    fn ends(&self) -> bool {
        let rest = self.0.trim_start();
        rest.is_empty() || rest.starts_with(';')
    }

    /// All classes of a list together; none where one of them can't be read.
    fn classes(&mut self) -> Option<Letters> {
        let mut letters = Letters::NONE;
        loop {
            letters = letters.and(self.class()?);
            if self.ends() {
                return Some(letters);
            }
            if !self.takes(',') {
                return None;
            }
        }
    }

    fn class(&mut self) -> Option<Letters> {
        if self.takes('[') {
            return self.custom();
        }
        match self.word().to_ascii_lowercase().as_str() {
            "upper" => Some(Letters::UPPER),
            "lower" => Some(Letters::LOWER),
            "digit" => Some(Letters::DIGITS),
            "special" => Some(Letters::SPECIAL),
            "ascii-printable" | "unicode" => Some(Letters::PRINTABLE),
            _ => None,
        }
    }

    /// Up to the closing bracket, of two the second: then the first is a character.
    fn custom(&mut self) -> Option<Letters> {
        let end = self.0.find(']')?;
        let end = end + usize::from(self.0.get(end + 1..)?.starts_with(']'));
        let (inside, rest) = self.0.split_at_checked(end)?;
        self.0 = rest.strip_prefix(']')?;
        let hyphen = if inside.starts_with('-') {
            b"-"
        } else {
            &b""[..]
        };
        let letters = Letters::of(inside.as_bytes()).without(Letters::of(b"-"));
        Some(letters.and(Letters::of(hyphen))).filter(|letters| !letters.is_empty())
    }

    /// A number that ends the property; what is too large for a length is the largest.
    #[inline(never)]
    fn number(&mut self) -> Option<u8> {
        let digits = self.word();
        let is_number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        (is_number && self.ends()).then(|| digits.parse().unwrap_or(u8::MAX))
    }

    /// A number that a run can't be longer than: no run is shorter than one.
    fn limit(&mut self) -> Option<u8> {
        self.number().map(|limit| limit.max(1))
    }
}
