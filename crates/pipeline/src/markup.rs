//! What a page's HTML says, as columns of `captures`: `about` for everybody, `marks` packed for the splitter alone.

use std::{mem::size_of, sync::Arc};

use arrow::{
    array::{ArrayBuilder, ArrayRef, BinaryArray, BinaryBuilder, ListArray, ListBuilder, StringBuilder, StructBuilder},
    datatypes::{DataType, Field as Column, Fields},
};
use copydesk_model::{About, Field, Mark, Markup, Said, Span, Tag, Witness};

use crate::{Error, ErrorKind, columns};

/// Builds the columns `about` and `marks`.
pub(crate) struct MarkupRows {
    about: ListBuilder<StructBuilder>,
    marks: BinaryBuilder,
}

impl MarkupRows {
    pub(crate) fn new() -> Self {
        let text = |name| Column::new(name, DataType::Utf8, false);
        let fields = Fields::from(vec![text("field"), text("value"), text("witness")]);
        let builders = (0..3).map(|_| Box::new(StringBuilder::new()) as Box<dyn ArrayBuilder>).collect();
        let item = Column::new("item", DataType::Struct(fields.clone()), false);
        Self {
            about: ListBuilder::new(StructBuilder::new(fields, builders)).with_field(item),
            marks: BinaryBuilder::new(),
        }
    }

    pub(crate) fn push(&mut self, markup: Option<&Markup>) {
        for said in markup.iter().flat_map(|markup| &markup.about.said) {
            let item = self.about.values();
            for (k, text) in [said.field.name(), &said.value, said.witness.name()].into_iter().enumerate() {
                if let Some(builder) = item.field_builder::<StringBuilder>(k) {
                    builder.append_value(text);
                }
            }
            item.append(true);
        }
        self.about.append(true);
        self.marks.append_value(markup.map_or_else(Vec::new, |markup| pack(&markup.marks)));
    }

    pub(crate) fn finish(&mut self) -> [ArrayRef; 2] {
        [Arc::new(self.about.finish()), Arc::new(self.marks.finish())]
    }
}

/// The markup of a row; `None` for a capture that came as text.
pub(crate) fn markup(about: &ListArray, marks: &BinaryArray, row: usize) -> Result<Option<Markup>, Error> {
    let packed = marks.value(row);
    if packed.is_empty() {
        return Ok(None);
    }
    let marks = unpack(packed).ok_or_else(|| damaged("marks"))?;
    let mut said = Vec::new();
    for [field, value, witness] in columns::triples(about, row)? {
        let field = Field::ALL.into_iter().find(|f| f.name() == field).ok_or_else(|| damaged("about"))?;
        let witness = Witness::ALL.into_iter().find(|w| w.name() == witness).ok_or_else(|| damaged("about"))?;
        said.push(Said { field, value, witness });
    }
    Ok(Some(Markup { marks, about: About { said } }))
}

fn damaged(column: &str) -> Error {
    Error::new(
        ErrorKind::Damaged,
        format!("the column `{column}` of the table `captures` cannot be read; make the archive again from its inputs"),
    )
}

/// Bytes of a mark.
const SIZE: usize = 5 * size_of::<u8>() + 2 * size_of::<u16>() + 5 * size_of::<u32>() + 2 * size_of::<u64>();

/// Marks as bytes, little end first: one field of all marks after the other, as equal fields stand next to each other then.
fn pack(marks: &[Mark]) -> Vec<u8> {
    let mut out = Vec::with_capacity(marks.len() * SIZE);
    let byte = |out: &mut Vec<u8>, of: fn(&Mark) -> u8| out.extend(marks.iter().map(of));
    byte(&mut out, |m| m.tag as u8);
    byte(&mut out, |m| m.links);
    byte(&mut out, |m| m.strong);
    byte(&mut out, |m| m.depth);
    byte(&mut out, |m| u8::from(m.broken) | u8::from(m.pictured) << 1 | u8::from(m.ruled) << 2);
    marks.iter().for_each(|m| out.extend(m.echoes.to_le_bytes()));
    marks.iter().for_each(|m| out.extend(m.article.to_le_bytes()));
    marks.iter().for_each(|m| out.extend(m.within.to_le_bytes()));
    marks.iter().for_each(|m| out.extend(m.container.to_le_bytes()));
    marks.iter().for_each(|m| out.extend(m.path.to_le_bytes()));
    marks.iter().for_each(|m| out.extend(m.source.start.to_le_bytes()));
    marks.iter().for_each(|m| out.extend(m.source.end.to_le_bytes()));
    marks.iter().for_each(|m| out.extend(m.near.to_le_bytes()));
    marks.iter().for_each(|m| out.extend(m.far.to_le_bytes()));
    out
}

/// The marks of bytes from [`pack`]; `None` for other bytes.
fn unpack(packed: &[u8]) -> Option<Vec<Mark>> {
    let count = packed.len() / SIZE;
    if !packed.len().is_multiple_of(SIZE) {
        return None;
    }
    let mut marks = vec![Mark::default(); count];
    let mut rest = packed;
    let mut take = |size: usize| {
        let (field, after) = rest.split_at(count * size);
        rest = after;
        field
    };
    for (m, &b) in marks.iter_mut().zip(take(1)) {
        m.tag = *Tag::ALL.get(b as usize)?;
    }
    marks.iter_mut().zip(take(1)).for_each(|(m, &b)| m.links = b);
    marks.iter_mut().zip(take(1)).for_each(|(m, &b)| m.strong = b);
    marks.iter_mut().zip(take(1)).for_each(|(m, &b)| m.depth = b);
    let flags = take(1);
    marks
        .iter_mut()
        .zip(flags)
        .for_each(|(m, &b)| (m.broken, m.pictured, m.ruled) = (b & 1 != 0, b & 2 != 0, b & 4 != 0));
    marks.iter_mut().zip(take(2).as_chunks().0).for_each(|(m, &b)| m.echoes = u16::from_le_bytes(b));
    marks.iter_mut().zip(take(2).as_chunks().0).for_each(|(m, &b)| m.article = u16::from_le_bytes(b));
    marks.iter_mut().zip(take(4).as_chunks().0).for_each(|(m, &b)| m.within = u32::from_le_bytes(b));
    marks.iter_mut().zip(take(4).as_chunks().0).for_each(|(m, &b)| m.container = u32::from_le_bytes(b));
    marks.iter_mut().zip(take(4).as_chunks().0).for_each(|(m, &b)| m.path = u32::from_le_bytes(b));
    let starts = take(4).as_chunks().0;
    let ends = take(4).as_chunks().0;
    for (m, (&start, &end)) in marks.iter_mut().zip(starts.iter().zip(ends)) {
        m.source = Span { start: u32::from_le_bytes(start), end: u32::from_le_bytes(end) };
    }
    marks.iter_mut().zip(take(8).as_chunks().0).for_each(|(m, &b)| m.near = u64::from_le_bytes(b));
    marks.iter_mut().zip(take(8).as_chunks().0).for_each(|(m, &b)| m.far = u64::from_le_bytes(b));
    Some(marks)
}

#[cfg(test)]
mod tests {
    use arrow::array::AsArray;
    use proptest::prelude::*;

    use super::*;

    fn mark(seed: u64) -> Mark {
        let bits = |n: u32| seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(n);
        Mark {
            tag: Tag::ALL[bits(1) as usize % Tag::ALL.len()],
            within: bits(2) as u32,
            near: bits(3),
            far: bits(4),
            echoes: bits(5) as u16,
            links: bits(6) as u8,
            strong: bits(7) as u8,
            depth: bits(8) as u8,
            broken: bits(9) & 1 == 1,
            pictured: bits(9) & 2 == 2,
            ruled: bits(9) & 4 == 4,
            article: bits(10) as u16,
            container: bits(11) as u32,
            path: bits(12) as u32,
            source: Span { start: bits(13) as u32, end: bits(14) as u32 },
        }
    }

    proptest! {
        #[test]
        fn what_was_packed_comes_back(seeds in proptest::collection::vec(any::<u64>(), 1..9), fields in 0..Field::ALL.len()) {
            let said = Field::ALL[..fields].iter().zip(Witness::ALL.into_iter().cycle());
            let said = said.map(|(&field, witness)| Said { field, value: format!("{field} ‘{witness}’"), witness }).collect();
            let markup_in = Markup { marks: seeds.into_iter().map(mark).collect(), about: About { said } };
            let mut rows = MarkupRows::new();
            rows.push(None);
            rows.push(Some(&markup_in));
            let [about, marks] = rows.finish();
            let read = |row| markup(about.as_list(), marks.as_binary(), row).unwrap();
            prop_assert_eq!(read(0), None);
            prop_assert_eq!(read(1), Some(markup_in));
        }
    }

    #[test]
    fn what_was_not_packed_is_refused() {
        assert_eq!(unpack(&[0; SIZE + 1]), None);
        assert_eq!(unpack(&[255; SIZE]), None);
    }
}
