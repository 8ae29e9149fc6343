//! Archives keep anchors and comparisons, by [`MATCHER`].

use copydesk_match::{Context, MATCHER, Prepared, Thresholds, align, anchors, decide, slot_consensus};

/// A text of made-up words; `change` is how many words in a thousand are others than in the text of `seed` alone.
fn text(seed: u64, words: u64, change: u64) -> String {
    let mut state = seed;
    let next = |state: &mut u64| {
        *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        *state >> 33
    };
    let mut other = seed ^ change;
    let mut text = String::new();
    for k in 0..words {
        let mut word = next(&mut state) % 3000;
        if next(&mut other) % 1000 < change {
            word += 3000;
        }
        let number = if word % 17 == 0 { word.to_string() } else { format!("w{word}") };
        text += &number;
        text += if k % 90 == 89 {
            "\n\n"
        } else if k % 12 == 11 {
            ". "
        } else {
            " "
        };
    }
    text
}

/// If this fails because two texts are found to be something else to each other, or have other anchors, with the same thresholds, raise
/// [`MATCHER`]: what archives keep is then worked out anew. Then write down what is found.
#[test]
fn another_matcher_has_another_number() {
    let t = Thresholds::default();
    let mut said = String::new();
    for seed in 0..40 {
        let a = text(seed, 60 + 20 * seed, 0);
        let (x, y) = (Prepared::new(&a, &[]), Prepared::new(&text(seed, 50 + 22 * seed, 12 * (seed % 9)), &[]));
        let hashes: Vec<u64> = anchors(&x, &t).into_iter().map(|anchor| anchor.hash).collect();
        let evidence = align(&x, &y, &t);
        let decision = decide(&evidence, &Context::default(), &t);
        said +=
            &format!("{hashes:?}{decision:?}{}{}{}", evidence.score(), evidence.numbers_differ, evidence.substitutions);
    }
    // forms with other fillings
    for seed in 0..12 {
        let form = |k: u64| {
            let frame = text(seed, 60 + 10 * seed, 0);
            let words: Vec<String> = frame.split(' ').map(str::to_owned).collect();
            let filled = words.iter().enumerate().map(|(at, word)| match (at as u64 + seed) % (9 + seed) {
                0 => format!("{word}{}", k % 4),
                _ => word.clone(),
            });
            format!("{} {}", ["", "ana", "bo lind", "cai"][k as usize % 4], filled.collect::<Vec<_>>().join(" "))
        };
        let texts: Vec<Prepared> = (0..6).map(|k| Prepared::new(&form(k), &[])).collect();
        said += &format!("{:?}", slot_consensus(&texts[0], &texts[1..].iter().collect::<Vec<_>>(), &t));
    }
    // FNV-1a
    let hash = |text: &str| {
        text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
    };
    assert_eq!(
        (MATCHER, hash(&format!("{t:?}")), hash(&said)),
        (2, 13_742_816_252_228_094_343, 12_443_151_378_672_392_899)
    );
}
