//! Addresses and names, parsed at the door.
