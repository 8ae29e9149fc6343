//! Rates of the kernels on made-up texts of 600 words, each result asserted: `cargo bench --profile release -p copydesk-match`.
#![allow(clippy::print_stdout, clippy::disallowed_types, reason = "a bench prints and has a clock, the kernels do not")]

use std::{hint::black_box, time::Instant};

use copydesk_match::{Changes, Context, Prepared, Severity, Summary, Thresholds, align, anchors, decide};
use copydesk_model::Relation;

/// A linear congruential generator: the same texts in every run, without a dependency.
struct Draw(u64);

impl Draw {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n
    }

    /// Words as frequent as in a language: low numbers are common.
    fn word(&mut self) -> String {
        let rank = self.below(60) * self.below(60) + self.below(20);
        let syllables = ["ba", "ter", "lo", "min", "sha", "ver", "od", "ing", "pre", "ca", "ston", "e"];
        let mut word = String::new();
        let mut left = rank + 1;
        while left > 0 {
            word.push_str(syllables[left % syllables.len()]);
            left /= syllables.len();
        }
        word
    }

    fn text(&mut self, words: usize) -> Vec<String> {
        (0..words).map(|_| self.word()).collect()
    }

    /// A copy of which one word in `every` is another.
    fn edited(&mut self, text: &[String], every: usize) -> Vec<String> {
        text.iter().map(|w| if self.below(every) == 0 { self.word() } else { w.clone() }).collect()
    }
}

fn best(mut f: impl FnMut()) -> f64 {
    let mut best = f64::MAX;
    for _ in 0..9 {
        let start = Instant::now();
        f();
        best = best.min(start.elapsed().as_secs_f64());
    }
    best
}

fn main() {
    let t = Thresholds::default();
    let mut draw = Draw(1);
    let texts: Vec<Vec<String>> = (0..1000).map(|_| draw.text(600)).collect();
    let bodies: Vec<String> =
        texts.iter().map(|w| w.chunks(50).map(|p| p.join(" ")).collect::<Vec<_>>().join(".\n\n")).collect();
    let bytes: usize = bodies.iter().map(String::len).sum();

    let mut found = 0;
    let seconds = best(|| {
        found = bodies.iter().map(|b| black_box(Prepared::new(b, &[])).len()).sum();
        assert_eq!(found, 600 * bodies.len());
    });
    println!("prepare            {:8.0} MB/s", bytes as f64 / 1e6 / seconds);

    let seconds = best(|| {
        found = bodies.iter().map(|b| black_box(anchors(&Prepared::new(b, &[]), &t)).len()).sum();
        assert!((16..26).contains(&(found / bodies.len())), "{found}");
    });
    println!(
        "prepare, anchors   {:8.0} MB/s, {:.1} anchors a text",
        bytes as f64 / 1e6 / seconds,
        found as f64 / bodies.len() as f64
    );

    let cases = [("copy", 1_000_000), ("2 % edited", 50), ("8 % edited", 12)];
    let prepared: Vec<Prepared> = bodies.iter().map(|b| Prepared::new(b, &[])).collect();
    for (name, every) in cases {
        let others: Vec<Prepared> =
            texts.iter().map(|w| Prepared::new(&draw.edited(w, every).join(" "), &[])).collect();
        let seconds = best(|| {
            for (a, b) in prepared.iter().zip(&others) {
                let evidence = align(black_box(a), black_box(b), &t);
                assert!(decide(&evidence, &Context::default(), &t).relation.same_story());
            }
        });
        println!("align, {name:<10}  {:8.1} us a pair, {:.0} pairs/s", seconds * 1e6 / 1000.0, 1000.0 / seconds);
    }
    let seconds = best(|| {
        for (a, b) in prepared.iter().zip(prepared.iter().skip(1)) {
            let evidence = align(black_box(a), black_box(b), &t);
            assert_eq!(decide(&evidence, &Context::default(), &t).relation, Relation::Different);
        }
    });
    println!("align, strangers   {:8.1} us a pair, {:.0} pairs/s", seconds * 1e6 / 999.0, 999.0 / seconds);

    // Versions: in every fifth sentence of 25 words a word is another, or a number.
    let sentences = |words: &[String]| {
        let sentences: Vec<String> = words.chunks(25).map(|sentence| sentence.join(" ") + ".").collect();
        sentences.chunks(3).map(|paragraph| paragraph.join(" ")).collect::<Vec<_>>().join("\n\n")
    };
    for (length, pairs) in [(600, 200), (20_000, 8)] {
        let versions: Vec<(String, String)> = (0..pairs)
            .map(|_| {
                let mut words = draw.text(length);
                let before = sentences(&words);
                for sentence in words.chunks_mut(25).step_by(5) {
                    let number = draw.below(2) == 0;
                    sentence[12] = if number { draw.below(9999).to_string() } else { draw.word() };
                }
                (before, sentences(&words))
            })
            .collect();
        let seconds = best(|| {
            for (a, b) in &versions {
                assert!(black_box(Summary::new(("", a), ("", b))).worst() <= Some(Severity::Wording));
            }
        });
        println!("summary, {length:>6} words  {:8.1} us a pair", seconds * 1e6 / versions.len() as f64);
        let seconds = best(|| {
            for (a, b) in &versions {
                assert!(!black_box(Changes::new(("", a), ("", b))).all.is_empty());
            }
        });
        println!("changes, {length:>6} words  {:8.1} us a pair", seconds * 1e6 / versions.len() as f64);
    }

    // Texts that are made to be slow: 20,000 words each.
    let text = |word: &dyn Fn(usize) -> String| (0..20_000).map(word).collect::<Vec<_>>().join(" ");
    let cases: [(&str, String, String); 6] = [
        ("one word", text(&|_| "ha".into()), text(&|k| if k % 7 == 0 { "ho".into() } else { "ha".into() })),
        ("two words", text(&|k| format!("w{}", k % 2)), text(&|k| format!("w{}", k % 3))),
        ("all changed", text(&|k| format!("a{k}")), text(&|k| format!("b{k}"))),
        ("every sixth", text(&|k| format!("a{k}")), text(&|k| format!("{}{k}", if k % 6 == 0 { "b" } else { "a" }))),
        ("open quotes", text(&|k| format!("“a{k}")), text(&|k| format!("“{}{k}", if k % 6 == 0 { "b" } else { "a" }))),
        ("reprinted", text(&|k| format!("a-{k}")), text(&|k| format!("A {k},"))),
    ];
    for (name, a, b) in &cases {
        let seconds = best(|| assert!(black_box(Changes::new((a, a), (b, b))).all.len() > 1));
        println!("changes, {name:<12}  {:8.1} ms", seconds * 1e3);
        assert!(seconds < 0.5, "{name}: {seconds} s");
    }
}
