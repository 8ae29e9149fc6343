use super::{BOM, DECIDES};

/// Whether bytes begin as HTML does: the tags of <https://mimesniff.spec.whatwg.org/>, in any of the encodings that a mark tells,
/// behind an XML declaration and comments.
pub(crate) fn is_html(head: &[u8]) -> bool {
    let narrow: Vec<u8>;
    let mut text = match head {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => {
            narrow = head[2..head.len().min(DECIDES)].iter().copied().filter(|&b| b != 0).collect();
            &narrow[..]
        }
        _ => head.strip_prefix(BOM).unwrap_or(head),
    };
    text = text.trim_ascii_start();
    let begins = |text: &[u8], tag: &[u8]| text.get(..tag.len()).is_some_and(|b| b.eq_ignore_ascii_case(tag));
    let xml = begins(text, b"<?xml");
    loop {
        let end: &[u8] = match text {
            [b'<', b'!', b'-', b'-', ..] => b"-->",
            [b'<', b'?', ..] => b"?>",
            _ => break,
        };
        match memchr::memmem::find(text, end) {
            Some(at) => text = text[at + end.len()..].trim_ascii_start(),
            // A comment that is longer than what is looked at: of all that is read here only HTML begins so.
            None => return !xml,
        }
    }
    let tags: &[&[u8]] = match xml {
        true => &[b"<!doctype html", b"<html"],
        false => &[
            b"<!doctype html",
            b"<html",
            b"<head",
            b"<script",
            b"<iframe",
            b"<h1",
            b"<h2",
            b"<div",
            b"<font",
            b"<table",
            b"<a",
            b"<style",
            b"<title",
            b"<b",
            b"<body",
            b"<br",
            b"<p",
            b"<meta",
            b"<link",
            b"<article",
            b"<section",
            b"<main",
            b"<header",
            b"<ul",
            b"<span",
        ],
    };
    tags.iter().any(|tag| {
        begins(text, tag) && text.get(tag.len()).is_none_or(|&b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/'))
    })
}
