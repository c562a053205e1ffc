//! Fields without a form that belong together although buttons stand between them.

use alloc::vec::Vec;

use super::block::Block;
use super::form::Field;
use super::reading::Reading;
use super::sense::{Seen, Sense};
use super::words::List;

/// So many groups around a password without a form are looked through for its user name.
const NEAREST_BOXES: usize = 3;

/// Without a form, a field may stand in a box with a button that belongs to it alone: a
/// calendar, a help. Where the button says nothing of a purpose and there are fields
/// around the box, the field is one of them.
pub(super) fn join<'a>(reading: &'a Reading<'a>, blocks: &mut Vec<Block<'a>>, useful: &[usize]) {
    let is_single = |block: &Block<'_>| {
        let button = reading.button(block.submit);
        let is_told = button.goal().is_some() || button.says(List::On);
        let is_known = block.open().any(|seen| seen.field().is_some());
        block.form.is_none() && block.open().count() == 1 && is_known && !is_told
    };
    let mut at = 0;
    while let Some(block) = blocks.get(at) {
        let root = block.root;
        let is_outer = |other: &Block<'_>| {
            other.form.is_none()
                && other.root != root
                && other.landmark == block.landmark
                && other.open().filter(|seen| seen.field().is_some()).count() > 1
                && reading.page.is_within(root, other.root)
        };
        let outer = blocks
            .iter()
            .position(is_outer)
            .filter(|_| is_single(block));
        let Some(outer) = outer else {
            at += 1;
            continue;
        };
        let mut single = blocks.remove(at);
        let outer = if outer > at { outer - 1 } else { outer };
        if let Some(block) = blocks.get_mut(outer) {
            block.seen.append(&mut single.seen);
            block.seen.sort_by_key(|seen| seen.index);
            block.submit = block.find_submit(reading, useful);
        }
    }
}

/// Without a form, a password may stand in a box of its own with a button. Then what is
/// beside that box belongs to it, if it is a user name.
pub(super) fn merge<'a>(reading: &'a Reading<'a>, blocks: &mut Vec<Block<'a>>, useful: &[usize]) {
    let is_alone = |block: &Block<'_>| {
        block.form.is_none()
            && block.open().any(|seen| seen.is_secret())
            && block
                .open()
                .all(|seen| seen.is_secret() || seen.sense == Some(Sense::Never))
    };
    let Some(at) = blocks.iter().position(is_alone) else {
        return;
    };
    let root = blocks.get(at).and_then(|block| block.root);
    let names = [
        Field::Username,
        Field::Email,
        Field::Phone,
        Field::NationalId,
    ];
    let is_name = |block: &Block<'_>| {
        let is_name = |seen: &Seen<'_>| seen.field().is_some_and(|field| names.contains(&field));
        block.form.is_none()
            && block.open().any(is_name)
            && !block.open().any(|seen| seen.is_secret())
    };
    for around in reading.page.around(root).skip(1).take(NEAREST_BOXES) {
        let beside = |block: &Block<'_>| {
            is_name(block)
                && block.root.is_some()
                && reading.page.is_within(block.root, Some(around))
        };
        let Some(name) = blocks.iter().position(beside) else {
            continue;
        };
        let mut seen = blocks.remove(at.max(name)).seen;
        seen.append(&mut blocks.remove(at.min(name)).seen);
        seen.sort_by_key(|seen| seen.index);
        blocks.push(Block::new(reading, useful, (None, Some(around)), seen));
        return;
    }
}
