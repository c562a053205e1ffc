//! 1Password: its archive ([`pux`], an item of it [`item`]), its table ([`csv`]).

pub(crate) mod csv;
mod item;
pub(crate) mod pux;
mod value;
