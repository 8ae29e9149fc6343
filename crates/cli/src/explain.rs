//! `copydesk clip --explain`: how a page was read, for people who wonder why it came apart as it did.

use std::{collections::BTreeMap, io};

use anstyle::Style;
use copydesk_model::{Capture, Field, Mark, Markup, Role};
use copydesk_split::{Explained, Split};

use crate::screen::{BOLD, DIM, HEAD, Screen, padded, plain, several, short};

/// A screen of so many columns has room for what the markup says.
const WIDE: usize = 120;
/// Columns for it.
const MARKED: usize = 30;

/// Shows what a page says about itself, and each block with its role, the reason for it, and how sure the decoder was of its place.
pub(crate) fn show(screen: &mut Screen, capture: &Capture) -> io::Result<()> {
    let (split, explained) = match &capture.markup {
        Some(markup) => copydesk_split::explain_marked(&capture.url, &capture.text, &[], markup),
        None => copydesk_split::explain(&capture.url, &capture.text, &[]),
    };
    let name = screen.paint(BOLD, plain(&capture.id));
    let blocks = several(split.blocks.len() as u64, "block", "blocks");
    let clippings = several(split.clippings.len() as u64, "clipping", "clippings");
    screen.line(format!("{name}  {blocks}, {clippings}"))?;
    if let Some(markup) = &capture.markup {
        show_about(screen, markup)?;
    }
    show_blocks(screen, capture, &split, &explained)?;
    screen.line("")
}

/// Every value with its witness: the one that is believed first.
fn show_about(screen: &mut Screen, markup: &Markup) -> io::Result<()> {
    for field in Field::ALL {
        for (k, said) in markup.about.all(field).enumerate() {
            let label = padded(if k == 0 { field.name() } else { "" }, 11);
            let room = screen.width().saturating_sub(28).max(20);
            let row = format!("      {label}  {}  {}", padded(said.witness.name(), 9), short(&said.value, room));
            // only an author, a caption or a part of the page may have more than one value that holds
            let listed = matches!(field, Field::Author | Field::Caption | Field::Credit | Field::Dated);
            let row = if k > 0 && !listed { screen.paint(DIM, row) } else { row };
            screen.line(row)?;
        }
    }
    screen.line("")
}

fn show_blocks(screen: &mut Screen, capture: &Capture, split: &Split, explained: &[Explained]) -> io::Result<()> {
    let marks = capture.markup.as_ref().map_or(&[][..], |markup| &markup.marks);
    let is_wide = screen.width() >= WIDE;
    let marked = |mark: Option<&Mark>| match mark {
        None => String::new(),
        Some(mark) if is_wide => {
            format!("{}  {}  ", padded(mark.tag.name(), 10), padded(&short(&says(mark), MARKED), MARKED))
        }
        Some(mark) => format!("{}  ", padded(mark.tag.name(), 10)),
    };
    let why = explained.iter().map(|e| e.reason.text().len()).max().unwrap_or(0).max("because".len());
    let head = match (marks.is_empty(), is_wide) {
        (true, _) => String::new(),
        (false, true) => format!("{:<10}  {:<MARKED$}  ", "tag", "marked as"),
        (false, false) => format!("{:<10}  ", "tag"),
    };
    let taken = 25 + why + head.len();
    let head = format!("{:>4}  {:<9}  {:<why$}  {:>4}  {head}text", "clip", "role", "because", "sure");
    let head = screen.paint(DIM, head);
    screen.line(head)?;
    let room = screen.width().saturating_sub(taken).max(20);
    let mut last: BTreeMap<u32, usize> = BTreeMap::new();
    for (i, block) in split.blocks.iter().enumerate() {
        last.extend(block.clipping.map(|clipping| (clipping, i)));
    }
    let mut started = None;
    for (i, (block, because)) in split.blocks.iter().zip(explained).enumerate() {
        // A gap where a clipping begins and after its last block; furniture in the middle of one opens none.
        let begins = block.clipping.is_some() && block.clipping != started;
        let ended = started.and_then(|clipping| last.get(&clipping)).is_some_and(|&end| i == end + 1);
        if i > 0 && (begins || ended) {
            screen.line("")?;
        }
        started = block.clipping.or(started);
        let number = block.clipping.map_or_else(String::new, |n| n.to_string());
        let marked = marked(marks.get(i));
        let text = short(block.text.of(&capture.text), room);
        let row = format!(
            "{number:>4}  {:<9}  {:<why$}  {:>4.1}  {marked}{text}",
            block.role,
            because.reason.text(),
            // a run of links cannot be anything else: its margin is a bound and no measure
            because.margin.min(99.9)
        );
        let row = match style(block.role) {
            Some(style) => screen.paint(style, row),
            None => row,
        };
        screen.line(row)?;
    }
    Ok(())
}

/// What belongs to a story stands out, its headline most.
fn style(role: Role) -> Option<Style> {
    match role {
        Role::Headline => Some(HEAD),
        Role::Furniture | Role::Teaser => Some(DIM),
        _ => None,
    }
}

/// What a mark says, most telling first: `says: headline · in figure · link · related`.
fn says(mark: &Mark) -> String {
    let names = |bits: u64, names: &[&'static str]| {
        names.iter().enumerate().filter(|(bit, _)| bits >> bit & 1 == 1).map(|(_, name)| *name).collect::<Vec<_>>()
    };
    let mut said = Vec::new();
    let echoes = names(u64::from(mark.echoes), &Mark::ECHOES);
    if !echoes.is_empty() {
        said.push(format!("= {}", echoes.join(", ")));
    }
    if mark.links > 127 {
        said.push("link".to_owned());
    }
    // what is nearest says most, and `link` and `heading` say what the tag says
    let within = names(u64::from(mark.within), &Mark::WITHIN);
    said.extend(within.iter().rev().filter(|name| !["link", "heading"].contains(name)).map(|name| format!("<{name}>")));
    said.extend(names(mark.near, &Mark::WORDS).iter().map(|name| (*name).to_owned()));
    said.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_in_words() {
        let bit = |names: &[&str], name: &str| 1 << names.iter().position(|n| *n == name).unwrap();
        let mark = Mark {
            within: bit(&Mark::WITHIN, "article") | bit(&Mark::WITHIN, "figure") | bit(&Mark::WITHIN, "link"),
            near: bit(&Mark::WORDS, "related") as u64,
            echoes: bit(&Mark::ECHOES, "headline") as u16,
            links: 200,
            ..Mark::default()
        };
        assert_eq!(says(&mark), "= headline link <figure> <article> related");
        assert_eq!(says(&Mark::default()), "");
    }
}
