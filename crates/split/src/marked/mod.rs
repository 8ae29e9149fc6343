//! What a page's HTML says of its blocks, as the clues on markup see it: which blocks are looked at, which evidence this page makes
//! worthless, where its region of text is, how its template groups blocks.

mod groups;
mod kept;
mod names;
mod region;
mod worthless;

use copydesk_model::{About, Mark, Markup, Tag};

use crate::blocks::RawBlock;
use crate::page::Page;
use crate::signals::{Kind, kind};

pub(crate) use groups::Group;
pub(crate) use kept::{Kept, all_blocks, all_explained};
pub(crate) use names::{COMMENT, IN_PICTURE, MEDIA, each_bit, is_called_furniture, is_furniture};

use groups::{groups, prose_words};
use names::CONTENT;

/// An element that holds much of the page's running text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Holder {
    pub container: u32,
    pub depth: u8,
    /// Its first and last block.
    pub first: usize,
    pub last: usize,
}

pub(crate) struct Marked<'t> {
    pub about: &'t About,
    pub kind: Kind,
    /// Of the kept blocks.
    pub marks: Vec<Mark>,
    /// All blocks of the page, and which of them are kept.
    pub all: &'t [RawBlock],
    pub kept: Kept,
    /// By block: its group by template path, by container, by article.
    pub path: Vec<Group>,
    pub container: Vec<Group>,
    pub article: Vec<Group>,
    /// Number of articles with running text.
    pub articles: u32,
    /// Extents of the articles with running text, by number; of the blocks that are made like most running text; of the body that the
    /// page tells.
    articles_at: Vec<(u16, usize, usize)>,
    pub template: Option<(usize, usize)>,
    pub told: Option<(usize, usize)>,
    /// Words outside links before each block; one longer than the blocks.
    pub words_before: Vec<f32>,
    /// Words of running text outside links on the page.
    pub prose: f32,
    /// The region of text, first and last block; the sum that made it, by block, relative to the highest.
    pub region: Option<(usize, usize)>,
    /// The depth at which most running text stands.
    pub depth: u8,
    /// Elements that hold much of the page's running text, in page order.
    pub holders: Vec<Holder>,
    /// By block: the innermost holder whose children stand before and after it.
    pub holder: Vec<Option<u32>>,
    /// Whether much of the running text stands in captions.
    captions_hold_text: bool,
    /// Whether the page tells its body, and enough of it stands here.
    pub tells_body: bool,
    /// By block: the last title of a story at or before it.
    pub title: Vec<Option<u32>>,
}

impl<'t> Marked<'t> {
    pub(crate) fn of(page: &Page<'_>, markup: &'t Markup, all: &'t [RawBlock], kept: Kept) -> Self {
        let mut marks: Vec<Mark> = kept.at.iter().map(|&at| markup.marks[at as usize]).collect();
        worthless::forget_flags_of_prose(page, &mut marks);
        let prose: f32 = (0..page.len()).map(|block| prose_words(page, &marks, block)).sum();
        let mut marked = Marked {
            about: &markup.about,
            kind: kind(&markup.about),
            path: groups(page, &marks, |mark| mark.path),
            container: groups(page, &marks, |mark| mark.container),
            article: groups(page, &marks, |mark| mark.article.into()),
            articles: 0,
            articles_at: Vec::new(),
            template: None,
            told: None,
            words_before: words_before(page, &marks),
            prose,
            region: region::region(page, &marks),
            depth: depth(page, &marks),
            captions_hold_text: captions_hold_text(page, &marks, prose),
            tells_body: tells_body(page, &marks, prose),
            title: Vec::new(),
            holders: Vec::new(),
            holder: Vec::new(),
            marks,
            all,
            kept,
        };
        marked.articles = marked.count_articles();
        marked.title = marked.find_titles();
        marked.find_holders();
        marked.find_extents(page);
        marked
    }

    /// Whether the block may be a line of a story that has hardly any running text: below a title, in the element of most text, no link.
    pub(crate) fn may_tell(&self, block: usize) -> bool {
        let mark = &self.marks[block];
        let is_below = self.title[block].is_some_and(|title| (title as usize) < block);
        is_below
            && mark.links < 100
            && mark.within & IN_PICTURE == 0
            && !mark.tag.is_heading()
            && !is_furniture(mark)
            && (mark.article > 0 || self.holder[block].is_some())
            && mark.near & CONTENT != 0
    }

    /// Whether the block is a caption beyond doubt. A page whose text stands in such elements has no captions of this kind.
    pub(crate) fn is_caption(&self, page: &Page<'_>, block: usize) -> bool {
        (!self.captions_hold_text && self.stands_as_caption(page, block)) || self.reads_as_caption(page, block)
    }

    /// Whether the block reads as a caption, right below a picture: in one piece of italics or bold, or with who made the picture.
    pub(crate) fn reads_as_caption(&self, page: &Page<'_>, block: usize) -> bool {
        let (mark, line) = (&self.marks[block], &page.lines[block]);
        // `<p><img><br><em>`, and `<p><img></p><p><em>` with its maker in brackets
        (mark.pictured
            && (mark.broken || (1..=9).contains(&line.bracket_words))
            && mark.strong >= 250
            && (3.0..=30.0).contains(&line.words))
            || (mark.pictured && line.words <= 60.0 && crate::maker::is_named(page.blocks[block].text.of(page.text)))
    }

    /// Whether the block stands where captions do. On a page whose text stands there, only what is no body is a caption.
    pub(crate) fn stands_as_caption(&self, page: &Page<'_>, block: usize) -> bool {
        is_captioned(&self.marks[block]) || self.is_above_credit(page, block) || self.is_beside_picture(page, block)
    }

    /// Whether the block is the text of a slide.
    pub(crate) fn is_slide(&self, page: &Page<'_>, block: usize) -> bool {
        !self.captions_hold_text && self.is_above_credit(page, block)
    }

    /// Whether the block is the only text beside a picture in something that is called one, as in slides without captions of their own.
    fn is_beside_picture(&self, page: &Page<'_>, block: usize) -> bool {
        let (mark, line) = (&self.marks[block], &page.lines[block]);
        if !mark.pictured
            || mark.near & MEDIA == 0
            || !matches!(mark.tag, Tag::Paragraph | Tag::Plain)
            || mark.links >= 100
            || !(3.0..=40.0).contains(&line.words)
            || mark.echoes
                & const { Mark::echo_bit("body") | Mark::echo_bit("description") | Mark::echo_bit("headline") }
                != 0
        {
            return false;
        }
        // what stands in the same element must have pictures of its own
        let is_alone = |beside: usize| {
            self.marks.get(beside).is_none_or(|other| {
                let line = &page.lines[beside];
                let is_maker = line.opens_credit || (line.words <= 4.0 && crate::signals::is_names(line));
                other.container != mark.container || other.pictured || is_maker
            })
        };
        is_alone(block + 1) && block.checked_sub(1).is_none_or(is_alone)
    }

    /// Whether the block stands between a picture and the line that says who made it, as texts of slides do; a title may stand above it.
    fn is_above_credit(&self, page: &Page<'_>, block: usize) -> bool {
        let (mark, line) = (&self.marks[block], &page.lines[block]);
        let Some((below, credit)) = self.marks.get(block + 1).zip(page.lines.get(block + 1)) else { return false };
        credit.opens_credit
            && credit.words <= 14.0
            && (3.0..=60.0).contains(&line.words)
            && !below.pictured
            && !mark.tag.is_heading()
            && mark.container == below.container
            && (block.saturating_sub(3)..=block).any(|at| self.marks[at].pictured)
    }

    /// Whether the block is a line that says who wrote a story or when, and no text of it. In a live blog each entry has its time.
    pub(crate) fn is_told_line(&self, page: &Page<'_>, block: usize) -> bool {
        let (mark, line) = (&self.marks[block], &page.lines[block]);
        let echoes = |echo: u16| mark.echoes & echo != 0;
        (line.words <= 12.0
            && echoes(const { Mark::echo_bit("author") })
            && line.opens_byline
            && line.ending != crate::line::Ending::Sentence)
            || (line.words <= 14.0 && (line.year || line.clock) && {
                let text = page.blocks[block].text.of(page.text);
                copydesk_text::is_byline(text) && crate::roles::says_somebody(text)
            })
            || (self.kind != Kind::Live
                && line.words <= 8.0
                && echoes(const { Mark::echo_bit("date") })
                && crate::signals::is_date(page, block))
    }

    /// Whether the block stands for the middle of a menu.
    pub(crate) fn is_menu(&self, block: usize) -> bool {
        self.kept.stands_for[block] > 1
    }

    fn count_articles(&self) -> u32 {
        let mut seen: Vec<u16> = Vec::new();
        for (mark, group) in self.marks.iter().zip(&self.article) {
            if mark.article > 0 && group.prose > 0.0 && !seen.contains(&mark.article) && seen.len() < 64 {
                seen.push(mark.article);
            }
        }
        seen.len() as u32
    }

    /// Whether the block is a heading that begins an element of text, as another one of the same template does.
    pub(crate) fn is_twin(&self, block: usize) -> bool {
        let begins = |holder: &&Holder| holder.first == block || holder.first == block + 1;
        let path = self.marks[block].path;
        let is_alike = |at: usize| at != block && at < self.marks.len() && self.marks[at].path == path;
        self.marks[block].tag.is_heading()
            && self.holders.iter().any(|holder| begins(&holder))
            && self
                .holders
                .iter()
                .any(|holder| is_alike(holder.first) || (holder.first > 0 && is_alike(holder.first - 1)))
    }

    /// Whether a first-level heading stands above that is no link: the title of what follows.
    pub(crate) fn is_titled(&self, block: usize) -> bool {
        self.title[block].is_some_and(|title| (title as usize) < block && self.marks[title as usize].links < 128)
    }

    /// Whether the block is a short line that names who wrote something.
    pub(crate) fn names_author(&self, page: &Page<'_>, block: usize) -> bool {
        let (mark, known) = (&self.marks[block], &page.lines[block]);
        known.line.words <= 12.0
            && (known.opens_byline
                || mark.echoes & const { Mark::echo_bit("author") } != 0
                || (mark.near & const { Mark::word_bit("byline") } != 0 && known.line.capitals > 0))
    }

    /// The extent of the article that a block stands in.
    pub(crate) fn article_of(&self, block: usize) -> Option<(usize, usize)> {
        let article = self.marks[block].article;
        self.articles_at.iter().find(|at| at.0 == article).map(|&(_, first, last)| (first, last))
    }

    fn find_extents(&mut self, page: &Page<'_>) {
        /// Articles with less of the running text are teasers.
        const SHARE: f32 = 0.1;
        let widest = (0..self.marks.len()).rev().max_by(|&a, &b| self.path[a].prose.total_cmp(&self.path[b].prose));
        let template = widest.filter(|&at| self.path[at].prose > 0.0).map(|at| self.marks[at].path);
        let widen =
            |span: &mut Option<(usize, usize)>, at: usize| *span = Some((span.map_or(at, |(first, _)| first), at));
        for (at, mark) in self.marks.iter().enumerate() {
            if Some(mark.path) == template && page.lines[at].is_prose() {
                widen(&mut self.template, at);
            }
            if self.tells_body && mark.echoes & const { Mark::echo_bit("body") } != 0 && page.lines[at].is_prose() {
                widen(&mut self.told, at);
            }
            if mark.article > 0 && self.article[at].prose >= self.prose * SHARE {
                match self.articles_at.iter_mut().find(|article| article.0 == mark.article) {
                    Some(article) => article.2 = at,
                    None => self.articles_at.push((mark.article, at, at)),
                }
            }
        }
    }

    fn find_holders(&mut self) {
        /// Share of the page's running text, and words of it, that make an element a holder.
        const SHARE: f32 = 0.15;
        const WORDS: f32 = 40.0;
        let mut holders: Vec<Holder> = Vec::new();
        for (at, (mark, group)) in self.marks.iter().zip(&self.container).enumerate() {
            if group.prose < WORDS || group.prose < self.prose * SHARE {
                continue;
            }
            match holders.iter_mut().find(|holder| holder.container == mark.container) {
                Some(holder) => holder.last = at,
                None => holders.push(Holder { container: mark.container, depth: mark.depth, first: at, last: at }),
            }
        }
        self.holder = vec![None; self.marks.len()];
        // the wider first, so that the narrower one overwrites it
        let mut order: Vec<usize> = (0..holders.len()).collect();
        order.sort_by_key(|&h| std::cmp::Reverse(holders[h].last - holders[h].first));
        for h in order {
            self.holder[holders[h].first..=holders[h].last].fill(Some(h as u32));
        }
        self.holders = holders;
    }

    /// Titles: blocks that echo the page's headline, else the first-level headings; never both, as a logo may be a heading.
    fn find_titles(&self) -> Vec<Option<u32>> {
        let echoes = |mark: &Mark| mark.echoes & const { Mark::echo_bit("headline") } != 0 && mark.tag.is_heading();
        let is_title = |mark: &Mark| echoes(mark) || (mark.tag == Tag::Heading1 && mark.links < 128);
        let mut last = None;
        self.marks
            .iter()
            .enumerate()
            .map(|(at, mark)| {
                if is_title(mark) {
                    last = Some(at as u32);
                }
                last
            })
            .collect()
    }
}

fn words_before(page: &Page<'_>, marks: &[Mark]) -> Vec<f32> {
    let mut sum = 0.0;
    let mut before = Vec::with_capacity(marks.len() + 1);
    before.push(sum);
    for (line, mark) in page.lines.iter().zip(marks) {
        sum += line.words * (1.0 - f32::from(mark.links) / 255.0);
        before.push(sum);
    }
    before
}

/// The depth at which most running text stands.
fn depth(page: &Page<'_>, marks: &[Mark]) -> u8 {
    let mut words = [0.0f32; 256];
    for block in 0..page.len() {
        words[marks[block].depth as usize] += prose_words(page, marks, block);
    }
    (0..=255u8).max_by(|&a, &b| words[a as usize].total_cmp(&words[b as usize]).then(b.cmp(&a))).unwrap_or(0)
}

fn is_captioned(mark: &Mark) -> bool {
    // a picture's description may be the story's, which is its standfirst
    const ECHOES: u16 = Mark::echo_bit("body") | Mark::echo_bit("headline") | Mark::echo_bit("description");
    mark.tag == Tag::Caption
        || mark.within & const { Mark::within_bit("figcaption") } != 0
        || (mark.near & const { Mark::word_bit("caption") } != 0
            && mark.within & IN_PICTURE != 0
            && mark.echoes & ECHOES == 0)
        || (mark.echoes & const { Mark::echo_bit("caption") } != 0
            && mark.echoes & ECHOES == 0
            && (mark.pictured || mark.near & (MEDIA | const { Mark::word_bit("caption") }) != 0))
}

fn captions_hold_text(page: &Page<'_>, marks: &[Mark], prose: f32) -> bool {
    let held: f32 =
        (0..page.len()).filter(|&block| is_captioned(&marks[block])).map(|block| prose_words(page, marks, block)).sum();
    held > prose * 0.4
}

/// Whether a fifth of the running text is in the body that the page tells: else it tells an excerpt, or of something else.
fn tells_body(page: &Page<'_>, marks: &[Mark], prose: f32) -> bool {
    let told: f32 = (0..page.len())
        .filter(|&block| marks[block].echoes & const { Mark::echo_bit("body") } != 0)
        .map(|block| prose_words(page, marks, block))
        .sum();
    told >= 60.0 && told >= prose * 0.2
}
