//! Finding entries as one types: one folded buffer an entry, no secrets in it.

use alloc::string::String;
use alloc::vec::Vec;

use memchr::memmem::Finder;

use crate::id::ItemId;
use crate::order::sorted;

/// What can be searched of an entry; never a secret.
#[derive(Debug, Clone, Copy)]
pub struct Searchable<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its user name.
    pub username: &'a str,
    /// Its URLs.
    pub urls: &'a [String],
    /// Its notes.
    pub notes: &'a str,
}

/// All entries, by name.
#[derive(Default)]
pub struct Haystack(Vec<Entry>);

struct Entry {
    id: ItemId,
    /// Name, user name, URLs and notes, folded, a line each.
    text: String,
    /// Where the name ends in it.
    name_end: usize,
}

impl Haystack {
    /// Takes an entry in, in place of an earlier one of that id.
    pub fn put(&mut self, id: ItemId, entry: &Searchable<'_>) {
        self.remove(id);
        let entry = Entry::new(id, entry);
        let place = self
            .0
            .partition_point(|known| known.order() < entry.order());
        self.0.insert(place, entry);
    }

    /// Takes an entry out.
    pub fn remove(&mut self, id: ItemId) {
        self.0.retain(|entry| entry.id != id);
    }

    /// The entries in which every word of `query` occurs, best first: those
    /// whose name begins with the words, then those in whose name a word
    /// begins with them, then those whose name contains them, then the rest;
    /// by name among equals. An empty query finds all.
    #[must_use]
    pub fn find(&self, query: &str) -> Vec<ItemId> {
        let query = fold(query);
        let words: Vec<Finder<'_>> = query.split_whitespace().map(Finder::new).collect();
        let mut ranks: [Vec<ItemId>; 4] = Default::default();
        for entry in &self.0 {
            let bucket = entry.rank(&words).and_then(|rank| ranks.get_mut(rank));
            bucket.into_iter().for_each(|bucket| bucket.push(entry.id));
        }
        ranks.concat()
    }
}

impl<'a> FromIterator<(ItemId, Searchable<'a>)> for Haystack {
    fn from_iter<I: IntoIterator<Item = (ItemId, Searchable<'a>)>>(entries: I) -> Self {
        let entries = entries.into_iter();
        let entries = entries.map(|(id, entry)| Entry::new(id, &entry));
        Self(sorted(entries, |a, b| a.order().cmp(&b.order())))
    }
}

impl Entry {
    fn new(id: ItemId, entry: &Searchable<'_>) -> Self {
        let mut text = fold(entry.name);
        let name_end = text.len();
        let others = entry.urls.iter().map(String::as_str);
        for part in [entry.username]
            .into_iter()
            .chain(others)
            .chain([entry.notes])
        {
            text.push('\n');
            fold_into(part, &mut text);
        }
        Self { id, text, name_end }
    }

    fn name(&self) -> &str {
        self.text.get(..self.name_end).unwrap_or_default()
    }

    fn order(&self) -> (&str, ItemId) {
        (self.name(), self.id)
    }

    /// The worst of its words', `None` where one does not occur.
    fn rank(&self, words: &[Finder<'_>]) -> Option<usize> {
        words.iter().try_fold(0, |worst, word| {
            let place = word.find(self.text.as_bytes())?;
            Some(worst.max(self.rank_at(place, word)))
        })
    }

    /// The rank of a word whose first place in the text is `first`.
    fn rank_at(&self, first: usize, word: &Finder<'_>) -> usize {
        let name = self.name();
        let begins_a_word = |place: usize| {
            let before = name.get(..place).and_then(|text| text.chars().next_back());
            before.is_some_and(|c| !c.is_alphanumeric())
        };
        if first == 0 {
            0
        } else if first + word.needle().len() > name.len() {
            3
        } else if word.find_iter(name.as_bytes()).any(begins_a_word) {
            1
        } else {
            2
        }
    }
}

/// Lower case, without the accents of Latin letters, so that `Malmö` is found
/// by `malmo`.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(text, &mut folded);
    folded
}

fn fold_into(text: &str, folded: &mut String) {
    for c in text.chars() {
        if c.is_ascii() {
            folded.push(c.to_ascii_lowercase());
            continue;
        }
        for c in c.to_lowercase() {
            match base(c) {
                Some(base) => folded.push_str(base),
                None => folded.push(c),
            }
        }
    }
}

/// The base letters of a lower-case Latin letter with an accent, and nothing
/// for a combining accent (U+0300…036F).
const fn base(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{300}'..='\u{36f}' => "",
        'à'..='å'
        | 'ā'
        | 'ă'
        | 'ą'
        | 'ǎ'
        | 'ả'
        | 'ạ'
        | 'ấ'
        | 'ầ'
        | 'ẩ'
        | 'ẫ'
        | 'ậ'
        | 'ắ'
        | 'ằ'
        | 'ẳ'
        | 'ẵ'
        | 'ặ' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ð' | 'ď' | 'đ' => "d",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | 'ẻ' | 'ẽ' | 'ẹ' | 'ế' | 'ề' | 'ể' | 'ễ' | 'ệ' => {
            "e"
        }
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ĥ' | 'ħ' => "h",
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' | 'ǐ' | 'ỉ' | 'ị' => "i",
        'ĵ' => "j",
        'ķ' | 'ĸ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' | 'ŋ' => "n",
        'ò'..='ö'
        | 'ø'
        | 'ō'
        | 'ŏ'
        | 'ő'
        | 'ơ'
        | 'ǒ'
        | 'ỏ'
        | 'ọ'
        | 'ố'
        | 'ồ'
        | 'ổ'
        | 'ỗ'
        | 'ộ'
        | 'ớ'
        | 'ờ'
        | 'ở'
        | 'ỡ'
        | 'ợ' => "o",
        'œ' => "oe",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' | 'ſ' => "s",
        'ß' => "ss",
        'ţ' | 'ť' | 'ŧ' | 'ț' => "t",
        'þ' => "th",
        'ù'..='ü'
        | 'ũ'
        | 'ū'
        | 'ŭ'
        | 'ů'
        | 'ű'
        | 'ų'
        | 'ư'
        | 'ǔ'
        | 'ủ'
        | 'ụ'
        | 'ứ'
        | 'ừ'
        | 'ử'
        | 'ữ'
        | 'ự' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' | 'ỳ' | 'ỷ' | 'ỹ' | 'ỵ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;
    use alloc::vec;

    const NOTHING: Searchable<'_> = Searchable {
        name: "",
        username: "",
        urls: &[],
        notes: "",
    };

    fn id(name: u8) -> ItemId {
        ItemId([name; 16])
    }

    fn named(names: &[&str]) -> Haystack {
        let entry = |(n, name)| (id(n), Searchable { name, ..NOTHING });
        (1..).zip(names.iter().copied()).map(entry).collect()
    }

    #[test]
    fn case_and_accents_do_not_matter() {
        for (text, folded) in [
            ("Malmö ÅRSTA", "malmo arsta"),
            ("Malmo\u{308}", "malmo"),
            ("Łódź", "lodz"),
            ("Straße", "strasse"),
            ("Ærø œuvre Þór", "aero oeuvre thor"),
            ("İstanbul ışık", "istanbul isik"),
            ("Việt Nam", "viet nam"),
            ("Ελλάδα 東京", "ελλάδα 東京"),
        ] {
            assert_eq!(fold(text), folded, "{text}");
        }
    }

    #[test]
    fn the_beginning_of_the_name_comes_first_then_words_then_parts_then_the_rest() {
        let mut haystack = named(&["Grebank", "My bank", "Bank"]);
        let notes = Searchable {
            name: "Aaa",
            notes: "the bank's own",
            ..NOTHING
        };
        haystack.put(id(4), &notes);
        assert_eq!(haystack.find("bank"), [id(3), id(2), id(1), id(4)]);
    }

    #[test]
    fn equals_come_by_name_and_all_come_without_a_query() {
        let haystack = named(&["cart", "Aard", "båt"]);
        assert_eq!(haystack.find("a"), [id(2), id(3), id(1)]);
        assert_eq!(haystack.find("  "), [id(2), id(3), id(1)]);
    }

    #[test]
    fn every_word_must_occur_somewhere() {
        let urls = vec!["https://login.example.com/".to_string()];
        let mut haystack = Haystack::default();
        let entry = Searchable {
            name: "Mail",
            username: "asa",
            urls: &urls,
            notes: "",
        };
        haystack.put(id(1), &entry);
        for (query, found) in [
            ("mail asa", true),
            ("ÅSA example", true),
            ("mail bertil", false),
            ("mailasa", false),
        ] {
            assert_eq!(!haystack.find(query).is_empty(), found, "{query}");
        }
    }

    #[test]
    fn an_entry_put_again_replaces_and_one_removed_is_gone() {
        let mut haystack = named(&["One", "Two"]);
        let changed = Searchable {
            name: "Zwei",
            ..NOTHING
        };
        haystack.put(id(2), &changed);
        assert!(haystack.find("two").is_empty());
        assert_eq!(haystack.find(""), [id(1), id(2)]);
        haystack.remove(id(1));
        assert_eq!(haystack.find(""), [id(2)]);
    }
}
