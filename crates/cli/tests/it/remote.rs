//! Inputs that lie elsewhere, by a server inside the test.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    net::TcpListener,
    path::Path,
    thread,
};

use crate::run::{FERRY, path, program, samples};

/// A server with the sample captures at `/crawls/2024/samples.jsonl` and in the list of the bucket `crawls`; at other paths there is nothing.
fn server() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let host = listener.local_addr().unwrap().to_string();
    let samples = fs::read(samples()).unwrap();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
            let target = lines.next().unwrap().unwrap().split(' ').nth(1).unwrap().to_owned();
            lines.take_while(|line| line.as_ref().is_ok_and(|line| !line.is_empty())).for_each(drop);
            let list = format!(
                "<ListBucketResult><Contents><Key>2024/samples.jsonl</Key><Size>{}</Size>\
                 <LastModified>2024-05-03T18:19:08.000Z</LastModified><ETag>\"a\"</ETag></Contents></ListBucketResult>",
                samples.len()
            );
            let (status, body) = match target.split('?').next().unwrap() {
                "/crawls" => (200, list.as_bytes()),
                "/crawls/2024/samples.jsonl" => (200, &samples[..]),
                "/page" => (200, FERRY.as_bytes()),
                _ => (404, &b""[..]),
            };
            let head = format!(
                "HTTP/1.1 {status} Said\r\nConnection: close\r\nContent-Length: {}\r\nETag: \"a\"\r\n\
                 Last-Modified: Fri, 03 May 2024 18:19:08 GMT\r\n\r\n",
                body.len()
            );
            let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body));
        }
    });
    host
}

/// Every byte of every file below a folder.
fn bytes(folder: &Path) -> Vec<u8> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        all.extend(if path.is_dir() { bytes(&path) } else { fs::read(&path).unwrap() });
    }
    all
}

#[test]
fn captures_come_from_a_store_and_from_the_web() {
    let host = server();
    let folder = tempfile::tempdir().unwrap();
    let archive = path(&folder, "news");
    let run = |inputs: &[&str]| {
        let done = program()
            .envs([("AWS_ALLOW_HTTP", "true"), ("AWS_ACCESS_KEY_ID", "me"), ("AWS_SECRET_ACCESS_KEY", "pass-word-1")])
            .env("AWS_ENDPOINT", format!("http://{host}"))
            .args(["add", "--json", &archive])
            .args(inputs)
            .output()
            .unwrap();
        let said = [&done.stdout[..], &done.stderr[..]].concat();
        assert!(!String::from_utf8_lossy(&said).contains("pass-word"), "{}", String::from_utf8_lossy(&said));
        let funnel: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
        (done.status.code(), funnel)
    };
    let (code, funnel) = run(&["s3://crawls/2024/", "s3://crawls/2024/*.jsonl"]);
    assert_eq!(
        (code, &funnel["outcomes"]["kept"], &funnel["outcomes"]["duplicate"]),
        (Some(0), &14.into(), &14.into())
    );
    let page = format!("http://me:pass-word-2@{host}/page?signature=pass-word-3");
    let gone = format!("http://{host}/gone.html?signature=pass-word-3");
    let (code, funnel) = run(&[&gone, &page]);
    assert_eq!((code, &funnel["outcomes"]["kept"]), (Some(3), &1.into()));
    assert_eq!(funnel["left_out"]["unreadable"]["count"], 1, "{funnel}");
    let said = funnel["left_out"].to_string();
    assert!(said.contains(&format!("http://{host}/gone.html")) && said.contains("404"), "{said}");
    let kept = bytes(folder.path());
    assert!(!kept.windows(9).any(|bytes| bytes == b"pass-word"));
    let captures = program().args(["export", &archive, "captures"]).output().unwrap();
    let captures = String::from_utf8(captures.stdout).unwrap();
    assert!(captures.contains(&format!("http://{host}/page\"")), "{captures}");
}

#[test]
fn one_page_is_taken_apart_where_it_lies() {
    let host = server();
    let done = program().args(["clip", &format!("http://{host}/page")]).output().unwrap();
    let line: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(line["headline"], "Ferry Sails Again After Three Weeks of Repairs");
}
