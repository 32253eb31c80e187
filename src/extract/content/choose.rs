//! Which blocks to take, given how likely each is main text: those that together promise the best F1, or one
//! in which precision counts more.
//!
//! Taking all blocks above some probability p, the expected F1 is 2 Σ p·n over those taken / (Σ n over those taken +
//! Σ p·n over all), n being words. Every page gets the threshold that makes it largest, so none has to be tuned.
//! Probabilities come in [`STEPS`] steps, so no sorting is needed.

/// Steps of log odds, a sixteenth each, from -8 to 8.
pub const STEPS: usize = 256;
/// Scores in one unit of log odds.
pub const UNIT: i32 = 1024;

/// Probabilities by steps of log odds, in 65,535ths, rising.
pub type Odds = [u16; STEPS];

/// What is wanted of a choice.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Aim {
    /// Square of the weight of recall against precision: 1 for F1.
    pub beta_squared: f64,
    /// Blocks less likely than this are never taken, in 65,535ths.
    pub odds_min: u16,
}

/// The best F1.
pub const BALANCED: Aim = Aim { beta_squared: 1.0, odds_min: 0 };
/// More weight on precision than on recall, and no block that is less likely than 0.4: found on the labeled pages, where
/// asking for more loses text without gaining precision.
pub const PRECISE: Aim = Aim { beta_squared: 0.4, odds_min: 26_214 };

/// What was chosen of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Threshold {
    /// Blocks from this step on are taken.
    pub step: usize,
    /// The word F1 that may be expected, 0..=1; 0 of a page without words.
    pub expected_f1: f32,
}

/// The step of a score in 1,024ths of log odds.
#[inline]
pub fn step(score: i32) -> usize {
    ((score + 8 * UNIT).clamp(0, 16 * UNIT - 1) / (16 * UNIT / STEPS as i32)) as usize
}

/// The threshold that serves an aim best, given how many words stand at each step.
pub fn threshold(words: &[u64; STEPS], odds: &Odds, aim: Aim) -> Threshold {
    let weigh = |step: usize| words[step] as f64 * f64::from(odds[step]) / f64::from(u16::MAX);
    let hoped: f64 = (0..STEPS).map(weigh).sum();
    let mut best = Threshold { step: STEPS, expected_f1: 0.0 };
    let (mut right, mut taken, mut largest) = (0.0, 0.0, 0.0);
    for step in (0..STEPS).rev().take_while(|step| odds[*step] >= aim.odds_min) {
        if words[step] == 0 {
            continue;
        }
        right += weigh(step);
        taken += words[step] as f64;
        let worth = (1.0 + aim.beta_squared) * right / (taken + aim.beta_squared * hoped);
        if worth > largest {
            largest = worth;
            best = Threshold { step, expected_f1: (2.0 * right / (taken + hoped)) as f32 };
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_taken_while_it_raises_the_expected_f1() {
        let mut odds = [0; STEPS];
        for (step, odds) in odds.iter_mut().enumerate() {
            *odds = (step * 257) as u16;
        }
        let mut words = [0; STEPS];
        (words[255], words[128]) = (100, 100);
        let both = threshold(&words, &odds, BALANCED);
        assert_eq!(both.step, 128);
        assert!((both.expected_f1 - 2.0 * 150.2 / 350.2).abs() < 0.001, "{both:?}");
        words[64] = 100;
        assert_eq!(threshold(&words, &odds, BALANCED).step, 128);
        assert_eq!(threshold(&words, &odds, PRECISE).step, 255);
        assert_eq!(threshold(&words, &odds, Aim { beta_squared: 1.0, odds_min: 200 * 257 }).step, 255);
        assert_eq!(threshold(&[0; STEPS], &odds, BALANCED), Threshold { step: STEPS, expected_f1: 0.0 });
    }

    #[test]
    fn scores_beyond_the_table_fall_into_its_ends() {
        assert_eq!([step(0), step(i32::MIN / 2), step(1 << 20), step(-1), step(64)], [128, 0, 255, 127, 129]);
    }
}
