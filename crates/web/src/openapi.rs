//! The API's description: what is asked how, and what comes back.

use copydesk_match::Severity;
use copydesk_search::{Field, Sort};
use serde_json::{Value, json};

use crate::{
    ask::{By, Each, PARAMETERS},
    export::COLUMNS,
    part::Of,
};

/// OpenAPI 3.1.
pub(crate) fn description() -> Value {
    let without = |names: &[&str]| -> Vec<Value> {
        PARAMETERS.into_iter().filter(|name| !names.contains(name)).map(parameter).collect()
    };
    let (laid_out, list, whole) = (without(&[]), without(&["by"]), without(&["by", "after", "limit"]));
    let id = json!({"$ref": "#/components/parameters/id"});
    let mut changes = vec![id.clone()];
    let mut parts = vec![id.clone()];
    parts.extend(Of::ALL.map(Of::parameter).map(parameter));
    parts.push(json!({
        "name": "limit", "in": "query", "description": "Rows of each of the story's lists",
        "schema": {"type": "integer", "minimum": 1, "maximum": 200, "default": 100},
    }));
    let of_each = |kind: Value| {
        let names = Of::ALL.map(Of::name);
        let each: serde_json::Map<String, Value> =
            names.iter().map(|name| ((*name).to_owned(), kind.clone())).collect();
        json!({"type": "object", "required": names, "properties": each})
    };
    let mut totals = of_each(json!({"type": "integer", "minimum": 0}));
    totals["description"] = json!("Rows of each list in all");
    let mut next = of_each(json!({"type": ["integer", "null"]}));
    next["description"] =
        json!("Where each list goes on: `clippings_after`, `versions_after`, `relations_after` of the next part");
    changes.extend(["a", "b", "view", "only"].map(parameter));
    let example = "/api/v1/stories?limit=2";
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "copydesk",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "An archive of stories: what was captured, where it stood, and how it changed. All of it is read with GET. \
                Every answer has an ETag that changes with the archive's commit.",
            "license": {"name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "paths": {
            "/api/v1/archive": path("archive", "The archive's commit and how many stories it has", "/api/v1/archive", &[], "application/json", record(&[("commit", "integer"), ("stories", "integer"), ("version", "string")])),
            "/api/v1/stories": path("stories", "A search: rows, facets, days", example, &laid_out, "application/json", reference("Stories")),
            "/api/v1/stories/{id}": path("story", "A story with its versions, clippings and the evidence for its joins, each a part at a time", "", &parts, "application/json", reference("Story")),
            "/api/v1/stories/{id}/diff": path("diff", "What changed between two versions, by how much it matters", "", &changes, "application/json", record(&[("commit", "integer"), ("story", "string"), ("a", "object"), ("b", "object"), ("changes", "array")])),
            "/api/v1/sources": path("sources", "What came from each site, and from captures to stories", "/api/v1/sources", &[], "application/json", record(&[("commit", "integer"), ("funnel", "object"), ("sites", "array")])),
            "/export.csv": path("exportCsv", "All rows of a search as CSV for spreadsheets; its first line, `#`, says of what, and a `'` stands before text that would be a formula", "/export.csv", &whole, "text/csv", json!({"type": "string"})),
            "/export.jsonl": path("exportJsonl", "All rows of a search as JSON lines", "/export.jsonl", &whole, "application/jsonl", json!({"type": "string"})),
            "/export.parquet": path("exportParquet", "All rows of a search as one Parquet file", "/export.parquet", &whole, "application/vnd.apache.parquet", json!({"type": "string", "format": "binary"})),
            "/story/{id}/clippings.csv": path("clippingsCsv", "All clippings of a story with their versions, as CSV for spreadsheets", "", std::slice::from_ref(&id), "text/csv", json!({"type": "string"})),
            "/story/{id}/clippings.jsonl": path("clippingsJsonl", "All clippings of a story with their versions, as JSON lines", "", std::slice::from_ref(&id), "application/jsonl", json!({"type": "string"})),
            "/story/{id}/clippings.parquet": path("clippingsParquet", "All clippings of a story with their versions, as one Parquet file", "", std::slice::from_ref(&id), "application/vnd.apache.parquet", json!({"type": "string", "format": "binary"})),
            "/feed.rss": path("feedRss", "A search as RSS", "/feed.rss", &list, "application/rss+xml", json!({"type": "string"})),
            "/feed.atom": path("feedAtom", "A search as Atom", "/feed.atom", &list, "application/atom+xml", json!({"type": "string"})),
            "/feed.json": path("feedJson", "A search as JSON Feed", "/feed.json", &list, "application/feed+json", record(&[("version", "string"), ("title", "string"), ("items", "array")])),
        },
        "components": {
            "parameters": {"id": {
                "name": "id", "in": "path", "required": true, "description": "Id of a story, or of one of its versions, which leads to its story",
                "schema": {"type": "string", "pattern": "^[0-9a-fA-F]{16}([0-9a-fA-F]{16})?$"},
            }},
            "schemas": {
                "Problem": {
                    "type": "object", "required": ["status", "title", "detail"], "description": "RFC 9457",
                    "properties": {
                        "status": {"type": "integer"}, "title": {"type": "string"}, "detail": {"type": "string"},
                        "parameter": {"type": "string"}, "at": {"type": "integer", "description": "The character of the query, from 0"},
                    },
                },
                "Row": {"type": "object", "required": &COLUMNS[..COLUMNS.len() - 1], "properties": columns()},
                "Story": {
                    "type": "object", "required": ["commit", "story", "relations", "totals", "next"],
                    "properties": {
                        "commit": {"type": "integer"},
                        "story": record(&[
                            ("id", "string"), ("version", "string"), ("headline", "string"), ("body", "string"), ("first_seen", "string"), ("last_seen", "string"),
                            ("published_from", "string"), ("published_to", "string"), ("origin", "string"), ("mentions", "array"), ("versions", "array"),
                            ("clippings", "array"),
                        ]),
                        "relations": {"type": "array", "description": "What was found when its versions were compared"},
                        "totals": totals,
                        "next": next,
                    },
                },
                "Stories": {
                    "type": "object", "required": ["commit", "understood", "each", "sort", "total", "rows", "next", "facets", "days", "mentioned"],
                    "properties": {
                        "commit": {"type": "integer"},
                        "understood": {"type": "string", "description": "The query with every bracket that it means"},
                        "each": {"type": "string", "enum": Each::ALL.map(Each::name)},
                        "sort": {"type": "string", "enum": Sort::ALL.map(Sort::name)},
                        "total": {"type": "integer", "minimum": 0, "description": "Rows in all"},
                        "rows": {"type": "array", "items": reference("Row")},
                        "next": {"type": ["string", "null"], "description": "`after` of the next page"},
                        "facets": {
                            "type": "object", "description": "By the parameter that narrows down by it: values with their counts, most first",
                            "additionalProperties": {"type": "array", "items": record(&[("value", "string"), ("count", "integer")])},
                        },
                        "days": {
                            "type": "array", "description": "Stories by the day of their publication",
                            "items": record(&[("day", "string"), ("count", "integer")]),
                        },
                        "mentioned": {
                            "type": ["object", "null"], "description": "With `by=mentioned`: stories by the days, months or years that they speak of",
                            "required": ["unit", "bars"],
                            "properties": {"unit": {"type": "string"}, "bars": {"type": "array", "items": record(&[("time", "string"), ("count", "integer")])}},
                        },
                    },
                },
            },
        },
    })
}

/// A day, a month or a year; nothing where a form leaves it empty. February has 28 days here and 29 where the year has.
const DAY: &str = "^([0-9]{4}(-(0[1-9]|1[0-2]))?|[0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8])))?$";

fn columns() -> Value {
    let kind = |name: &str| {
        if matches!(name, "sites" | "copies" | "clippings" | "versions" | "words" | "changes") {
            "integer"
        } else {
            "string"
        }
    };
    COLUMNS[..COLUMNS.len() - 1]
        .iter()
        .map(|name| ((*name).to_owned(), json!({"type": kind(name)})))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

/// An object that always has some fields, each with its type.
fn record(fields: &[(&str, &str)]) -> Value {
    let names: Vec<&str> = fields.iter().map(|(name, _)| *name).collect();
    let properties: serde_json::Map<String, Value> =
        fields.iter().map(|(name, kind)| ((*name).to_owned(), json!({"type": kind}))).collect();
    json!({"type": "object", "required": names, "properties": properties})
}

/// Where an answer leads: the operation that takes an id out of it. Lists lead nowhere, as they may be empty.
fn links(from: &str) -> Value {
    match from {
        "story" => json!({"changes": {"operationId": "diff", "parameters": {"id": "$response.body#/story/id"}}}),
        _ => json!({}),
    }
}

fn path(id: &str, summary: &str, example: &str, parameters: &[Value], kind: &str, schema: Value) -> Value {
    let problem = |says: &str| json!({"description": says, "content": {"application/problem+json": {"schema": reference("Problem")}}});
    let moved = json!({"description": "The story has another id now", "headers": {"location": {"schema": {"type": "string"}}}, "content": {"text/plain": {"schema": {"type": "string"}}}});
    let mut responses = json!({
        "200": {"description": "The answer", "content": {(kind): {"schema": schema}}},
        "400": problem("A parameter cannot be used; `detail` says why, `at` where in the query"),
        "405": problem("Nothing can be changed"),
        "414": problem("The address is too long"),
        "429": problem("Too many requests"),
        "503": problem("It takes too long, or too much is asked at once"),
    });
    responses["200"]["links"] = links(id);
    if parameters.iter().any(|parameter| parameter["$ref"].is_string()) {
        responses["308"] = moved;
        responses["404"] = problem("The archive has no such story");
        responses["410"] = problem("It was taken out of the archive; `detail` says why");
    }
    json!({"get": {"operationId": id, "summary": summary, "x-example": example, "parameters": parameters, "responses": responses}})
}

fn parameter(name: &str) -> Value {
    let one_of = |values: Vec<&str>| json!({"type": "string", "enum": values});
    let text = || json!({"type": "string"});
    let day = || json!({"type": "string", "pattern": DAY});
    let values = |field: Field| field.values().unwrap_or_default().to_vec();
    let several = |values: Value| json!({"type": "array", "items": values});
    let (schema, says) = match name {
        "q" => (text(), "The query, in the language of the help page, of at most 4,096 bytes"),
        "site" => (several(text()), "Only what this site carried; several are any of them"),
        "lang" => (several(text()), "Only in this language"),
        "has" => (several(one_of(values(Field::Has))), "Only with this"),
        "origin" => (
            several(one_of(values(Field::Origin))),
            "Only what was written by these: an agency, the paper, who paid for it",
        ),
        "agency" => (several(text()), "Only what this agency wrote: its key, or its name as the facet has it"),
        "author" => (several(text()), "Only by this person: the name as the facet has it"),
        "place" => (several(text()), "Only written at this place: the name as the facet has it"),
        "section" => (several(text()), "Only what stood in this part of a site"),
        "changed" => (several(one_of(values(Field::Changed))), "Only where a later version changed this"),
        "mentions_from" => (day(), "Speaks of a time on this day, month or year or later"),
        "mentions_to" => (day(), "Speaks of a time on this day, month or year or earlier"),
        "by" => (
            one_of(By::ALL.map(By::name).to_vec()),
            "What stories are laid out by over time: publication, or what they mention",
        ),
        "from" => (day(), "Published on this day, month or year or later"),
        "to" => (day(), "Published on this day, month or year or earlier"),
        "sort" => (one_of(Sort::ALL.map(Sort::name).to_vec()), "The order; `relevance` where words are asked for"),
        "each" => (
            one_of(Each::ALL.map(Each::name).to_vec()),
            "What a row is: a story, one of its versions, or every clipping",
        ),
        "after" => (
            json!({"type": "string", "pattern": "^[0-9a-f]{1,16}\\.[0-9a-f]{1,16}(-[0-9]{1,9})?$"}),
            "Where the page begins: `next` of the page before",
        ),
        "limit" => (json!({"type": "integer", "minimum": 1, "maximum": 200, "default": 20}), "Rows of a page"),
        "clippings_after" | "versions_after" | "relations_after" => (
            json!({"type": "integer", "minimum": 0, "maximum": 999_999_999, "default": 0}),
            "Where the part of this list begins: its `next`",
        ),
        "a" => (text(), "The earlier version: its id, or the first digits of it"),
        "b" => (text(), "The later version"),
        "view" => (one_of(vec!["sides", "inline"]), "How the page lays them out; says nothing here"),
        _ => (one_of(Severity::ALL.map(Severity::name).to_vec()), "Only these changes"),
    };
    let examples: Vec<(&str, Value)> = match name {
        "q" => vec![
            ("words", json!("ferry -strike")),
            ("near", json!("\"sund straits\"~5 OR light*")),
            ("fields", json!("title:harbour has:versions published:[2024-01 TO 2024-06-30] copies:>1")),
        ],
        "from" | "mentions_from" => vec![("year", json!("2024")), ("day", json!("2024-05-03"))],
        "to" | "mentions_to" => vec![("month", json!("2024-06")), ("day", json!("2024-12-31"))],
        _ => vec![],
    };
    let mut described = json!({"name": name, "in": "query", "description": says, "schema": schema});
    if !examples.is_empty() {
        let examples: serde_json::Map<String, Value> =
            examples.iter().map(|(name, value)| ((*name).to_owned(), json!({"value": value}))).collect();
        described["examples"] = examples.into();
    }
    described
}
