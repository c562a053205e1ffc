//! The public-suffix list (<https://publicsuffix.org/list/>): under which names
//! anybody can have one of their own.

use alloc::format;
use alloc::string::String;

use super::address::is_ipv4;

/// The list, packed by `tools/suffixes.mjs`: a first line that says what it is
/// (`# … N rules`), then a rule a line, in bytewise order: `com`, `*.ck`,
/// `!www.ck`. It is searched as it lies.
pub struct Suffixes(String);

impl Suffixes {
    /// Nothing of a text that is not the whole list, in order: a list that lacks
    /// `co.uk` would take all of it for one site.
    #[must_use]
    pub fn parse(text: String) -> Option<Self> {
        let (first, rules) = text.split_once('\n')?;
        let count = first.strip_prefix("# ")?.strip_suffix(" rules")?;
        let count: usize = count.rsplit(' ').next()?.parse().ok()?;
        let is_whole = rules.ends_with('\n') && rules.lines().count() == count && count > 0;
        let is_in_order = rules.lines().is_sorted();
        (is_whole && is_in_order).then(|| Self(rules.into()))
    }

    /// The registrable domain of a host: its public suffix and one label before
    /// it. Of a host that is a public suffix itself, of a number, of a name of
    /// one word: the host, which is a site for itself.
    #[must_use]
    pub fn site<'a>(&self, host: &'a str) -> &'a str {
        self.registrable(host).unwrap_or(host)
    }

    /// The registrable domain of a host; nothing where it has none.
    #[must_use]
    pub fn registrable<'a>(&self, host: &'a str) -> Option<&'a str> {
        if is_ipv4(host) || host.starts_with('[') || !host.contains('.') {
            return None;
        }
        let suffix = self.suffix(host);
        let before = host.strip_suffix(suffix)?.strip_suffix('.')?;
        let from = before.rfind('.').map_or(0, |dot| dot + 1);
        host.get(from..)
    }

    /// By the list's algorithm: an exception (`!`) goes before all, else the
    /// longest rule, else the last label.
    fn suffix<'a>(&self, host: &'a str) -> &'a str {
        let mut rest = host;
        while let Some((_, parent)) = rest.split_once('.') {
            if self.holds(&format!("!{rest}")) {
                return parent;
            }
            if self.holds(rest) || self.holds(&format!("*.{parent}")) {
                return rest;
            }
            rest = parent;
        }
        rest
    }

    fn holds(&self, rule: &str) -> bool {
        let mut rules = self.0.as_str();
        while !rules.is_empty() {
            let middle = rules.len() / 2;
            let begin = start_of_line(rules, middle);
            let (before, from) = rules.split_at_checked(begin).unwrap_or((rules, ""));
            let (line, after) = from.split_once('\n').unwrap_or((from, ""));
            match rule.cmp(line) {
                core::cmp::Ordering::Less => rules = before,
                core::cmp::Ordering::Equal => return true,
                core::cmp::Ordering::Greater => rules = after,
            }
        }
        false
    }
}

/// Where the line around `place` begins.
fn start_of_line(text: &str, place: usize) -> usize {
    let before = text.as_bytes().get(..place).unwrap_or_default();
    before
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |end| end + 1)
}
