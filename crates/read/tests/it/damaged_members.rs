//! A crawl of members, each a record, damaged at every place in every way: what is whole in it comes out, once, and nothing else does.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use copydesk_model::Outcome;
use copydesk_read::{Options, open, open_stream};

use crate::{
    folder, gzip, noise, shown,
    warc::{record, with_body},
};

/// Content by id, as it was written.
type Pages = BTreeMap<String, String>;

/// A member whose content is stored, as deflate does with what cannot be packed, in blocks of at most `block` bytes.
fn stored(bytes: &[u8], block: usize) -> Vec<u8> {
    let mut out = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
    let mut blocks = bytes.chunks(block).peekable();
    while let Some(block) = blocks.next() {
        let size = block.len() as u16;
        out.push(u8::from(blocks.peek().is_none()));
        out.extend(size.to_le_bytes());
        out.extend((!size).to_le_bytes());
        out.extend(block);
    }
    let mut sum = flate2::Crc::new();
    sum.update(bytes);
    out.extend(sum.sum().to_le_bytes());
    out.extend((bytes.len() as u32).to_le_bytes());
    out
}

fn frame(bytes: &[u8]) -> Vec<u8> {
    let mut out = zstd::Encoder::new(Vec::new(), 3).unwrap();
    out.include_checksum(true).unwrap();
    io::copy(&mut &bytes[..], &mut out).unwrap();
    out.finish().unwrap()
}

/// Members of all sizes and kinds, and what is in them.
fn crawl(pack: impl Fn(usize, &[u8]) -> Vec<u8>, sizes: &[usize]) -> (Vec<Vec<u8>>, Pages) {
    let mut pages = Pages::new();
    let mut members = vec![pack(0, &record(&[("WARC-Type", "warcinfo")], b"software: none\r\n"))];
    for (i, &size) in sizes.iter().enumerate() {
        let quoted = "\nWARC/1.1\r\nWARC-Type: response\r\nContent-Length: 9\r\n\r\n<p>quoted\r\n\r\n";
        let text = match i % 3 {
            0 => noise(size),
            1 => format!("Page {i}, {}", "the ferry sails again ".repeat(size / 22)),
            _ => format!("{quoted}{}", noise(size)),
        };
        let body = format!("<!doctype html><p>{i}{text}");
        members.push(pack(i + 1, &with_body(i as u32 + 1, body.as_bytes())));
        pages.insert((i + 1).to_string(), body);
    }
    (members, pages)
}

/// Damages `members` at `at` as `how` says: the file, and which members were touched.
fn damage(members: &[Vec<u8>], at: usize, how: usize) -> (Vec<u8>, Vec<bool>) {
    let mut starts = Vec::new();
    let mut end = 0;
    for member in members {
        starts.push(end);
        end += member.len();
    }
    let mut file = members.concat();
    let own = starts.partition_point(|&start| start <= at) - 1;
    let behind = starts[own] + members[own].len();
    let touched = match how {
        3 => at..behind,
        4 => at..(at + 40).min(file.len()),
        5 => at..(at + 200).min(file.len()),
        7 => at..file.len(),
        _ => at..at + 1,
    };
    match how {
        0 => file[at] ^= 0xff,
        1 => file[at] ^= 1 << (at % 8),
        2 | 3 | 4 | 7 => drop(file.drain(touched.clone())),
        5 => file[touched.clone()].fill(0),
        _ => file.insert(at, b'x'),
    }
    // What is put in where a member begins stands before it.
    let inserted = how == 6 && starts.contains(&at);
    let hit = starts.iter().zip(members).map(|(&start, member)| {
        let of = start..start + member.len();
        !inserted && of.start < touched.end && touched.start < of.end
    });
    (file, hit.collect())
}

#[track_caller]
fn check(members: &[Vec<u8>], pages: &Pages, places: impl Iterator<Item = usize>) {
    let mut wrong = Vec::new();
    for (at, how) in places.flat_map(|at| (0..8).map(move |how| (at, how))) {
        let (file, hit) = damage(members, at, how);
        let mut found = Pages::new();
        for record in open_stream(io::Cursor::new(file), "crawl.warc.gz", &Options::default()) {
            match record {
                Ok(capture) => {
                    let html = capture.html.map(|html| String::from_utf8_lossy(&html.bytes).into_owned());
                    let html = html.unwrap_or_default();
                    if pages.get(&capture.id) != Some(&html) {
                        let begin = html.chars().take(40).collect::<String>();
                        wrong.push(format!("{at} {how}: {} is invented: {begin}", capture.id));
                    }
                    if found.insert(capture.id.clone(), html).is_some() {
                        wrong.push(format!("{at} {how}: {} came twice", capture.id));
                    }
                }
                Err(refused) => assert!(!refused.message.is_empty()),
            }
        }
        for id in pages.keys() {
            if !hit[id.parse::<usize>().unwrap()] && !found.contains_key(id) {
                wrong.push(format!("{at} {how}: {id} is lost"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of them:\n{}", wrong.len(), wrong[..wrong.len().min(40)].join("\n"));
}

/// What tells that the file is packed at all is whole.
const HEADER: usize = 4;

const SIZES: [usize; 6] = [30, 600, 200, 5, 900, 60];

#[test]
fn of_packed_members() {
    let (members, pages) = crawl(|_, bytes| gzip(bytes), &SIZES);
    check(&members, &pages, HEADER..members.concat().len());
}

#[test]
fn of_stored_members() {
    for block in [1 << 15, 100] {
        let (members, pages) = crawl(|_, bytes| stored(bytes, block), &SIZES);
        check(&members, &pages, HEADER..members.concat().len());
    }
}

#[test]
fn of_members_of_both_kinds() {
    let pack = |i: usize, bytes: &[u8]| match i % 3 {
        0 => gzip(bytes),
        1 => stored(bytes, 1 << 15),
        _ => stored(bytes, 333),
    };
    let (members, pages) = crawl(pack, &SIZES);
    check(&members, &pages, HEADER..members.concat().len());
}

#[test]
fn of_frames() {
    let (members, pages) = crawl(|_, bytes| frame(bytes), &SIZES);
    check(&members, &pages, HEADER..members.concat().len());
}

#[test]
fn of_members_that_are_larger_than_what_is_looked_at_together() {
    let pack = |i: usize, bytes: &[u8]| if i.is_multiple_of(2) { gzip(bytes) } else { stored(bytes, 60_000) };
    let (members, pages) = crawl(pack, &[700_000, 300, 20_000, 400_000, 2_000_000, 90_000, 300]);
    let size = members.concat().len();
    check(&members, &pages, (HEADER..size).step_by(size / 40));
}

#[test]
fn a_page_is_whole_whatever_stands_behind_it() {
    let (short, long) = (b"<p>The ferry runs again.".to_vec(), format!("<p>{}", noise(400_000)).into_bytes());
    for page in [&short, &long] {
        let mut bzip2 = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
        bzip2.write_all(page).unwrap();
        for packed in [gzip(page), zstd::encode_all(&page[..], 1).unwrap(), bzip2.finish().unwrap()] {
            let folder = folder(&[("a.html", &[&packed[..], b"\n"].concat()[..]), ("b.txt", b"next")]);
            let records: Vec<_> = open([folder.path()], Options::default()).collect();
            assert_eq!(records.len(), 3);
            assert_eq!(&records[0].as_ref().unwrap().html.as_ref().unwrap().bytes, page);
            let refused = records[1].as_ref().unwrap_err();
            assert_eq!(refused.outcome, Outcome::Damaged);
            assert!(
                refused.source.ends_with("a.html") && refused.message.starts_with("1 bytes at offset"),
                "{refused}"
            );
            assert_eq!(records[2].as_ref().unwrap().text, "next");
        }
    }
    // Between two halves it may have taken a part of the page with it.
    let folder = folder(&[("a.html", &[&gzip(&short)[..], b"\n", &gzip(b"more")].concat())]);
    assert_eq!(shown(&folder, &["."]), ["damaged at a.html"]);
}
