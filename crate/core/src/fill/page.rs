//! What the reader says of a document: what stands there, in order, without a
//! judgement. The page may be hostile, so everything has a limit.

use alloc::string::String;
use alloc::vec::Vec;

use serde::Deserialize;

/// Controls of a document that are looked at; of more, the first ones.
pub const MOST_CONTROLS: usize = 128;
/// Buttons that are looked at.
pub const MOST_BUTTONS: usize = 256;
/// Texts that are looked at.
pub const MOST_TEXTS: usize = 800;
/// Bytes of one text that are looked at.
pub const LONGEST_TEXT: usize = 240;
/// Choices of a select that are looked at.
pub const MOST_CHOICES: usize = 64;
/// Groups within groups that are looked through, from the inside.
pub const DEEPEST: usize = 48;

/// One document (a frame's is another), as one pass over it finds it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Page {
    /// The document's title.
    pub title: String,
    /// Its `lang`.
    pub language: String,
    /// Its address, without what follows `?` or `#`.
    pub url: String,
    /// The elements in which several things stand.
    pub groups: Vec<Group>,
    /// What can be typed into or chosen from, in order.
    pub controls: Vec<Control>,
    /// What can be pressed.
    pub buttons: Vec<Button>,
    /// Texts that a person sees, headings among them.
    pub texts: Vec<Text>,
}

/// An element that holds controls, buttons, texts or other groups.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Group {
    /// The group around it, by its place in [`Page::groups`].
    pub parent: Option<usize>,
    /// The element's name (`form`, `fieldset`, `footer`, …).
    pub tag: String,
    /// Its accessible name, where an attribute gives one.
    pub label: String,
    /// `id` and `name`.
    pub name: String,
    /// Where a form goes.
    pub action: String,
}

/// Something to fill, perhaps.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Control {
    /// Its place in the order of everything in the document.
    pub place: usize,
    /// The group around it.
    pub group: Option<usize>,
    /// The group of the form that it belongs to.
    pub form: Option<usize>,
    /// An input's `type`, or `select`, or `textarea`.
    pub kind: String,
    /// `autocomplete`.
    pub autocomplete: String,
    /// `name`.
    pub name: String,
    /// `id`.
    pub id: String,
    /// What its labels say.
    pub label: String,
    /// `aria-label`, or the texts of `aria-labelledby`.
    pub aria: String,
    /// `placeholder`.
    pub placeholder: String,
    /// `title`.
    pub title: String,
    /// `inputmode`.
    pub input_mode: String,
    /// `pattern`.
    pub pattern: String,
    /// `maxlength`.
    pub max_length: Option<usize>,
    /// `max`.
    pub max: String,
    /// Whether what is typed is shown as dots by style.
    pub masked: bool,
    /// Whether something stands in it (what, is not told).
    pub filled: bool,
    /// Whether a person can type into it.
    pub access: Access,
    /// Why a person doesn't see it; nothing where one does.
    pub hidden: Option<Hidden>,
    /// Whether the keyboard doesn't come to it (`tabindex` below zero).
    pub unreachable: bool,
    /// A select's choices, as shown.
    pub choices: Vec<String>,
}

/// Whether a control takes what is typed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Access {
    /// It does.
    #[default]
    Open,
    /// It is `readonly`.
    ReadOnly,
    /// It is `disabled`, or its fieldset is, or all around it is `inert`.
    Disabled,
}

/// Why a person doesn't see a control. Pages move: whoever fills asks again, at the
/// moment of filling and for each control, with the control scrolled into the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hidden {
    /// Of type `hidden`.
    Type,
    /// Not displayed, or not visible, by style.
    Style,
    /// Too small to be seen.
    Size,
    /// Transparent.
    Opacity,
    /// Where nobody can scroll to.
    OffScreen,
    /// Cut away by a box around it.
    Clipped,
    /// Hidden from assistive technology, so meant for no person.
    AriaHidden,
    /// Something else lies over it, or it takes no click. Judged where the control is
    /// in the window; what is scrolled away is judged when it is filled.
    Covered,
}

/// Something to press.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Button {
    /// Its place in the order of everything in the document.
    pub place: usize,
    /// The group around it.
    pub group: Option<usize>,
    /// The group of the form that it belongs to.
    pub form: Option<usize>,
    /// Whether it sends its form.
    pub submits: bool,
    /// What it says, or is called.
    pub text: String,
    /// `id`, `name` and where a link goes.
    pub name: String,
}

/// A text that a person sees.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Text {
    /// Its place in the order of everything in the document.
    pub place: usize,
    /// The group around it.
    pub group: Option<usize>,
    /// Whether it is a heading or a legend.
    pub heading: bool,
    /// What it says.
    pub text: String,
}

impl Page {
    /// The groups around something, from the inside, the innermost first. Ends
    /// where groups go in circles.
    pub(super) fn around(&self, group: Option<usize>) -> impl Iterator<Item = usize> {
        let parent = |&group: &usize| self.groups.get(group).and_then(|group| group.parent);
        core::iter::successors(group, parent).take(DEEPEST)
    }

    pub(super) fn is_within(&self, inner: Option<usize>, outer: Option<usize>) -> bool {
        outer.is_none_or(|outer| self.around(inner).any(|group| group == outer))
    }

    pub(super) fn tag(&self, group: usize) -> &str {
        self.groups.get(group).map_or("", |group| &group.tag)
    }
}
