use xxhash_rust::xxh3::{xxh3_128, xxh3_128_with_seed};

/// What a user said of stories. It outlives every rebuild: stories are worked out from the captures, and then rulings are applied in
/// the order in which they were made. Versions are named by their ids, which depend on nothing but their bodies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ruling {
    /// The stories of these versions are one.
    Merge {
        /// Ids of versions, one of each story.
        versions: Vec<String>,
        /// Why.
        note: String,
    },
    /// These versions are a story of their own.
    Split {
        /// Ids of the versions that left.
        versions: Vec<String>,
        /// Ids of those that stayed.
        others: Vec<String>,
        /// Why.
        note: String,
    },
}

impl Ruling {
    /// `merge` or `split`.
    pub fn kind(&self) -> &'static str {
        match self {
            Ruling::Merge { .. } => "merge",
            Ruling::Split { .. } => "split",
        }
    }

    /// Ids of the versions that it brings together.
    pub fn versions(&self) -> &[String] {
        match self {
            Ruling::Merge { versions, .. } | Ruling::Split { versions, .. } => versions,
        }
    }

    /// Ids of the versions from which a split takes them away.
    pub fn others(&self) -> &[String] {
        match self {
            Ruling::Merge { .. } => &[],
            Ruling::Split { others, .. } => others,
        }
    }

    /// What the user wrote beside it.
    pub fn note(&self) -> &str {
        match self {
            Ruling::Merge { note, .. } | Ruling::Split { note, .. } => note,
        }
    }

    pub(crate) fn read(kind: &str, versions: Vec<String>, others: Vec<String>, note: String) -> Option<Self> {
        match kind {
            "merge" => Some(Ruling::Merge { versions, note }),
            "split" => Some(Ruling::Split { versions, others, note }),
            _ => None,
        }
    }
}

/// What must not come back. Only hashes are kept, so that the list itself tells nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Forgotten {
    /// Every capture of a URL, by [`Forgotten::url`].
    Url(u128),
    /// A capture, by [`Forgotten::capture`].
    Capture(u128),
    /// A story or a version, by [`Forgotten::story`]: so that who asks for it is told that it was there.
    Story(u128),
    /// The page of a capture that is gone, by [`Forgotten::page`]: so that a visit that found it again is told apart from one whose page
    /// never came.
    Page(u128),
    /// A block of text, by its hash in `sightings`.
    Block(u64),
    /// A capture as it came before blocks were cut from it, by [`Forgotten::cut`]: so that it is known when it comes again.
    Cut(u128),
}

impl Forgotten {
    /// Every capture of this URL.
    pub fn url(url: &str) -> Self {
        Forgotten::Url(xxh3_128(url.as_bytes()))
    }

    /// The capture of this id.
    pub fn capture(id: &str) -> Self {
        Forgotten::Capture(xxh3_128(id.as_bytes()))
    }

    /// The story or the version of this id.
    pub fn story(id: &str) -> Self {
        Forgotten::Story(xxh3_128(id.as_bytes()))
    }

    /// The capture of this id that came with a text of this hash.
    pub fn cut(id: &str, text: u64) -> Self {
        Forgotten::Cut(xxh3_128_with_seed(id.as_bytes(), text))
    }

    /// The page of which visits speak by this name.
    pub fn page(name: &str) -> Self {
        Forgotten::Page(xxh3_128(name.as_bytes()))
    }

    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Forgotten::Cut(_) => "cut",
            Forgotten::Story(_) => "story",
            Forgotten::Url(_) => "url",
            Forgotten::Capture(_) => "capture",
            Forgotten::Page(_) => "page",
            Forgotten::Block(_) => "block",
        }
    }

    pub(crate) fn hash(&self) -> String {
        match self {
            Forgotten::Url(hash)
            | Forgotten::Capture(hash)
            | Forgotten::Story(hash)
            | Forgotten::Page(hash)
            | Forgotten::Cut(hash) => {
                format!("{hash:032x}")
            }
            Forgotten::Block(hash) => format!("{hash:016x}"),
        }
    }

    pub(crate) fn read(kind: &str, hash: &str) -> Option<Self> {
        match kind {
            "url" => u128::from_str_radix(hash, 16).ok().map(Forgotten::Url),
            "capture" => u128::from_str_radix(hash, 16).ok().map(Forgotten::Capture),
            "page" => u128::from_str_radix(hash, 16).ok().map(Forgotten::Page),
            "story" => u128::from_str_radix(hash, 16).ok().map(Forgotten::Story),
            "cut" => u128::from_str_radix(hash, 16).ok().map(Forgotten::Cut),
            "block" => u64::from_str_radix(hash, 16).ok().map(Forgotten::Block),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let (a, b) = (vec!["0f".to_owned()], vec!["1e".to_owned(), "2d".to_owned()]);
        for ruling in [
            Ruling::Merge { versions: b.clone(), note: "one press release".into() },
            Ruling::Split { versions: a, others: b, note: String::new() },
        ] {
            let again =
                Ruling::read(ruling.kind(), ruling.versions().to_vec(), ruling.others().to_vec(), ruling.note().into());
            assert_eq!(again, Some(ruling));
        }
        for forgotten in [
            Forgotten::url("https://a.example/"),
            Forgotten::capture("a"),
            Forgotten::story("0f"),
            Forgotten::page("sha1:A"),
            Forgotten::Block(7),
            Forgotten::cut("a", 7),
        ] {
            assert_eq!(Forgotten::read(forgotten.kind(), &forgotten.hash()), Some(forgotten));
        }
        assert_eq!(Forgotten::read("pages", "07"), None);
    }
}
