use std::collections::HashMap;

use crate::{Evidence, Prepared, Run, Thresholds, anchor::shingle_hash};

/// Aligns two texts: shared shingles, chained in the order of both and extended to runs.
pub fn align(a: &Prepared, b: &Prepared, t: &Thresholds) -> Evidence {
    let mut at = HashMap::new();
    for (k, w) in a.words.windows(t.shingle).enumerate() {
        at.entry(shingle_hash(w)).or_insert(k);
    }
    let mut runs: Vec<Run> = Vec::new();
    let (mut from_a, mut kb) = (0, 0);
    while kb + t.shingle <= b.words.len() {
        match at.get(&shingle_hash(&b.words[kb..kb + t.shingle])) {
            Some(&ka) if ka >= from_a => {
                let len = a.words[ka..].iter().zip(&b.words[kb..]).take_while(|(x, y)| x == y).count();
                runs.push(Run { a: ka as u32, b: kb as u32, len: len as u32 });
                from_a = ka + len;
                kb += len.max(1);
            }
            _ => kb += 1,
        }
    }
    let matched = runs.iter().map(|r| r.len).sum::<u32>();
    let share = |n: usize| if n == 0 { 0.0 } else { f64::from(matched) / n as f64 };
    Evidence {
        runs,
        words_a: a.len() as u32,
        words_b: b.len() as u32,
        matched,
        coverage_a: share(a.len()),
        coverage_b: share(b.len()),
        ..Evidence::default()
    }
}
