//! Made-up pages, broken at random: what the fuzzer does, without one. The same pages each time; `FUZZ_PAGES=10000000` makes more of them.

use crate::any_bytes;

/// Pages with everything that pages are made of.
const SEEDS: [&str; 8] = [
    "<!doctype html><html lang=en><head><meta charset=utf-8><title>Ferry &mdash; Post</title><script>if(a<b){x('</p>')}</script></head>\
     <body class=home><nav><ul><li><a href=/>Home</a><li><a href=/news>News</a></ul></nav><main><article class='story-body'><h1>Ferry<br>sails</h1>\
     <p class=byline>By <a rel=author>Mara</a> <time datetime=2024-05-03>3 May</time><p>The ferry <b>sails <i>again</b> today</i>.</article></main>",
    "<table><tr><th>Team<th>P<tr><td>A</td><td><p>3</p></td></tr></table><table><tr><td><p>one</p><p>two</p><td>three</table>",
    "<div>First.<br><br>Second &ndash; line<br>goes on<hr>third</div><pre>\nline one\n\nline two</pre><textarea>\n&amp;</textarea>",
    "<iframe srcdoc=\"<p>in &amp;amp; <iframe srcdoc='&amp;lt;p>x'></iframe>\"></iframe><svg><title>t</title><text>y</text><![CDATA[z]]></svg>",
    "<template><p>no</p></template><noscript><img><p>yes</noscript><div hidden><p>The page hides this until its script has run, all of it, and more.</div>",
    "<figure><img alt='a > b'><figcaption>A ferry (Nordfoto)</figcaption></figure><blockquote>“Quote”</blockquote><dl><dt>a<dd>b</dl><select><option>x</select>",
    "<p>港のフェリーは\n三週間</p><p dir=rtl>العبارة\u{200f} تعود</p><p>har&shy;bour&#8203;side &#x1F6A2; &notit; &#0; &#xD800;</p><ruby>漢<rp>(<rt>かん<rp>)</ruby>",
    "<!-- a > b --><!--> <!---> <!-- c --!><![CDATA[d]]><? e ?></ f><//g><a href=x title=\"it's\" class=a class=b/>h</a <b>i<x-y slot=z>j</x-y>k</",
];

/// Pieces that are put in.
const PIECES: [&[u8]; 24] = [
    b"<",
    b">",
    b"</",
    b"\"",
    b"'",
    b"=",
    b"&",
    b";",
    b"<!--",
    b"-->",
    b"<p>",
    b"</p>",
    b"<b>",
    b"</div>",
    b"<table>",
    b"<td>",
    b"<script>",
    b"</script>",
    b"\0",
    b"\xff",
    b"\xc3",
    b"\xe2\x80\x8b",
    b"<svg>",
    b"<br>",
];

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below.max(1) as u64) as usize
    }
}

fn broken(dice: &mut Dice) -> Vec<u8> {
    let mut page = SEEDS[dice.roll(SEEDS.len())].as_bytes().to_vec();
    for _ in 0..1 + dice.roll(8) {
        let at = dice.roll(page.len() + 1);
        let until = (at + dice.roll(24)).min(page.len());
        match dice.roll(6) {
            0 => page.truncate(at),
            1 => drop(page.drain(at..until)),
            2 => drop(page.splice(at..at, PIECES[dice.roll(PIECES.len())].iter().copied())),
            3 => {
                let copy = page[at..until].to_vec();
                let to = dice.roll(page.len() + 1);
                page.splice(to..to, copy);
            }
            4 => page.extend_from_slice(SEEDS[dice.roll(SEEDS.len())].as_bytes()),
            _ => {
                if let Some(byte) = page.get_mut(at) {
                    *byte ^= 1 << dice.roll(8);
                }
            }
        }
    }
    page
}

#[test]
fn broken_pages_are_read_or_refused() {
    let pages = std::env::var("FUZZ_PAGES").ok().and_then(|n| n.parse().ok()).unwrap_or(60_000);
    let mut dice = Dice(0x5EED_0F5E_A501_D0A5);
    for _ in 0..pages {
        let page = broken(&mut dice);
        any_bytes::html(&page);
        any_bytes::charset(&page);
    }
}
