//! The floors of `labels/floors.json`.

use std::collections::BTreeMap;

/// The sets that are scored apart: lines to look at while rules are made and lines that are not, by who made the rules; and the same by others, who saw no rule.
pub(crate) const SETS: [&str; 4] = ["open", "held", "shown", "other"];

/// The set that a label belongs to.
pub(crate) fn set_of(label: &serde_json::Value) -> &'static str {
    match (label["held"].as_bool().expect("held or not"), label["by"].as_str()) {
        (false, None) => "open",
        (true, None) => "held",
        (false, Some(_)) => "shown",
        (true, Some(_)) => "other",
    }
}

/// Checks a figure against its floor.
#[track_caller]
pub(crate) fn hold(name: &str, figure: f64) {
    let floors: BTreeMap<String, f64> =
        serde_json::from_str(include_str!("../../labels/floors.json")).expect("floors are numbers by name");
    let floor = floors.get(name).unwrap_or_else(|| panic!("no floor is called `{name}`"));
    println!("{name:<28} {figure:.3}  (floor {floor:.3})");
    assert!(figure >= *floor, "{name} is {figure:.4}, below its floor {floor}");
}

/// Counts of what was found and wanted.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) right: usize,
    pub(crate) found: usize,
    pub(crate) wanted: usize,
}

impl Tally {
    pub(crate) fn precision(&self) -> f64 {
        if self.found == 0 { 1.0 } else { self.right as f64 / self.found as f64 }
    }

    pub(crate) fn recall(&self) -> f64 {
        if self.wanted == 0 { 1.0 } else { self.right as f64 / self.wanted as f64 }
    }

    pub(crate) fn f1(&self) -> f64 {
        if self.found + self.wanted == 0 { 1.0 } else { 2.0 * self.right as f64 / (self.found + self.wanted) as f64 }
    }
}

impl Tally {
    /// Counts one comparison, in which order does not matter; whether all was right.
    pub(crate) fn compare(&mut self, got: &[String], wanted: &[String]) -> bool {
        let right = got.iter().filter(|one| wanted.contains(one)).count();
        self.right += right;
        self.found += got.len();
        self.wanted += wanted.len();
        right == got.len() && right == wanted.len()
    }
}

/// The texts of a list; none where there is no list.
pub(crate) fn strings(json: &serde_json::Value) -> Vec<String> {
    json.as_array().map_or(Vec::new(), |list| list.iter().filter_map(|one| one.as_str()).map(str::to_owned).collect())
}
