//! How much of a file is read. A password export is far below each of these; a
//! file made to harm is stopped by them.

/// Bytes of a file: some hundred thousand logins; beyond it is not a password export.
pub const LARGEST_FILE: usize = 64 << 20;

/// Bytes of an archive, which holds attachments too.
pub const LARGEST_ARCHIVE: usize = 256 << 20;

/// Bytes of one field: far beyond any password or note, far below what a vault refuses.
pub const LONGEST_FIELD: usize = 64 << 10;

/// Bytes of an item without its history. A record holds 1 MiB, history included.
pub const LARGEST_ITEM: usize = 640 << 10;

/// Bytes of all files of the items of one file, unpacked.
pub const LARGEST_FILES: usize = 256 << 20;

/// Files of one item.
pub const MOST_FILES: usize = 100;

/// Bytes of one member of an archive, inflated.
pub const LARGEST_MEMBER: u64 = 64 << 20;

/// Members of an archive.
pub const MOST_MEMBERS: usize = 100_000;

/// How many times its length a member may inflate to, beyond [`SMALL_MEMBER`]:
/// repetitive JSON reaches 40, a bomb 1,000.
pub const STEEPEST: u64 = 200;

/// Bytes of a member, inflated, that are too few to do harm.
pub const SMALL_MEMBER: u64 = 1 << 20;

/// Objects and lists of a JSON document: each takes a hundred times its two letters
/// in memory, and a hundred thousand entries have a tenth of them.
pub const MOST_NODES: usize = 2_000_000;

/// Tags, and further addresses, of one item.
pub const MOST_MEMBERS_OF_ITEM: usize = 1_000;

/// Letters of a folder's name.
pub const LONGEST_NAME: usize = 1_000;

/// Levels of folders in each other.
pub const DEEPEST: usize = 32;
