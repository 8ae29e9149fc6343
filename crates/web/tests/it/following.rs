//! What is shown follows the archive, and what is damaged is mended.

use std::{
    fs,
    sync::atomic::Ordering,
    time::{Duration, Instant},
};

use crate::{
    client::get,
    made_up::{served, stories},
};

fn until(what: &str, mut is: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is() {
        assert!(begun.elapsed() < Duration::from_secs(30), "{what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn another_commit_is_shown_by_itself_and_no_request_fails_on_the_way() {
    let served = served(stories(40));
    assert_eq!(get(served.at, "/api/v1/archive").json()["stories"], 40);
    let tag = get(served.at, "/").header("etag").to_owned();
    let mut more = stories(70);
    more.commit = 2;
    *served.archive.lock().unwrap() = more;
    until("the server moves on", || {
        let answer = get(served.at, "/api/v1/stories?each=clipping&limit=200").json();
        // Never half of one and half of the other.
        assert!(
            matches!(
                (answer["commit"].as_u64(), answer["total"].as_u64().unwrap() > 150),
                (Some(1), false) | (Some(2), true)
            ),
            "{answer}"
        );
        answer["commit"] == 2
    });
    assert_ne!(get(served.at, "/").header("etag"), tag);
    let folders = fs::read_dir(&served.index).unwrap().filter(|entry| entry.as_ref().unwrap().path().is_dir()).count();
    assert_eq!(folders, 1, "the index of before is gone");
}

#[test]
fn a_page_of_before_goes_on_in_the_next_commit() {
    let served = served(stories(40));
    let first = get(served.at, "/api/v1/stories?sort=oldest&limit=10").json();
    let mut more = stories(40);
    more.commit = 2;
    *served.archive.lock().unwrap() = more;
    until("the server moves on", || get(served.at, "/api/v1/archive").json()["commit"] == 2);
    let second =
        get(served.at, &format!("/api/v1/stories?sort=oldest&limit=10&after={}", first["next"].as_str().unwrap()))
            .json();
    let both = get(served.at, "/api/v1/stories?sort=oldest&limit=20").json();
    let rows = |answer: &serde_json::Value| answer["rows"].as_array().unwrap().clone();
    assert_eq!([rows(&first), rows(&second)].concat(), rows(&both));
}

#[test]
fn captures_whose_stories_are_not_worked_out_are_waited_for() {
    let served = served(stories(20));
    let mut more = stories(30);
    (more.commit, more.behind) = (2, true);
    *served.archive.lock().unwrap() = more;
    let opened = served.opened.load(Ordering::Relaxed);
    until("the server has looked", || served.opened.load(Ordering::Relaxed) > opened + 1);
    assert_eq!(get(served.at, "/api/v1/archive").json()["commit"], 1);
    served.archive.lock().unwrap().behind = false;
    until("the server moves on", || get(served.at, "/api/v1/archive").json()["stories"] == 30);
}
