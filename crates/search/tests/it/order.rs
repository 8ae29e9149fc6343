//! Orders and pages.

use copydesk_search::{Entry, Mark, Sort, Wanted};

use crate::made_up::{ask, index, numbers, sorted, stories, story};

#[test]
fn orders() {
    let (_folder, index) = index(stories());
    let check = |query: &str, sort: Sort, expected: &[u64]| {
        assert_eq!(numbers(&ask(&index, query, &sorted(sort))), expected, "{query} {sort:?}");
    };
    check("", Sort::Newest, &[5, 3, 1, 2, 4, 6]);
    check("", Sort::Oldest, &[2, 1, 3, 5, 4, 6]);
    check("", Sort::Relevance, &[5, 3, 1, 2, 4, 6]);
    check("ferry", Sort::Copies, &[1, 2]);
    // In the headline it counts for more.
    check("ferry", Sort::Relevance, &[1, 2]);
    check("barrier OR sails", Sort::Relevance, &[2, 1]);
}

#[test]
fn pages_laid_end_to_end_are_the_whole_answer() {
    let many: Vec<Entry> = (0..500u64)
        .map(|i| Entry {
            time: (i % 7 != 0).then_some(((i * 37) % 90) as i64 * 86_400),
            clippings: 1 + i % 3,
            ..story(i * 0x9E37_79B9 + 1, "Ferry", &"ferry boat ".repeat(1 + (i as usize * 31) % 5))
        })
        .collect();
    let (_folder, index) = index(many);
    for sort in Sort::ALL {
        let all = numbers(&ask(&index, "ferry", &sorted(sort)));
        assert_eq!(all.len(), 500);
        let (mut pages, mut after) = (Vec::new(), None);
        loop {
            let answer = ask(&index, "ferry", &Wanted { sort, after, limit: 17, ..Wanted::default() });
            assert_eq!(answer.stories, 500);
            pages.extend(numbers(&answer));
            match answer.hits.last() {
                Some(last) => after = Some(last.mark.to_string().parse::<Mark>().unwrap()),
                None => break,
            }
        }
        assert_eq!(pages, all, "{sort:?}");
    }
    for not in ["", "1", "1.", "x.1", "1.1.1", "11111111111111111.1", "+1.1"] {
        assert!(not.parse::<Mark>().is_err(), "{not}");
    }
}
