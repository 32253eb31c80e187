//! Amounts of memory as they are typed.

/// `512M`, `16G`, `2T` or bytes alone, as powers of 1024.
pub fn parse(typed: &str) -> Result<u64, String> {
    let (number, unit) = typed.split_at(typed.find(|c: char| !c.is_ascii_digit()).unwrap_or(typed.len()));
    let shift = match unit.trim_end_matches("iB").trim_end_matches('B') {
        "" => 0,
        "K" | "k" => 10,
        "M" => 20,
        "G" => 30,
        "T" => 40,
        _ => return Err(format!("{unit} is no unit; write bytes, or a number with K, M, G or T")),
    };
    let bytes = number.parse::<u64>().ok().and_then(|number| number.checked_mul(1 << shift));
    bytes.ok_or_else(|| format!("{typed} is no amount of memory; write for instance 512M or 16G"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_have_units_or_none() {
        for (typed, bytes) in [("4096", 4096), ("1k", 1024), ("512M", 512 << 20), ("16G", 16 << 30), ("2TiB", 2 << 40)]
        {
            assert_eq!(parse(typed), Ok(bytes), "{typed}");
        }
        for typed in ["", "G", "1.5G", "-1", "3 apples", "99999999999T"] {
            assert!(parse(typed).is_err(), "{typed}");
        }
    }
}
