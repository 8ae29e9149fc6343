use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Args;
use copydesk_search::{Field, Limits, Marker, Node, Sort, Wanted, order, parse};
use copydesk_web::{Line, Story as Found, moment, open_index};
use serde_json::json;

use crate::{
    exit::Exit,
    find::open,
    index_dir::{Kept, index_dir},
    screen::{BOLD, DIM, Screen, count, plain, several, short},
    shelf::Shelf,
    stages,
};

/// Search the stories of an archive by their text, headlines, captions, and what is known about them
#[derive(Args)]
#[command(after_help = "\
A query:
  ferry strike                  both words, in any form
  \"sund straits\"~5              near each other, in this order
  light* OR (ferry NOT strike)  beginnings of words, alternatives, what must not be there
  title:ferry author:lindqvist  also body: caption: site: agency: place: section: origin: lang:
  published:[2024-01 TO 2024-06-30] has:correction copies:>3
                                also changed: clippings: versions: sites: words:
  mentions:2024-05              a day, month or year of which it speaks

A text is looked for in the version that stands for its story (the text that `copydesk story` prints), headlines and captions in all
clippings: words that only another version has are not found.

Examples:
  copydesk search my-archive 'ferry strike'
  copydesk search my-archive 'site:harbour* published:2024-05' --sort newest --limit 100
  copydesk search my-archive '\"sund straits\"' --json | jq -r '.rows[].headline'")]
pub(crate) struct Search {
    /// Folder of the archive
    archive: PathBuf,
    /// What is looked for; `*` for everything
    query: String,
    /// Order of the list
    #[arg(long, value_name = "ORDER", default_value = "relevance", value_parser = clap::builder::PossibleValuesParser::new(Sort::ALL.map(Sort::name)))]
    sort: String,
    /// Only stories that this site carried
    #[arg(long)]
    site: Vec<String>,
    /// Only stories in this language: `en`, `ar`
    #[arg(long)]
    lang: Vec<String>,
    /// Only stories published on this day, month or year or later
    #[arg(long, value_name = "DAY")]
    from: Option<String>,
    /// Only stories published on this day, month or year or earlier
    #[arg(long, value_name = "DAY")]
    to: Option<String>,
    /// Length of the list
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// Print JSON, with the rows that `serve` gives in its API and its exports
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    index: Kept,
}

/// Characters of a text that are shown.
const SNIPPET: usize = 200;

impl Search {
    pub(crate) fn run(self, screen: &mut Screen) -> Result<Exit> {
        let query = self.question()?;
        let shelf = Shelf(open(&self.archive)?);
        // A file of the archive it is not: it can be removed, and is made again.
        let index_dir = index_dir(&self.archive, &shelf.0, self.index.index.as_deref())?;
        let bar = stages::counter("index", shelf.0.funnel()?.stories);
        let index = open_index(&shelf, &index_dir, |stories| bar.set_position(stories))?;
        bar.finish_and_clear();
        let sort: Sort = self.sort.parse().map_err(anyhow::Error::msg)?;
        let sort = order(&query, sort);
        let answer = index.search(&query, &Wanted { sort, limit: self.limit, ..Wanted::default() })?;
        let mut stories: Vec<Found> = Vec::with_capacity(answer.hits.len());
        for hit in &answer.hits {
            stories.push(Found::of_payload(&index.payload(hit)?)?);
        }
        if self.json {
            let rows: Vec<Line<'_>> = stories.iter().map(Line::of_story).collect();
            let all = json!({"commit": index.commit(), "understood": query.to_string(), "each": "story", "sort": sort.name(), "total": answer.stories, "rows": rows});
            screen.json(&all)?;
            return Ok(Exit::Fine);
        }
        let marker = Marker::new(&query, &[Field::Body]);
        for story in &stories {
            show(screen, story, &marker)?;
        }
        let total = several(answer.stories, "story", "stories");
        let shown = stories.len() as u64;
        let said =
            if shown < answer.stories { format!("{} of {total}; --limit shows more", count(shown)) } else { total };
        let said = screen.paint(DIM, said);
        screen.line(said)?;
        Ok(Exit::Fine)
    }

    /// The query with what the options add to it. A mistake is shown where it is.
    fn question(&self) -> Result<Node> {
        let limits = Limits::default();
        let mut nodes = vec![match parse(&self.query, &limits) {
            Ok(node) => node,
            Err(e) => {
                let before: String = self.query.chars().take(e.at).collect();
                let indent = " ".repeat(unicode_width::UnicodeWidthStr::width(before.as_str()));
                bail!("the query cannot be understood, {e}\n  {}\n  {indent}^", plain(&self.query));
            }
        }];
        let any = |field: &str, values: &[String]| {
            values
                .iter()
                .map(|value| format!("{field}:\"{}\"", value.replace('"', " ")))
                .collect::<Vec<_>>()
                .join(" OR ")
        };
        let days = match (&self.from, &self.to) {
            (None, None) => String::new(),
            (from, to) => format!("published:[{} TO {}]", from.as_deref().unwrap_or("*"), to.as_deref().unwrap_or("*")),
        };
        for narrowed in [any("site", &self.site), any("lang", &self.lang), days] {
            if !narrowed.is_empty() {
                nodes.push(parse(&narrowed, &limits).map_err(|e| anyhow::anyhow!("`{narrowed}`, {e}"))?);
            }
        }
        Ok(if nodes.len() == 1 { nodes.swap_remove(0) } else { Node::And(nodes) })
    }
}

fn show(screen: &mut Screen, story: &Found, marker: &Marker) -> Result<()> {
    let room = screen.width().saturating_sub(10);
    let id: String = story.id.chars().take(8).collect();
    let headline = screen.paint(BOLD, short(story.title(), room));
    screen.line(format!("{id}  {headline}"))?;
    // The site of the row that `--json` gives.
    let site = story.lead().map(|clipping| plain(&clipping.site)).filter(|site| !site.is_empty());
    let mut about: Vec<String> = site.into_iter().collect();
    about.push(match moment(story.told()) {
        undated if undated.is_empty() => "undated".to_owned(),
        told => told,
    });
    about.push(several(story.sites().len() as u64, "site", "sites"));
    if story.copies() > 0 {
        about.push(several(story.copies(), "copy", "copies"));
    }
    about.push(several(story.versions.len() as u64, "version", "versions"));
    let about = screen.paint(DIM, about.join(" · "));
    screen.line(format!("          {about}"))?;
    let snippet = marker.snippet(&story.body, SNIPPET);
    let mut text = String::new();
    let mut at = 0;
    for mark in &snippet.marks {
        text.push_str(&plain(&snippet.text[at..mark.start]));
        text.push_str(&screen.paint(BOLD, plain(&snippet.text[mark.clone()])));
        at = mark.end;
    }
    text.push_str(&plain(&snippet.text[at..]));
    screen.paragraph("          ", &text)?;
    Ok(screen.line("")?)
}
