//! A page, and what its texts say: each is read once, when it is first asked for.

use alloc::vec::Vec;
use core::cell::OnceCell;

use super::lexicon::{Lexicon, Said};
use super::page::{Button, Control, MOST_BUTTONS, MOST_CONTROLS, MOST_TEXTS, Page, Text};

pub(super) struct Reading<'a> {
    pub(super) page: &'a Page,
    pub(super) lexicon: &'a Lexicon,
    texts: Vec<OnceCell<Said>>,
    buttons: Vec<OnceCell<Said>>,
    nothing: Said,
}

impl<'a> Reading<'a> {
    pub(super) fn new(page: &'a Page, lexicon: &'a Lexicon) -> Self {
        let cells = |count: usize, most: usize| {
            let cells = (0..count.min(most)).map(|_| OnceCell::new());
            cells.collect()
        };
        Self {
            page,
            lexicon,
            texts: cells(page.texts.len(), MOST_TEXTS),
            buttons: cells(page.buttons.len(), MOST_BUTTONS),
            nothing: Said::default(),
        }
    }

    pub(super) fn controls(&self) -> impl Iterator<Item = &'a Control> + use<'a> {
        self.page.controls.iter().take(MOST_CONTROLS)
    }

    pub(super) fn buttons(&self) -> impl Iterator<Item = &'a Button> + use<'a> {
        self.page.buttons.iter().take(MOST_BUTTONS)
    }

    /// The texts, with their places in the list.
    pub(super) fn texts(
        &self,
    ) -> impl DoubleEndedIterator<Item = (usize, &'a Text)> + ExactSizeIterator + use<'a> {
        let texts = self.page.texts.iter().enumerate();
        texts.take(MOST_TEXTS)
    }

    /// What a text says.
    pub(super) fn text(&self, index: usize) -> &Said {
        let text = self.page.texts.get(index).map(|text| text.text.as_str());
        self.said(self.texts.get(index), text)
    }

    /// What a button says; of none, nothing.
    pub(super) fn button(&self, index: Option<usize>) -> &Said {
        let button = index.and_then(|index| self.page.buttons.get(index));
        let cell = index.and_then(|index| self.buttons.get(index));
        self.said(cell, button.map(|button| button.text.as_str()))
    }

    pub(super) const fn nothing(&self) -> &Said {
        &self.nothing
    }

    fn said<'b>(&'b self, cell: Option<&'b OnceCell<Said>>, text: Option<&str>) -> &'b Said {
        match (cell, text) {
            (Some(cell), Some(text)) => cell.get_or_init(|| self.lexicon.read(text)),
            _ => &self.nothing,
        }
    }
}
