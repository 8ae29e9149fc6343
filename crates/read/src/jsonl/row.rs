use std::{borrow::Cow, fmt};

use copydesk_model::Outcome;
use serde::{
    Deserialize, Deserializer,
    de::{self, IgnoredAny, MapAccess, SeqAccess, Visitor},
};

/// The columns that are read; others may stand beside them.
#[derive(Default)]
pub(super) struct Row<'l> {
    pub(super) id: Column<'l>,
    pub(super) url: Column<'l>,
    pub(super) fetched_at: Column<'l>,
    pub(super) text: Column<'l>,
    pub(super) html: Column<'l>,
    pub(super) html_base64: Column<'l>,
    pub(super) charset: Column<'l>,
}

#[derive(Default)]
pub(super) enum Column<'l> {
    #[default]
    Missing,
    Null,
    Text(Cow<'l, str>),
    Number(String),
    Other(&'static str),
}

impl<'l> Column<'l> {
    /// The text; `None` where the column is missing or null.
    pub(super) fn optional(self, name: &str) -> Result<Option<Cow<'l, str>>, (Outcome, String)> {
        let found = match self {
            Column::Missing | Column::Null => return Ok(None),
            Column::Text(text) => return Ok(Some(text)),
            Column::Number(_) => "a number",
            Column::Other(what) => what,
        };
        Err((Outcome::MissingColumn, format!("its column `{name}` is {found}; it has to be a string")))
    }
}

// By hand rather than derived: where a key comes twice the last one counts, as in every other reader of JSON, and a wrong
// type in a column is told apart from a line that is no JSON.
impl<'de> Deserialize<'de> for Row<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Columns;
        impl<'de> Visitor<'de> for Columns {
            type Value = Row<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Row<'de>, A::Error> {
                let mut row = Row::default();
                while let Some(Key(key)) = map.next_key()? {
                    let column = match key.as_ref() {
                        "id" => &mut row.id,
                        "url" => &mut row.url,
                        "fetched_at" => &mut row.fetched_at,
                        "text" => &mut row.text,
                        "html" => &mut row.html,
                        "html_base64" => &mut row.html_base64,
                        "charset" => &mut row.charset,
                        _ => {
                            map.next_value::<IgnoredAny>()?;
                            continue;
                        }
                    };
                    *column = map.next_value()?;
                }
                Ok(row)
            }
        }
        deserializer.deserialize_map(Columns)
    }
}

/// serde borrows a `Cow` only where it is told to.
#[derive(Deserialize)]
struct Key<'l>(#[serde(borrow)] Cow<'l, str>);

impl<'de> Deserialize<'de> for Column<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Value;
        impl<'de> Visitor<'de> for Value {
            type Value = Column<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("any value")
            }
            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Column<'de>, E> {
                Ok(Column::Text(Cow::Borrowed(text)))
            }
            fn visit_str<E>(self, text: &str) -> Result<Column<'de>, E> {
                Ok(Column::Text(Cow::Owned(text.to_owned())))
            }
            fn visit_unit<E>(self) -> Result<Column<'de>, E> {
                Ok(Column::Null)
            }
            fn visit_bool<E>(self, _: bool) -> Result<Column<'de>, E> {
                Ok(Column::Other("true or false"))
            }
            fn visit_u64<E>(self, n: u64) -> Result<Column<'de>, E> {
                Ok(Column::Number(n.to_string()))
            }
            fn visit_i64<E>(self, n: i64) -> Result<Column<'de>, E> {
                Ok(Column::Number(n.to_string()))
            }
            fn visit_f64<E>(self, n: f64) -> Result<Column<'de>, E> {
                Ok(Column::Number(n.to_string()))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Column<'de>, A::Error> {
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Column::Other("a list"))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Column<'de>, A::Error> {
                IgnoredAny.visit_map(map).map_err(de::Error::custom)?;
                Ok(Column::Other("an object"))
            }
        }
        deserializer.deserialize_any(Value)
    }
}
