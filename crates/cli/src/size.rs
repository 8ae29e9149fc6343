/// Bytes as people write them: `2GB`, `512MiB`, `1.5G`, `4096`.
///
/// kB, MB, GB count in thousands; KiB, MiB, GiB and bare K, M, G in 1024.
pub(crate) fn bytes(written: &str) -> Result<usize, String> {
    let lower = written.trim().to_ascii_lowercase();
    let split = lower.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(lower.len());
    let (number, unit) = lower.split_at(split);
    let number: f64 =
        number.parse().map_err(|_| format!("`{written}` is no size; write one like `2GB` or `512MiB`"))?;
    let unit = match unit.trim() {
        "" | "b" => 1.0,
        "kb" => 1e3,
        "mb" => 1e6,
        "gb" => 1e9,
        "tb" => 1e12,
        "k" | "kib" => 1024.0,
        "m" | "mib" => 1024.0 * 1024.0,
        "g" | "gib" => 1024.0 * 1024.0 * 1024.0,
        other => return Err(format!("`{other}` is no unit of size; use kB, MB, GB, KiB, MiB or GiB")),
    };
    let bytes = number * unit;
    if bytes < 1.0 || bytes > usize::MAX as f64 {
        return Err(format!("`{written}` is out of range"));
    }
    Ok(bytes as usize)
}

/// Bytes for people: `3.2 MB`.
pub(crate) fn shown(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{:.1} kB", bytes as f64 / 1e3),
        1_000_000..1_000_000_000 => format!("{:.1} MB", bytes as f64 / 1e6),
        _ => format!("{:.2} GB", bytes as f64 / 1e9),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_as_written() {
        assert_eq!(bytes("2GB"), Ok(2_000_000_000));
        assert_eq!(bytes(" 1.5 GiB"), Ok(3 << 29));
        assert_eq!(bytes("512m"), Ok(512 << 20));
        assert_eq!(bytes("4096"), Ok(4096));
        for wrong in ["", "GB", "2 parsecs", "-1", "0", "1.2.3"] {
            assert!(bytes(wrong).is_err(), "{wrong}");
        }
    }
}
