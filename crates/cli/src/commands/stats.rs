use std::{collections::BTreeMap, path::PathBuf};

use anyhow::Result;
use clap::Args;
use copydesk_model::Relation;

use crate::{
    counts,
    exit::Exit,
    find::{open, rows},
    screen::{Screen, count, days, several, short, table},
};

/// Count what an archive holds, from captures to stories, and by site
#[derive(Args)]
#[command(after_help = "\
Examples:
  copydesk stats my-archive
  copydesk stats my-archive --json | jq '.sites[] | select(.clippings == 0)'
  copydesk stats my-archive --json | jq -r '.files.stories[]'   # the Parquet files that count")]
pub(crate) struct Stats {
    /// Folder of the archive
    archive: PathBuf,
    /// Sites that are listed
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// Print JSON, with every site and the files of every table
    #[arg(long)]
    json: bool,
}

impl Stats {
    pub(crate) fn run(self, screen: &mut Screen) -> Result<Exit> {
        let view = open(&self.archive)?;
        let funnel = view.funnel()?;
        let sites = view.site_counts()?;
        let mut relations: BTreeMap<String, u64> = BTreeMap::new();
        for row in rows(&view, "SELECT relation, count(*) AS pairs FROM relations GROUP BY relation")? {
            let name = row["relation"].as_str().unwrap_or_default().to_owned();
            relations.insert(name, row["pairs"].as_u64().unwrap_or_default());
        }
        if self.json {
            let files: BTreeMap<&str, Vec<&str>> =
                view.tables().into_iter().map(|table| (table, view.files(table))).collect();
            screen
                .json(&serde_json::json!({"funnel": funnel, "relations": relations, "sites": sites, "files": files}))?;
            return Ok(Exit::Fine);
        }
        let title = format!("The archive {}", self.archive.display());
        let title = screen.paint(crate::screen::HEAD, title);
        screen.line(title)?;
        counts::show_archive(screen, &funnel)?;
        let without: u64 = sites.iter().map(|s| s.without_story).sum();
        if without > 0 {
            screen.line(format!("{:>9}  of the captures: no story was found in them", count(without)))?;
        }
        if !view.rulings().is_empty() {
            let said = several(view.rulings().len() as u64, "thing was", "things were");
            screen.line(format!("{said} said by hand of which stories belong together"))?;
        }
        screen.title("Pairs of versions that were compared")?;
        for relation in Relation::ALL {
            let pairs = relations.get(relation.name()).copied().unwrap_or(0);
            screen.line(format!("{:>9}  {relation}", count(pairs)))?;
        }
        screen.title("Sites")?;
        let room = screen.width().saturating_sub(58).max(22);
        let cells: Vec<Vec<String>> = sites
            .iter()
            .take(self.limit)
            .map(|s| {
                let name = if s.site.is_empty() { "(no URL)" } else { &s.site };
                vec![
                    short(name, room),
                    count(s.captures),
                    count(s.clippings),
                    count(s.stories),
                    days(&s.first_fetched, &s.last_fetched),
                ]
            })
            .collect();
        screen.line(table(&["site", "captures", "clippings", "stories", "fetched"], &[1, 2, 3], &cells))?;
        if sites.len() > self.limit {
            let rest = screen
                .paint(crate::screen::DIM, format!("\n  {} of {} sites; --limit shows more", self.limit, sites.len()));
            screen.line(rest)?;
        }
        Ok(Exit::Fine)
    }
}
