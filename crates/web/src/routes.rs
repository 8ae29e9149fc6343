//! Every address that has an answer.

use crate::{
    cite, export, feed,
    pages::{api, capture, diff, help, search, sources, story},
    problem::Problem,
    reply::Reply,
    server::{Asked, Handler},
};

/// Changes whenever what pages look like may: it is part of what browsers keep.
pub(crate) const BUILD: &str = concat!(env!("CARGO_PKG_VERSION"), "-4");

pub(crate) const ALL: [(&str, Handler); 28] = [
    ("/", search::search),
    ("/story/{id}", story::story),
    ("/story/{id}/diff", diff::diff),
    ("/story/{id}/cite.bib", bibtex),
    ("/story/{id}/cite.json", csl),
    ("/story/{id}/clippings.csv", export::clippings_csv),
    ("/story/{id}/clippings.jsonl", export::clippings_jsonl),
    ("/story/{id}/clippings.parquet", export::clippings_parquet),
    ("/capture", capture::capture),
    ("/sources", sources::sources),
    ("/help", help::help),
    ("/export.csv", export::csv),
    ("/export.jsonl", export::jsonl),
    ("/export.parquet", export::parquet),
    ("/feed.rss", feed::rss),
    ("/feed.atom", feed::atom),
    ("/feed.json", feed::json),
    ("/api", api::page),
    ("/api/v1/openapi.json", api::openapi),
    ("/api/v1/archive", api::archive),
    ("/api/v1/stories", api::stories),
    ("/api/v1/stories/{id}", api::story),
    ("/api/v1/stories/{id}/diff", api::diff),
    ("/api/v1/sources", api::sources),
    ("/static/style.css", style),
    ("/static/keys.js", keys),
    ("/favicon.ico", icon),
    ("/robots.txt", robots),
];

fn style(_: &Asked<'_>) -> Result<Reply, Problem> {
    Ok(Reply::whole("text/css; charset=utf-8", include_str!("../static/style.css")))
}

fn keys(_: &Asked<'_>) -> Result<Reply, Problem> {
    Ok(Reply::whole("text/javascript; charset=utf-8", include_str!("../static/keys.js")))
}

fn icon(_: &Asked<'_>) -> Result<Reply, Problem> {
    Ok(Reply::whole("image/svg+xml", include_str!("../static/icon.svg")))
}

/// What is served to other machines is not for what collects pages.
fn robots(_: &Asked<'_>) -> Result<Reply, Problem> {
    Ok(Reply::whole("text/plain; charset=utf-8", "User-agent: *\nDisallow: /\n"))
}

fn cited(
    asked: &Asked<'_>,
    write: impl FnOnce(&crate::archive::Story) -> Result<Reply, Problem>,
    end: &str,
) -> Result<Reply, Problem> {
    let id = asked.path.get(1).copied().unwrap_or_default();
    match story::named(asked, id)? {
        Ok(story) => {
            let name = format!("attachment; filename=\"copydesk-{}.{end}\"", story.id);
            Ok(write(&story)?.with("content-disposition", name))
        }
        Err(other) => Ok(Reply::elsewhere(format!("/story/{other}/cite.{end}"))),
    }
}

fn bibtex(asked: &Asked<'_>) -> Result<Reply, Problem> {
    cited(asked, |story| Ok(Reply::whole("application/x-bibtex; charset=utf-8", cite::bibtex(story))), "bib")
}

fn csl(asked: &Asked<'_>) -> Result<Reply, Problem> {
    cited(
        asked,
        |story| Ok(Reply { kind: "application/vnd.citationstyles.csl+json", ..Reply::json(&cite::csl(story))? }),
        "json",
    )
}
