//! What a page's HTML says of its blocks, as the clues on markup see it: which blocks are looked at, which evidence this page makes
//! worthless, where its region of text is, how its template groups blocks.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use copydesk_model::{About, Block, Mark, Markup, Role, Tag};

use crate::blocks::RawBlock;
use crate::memo::Passed;
use crate::page::Page;
use crate::signals::{Kind, kind};
use crate::{Explained, Reason, Split};

/// The bit of a name in one of [`Mark`]'s lists of names; a name that is not there fails the build.
pub(crate) const fn bit(names: &[&str], name: &str) -> u32 {
    let mut at = 0;
    while at < names.len() {
        if is_same(names[at].as_bytes(), name.as_bytes()) {
            return at as u32;
        }
        at += 1;
    }
    panic!("no bit has this name")
}

const fn is_same(a: &[u8], b: &[u8]) -> bool {
    let mut at = 0;
    while at < a.len() && at < b.len() && a[at] == b[at] {
        at += 1;
    }
    at == a.len() && at == b.len()
}

/// Calls `on` with the number of each bit that is set.
pub(crate) fn each_bit(bits: impl Into<u64>, mut on: impl FnMut(usize)) {
    let mut bits = bits.into();
    while bits != 0 {
        on(bits.trailing_zeros() as usize);
        bits &= bits - 1;
    }
}

const fn within(name: &str) -> u32 {
    1 << bit(&Mark::WITHIN, name)
}

const fn word(name: &str) -> u64 {
    1 << bit(&Mark::WORDS, name)
}

pub(crate) const fn echo(name: &str) -> u16 {
    1 << bit(&Mark::ECHOES, name)
}

/// Elements that a story's text rarely stands in.
const FOREIGN: u32 =
    within("nav") | within("footer") | within("aside") | within("form") | within("button") | within("dialog");
/// Words for what is no story's text. What is ambiguous (`widget`, `list`, `tool`) is left to the weights.
const FURNITURE: u64 = word("related")
    | word("teaser")
    | word("navigation")
    | word("menu")
    | word("footer")
    | word("sidebar")
    | word("share")
    | word("newsletter")
    | word("comment")
    | word("advertisement")
    | word("cookie")
    | word("tags")
    | word("popup")
    | word("biography")
    | word("legal");
const CONTENT: u64 = word("content") | word("paragraph");
pub(crate) const COMMENT: u64 = word("comment");
/// Words for pictures, players and what they stand in.
pub(crate) const MEDIA: u64 = word("gallery");
pub(crate) const IN_PICTURE: u32 = within("figure") | within("figcaption");

/// Which blocks are looked at one by one. Menus and boards of teasers are long runs of links and make most of many pages: of each such run
/// all but the last block are read as one, and the last one by itself, as it may belong to a head below.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    /// Positions among all blocks.
    pub at: Vec<u32>,
    /// How many blocks the kept one stands for, itself included.
    pub stands_for: Vec<u32>,
}

/// How a block fits into a menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fit {
    /// A link, a button, a line of the navigation.
    Item,
    /// A word or two that may stand between items: a count, a price, a label.
    Between,
    None,
}

impl Kept {
    /// Shorter runs are kept whole.
    const RUN: usize = 3;
    /// Longest link of a menu or title of a teaser, other line of it, and line between them; in bytes.
    const LINK: usize = 120;
    const LINE: usize = 60;
    const BETWEEN: usize = 32;

    pub(crate) fn of(blocks: &[RawBlock], marks: &[Mark]) -> Kept {
        let mut kept = Kept { at: Vec::with_capacity(blocks.len()), stands_for: Vec::with_capacity(blocks.len()) };
        let mut at = 0;
        while at < blocks.len() {
            let (mut end, mut next) = (at, at);
            // a run begins and ends with an item, and no two lines between items follow each other
            while next < blocks.len() {
                match Kept::fit(&blocks[next], &marks[next]) {
                    Fit::Item => end = next + 1,
                    Fit::Between if end == next && next > at => {}
                    _ => break,
                }
                next += 1;
            }
            if end - at >= Kept::RUN {
                kept.push(at, end - at - 1);
                kept.push(end - 1, 1);
                at = end;
            } else {
                let one = (end - at).max(1);
                (at..at + one).for_each(|k| kept.push(k, 1));
                at += one;
            }
        }
        kept
    }

    fn push(&mut self, at: usize, stands_for: usize) {
        self.at.push(at as u32);
        self.stands_for.push(stands_for as u32);
    }

    #[inline]
    fn fit(block: &RawBlock, mark: &Mark) -> Fit {
        let length = block.text.len();
        if length > Kept::LINK
            || mark.echoes != 0
            || mark.within & IN_PICTURE != 0
            || mark.near & OF_HEADS != 0
            || matches!(mark.tag, Tag::Heading1 | Tag::Caption)
        {
            return Fit::None;
        }
        let is_line = length <= Kept::LINE && !is_heading(mark.tag);
        if mark.links >= 230 || (is_line && (mark.tag == Tag::Control || mark.within & const { within("nav") } != 0)) {
            Fit::Item
        } else if length <= Kept::BETWEEN && matches!(mark.tag, Tag::Plain | Tag::Time | Tag::Item) {
            Fit::Between
        } else {
            Fit::None
        }
    }
}

/// Words for what stands in heads: never a part of a menu.
const OF_HEADS: u64 = word("byline") | word("caption") | word("credit") | word("standfirst");

/// What is known of the blocks of one group.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Group {
    pub blocks: u32,
    /// Words of running text.
    pub prose: f32,
    pub words: f32,
    /// Words in links.
    pub links: f32,
}

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
        forget_flags_of_prose(page, &mut marks);
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
            region: region(page, &marks),
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
            && !is_heading(mark.tag)
            && !is_furniture(mark)
            && (mark.article > 0 || self.holder[block].is_some())
            && mark.near & CONTENT != 0
    }

    /// Whether the block is a caption beyond doubt. A page whose text stands in such elements has no captions of this kind.
    pub(crate) fn is_caption(&self, page: &Page<'_>, block: usize) -> bool {
        let (mark, line) = (&self.marks[block], &page.lines[block]);
        (!self.captions_hold_text && is_captioned(mark))
            || (mark.pictured && line.words <= 60.0 && crate::maker::is_named(page.blocks[block].text.of(page.text)))
    }

    /// Whether the block is a line that says who wrote a story or when, and no text of it. In a live blog each entry has its time.
    pub(crate) fn is_told_line(&self, page: &Page<'_>, block: usize) -> bool {
        let (mark, line) = (&self.marks[block], &page.lines[block]);
        let echoes = |echo: u16| mark.echoes & echo != 0;
        (line.words <= 12.0
            && echoes(const { echo("author") })
            && line.opens_byline
            && line.ending != crate::line::Ending::Sentence)
            || (self.kind != Kind::Live
                && line.words <= 8.0
                && echoes(const { echo("date") })
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
        is_heading(self.marks[block].tag)
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
                || mark.echoes & const { echo("author") } != 0
                || (mark.near & const { word("byline") } != 0 && known.line.capitals > 0))
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
            if self.tells_body && mark.echoes & const { echo("body") } != 0 && page.lines[at].is_prose() {
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
        let echoes = |mark: &Mark| mark.echoes & const { echo("headline") } != 0 && is_heading(mark.tag);
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

/// Whether its element or one close around it is called what no story's text is.
pub(crate) fn is_furniture(mark: &Mark) -> bool {
    mark.near & FURNITURE != 0 || mark.within & FOREIGN != 0
}

pub(crate) fn is_heading(tag: Tag) -> bool {
    matches!(tag, Tag::Heading1 | Tag::Heading2 | Tag::Heading3 | Tag::Heading4)
}

/// Words of running text outside links.
fn prose_words(page: &Page<'_>, marks: &[Mark], block: usize) -> f32 {
    let line = &page.lines[block];
    if line.is_prose() { line.words * (1.0 - f32::from(marks[block].links) / 255.0) } else { 0.0 }
}

/// Class words and elements that hold much of the story's running text say nothing on this page: a form around everything, a body in
/// a `content-sidebar`. The story is told by what is known before anything is decided: the body that the page tells, else the element
/// with most running text of its own, so that a hundred comments below a brief are no story. 0.4: DESIGN's prototype.
fn forget_flags_of_prose(page: &Page<'_>, marks: &mut [Mark]) {
    const MOST: f32 = 0.4;
    let is_told = |mark: &Mark| mark.echoes & const { echo("body") } != 0;
    let told: f32 =
        (0..page.len()).filter(|&block| is_told(&marks[block])).map(|block| prose_words(page, marks, block)).sum();
    let container = widest_container(page, marks);
    let is_story = |mark: &Mark| if told >= 60.0 { is_told(mark) } else { Some(mark.container) == container };
    let mut all = 0.0;
    let (mut near, mut far, mut inside) = ([0.0f32; 64], [0.0f32; 64], [0.0f32; 32]);
    for (block, mark) in marks.iter().enumerate() {
        let words = prose_words(page, marks, block);
        if words == 0.0 || !is_story(mark) {
            continue;
        }
        all += words;
        each_bit(mark.near & FURNITURE, |at| near[at] += words);
        each_bit(mark.far & FURNITURE, |at| far[at] += words);
        each_bit(mark.within & FOREIGN, |at| inside[at] += words);
    }
    let held = |sums: &[f32]| -> u64 {
        sums.iter().enumerate().filter(|&(_, &sum)| sum > all * MOST).fold(0, |bits, (at, _)| bits | 1 << at)
    };
    let (mut near, mut far, inside) = (held(&near), held(&far), held(&inside) as u32);
    // comments are called so by hardly anything else: where there is text enough beside them, they are comments
    let is_comment = |mark: &Mark| (mark.near | mark.far) & COMMENT != 0;
    let beside: f32 = (0..page.len()).filter(|&b| !is_comment(&marks[b])).map(|b| prose_words(page, marks, b)).sum();
    if beside >= 40.0 {
        near &= !COMMENT;
        far &= !COMMENT;
    }
    if near | far | u64::from(inside) != 0 {
        for mark in marks {
            mark.near &= !near;
            mark.far &= !far;
            mark.within &= !inside;
        }
    }
}

/// The element with most running text of its own; the first of equals.
fn widest_container(page: &Page<'_>, marks: &[Mark]) -> Option<u32> {
    let groups = groups(page, marks, |mark| mark.container);
    let widest = (0..marks.len()).rev().max_by(|&a, &b| groups[a].prose.total_cmp(&groups[b].prose))?;
    (groups[widest].prose > 0.0).then_some(marks[widest].container)
}

fn groups(page: &Page<'_>, marks: &[Mark], key: impl Fn(&Mark) -> u32) -> Vec<Group> {
    let mut number: HashMap<u64, u32, BuildHasherDefault<Passed>> = HashMap::default();
    let mut sums: Vec<Group> = Vec::new();
    let of_block: Vec<u32> = (0..marks.len())
        .map(|block| {
            let key = u64::from(key(&marks[block])).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            let at = *number.entry(key).or_insert_with(|| {
                sums.push(Group::default());
                sums.len() as u32 - 1
            });
            let (sum, words) = (&mut sums[at as usize], page.lines[block].words);
            sum.blocks += 1;
            sum.prose += prose_words(page, marks, block);
            sum.words += words;
            sum.links += words * f32::from(marks[block].links) / 255.0;
            at
        })
        .collect();
    of_block.into_iter().map(|at| sums[at as usize]).collect()
}

/// The region of text: the stretch of blocks with the largest sum, in which running text counts for its words and furniture against
/// them, damped so that an advertisement between paragraphs does not end it. Damping and weights: DESIGN's prototype.
fn region(page: &Page<'_>, marks: &[Mark]) -> Option<(usize, usize)> {
    const DAMP: f32 = 0.4;
    let (mut sum, mut from) = (0.0f32, 0);
    let mut best: (f32, Option<(usize, usize)>) = (0.0, None);
    for block in 0..page.len() {
        let worth = worth(page, marks, block);
        sum += if worth < 0.0 { worth * DAMP } else { worth };
        if sum <= 0.0 {
            (sum, from) = (0.0, block + 1);
        } else if sum > best.0 {
            best = (sum, Some((from, block)));
        }
    }
    best.1
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

/// What a block adds to a region of text, in words.
fn worth(page: &Page<'_>, marks: &[Mark], block: usize) -> f32 {
    let mark = &marks[block];
    let links = f32::from(mark.links) / 255.0;
    let is_furniture = is_furniture(mark);
    let prose = prose_words(page, marks, block).min(100.0);
    let mut worth = if prose > 0.0 { prose } else { -3.0 - links * 9.0 };
    if mark.echoes & (const { echo("description") } | const { echo("body") }) != 0 {
        worth += 20.0;
    }
    if is_furniture {
        worth = worth.min(0.0) - 12.0;
    } else if mark.far & FURNITURE != 0 {
        worth -= 12.0;
    }
    if mark.within & IN_PICTURE != 0 {
        worth = worth.min(0.0);
    }
    worth
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
    const ECHOES: u16 = echo("body") | echo("headline") | echo("description");
    mark.tag == Tag::Caption
        || mark.within & const { within("figcaption") } != 0
        || (mark.echoes & const { echo("caption") } != 0
            && mark.echoes & ECHOES == 0
            && (mark.pictured || mark.near & (MEDIA | const { word("caption") }) != 0))
}

fn captions_hold_text(page: &Page<'_>, marks: &[Mark], prose: f32) -> bool {
    let held: f32 =
        (0..page.len()).filter(|&block| is_captioned(&marks[block])).map(|block| prose_words(page, marks, block)).sum();
    held > prose * 0.4
}

/// Whether a fifth of the running text is in the body that the page tells: else it tells an excerpt, or of something else.
fn tells_body(page: &Page<'_>, marks: &[Mark], prose: f32) -> bool {
    let told: f32 = (0..page.len())
        .filter(|&block| marks[block].echoes & const { echo("body") } != 0)
        .map(|block| prose_words(page, marks, block))
        .sum();
    told >= 60.0 && told >= prose * 0.2
}

/// Every block of the page: what stands in the middle of a menu is furniture.
pub(crate) fn all_blocks(page: &Page<'_>, mut split: Split) -> Split {
    let Some(marked) = &page.marked else { return split };
    let mut blocks = Vec::with_capacity(marked.all.len());
    for (block, &stands_for) in std::mem::take(&mut split.blocks).into_iter().zip(&marked.kept.stands_for) {
        if stands_for == 1 {
            blocks.push(block);
            continue;
        }
        let at = blocks.len();
        blocks.extend(marked.all[at..at + stands_for as usize].iter().map(|raw| Block {
            span: raw.span,
            text: raw.text,
            hash: raw.hash,
            role: Role::Furniture,
            clipping: None,
        }));
    }
    split.blocks = blocks;
    split
}

/// The same for what is explained.
pub(crate) fn all_explained(page: &Page<'_>, explained: Vec<Explained>) -> Vec<Explained> {
    let Some(marked) = &page.marked else { return explained };
    let stands_for = |(e, &n): (Explained, &u32)| {
        let e = if n > 1 { Explained { reason: Reason::Menu, ..e } } else { e };
        std::iter::repeat_n(e, n as usize)
    };
    explained.into_iter().zip(&marked.kept.stands_for).flat_map(stands_for).collect()
}
