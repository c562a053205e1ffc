//! Forms that are shown for what they look like, in a lesson or a guide: nobody signs in with them.

use super::block::Block;
use super::page::Page;
use super::reading::Reading;
use super::text::{cut, plain_name};
use super::words::List;

/// Elements of forms, or parts of the names of such.
const PARTS: [&str; 5] = [" form ", " input ", " label ", " field ", " button "];

/// Whether a block is one.
pub(super) fn is_one(reading: &Reading<'_>, block: &Block<'_>) -> bool {
    is_beside_source(reading, block) || is_sample(reading, block)
}

/// Whether the source of a form is to be read on the page. What lies over it, or stands in its head, is none of that:
/// where source is talked about, people sign in there.
fn is_beside_source(reading: &Reading<'_>, block: &Block<'_>) -> bool {
    let page = reading.page;
    let mut around = page.around(block.root);
    let is_apart = block.landmark.is_some() || around.any(|group| page.tag(group) == "dialog");
    !is_apart && reading.texts().any(|(_, text)| is_source(&text.text))
}

fn is_source(text: &str) -> bool {
    let mut tags = cut(text).split('<').skip(1);
    tags.any(|tag| {
        let end = tag.find(|c: char| !c.is_alphanumeric() && c != '-');
        let name = plain_name(tag.get(..end.unwrap_or(tag.len())).unwrap_or_default());
        PARTS.iter().any(|part| name.contains(part))
    })
}

/// Whether a document that another one wrote calls itself a form or an example.
fn is_sample(reading: &Reading<'_>, block: &Block<'_>) -> bool {
    let Page { url, .. } = reading.page;
    let is_written = !url.is_empty() && !url.starts_with("http");
    let mut headings = block.headings(reading).into_iter();
    is_written && headings.any(|said| said.says(List::Samples))
}
