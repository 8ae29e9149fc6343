//! Rate of folding words, beside one pass of xxh3 over the same bytes: `cargo bench -p copydesk-text`.
#![allow(clippy::print_stdout, clippy::disallowed_types, reason = "a bench prints and has a clock, the kernels do not")]

use std::{hint::black_box, time::Instant};

use copydesk_text::{body_key, for_each_word};

fn main() {
    let samples = [
        (
            "english",
            "The harbour council voted on Monday to close the old ferry pier until spring, “because it isn't safe,” said 3 officials. ",
        ),
        (
            "ascii",
            "The harbour council voted on Monday to close the old ferry pier until spring, because it isn't safe, said 3 officials.\n\n",
        ),
        (
            "russian",
            "Совет порта проголосовал в понедельник за закрытие старого причала до весны, сообщили чиновники. ",
        ),
        ("arabic", "صوّت مجلس الميناء يوم الاثنين على إغلاق الرصيف القديم حتى الربيع، بحسب ما قال مسؤولون. "),
        ("chinese", "港口委员会周一投票决定关闭旧渡轮码头，直到春季，官员们表示。"),
        ("thai", "สภาท่าเรือลงมติเมื่อวันจันทร์ให้ปิดท่าเรือเก่าจนถึงฤดูใบไม้ผลิ เจ้าหน้าที่กล่าว "),
    ];
    for (name, sample) in samples {
        let text = sample.repeat(2_000_000 / sample.len());
        let per_sample = copydesk_text::words(sample).len();
        let best = |f: &dyn Fn() -> usize, expected: Option<usize>| {
            (0..7)
                .map(|_| {
                    let start = Instant::now();
                    let found = black_box(f());
                    assert!(expected.is_none_or(|e| e == found), "{name}: {found}");
                    text.len() as f64 / 1e6 / start.elapsed().as_secs_f64()
                })
                .fold(0.0, f64::max)
        };
        let words = || {
            let (mut count, mut keys) = (0, 0);
            for_each_word(black_box(&text), |word| {
                count += 1;
                keys ^= word.key;
            });
            black_box(keys);
            count
        };
        let rate = best(&words, Some(per_sample * (2_000_000 / sample.len())));
        let pass = best(&|| body_key(black_box(&text)) as usize, None);
        println!("{name:>8}  words {rate:7.0} MB/s   xxh3 {pass:7.0} MB/s");
    }
}
