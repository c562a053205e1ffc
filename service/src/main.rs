//! The account service.

fn main() {}
