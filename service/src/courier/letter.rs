//! A mail as a list of blocks, written once as text and once as HTML.

use askama::Template;

/// A part of a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Block {
    Paragraph(String),
    /// Something to compare or to type, large and by itself, after its label.
    Large {
        label: String,
        value: String,
    },
    Link {
        label: String,
        url: String,
    },
    /// What is there to be looked up.
    Small(String),
}

/// A mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Letter {
    /// `en` or `sv`.
    pub(crate) language: &'static str,
    pub(crate) subject: String,
    pub(crate) blocks: Vec<Block>,
}

#[derive(Template)]
#[template(path = "mail.html")]
struct Html<'a> {
    letter: &'a Letter,
}

impl Letter {
    /// As plain text.
    pub(crate) fn text(&self) -> String {
        let blocks = self.blocks.iter().map(|block| match block {
            Block::Paragraph(text) | Block::Small(text) => text.clone(),
            Block::Large { label, value } => format!("{label}\n\n    {value}"),
            Block::Link { label, url } => format!("{label}\n{url}"),
        });
        let mut text = blocks.collect::<Vec<_>>().join("\n\n");
        text.push('\n');
        text
    }

    /// As HTML: no picture, no script, nothing that is loaded.
    pub(crate) fn html(&self) -> String {
        Html { letter: self }.render().unwrap_or_default()
    }
}
