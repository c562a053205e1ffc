//! XML as KeePass writes it: elements, attributes, text. Bounded in depth and
//! in elements at a time; entities other than XML's own five are refused, and
//! so is a document type, so nothing expands.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::KeePassError;

/// Elements within one another: far beyond any tree of groups.
const DEEPEST: usize = 256;

/// Elements held at a time: what was taken away by `keep` does not count.
const MOST_ELEMENTS: usize = 1 << 20;

/// An element.
#[derive(Default, Zeroize, ZeroizeOnDrop)]
pub(super) struct Node {
    #[zeroize(skip)]
    pub(super) name: String,
    #[zeroize(skip)]
    attributes: Vec<(String, String)>,
    /// Its own text; of a protected value, what it hides.
    pub(super) text: String,
    pub(super) children: Vec<Self>,
}

impl Node {
    /// The first element of that name in it.
    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.all(name).next()
    }

    /// The elements of that name in it.
    pub(super) fn all(&self, name: &str) -> impl Iterator<Item = &Self> {
        self.children.iter().filter(move |node| node.name == name)
    }

    /// The text of the first element of that name; empty where there is none.
    pub(super) fn text_of(&self, name: &str) -> &str {
        self.child(name).map_or("", |node| node.text.as_str())
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Whether an attribute says so.
    pub(super) fn is(&self, name: &str) -> bool {
        self.attribute(name).is_some_and(says_yes)
    }
}

/// KeePass writes `True`; others write what they like.
pub(super) fn says_yes(text: &str) -> bool {
    text.eq_ignore_ascii_case("true")
}

/// Reads a document. `show` shows the bytes of a protected value, in the order
/// of the document; `keep` sees the name of the parent and every element that
/// ends, and may take it away or put another in its place.
///
/// # Errors
/// [`KeePassError::Damaged`] where it is not well-formed, too deep or too much;
/// whatever `show` and `keep` say.
pub(super) fn parse(
    text: &str,
    mut show: impl FnMut(Vec<u8>) -> Result<Vec<u8>, KeePassError>,
    mut keep: impl FnMut(&str, Node) -> Result<Option<Node>, KeePassError>,
) -> Result<Node, KeePassError> {
    let mut reader = Reader::from_str(text);
    let mut open = Open::default();
    loop {
        match reader.read_event().map_err(|_| KeePassError::Damaged)? {
            Event::Start(start) => open.start(&start)?,
            Event::Empty(start) => {
                open.start(&start)?;
                open.end(&mut show, &mut keep)?;
            }
            Event::End(_) => open.end(&mut show, &mut keep)?,
            Event::Text(text) => open.text(&text.xml10_content())?,
            Event::CData(text) => open.text(&text.xml10_content())?,
            Event::GeneralRef(reference) => {
                open.text(entity(&reference)?.encode_utf8(&mut [0; 4]))?
            }
            Event::DocType(_) => return Err(KeePassError::Damaged),
            Event::Decl(_) | Event::Comment(_) | Event::PI(_) => {}
            Event::Eof => return open.finish(),
        }
    }
}

/// The elements that are open, the outermost first.
#[derive(Default)]
struct Open {
    nodes: Vec<(Node, usize)>,
    root: Option<Node>,
    held: usize,
}

impl Open {
    fn start(&mut self, start: &BytesStart<'_>) -> Result<(), KeePassError> {
        let is_second_root = self.nodes.is_empty() && self.root.is_some();
        if is_second_root || self.nodes.len() >= DEEPEST || self.held >= MOST_ELEMENTS {
            return Err(KeePassError::Damaged);
        }
        let mut node = Node::default();
        node.name = start.local_name().as_ref().into();
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|_| KeePassError::Damaged)?;
            let value = attribute
                .normalized_value(XmlVersion::Implicit1_0)
                .map_err(|_| KeePassError::Damaged)?;
            let key = attribute.key.local_name().as_ref().into();
            node.attributes.push((key, value.into_owned()));
        }
        self.nodes.push((node, self.held));
        self.held += 1;
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), KeePassError> {
        match self.nodes.last_mut() {
            Some((node, _)) => node.text.push_str(text),
            None if text.trim_ascii().is_empty() => {}
            None => return Err(KeePassError::Damaged),
        }
        Ok(())
    }

    fn end(
        &mut self,
        show: &mut impl FnMut(Vec<u8>) -> Result<Vec<u8>, KeePassError>,
        keep: &mut impl FnMut(&str, Node) -> Result<Option<Node>, KeePassError>,
    ) -> Result<(), KeePassError> {
        let (mut node, held_before) = self.nodes.pop().ok_or(KeePassError::Damaged)?;
        if node.is("Protected") {
            let hidden = STANDARD.decode(node.text.trim_ascii());
            let shown = Zeroizing::new(show(hidden.map_err(|_| KeePassError::Damaged)?)?);
            node.text.zeroize();
            let parent = self.nodes.last().map(|(parent, _)| parent.name.as_str());
            if let Some("Binary" | "Binaries") = parent {
                // The content of a file, as those that are not protected stand there.
                node.text = STANDARD.encode(&shown);
            } else {
                node.text
                    .push_str(str::from_utf8(&shown).unwrap_or_default());
            }
        } else if !node.children.is_empty() {
            node.text.clear();
        }
        let Some((parent, _)) = self.nodes.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        match keep(&parent.name, node)? {
            Some(node) => {
                // What stands in the place of others holds none of them.
                if node.children.is_empty() {
                    self.held = held_before + 1;
                }
                parent.children.push(node);
            }
            None => self.held = held_before,
        }
        Ok(())
    }

    fn finish(self) -> Result<Node, KeePassError> {
        let root = self.root.filter(|_| self.nodes.is_empty());
        root.ok_or(KeePassError::Damaged)
    }
}

/// A character, or one of XML's own five entities.
fn entity(reference: &BytesRef<'_>) -> Result<char, KeePassError> {
    if let Some(character) = reference
        .resolve_char_ref()
        .map_err(|_| KeePassError::Damaged)?
    {
        return Ok(character);
    }
    match reference.xml10_content().as_ref() {
        "amp" => Ok('&'),
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "quot" => Ok('"'),
        "apos" => Ok('\''),
        _ => Err(KeePassError::Damaged),
    }
}

/// Whether XML 1.0 has that character at all (§2.2).
pub(super) const fn is_writable(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// Writes a document.
pub(super) struct Writer(Zeroizing<String>);

impl Writer {
    pub(super) fn new() -> Self {
        let declaration = "<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>\n";
        Self(Zeroizing::new(declaration.into()))
    }

    /// Begins an element with others in it.
    pub(super) fn open(&mut self, name: &str) {
        self.mark(&["<", name, ">\n"]);
    }

    /// Ends it.
    pub(super) fn close(&mut self, name: &str) {
        self.mark(&["</", name, ">\n"]);
    }

    /// An element with a text.
    pub(super) fn leaf(&mut self, name: &str, text: &str) {
        self.leaf_with(name, "", text);
    }

    /// An element with attributes, as they stand, and a text.
    pub(super) fn leaf_with(&mut self, name: &str, attributes: &str, text: &str) {
        self.mark(&["<", name, attributes, ">"]);
        for character in text.chars().filter(|character| is_writable(*character)) {
            match character {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '\r' => self.0.push_str("&#13;"),
                other => self.0.push(other),
            }
        }
        self.mark(&["</", name, ">\n"]);
    }

    fn mark(&mut self, parts: &[&str]) {
        parts.iter().for_each(|part| self.0.push_str(part));
    }

    pub(super) fn finish(self) -> Zeroizing<String> {
        self.0
    }
}
