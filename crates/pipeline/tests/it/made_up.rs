//! Captures of news sites that never were: leads, copies, corrections, furniture.

use std::hash::{DefaultHasher, Hash, Hasher};

use copydesk_model::{Capture, Outcome, Refused, Repeated, Revisit};

/// A small generator of random numbers (splitmix64), so that a failing seed can be named.
pub(crate) struct Draw(pub(crate) u64);

impl Draw {
    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n as u64) as usize
    }

    fn word(&mut self) -> String {
        const SYLLABLES: [&str; 20] = [
            "ha", "bor", "fer", "ry", "coun", "cil", "win", "ter", "mo", "na", "tel", "qui", "sar", "do", "lin", "gre",
            "pas", "tu", "ven", "ka",
        ];
        (0..1 + self.below(3)).map(|_| SYLLABLES[self.below(SYLLABLES.len())]).collect()
    }

    fn sentence(&mut self, words: usize) -> String {
        let mut sentence = (0..words).map(|_| self.word()).collect::<Vec<_>>().join(" ");
        sentence[..1].make_ascii_uppercase();
        sentence
    }

    pub(crate) fn paragraph(&mut self) -> String {
        let n = 2 + self.below(3);
        (0..n).map(|_| self.sentence(10) + ".").collect::<Vec<_>>().join(" ")
    }

    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for k in (1..items.len()).rev() {
            items.swap(k, self.below(k + 1));
        }
    }
}

struct Story {
    headline: String,
    caption: String,
    body: Vec<String>,
}

/// `n` captures of four sites: each page has a lead and two stories more, menus above and teasers below; leads come again in
/// later captures, are carried by other sites with a word changed, and are corrected.
pub(crate) fn captures(seed: u64, n: usize) -> Vec<Capture> {
    let mut draw = Draw(seed);
    let stories: Vec<Story> = (0..n / 2 + 3)
        .map(|_| Story {
            headline: draw.sentence(6),
            caption: format!("{} ({})", draw.sentence(8), ["Nordfoto", "AFP", "File/Reuters"][draw.below(3)]),
            body: (0..4 + draw.below(5)).map(|_| draw.paragraph()).collect(),
        })
        .collect();
    let menus: Vec<Vec<String>> = (0..4).map(|_| (0..5).map(|_| draw.word()).collect()).collect();
    let feet: Vec<String> = (0..4).map(|_| format!("{} All rights reserved", draw.sentence(4))).collect();
    (0..n)
        .map(|k| {
            let site = draw.below(4);
            let mut text = menus[site].join("\n") + "\n\n";
            let lead = draw.below(stories.len());
            for j in 0..3 {
                let story = &stories[(lead + j * draw.below(stories.len())) % stories.len()];
                let mut body = story.body.clone();
                if draw.below(4) == 0 {
                    let at = draw.below(body.len());
                    body[at] = body[at].replacen(' ', " said ", 1);
                }
                text +=
                    &format!("{0}\n\n{1}\n{1}\n\n{0}\n\n{2}\n\n\n", story.headline, story.caption, body.join("\n\n"));
            }
            text += &format!("Read also\n{}\n{}\n", stories[draw.below(stories.len())].headline, feet[site]);
            Capture {
                id: format!("capture-{k:05}"),
                url: format!("https://www.site{site}.example/{lead}"),
                fetched_at: if draw.below(10) == 0 {
                    String::new()
                } else {
                    format!("2024-{:02}-{:02}T{:02}:00:00Z", 1 + draw.below(12), 1 + draw.below(28), draw.below(24))
                },
                text,
                ..Capture::default()
            }
        })
        .collect()
}

/// The same captures as a crawler writes them: each with the digest of its page, and with a time.
pub(crate) fn pages(seed: u64, n: usize) -> Vec<Capture> {
    let digest = |text: &str| {
        let mut hash = DefaultHasher::new();
        text.hash(&mut hash);
        format!("made-up:{:016X}", hash.finish())
    };
    let at = |k: usize| format!("2024-03-01T{:02}:{:02}:{:02}Z", k / 3600, k / 60 % 60, k % 60);
    let pages = captures(seed, n).into_iter().enumerate();
    pages.map(|(k, page)| Capture { digest: digest(&page.text), fetched_at: at(k), ..page }).collect()
}

/// How a visit names the page that it found again.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Named {
    Id,
    UrlAndTime,
    UrlAndDigest,
    Digest,
}

impl Named {
    pub(crate) const ALL: [Named; 4] = [Named::Id, Named::UrlAndTime, Named::UrlAndDigest, Named::Digest];
}

/// A later visit that found a page as it had been: what it comes to, and what is read of it where its page is not.
pub(crate) fn visit(page: &Capture, k: usize, named: Named) -> (Capture, Result<Capture, Refused>) {
    let own = Capture {
        id: format!("visit-{k:05}"),
        url: page.url.clone(),
        fetched_at: format!("2025-01-01T00:{:02}:{:02}Z", k / 60, k % 60),
        ..Capture::default()
    };
    let (url, digest) = (page.url.clone(), page.digest.clone());
    let of = match named {
        // With 304 the digest is that of an answer without a body.
        Named::Id => Repeated { id: page.id.clone(), url, digest: "made-up:EMPTY".to_owned(), ..Repeated::default() },
        Named::UrlAndTime => Repeated { url, fetched_at: page.fetched_at.clone(), ..Repeated::default() },
        Named::UrlAndDigest => Repeated { url, digest, ..Repeated::default() },
        Named::Digest => Repeated { url: "https://elsewhere.example/".to_owned(), digest, ..Repeated::default() },
    };
    let refused = Refused {
        outcome: Outcome::Unresolved,
        source: format!("visits.warc:offset {k}"),
        site: own.site().to_owned(),
        message: "a revisit; its page is not in what was read before it".to_owned(),
        revisit: Some(Box::new(Revisit { capture: own.clone(), of })),
    };
    (Capture { id: own.id, url: own.url, fetched_at: own.fetched_at, ..page.clone() }, Err(refused))
}
