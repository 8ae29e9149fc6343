use std::collections::VecDeque;

use copydesk_model::Capture;

use crate::content::Content;

/// The latest pages of inputs that cannot be read again: pipes, and packed members of many records.
///
/// Memory is bounded: of more than [`Recent::BYTES`] the oldest are forgotten.
#[derive(Default)]
pub(crate) struct Recent {
    /// With their digests.
    pages: VecDeque<(Content, String)>,
    /// How many were forgotten.
    forgotten: u64,
    bytes: usize,
}

impl Recent {
    /// A thousand pages of a usual size. Revisits that name a page of the same run mostly stand near it: one page under two addresses.
    const BYTES: usize = 64 << 20;

    /// Keeps a page; the number that it is asked for by. A page that would take the place of a quarter of all others is not kept.
    pub(crate) fn keep(&mut self, page: &Content, digest: &str) -> Option<u64> {
        let size = page.size();
        if size > Self::BYTES / 4 {
            return None;
        }
        self.bytes += size;
        while self.bytes > Self::BYTES
            && let Some((oldest, _)) = self.pages.pop_front()
        {
            self.bytes -= oldest.size();
            self.forgotten += 1;
        }
        self.pages.push_back((page.clone(), digest.to_owned()));
        Some(self.forgotten + self.pages.len() as u64 - 1)
    }

    /// A page that was kept, unless it was forgotten since.
    pub(crate) fn page(&self, number: u64) -> Option<Capture> {
        let at = usize::try_from(number.checked_sub(self.forgotten)?).ok()?;
        let (page, digest) = self.pages.get(at)?;
        Some(page.clone().into_capture(Capture { digest: digest.clone(), ..Capture::default() }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_pages_are_forgotten() {
        let mut recent = Recent::default();
        let page = |i: usize| Content::Text(format!("{}{i}", "x".repeat(1_000_000)));
        let numbers: Vec<u64> = (0..100).map(|i| recent.keep(&page(i), "").unwrap()).collect();
        assert!(recent.bytes <= Recent::BYTES && recent.bytes > Recent::BYTES - 2_000_000, "{}", recent.bytes);
        assert!(recent.page(numbers[0]).is_none() && recent.page(numbers[30]).is_none());
        for i in [40, 99] {
            assert!(recent.page(numbers[i]).is_some_and(|page| page.text.ends_with(&format!("x{i}"))), "{i}");
        }
        assert!(recent.page(100).is_none());
        assert!(recent.keep(&Content::Text("x".repeat(Recent::BYTES / 4 + 1)), "").is_none());
    }
}
