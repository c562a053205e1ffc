//! Bitwarden's archive: `data.json` as [`super::json`] has it, and
//! `attachments/<item's id>/<name>`.

use super::json::{self, Attachments};
use crate::archive::Archive;
use crate::entry::Parsed;
use crate::fault::FileError;

/// The member that holds the items.
pub(crate) const DATA: &str = "data.json";

/// Reads a whole file.
pub(crate) fn read(bytes: &[u8], password: Option<&[u8]>) -> Result<Parsed, FileError> {
    let mut archive = Archive::open(bytes)?;
    let mut attachments = Attachments::new();
    for name in archive.names() {
        let path = name.strip_prefix(json::FILES);
        if let Some((item, file)) = path.and_then(|path| path.split_once('/'))
            && !file.is_empty()
        {
            let of: &mut Vec<String> = attachments.entry(item.into()).or_default();
            of.push(file.into());
        }
    }
    if archive.find(|name| name == DATA).is_none() {
        return Err(FileError::Other);
    }
    let data = archive.member(DATA)?;
    json::read_with(&data, password, Some((&mut archive, &attachments)))
}
