//! The same answers for programs, and the page that tells how to ask for them.

use askama::Template;
use copydesk_search::Facet;
use serde_json::{Value, json};

use crate::{
    archive::Story,
    ask::Ask,
    list::List,
    openapi,
    pages::{Frame, diff::Wanted, story::named},
    part::{Of, Part, Parts},
    problem::Problem,
    reply::Reply,
    server::Asked,
};

#[derive(Template)]
#[template(path = "api.html")]
struct ApiPage {
    frame: Frame,
    paths: Vec<Described>,
}

/// An address as the page describes it.
struct Described {
    path: String,
    summary: String,
    /// Where it can be tried.
    example: String,
    parameters: Vec<(String, String, String)>,
}

pub(crate) fn page(asked: &Asked<'_>) -> Result<Reply, Problem> {
    let description = openapi::description();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let paths = description["paths"].as_object().into_iter().flatten().map(|(path, methods)| {
        let get = &methods["get"];
        let parameters = get["parameters"].as_array().into_iter().flatten().map(|parameter| {
            let parameter = match parameter["$ref"].as_str().and_then(|to| to.rsplit('/').next()) {
                Some(name) => &description["components"]["parameters"][name],
                None => parameter,
            };
            let schema = &parameter["schema"];
            let values = schema["enum"].as_array().map(|values| values.iter().map(text).collect::<Vec<_>>().join(", "));
            (text(&parameter["name"]), values.unwrap_or_else(|| text(&schema["type"])), text(&parameter["description"]))
        });
        Described {
            summary: text(&get["summary"]),
            example: text(&get["x-example"]),
            parameters: parameters.collect(),
            path: path.clone(),
        }
    });
    Reply::page(&ApiPage { frame: Frame::new("API", "api", asked.shown.archive.commit()), paths: paths.collect() })
}

pub(crate) fn openapi(_: &Asked<'_>) -> Result<Reply, Problem> {
    Reply::json(&openapi::description())
}

pub(crate) fn archive(asked: &Asked<'_>) -> Result<Reply, Problem> {
    asked.has_no_parameters()?;
    let index = &asked.shown.index;
    Reply::json(
        &json!({"commit": asked.shown.archive.commit(), "stories": index.stories(), "version": env!("CARGO_PKG_VERSION")}),
    )
}

pub(crate) fn stories(asked: &Asked<'_>) -> Result<Reply, Problem> {
    let shown = asked.shown;
    let ask = Ask::read(&asked.parameters, &shown.limits)?;
    let list = List::new(&shown.index, &ask, &shown.limits, Some(shown.limits.rows))?;
    let facet = |(name, facet): (&&str, &Facet)| {
        let values: Vec<Value> =
            facet.values.iter().map(|(value, count)| json!({"value": value, "count": count})).collect();
        ((*name).to_owned(), Value::Array(values))
    };
    let facets: serde_json::Map<String, Value> = list.answer.facets.iter().map(facet).collect();
    let days: Vec<Value> = list
        .answer
        .days
        .iter()
        .map(|(day, count)| json!({"day": copydesk_search::Times::day(day * 86_400), "count": count}))
        .collect();
    let mentioned = list.answer.mentioned.as_ref().map(|mentioned| {
        let bars = mentioned.bars.iter().map(|(time, count)| json!({"time": time, "count": count}));
        json!({"unit": mentioned.unit.name(), "bars": bars.collect::<Vec<_>>()})
    });
    let rows: Vec<_> = list.rows.iter().map(|row| row.line()).collect();
    Reply::json(&json!({
        "commit": shown.archive.commit(), "understood": list.node.to_string(), "each": ask.each.name(), "sort": ask.order(&list.node).name(),
        "total": list.total, "rows": rows, "next": list.next.map(|next| next.to_string()), "facets": facets, "days": days, "mentioned": mentioned,
    }))
}

/// The story of a path, or where it is now.
fn of_path<T>(asked: &Asked<'_>, found: Result<T, String>, rest: &str) -> Result<T, Reply> {
    found.map_err(|other| {
        let query = asked.address.split_once('?').map_or(String::new(), |(_, query)| format!("?{query}"));
        Reply::elsewhere(format!("/api/v1/stories/{other}{rest}{query}"))
    })
}

pub(crate) fn story(asked: &Asked<'_>) -> Result<Reply, Problem> {
    let limits = &asked.shown.limits;
    let mut parts = Parts::default();
    for (name, value) in &asked.parameters {
        if !parts.read(name, value, limits)? {
            return Err(Problem::unknown_parameter(format!(
                "there is no parameter `{}`; there are {}, `limit`",
                name.escape_default(),
                Of::ALL.map(|of| format!("`{}`", of.parameter())).join(", ")
            )));
        }
    }
    let id = asked.path.get(3).copied().unwrap_or_default();
    let mut story: Story = match of_path(asked, named(asked, id)?, "") {
        Ok(story) => story,
        Err(reply) => return Ok(reply),
    };
    let several = story.versions.len() > 1;
    let mut relations = if several { asked.shown.archive.relations(&story.id)? } else { Vec::new() };
    let bodies = if several {
        asked.shown.archive.bodies(&story.id)?
    } else {
        [(story.version.clone(), story.body.clone())].into()
    };
    let lengths = [story.clippings.len(), story.versions.len(), relations.len()];
    let [clippings, versions, related] = Of::ALL.map(|of| parts.part(of, lengths[of as usize], 0, limits));
    only(&mut story.clippings, &clippings);
    only(&mut story.versions, &versions);
    only(&mut relations, &related);
    let of_each = |what: fn(&Part) -> Value| {
        let of_each = Of::ALL.into_iter().zip([&clippings, &versions, &related]);
        of_each.map(|(of, part)| (of.name().to_owned(), what(part))).collect::<serde_json::Map<_, _>>()
    };
    let totals = of_each(|part| part.total.into());
    let next = of_each(|part| part.next().into());
    let mut out = json!({
        "commit": asked.shown.archive.commit(), "story": story, "relations": relations, "totals": totals, "next": next,
    });
    for version in out["story"]["versions"].as_array_mut().into_iter().flatten() {
        let body = version["id"].as_str().and_then(|id| bodies.get(id)).cloned().unwrap_or_default();
        version["body"] = Value::String(body);
    }
    Reply::json(&out)
}

/// Leaves a part of a list.
fn only<T>(rows: &mut Vec<T>, part: &Part) {
    rows.truncate(part.rows.end);
    rows.drain(..part.rows.start);
}

pub(crate) fn diff(asked: &Asked<'_>) -> Result<Reply, Problem> {
    let id = asked.path.get(3).copied().unwrap_or_default();
    let wanted = match of_path(asked, Wanted::read(asked, id)?, "/diff") {
        Ok(wanted) => wanted,
        Err(reply) => return Ok(reply),
    };
    let changes = wanted.changes(asked)?;
    let version = |at: usize| wanted.story.versions.get(at);
    let all: Vec<_> =
        changes.all.iter().filter(|change| wanted.only.is_none_or(|only| only == change.severity)).collect();
    Reply::json(
        &json!({"commit": asked.shown.archive.commit(), "story": wanted.story.id, "a": version(wanted.a), "b": version(wanted.b), "changes": all}),
    )
}

pub(crate) fn sources(asked: &Asked<'_>) -> Result<Reply, Problem> {
    asked.has_no_parameters()?;
    let sources = asked.shown.sources()?;
    Reply::json(&json!({"commit": asked.shown.archive.commit(), "funnel": sources.funnel, "sites": sources.sites}))
}
