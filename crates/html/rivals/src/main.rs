//! Pages read by copydesk, html5ever, lol_html and a bare scan, one thread, in one run.
//!
//!     cargo run --release -- DIR...

#[path = "../../benches/html/pages.rs"]
mod pages;
#[path = "../../benches/html/tokens.rs"]
mod tokens;

use std::cell::Cell;
use std::hint::black_box;

use copydesk_html::{Limits, Reader};
use copydesk_split::Splitter;
use html5ever::tendril::TendrilSink;

use pages::{Bench, Page};

fn main() {
    let pages = pages::load();
    let bench = Bench::new(&pages);
    let mut reader = Reader::new();
    bench.run("copydesk html + split", {
        let mut splitter = Splitter::new();
        let reader = &mut reader;
        move |page| match reader.read(&page.html, "", &Limits::default()) {
            Ok(read) => splitter.split_marked("", &read.text, &[], &read.markup).blocks.len(),
            Err(_) => 0,
        }
    });
    bench.run("copydesk html", |page| pages::copydesk(&mut reader, page));
    bench.run("lol_html, text", lol_html_text);
    bench.run("html5ever, tree", |page: &Page| {
        let dom = html5ever::parse_document(markup5ever_rcdom::RcDom::default(), Default::default()).one(&*page.text);
        dom.document.children.take().len()
    });
    bench.run("html5ever, tokens", |page: &Page| tokens::count(&page.text));
    bench.run("bytes: count of <", |page: &Page| memchr::memchr_iter(b'<', black_box(&page.html.bytes)).count());
    bench.slowest("copydesk html", |page| pages::copydesk(&mut reader, page));
    bench.slowest("html5ever, tokens", |page| tokens::count(&page.text));
}

/// What lol_html needs to see the text of every element: bytes of text.
fn lol_html_text(page: &Page) -> usize {
    let bytes = Cell::new(0);
    let settings = lol_html::Settings::new().append_document_content_handler(lol_html::doc_text!(|text| {
        bytes.set(bytes.get() + text.as_str().len());
        Ok(())
    }));
    let mut rewriter = lol_html::HtmlRewriter::new(settings, |_: &[u8]| {});
    // a page that it refuses counts for nothing
    if rewriter.write(page.text.as_bytes()).is_ok() {
        let _ = rewriter.end();
    }
    bytes.get()
}
