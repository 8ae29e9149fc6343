//! A story's own lists (clippings, versions, relations), a part at a time: a story that stood everywhere has twenty thousand rows of each.

use std::ops::Range;

use crate::{limits::Limits, problem::Problem};

/// The lists of a story, by the names that they have in an address and in the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Of {
    Clippings,
    Versions,
    Relations,
}

impl Of {
    pub(crate) const ALL: [Of; 3] = [Of::Clippings, Of::Versions, Of::Relations];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Of::Clippings => "clippings",
            Of::Versions => "versions",
            Of::Relations => "relations",
        }
    }

    /// The parameter that says where the part begins.
    pub(crate) fn parameter(self) -> &'static str {
        match self {
            Of::Clippings => "clippings_after",
            Of::Versions => "versions_after",
            Of::Relations => "relations_after",
        }
    }
}

/// Which parts of a story's lists an address asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Parts {
    /// Rows before the part, where it was said.
    after: [Option<usize>; Of::ALL.len()],
    limit: Option<usize>,
}

impl Parts {
    /// Takes in a parameter of an address; whether it is about parts.
    pub(crate) fn read(&mut self, name: &str, value: &str, limits: &Limits) -> Result<bool, Problem> {
        let digits = !value.is_empty() && value.len() < 10 && value.bytes().all(|b| b.is_ascii_digit());
        let number: Option<usize> = value.parse().ok().filter(|_| digits);
        let before = if name == "limit" {
            let limit = number.filter(|limit| (1..=limits.rows).contains(limit));
            self.limit.replace(limit.ok_or_else(|| Problem::limit(value, limits))?)
        } else if let Some(of) = Of::ALL.into_iter().find(|of| of.parameter() == name) {
            let says = || format!("`{}` is no place in a list; take it from `next`", value.escape_default());
            self.after[of as usize].replace(number.ok_or_else(|| Problem::parameter(of.parameter(), says()))?)
        } else {
            return Ok(false);
        };
        match before {
            Some(_) => Err(Problem::unknown_parameter(format!("`{name}` is given twice"))),
            None => Ok(true),
        }
    }

    /// The part of a list of `total` rows; where nobody said, the one with row `usual` in it.
    pub(crate) fn part(&self, of: Of, total: usize, usual: usize, limits: &Limits) -> Part {
        let limit = self.limit.unwrap_or(limits.story_rows);
        let from = self.after[of as usize].unwrap_or(usual / limit * limit).min(total);
        Part { rows: from..total.min(from + limit), total, limit }
    }

    /// The same parts of the other lists, and another one of this; as the parameters of an address.
    pub(crate) fn with(&self, of: Of, after: usize) -> String {
        let mut out = form_urlencoded::Serializer::new(String::new());
        for one in Of::ALL {
            let place = if one == of { Some(after) } else { self.after[one as usize] };
            if let Some(place) = place {
                out.append_pair(one.parameter(), &place.to_string());
            }
        }
        if let Some(limit) = self.limit {
            out.append_pair("limit", &limit.to_string());
        }
        out.finish()
    }
}

/// A part of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) rows: Range<usize>,
    /// Rows of the whole list.
    pub(crate) total: usize,
    limit: usize,
}

impl Part {
    /// Where the list goes on.
    pub(crate) fn next(&self) -> Option<usize> {
        (self.rows.end < self.total).then_some(self.rows.end)
    }

    /// Where the part before begins.
    pub(crate) fn previous(&self) -> Option<usize> {
        (self.rows.start > 0).then(|| self.rows.start.saturating_sub(self.limit))
    }

    pub(crate) fn is_whole(&self) -> bool {
        self.rows.len() == self.total
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(parameters: &[(&str, &str)]) -> Result<Parts, Problem> {
        let mut parts = Parts::default();
        for (name, value) in parameters {
            assert!(parts.read(name, value, &Limits::default())?, "{name}");
        }
        Ok(parts)
    }

    #[test]
    fn a_list_is_given_a_part_at_a_time() {
        let limits = Limits::default();
        let check = |parameters: &[(&str, &str)], total: usize, usual: usize, expected: Range<usize>| {
            let part = read(parameters).unwrap().part(Of::Versions, total, usual, &limits);
            assert_eq!(part.rows, expected, "{parameters:?}");
            part
        };
        assert!(check(&[], 7, 0, 0..7).is_whole());
        assert_eq!(check(&[], 250, 0, 0..100).next(), Some(100));
        check(&[], 250, 217, 200..250);
        let last = check(&[("versions_after", "200")], 250, 0, 200..250);
        assert_eq!((last.next(), last.previous()), (None, Some(100)));
        assert_eq!(check(&[("versions_after", "5"), ("limit", "20")], 250, 0, 5..25).previous(), Some(0));
        check(&[("versions_after", "900")], 250, 0, 250..250);
        check(&[("clippings_after", "100")], 250, 0, 0..100);
        assert_eq!(
            read(&[("clippings_after", "100"), ("limit", "20")]).unwrap().with(Of::Versions, 40),
            "clippings_after=100&versions_after=40&limit=20"
        );
    }

    #[test]
    fn what_cannot_be_used_is_named() {
        for (name, value, says) in [
            ("limit", "0", "from 1 to 200"),
            ("limit", "201", "from 1 to 200"),
            ("limit", "", "from 1 to 200"),
            ("versions_after", "-1", "no place"),
            ("versions_after", "+1", "no place"),
            ("clippings_after", "", "no place"),
            ("relations_after", "99999999999999999999", "no place"),
        ] {
            let problem = read(&[(name, value)]).unwrap_err();
            assert!(problem.status == 400 && problem.detail.contains(says), "{name}={value}: {problem:?}");
        }
        assert!(read(&[("limit", "5"), ("limit", "5")]).unwrap_err().detail.contains("twice"));
    }
}
