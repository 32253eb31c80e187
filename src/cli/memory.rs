//! Amounts of memory as they are typed.

/// Bytes alone, or with a unit: `512M` and `512MiB` are powers of 1024, `512MB` of 1000.
pub fn parse(typed: &str) -> Result<u64, String> {
    let (number, unit) = typed.split_at(typed.find(|c: char| !c.is_ascii_digit()).unwrap_or(typed.len()));
    let (letter, base) = match unit.strip_suffix('B') {
        None => (unit, 1024),
        Some(letter) => {
            letter.strip_suffix('i').filter(|letter| !letter.is_empty()).map_or((letter, 1000), |letter| (letter, 1024))
        }
    };
    let power = match letter {
        "" => 0,
        "K" | "k" => 1,
        "M" => 2,
        "G" => 3,
        "T" => 4,
        _ => return Err(format!("{unit} is no unit; write bytes, or a number with K, M, G or T")),
    };
    let bytes = number.parse::<u64>().ok().and_then(|number| number.checked_mul(u64::pow(base, power)));
    bytes.ok_or_else(|| format!("{typed} is no amount of memory; write for instance 512M or 16G"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_have_units_or_none() {
        let binary = [("1k", 1024), ("512M", 512 << 20), ("16G", 16 << 30), ("1GiB", 1 << 30), ("2TiB", 2 << 40)];
        let decimal = [("4096", 4096), ("1B", 1), ("300MB", 300_000_000), ("1GB", 1_000_000_000), ("1kB", 1000)];
        for (typed, bytes) in binary.into_iter().chain(decimal) {
            assert_eq!(parse(typed), Ok(bytes), "{typed}");
        }
        for typed in ["", "G", "1.5G", "-1", "3 apples", "1iB", "1Gi", "1Gib", "1MiiB", "99999999999T"] {
            assert!(parse(typed).is_err(), "{typed}");
        }
    }
}
