//! A hash of short names that does not see the case of letters: element names, class and id words.
//!
//! FNV-1a over 32 bits with bit 5 set in every byte, so that it can be computed in constants and while a name is
//! scanned. Names that differ may collide; whoever compares by hash alone must be content with that.

const BASIS: u32 = 0x811c_9dc5;
const PRIME: u32 = 0x0100_0193;

/// The hash of a whole name.
pub const fn name_hash(name: &[u8]) -> u32 {
    let mut hash = BASIS;
    let mut index = 0;
    while index < name.len() {
        hash = add_byte(hash, name[index]);
        index += 1;
    }
    hash
}

/// The hash of a name of no bytes yet.
pub const EMPTY: u32 = BASIS;

/// The hash of the name so far with one more byte.
pub const fn add_byte(hash: u32, byte: u8) -> u32 {
    (hash ^ (byte | 0x20) as u32).wrapping_mul(PRIME)
}
