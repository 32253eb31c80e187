//! Counts and shares as small numbers: the steps in which features are measured.
//!
//! A feature is a byte of at most 127, so that trees compare bytes, sixteen or more at a time. All of it is integer
//! arithmetic, or division of integers below 2^24 as `f32`, which every machine rounds alike.

/// Largest value of a share.
pub const SHARE_MAX: u8 = 63;
/// What stands for zero in [`signed`].
pub const MIDDLE: u8 = 64;

/// A count, in four steps an octave: 0 to 7 stand for themselves, 2^31 is 119.
pub fn log(count: u32) -> u8 {
    if count < 8 {
        return count as u8;
    }
    let octave = count.ilog2();
    let quarter = (count >> (octave - 2)) & 3;
    (4 * (octave - 1) + quarter) as u8
}

/// A part of a whole in 63 steps; 0 of nothing.
pub fn share(part: u32, whole: u32) -> u8 {
    if whole == 0 {
        return 0;
    }
    (part.min(whole) as f32 * f32::from(SHARE_MAX) / whole as f32) as u8
}

/// How many of something there are for one of another, in steps of an eighth up to 15.
pub fn each(count: u32, of: u32) -> u8 {
    if of == 0 {
        return 0;
    }
    (count as f32 * 8.0 / of as f32).min(120.0) as u8
}

/// A distance with its direction: 64 is none, two steps an octave to both sides.
pub fn signed(distance: i32) -> u8 {
    let steps = log(distance.unsigned_abs()).div_ceil(2);
    if distance < 0 { MIDDLE - steps.min(63) } else { MIDDLE + steps.min(63) }
}

/// A score in sixty-fourths, in steps of a quarter from -16 to 15.75; 64 is 0.
pub fn score(score: i32) -> u8 {
    (score.div_euclid(16) + i32::from(MIDDLE)).clamp(0, 127) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_never_falls_as_it_grows() {
        assert_eq!([0, 1, 7, 8, 10, 16, 1 << 31].map(log), [0, 1, 7, 8, 9, 12, 120]);
        assert!((1..100_000).all(|count| log(count) <= log(count + 1)));
        assert!(log(u32::MAX) <= 127);
    }

    #[test]
    fn shares_and_distances_keep_to_their_bounds() {
        assert_eq!([share(0, 5), share(1, 2), share(5, 5), share(9, 5), share(3, 0)], [0, 31, 63, 63, 0]);
        assert_eq!([each(3, 0), each(1, 2), each(u32::MAX, 1)], [0, 4, 120]);
        assert_eq!([signed(0), signed(1), signed(-1), signed(i32::MIN), signed(i32::MAX)], [64, 65, 63, 4, 124]);
        assert_eq!(
            [score(0), score(16), score(-16), score(-1), score(i32::MIN), score(i32::MAX)],
            [64, 65, 63, 63, 0, 127]
        );
    }
}
