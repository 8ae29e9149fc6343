use askama::Template;
use copydesk_model::Role;

use crate::{
    ask::Ask,
    pages::{Frame, count, days, several},
    problem::Problem,
    reply::Reply,
    server::Asked,
};

#[derive(Template)]
#[template(path = "sources.html")]
struct SourcesPage {
    frame: Frame,
    /// From captures to stories: label, number, and width of the bar, of 1000.
    funnel: Vec<(&'static str, String, u64)>,
    outcomes: Vec<(String, String)>,
    sites: Vec<SiteRow>,
    roles: Vec<&'static str>,
    /// Whether it is known what was dropped.
    drops: bool,
}

struct SiteRow {
    name: String,
    link: Option<String>,
    captures: String,
    without: String,
    clippings: String,
    stories: String,
    days: String,
    /// Blocks by role: name, number, place and width in the bar, of 1000.
    roles: Vec<(&'static str, String, u64, u64)>,
    furniture: Vec<(String, String)>,
    /// All that was dropped; empty where nobody knows.
    dropped: String,
    /// By reason: name, number, place and width in the bar, of 1000.
    reasons: Vec<(String, String, u64, u64)>,
}

/// Width of the drawings.
const WIDTH: u64 = 1_000;

pub(crate) fn sources(asked: &Asked<'_>) -> Result<Reply, Problem> {
    if let Some((name, _)) = asked.parameters.first() {
        return Err(Problem::unknown_parameter(format!("this page has no parameter `{}`", name.escape_default())));
    }
    let sources = asked.shown.sources()?;
    let funnel = &sources.funnel;
    let steps = [
        ("captures", funnel.captures),
        ("clippings", funnel.clippings),
        ("versions", funnel.versions),
        ("stories", funnel.stories),
    ];
    let most = steps.iter().map(|(_, number)| *number).max().unwrap_or(1).max(1);
    let sites = sources.sites.iter().map(|site| {
        let all: u64 = site.blocks.values().sum::<u64>().max(1);
        let mut x = 0;
        let roles = Role::ALL.into_iter().filter_map(|role| {
            let blocks = *site.blocks.get(role.name())?;
            let width = blocks * WIDTH / all;
            x += width;
            Some((role.name(), count(blocks), x - width, width))
        });
        let dropped: u64 = site.dropped.values().sum();
        let mut from = 0;
        let reasons = site.dropped.iter().filter(|(_, number)| **number > 0).map(|(reason, number)| {
            let width = number * WIDTH / dropped.max(1);
            from += width;
            (reason.clone(), count(*number), from - width, width)
        });
        SiteRow {
            reasons: reasons.collect(),
            dropped: if site.dropped.is_empty() { String::new() } else { count(dropped) },
            roles: roles.collect(),
            name: if site.site.is_empty() { "(no URL)".to_owned() } else { site.site.clone() },
            link: (!site.site.is_empty()).then(|| Ask::default().toggled("site", &site.site).link("/")),
            captures: count(site.captures),
            without: count(site.without_story),
            clippings: count(site.clippings),
            stories: count(site.stories),
            days: days(&site.first_fetched, &site.last_fetched),
            furniture: site.furniture.iter().map(|(text, blocks)| (text.clone(), count(*blocks))).collect(),
        }
    });
    Reply::page(&SourcesPage {
        frame: Frame::new("Sources", "sources", asked.shown.archive.commit()),
        drops: sources.sites.iter().any(|site| !site.dropped.is_empty()),
        sites: sites.collect(),
        funnel: steps.into_iter().map(|(label, number)| (label, count(number), number * WIDTH / most)).collect(),
        outcomes: funnel
            .outcomes
            .iter()
            .map(|(name, number)| (name.clone(), several(*number, "record", "records")))
            .collect(),
        roles: Role::ALL.map(Role::name).to_vec(),
    })
}
