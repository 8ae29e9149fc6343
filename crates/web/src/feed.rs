//! Any search as a feed: RSS 2.0, Atom, JSON Feed.

use askama::Template;
use copydesk_search::Sort;
use serde_json::json;

use crate::{
    archive::NO_HEADLINE,
    ask::Ask,
    list::{List, Row},
    problem::Problem,
    reply::Reply,
    server::Asked,
};

/// A feed before it is known how it is written.
struct Feed {
    title: String,
    /// Address of the page, and of the feed itself.
    page: String,
    own: String,
    updated: jiff::Timestamp,
    items: Vec<Item>,
}

struct Item {
    link: String,
    title: String,
    text: String,
    author: String,
    /// When it was published, where its pages say so.
    published: Option<jiff::Timestamp>,
    /// The same, or else when it was fetched first.
    updated: Option<jiff::Timestamp>,
}

/// Characters of a story's text in a feed: enough to know what it is about.
const LEAD: usize = 600;

impl Feed {
    fn new(asked: &Asked<'_>) -> Result<Self, Problem> {
        let limits = &asked.shown.limits;
        let mut ask = Ask::read(&asked.parameters, limits)?;
        ask.limit = ask.limit.or(Some(limits.feed_rows));
        // Who reads a feed wants what is new.
        ask.sort = ask.sort.or(Some(Sort::Newest));
        let list = List::new(&asked.shown.index, &ask, limits, None)?;
        let base = format!("http://{}", asked.host);
        let items: Vec<Item> = list.rows.iter().map(|row| item(&base, row)).collect();
        // Of nothing the beginning of time: the same question has the same answer until there is another commit.
        let updated = items.iter().filter_map(|item| item.updated).max().unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        ask.limit = None;
        Ok(Self {
            title: format!("copydesk: {}", ask.says()),
            page: base.clone() + &ask.link("/"),
            own: base + asked.address,
            updated,
            items,
        })
    }
}

fn item(base: &str, row: &Row) -> Item {
    let story = &*row.story;
    let time = crate::entry::time(story).and_then(|second| jiff::Timestamp::from_second(second).ok());
    let text: String = story.body.chars().take(LEAD).collect();
    let cut = if text.len() < story.body.len() { "…" } else { "" };
    let link = match row.line().version {
        version if version == story.version => format!("{base}/story/{}", story.id),
        version => format!("{base}/story/{}?version={version}", story.id),
    };
    let headline = row.headline();
    Item {
        link,
        title: printable(if headline.is_empty() { NO_HEADLINE } else { headline }),
        text: printable(&(text + cut)),
        author: printable(&row.clipping().map(crate::cite::authors).unwrap_or_default().join(", ")),
        published: time.filter(|_| story.is_dated()),
        updated: time,
    }
}

/// Without what XML has no way to say.
fn printable(text: &str) -> String {
    text.chars()
        .map(|c| {
            if matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}') {
                '\u{FFFD}'
            } else {
                c
            }
        })
        .collect()
}

impl Item {
    /// As RSS has it: `Fri, 03 May 2024 18:19:08 +0000`.
    fn day(&self) -> String {
        self.published.map_or(String::new(), |time| time.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string())
    }

    fn instant(&self) -> String {
        self.updated.unwrap_or(jiff::Timestamp::UNIX_EPOCH).to_string()
    }
}

#[derive(Template)]
#[template(path = "rss.xml")]
struct Rss {
    feed: Feed,
}

#[derive(Template)]
#[template(path = "atom.xml")]
struct Atom {
    feed: Feed,
}

fn xml(kind: &'static str, template: &impl Template) -> Result<Reply, Problem> {
    Ok(Reply::whole(kind, template.render().map_err(|_| Problem::mistake())?))
}

pub(crate) fn rss(asked: &Asked<'_>) -> Result<Reply, Problem> {
    xml("application/rss+xml; charset=utf-8", &Rss { feed: Feed::new(asked)? })
}

pub(crate) fn atom(asked: &Asked<'_>) -> Result<Reply, Problem> {
    xml("application/atom+xml; charset=utf-8", &Atom { feed: Feed::new(asked)? })
}

pub(crate) fn json(asked: &Asked<'_>) -> Result<Reply, Problem> {
    let feed = Feed::new(asked)?;
    let items = feed.items.iter().map(|item| {
        let mut out = json!({"id": item.link, "url": item.link, "title": item.title, "content_text": item.text});
        if let (Some(time), Some(out)) = (item.published, out.as_object_mut()) {
            out.insert("date_published".to_owned(), json!(time.to_string()));
        }
        if let (false, Some(out)) = (item.author.is_empty(), out.as_object_mut()) {
            out.insert("authors".to_owned(), json!([{"name": item.author}]));
        }
        out
    });
    let whole = json!({"version": "https://jsonfeed.org/version/1.1", "title": feed.title, "home_page_url": feed.page,
        "feed_url": feed.own, "items": items.collect::<Vec<_>>()});
    Ok(Reply { kind: "application/feed+json", ..Reply::json(&whole)? })
}
