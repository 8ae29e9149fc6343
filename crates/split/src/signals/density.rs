//! How much running text stands around a block, and how that compares with the densest place of the page.

use super::bucket;
use crate::page::Page;

pub(crate) const NAMES: &[&str] = &[
    "a0", "a1", "a2", "a3", "a4", "a5", "a6", "r0", "r1", "r2", "r3", "r4", "r5", "prose-r0", "prose-r1", "prose-r2",
    "prose-r3", "prose-r4", "prose-r5",
];

pub(crate) fn fire(page: &Page<'_>, block: usize, on: &mut dyn FnMut(usize)) {
    let density = page.density[block];
    on(bucket(density, &[10.0, 25.0, 50.0, 90.0, 150.0, 220.0]));
    let relative = bucket(density / page.top_density.max(1.0), &[0.05, 0.12, 0.25, 0.45, 0.7]);
    on(7 + relative + if page.lines[block].is_prose() { 6 } else { 0 });
}

#[cfg(test)]
mod tests {
    use crate::signals::features_of;

    #[test]
    fn far_from_all_text() {
        let p = "The ferry to the islands will sail again from Monday, the port said.\n";
        let text = format!("{}{}", p.repeat(9), "Menu\n".repeat(30));
        assert_eq!(features_of("density", &text, 35), ["a0", "r0"]);
        assert_eq!(features_of("density", &text, 4), ["a3", "prose-r5"]);
    }
}
