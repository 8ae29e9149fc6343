use std::collections::HashSet;

use copydesk_archive::{Archive, Forgotten};
use copydesk_model::{About, Capture, Outcome, Refused, Repeated};

use crate::steps::ingest::Read;

/// Keeps out what the archive was told to forget.
#[derive(Default)]
pub(crate) struct Forgetting {
    pages: HashSet<Forgotten>,
    blocks: HashSet<u64>,
}

impl Forgetting {
    pub(crate) fn of(archive: &Archive) -> Self {
        let mut all = Self::default();
        all.extend(archive.forgotten());
        all
    }

    pub(crate) fn extend(&mut self, forgotten: impl IntoIterator<Item = Forgotten>) {
        for forgotten in forgotten {
            match forgotten {
                Forgotten::Block(hash) => self.blocks.insert(hash),
                page => self.pages.insert(page),
            };
        }
    }

    /// Refuses a capture of a URL that was to be forgotten.
    pub(crate) fn admit(&self, capture: Capture) -> Result<Capture, Refused> {
        if !self.pages.is_empty() && self.pages.contains(&Forgotten::url(&capture.url)) {
            return Err(refused(&capture.id, TOLD));
        }
        Ok(capture)
    }

    /// Whether a capture of this id was to be forgotten.
    pub(crate) fn has_id(&self, id: &str) -> bool {
        !self.pages.is_empty() && self.pages.contains(&Forgotten::capture(id))
    }

    /// Whether a visit found again what was to be forgotten, or is to be forgotten itself.
    pub(crate) fn has_visit(&self, capture: &Capture, of: &Repeated) -> bool {
        self.has_page(&capture.id, &capture.url)
            || self.has_page(&of.id, &of.url)
            || pages(&of.id, &of.url, &of.fetched_at, &of.digest).any(|page| self.pages.contains(&page))
    }

    pub(crate) fn has_page(&self, id: &str, url: &str) -> bool {
        self.has_id(id) || (!self.pages.is_empty() && self.pages.contains(&Forgotten::url(url)))
    }

    pub(crate) fn has_block(&self, hash: u64) -> bool {
        self.blocks.contains(&hash)
    }

    /// Whether a capture came with this text before, and lost some of it since.
    pub(crate) fn has_cut(&self, id: &str, text: u64) -> bool {
        !self.pages.is_empty() && self.pages.contains(&Forgotten::cut(id, text))
    }

    /// The capture without the blocks that were to be forgotten.
    pub(crate) fn cut(&self, read: Read) -> Read {
        if self.blocks.is_empty() || !read.blocks.iter().any(|block| self.has_block(block.hash)) {
            return read;
        }
        let stays: Vec<bool> = read.blocks.iter().map(|block| !self.has_block(block.hash)).collect();
        Read { came: read.came, ..without(read, &stays) }
    }
}

/// By what visits may speak of a page; of what is empty, none does.
pub(crate) fn pages(id: &str, url: &str, fetched_at: &str, digest: &str) -> impl Iterator<Item = Forgotten> + use<> {
    let fetched = if fetched_at.is_empty() { String::new() } else { format!("{fetched_at} {url}") };
    let names = [id.to_owned(), fetched, digest.to_owned()];
    names.into_iter().filter(|name| !name.is_empty()).map(|name| Forgotten::page(&name))
}

/// Why something is refused that was to be forgotten.
pub(crate) const TOLD: &str = "the archive was told to forget it";

/// The same of a page that may be another one.
pub(crate) const ID_TOLD: &str =
    "the archive was told to forget the capture of this id; if this is another page, give it another id";

/// A capture of this id that was to be forgotten.
pub(crate) fn refused(id: &str, message: &str) -> Refused {
    let (source, message) = (format!("capture `{id}`"), message.to_owned());
    // Its site is not told either.
    Refused { outcome: Outcome::Forgotten, source, site: String::new(), message, revisit: None }
}

/// A capture of those of its blocks that stay. What its HTML said about itself was mostly said about the story that leaves: none
/// of it stays.
pub(crate) fn without(read: Read, stays: &[bool]) -> Read {
    let Read { mut capture, blocks, .. } = read;
    let kept = blocks.iter().zip(stays).filter(|(_, stays)| **stays);
    capture.text = kept.map(|(block, _)| block.span.of(&capture.text)).collect();
    if let Some(markup) = &mut capture.markup {
        let mut stays = stays.iter();
        markup.marks.retain(|_| stays.next().copied().unwrap_or(true));
        markup.about = About::default();
    }
    Read::new(capture)
}

#[cfg(test)]
mod tests {
    use copydesk_model::{Mark, Markup};
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_cut_is_gone_and_the_rest_is_as_it_was(
            lines in prop::collection::vec("[a-c]{0,3}[ ]?", 0..12),
            stays in prop::collection::vec(any::<bool>(), 12),
        ) {
            let read = Read::new(Capture { text: lines.join("\n"), ..Capture::default() });
            let marks = vec![Mark::default(); read.blocks.len()];
            let markup = Some(Box::new(Markup { marks, about: About::default() }));
            let read = Read { capture: Capture { markup, ..read.capture }, ..read };
            let expected: Vec<u64> =
                read.blocks.iter().zip(&stays).filter(|(_, stays)| **stays).map(|(block, _)| block.hash).collect();
            let cut = without(read, &stays);
            let found: Vec<u64> = cut.blocks.iter().map(|block| block.hash).collect();
            prop_assert_eq!(&found, &expected);
            prop_assert_eq!(cut.capture.markup.unwrap().marks.len(), expected.len());
        }
    }
}
