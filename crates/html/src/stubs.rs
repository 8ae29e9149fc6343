//! Pages that hold no page: those that only send on to another one, and shells that say no more than that a script is needed.

use crate::blocks::Laid;
use crate::scan::{Attribute, Name, Stream};

/// A page that sends its reader on later than this many seconds is meant to be read before.
const AT_ONCE: u32 = 10;
/// What is said to readers who are sent on, or who run no scripts, is shorter than this; more of it is the page.
const SHORT: usize = 1000;

/// What a page is instead of one, and what to do; `None` for a page. One that sends on and has running text, or many lines, is a page.
pub(crate) fn read(stream: &Stream<'_>, laid: &Laid) -> Option<String> {
    if laid.prose[0] == 0
        && laid.text.len() < SHORT
        && let Some(address) = sent_to(stream)
    {
        let address: String = address.chars().filter(|c| !c.is_control()).take(200).collect();
        return Some(format!("a page that only sends on to `{address}`; hand in that one"));
    }
    is_shell(laid).then(|| "a shell that scripts fill; hand in what a browser made of it".to_owned())
}

/// Where `<meta http-equiv=refresh>` sends the reader at once.
fn sent_to(stream: &Stream<'_>) -> Option<String> {
    stream.telling().filter(|element| element.name() == Name::META).find_map(|meta| {
        meta.attribute(Attribute::HTTP_EQUIV)?.trim().eq_ignore_ascii_case("refresh").then_some(())?;
        let content = meta.attribute(Attribute::CONTENT)?;
        let digits = content.trim_start().bytes().take_while(u8::is_ascii_digit).count();
        let (delay, rest) = content.trim_start().split_at(digits);
        let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').trim_start();
        let rest = rest.strip_prefix([';', ',']).unwrap_or(rest).trim_start();
        let (_, url) = rest.split_once('=').filter(|(name, _)| name.trim().eq_ignore_ascii_case("url"))?;
        let url = url.trim().trim_matches(['"', '\'']);
        let is_at_once = delay.is_empty() || delay.parse().is_ok_and(|delay: u32| delay <= AT_ONCE);
        (is_at_once && !url.is_empty() && !url.starts_with('#')).then(|| url.to_owned())
    })
}

/// Whether all that is shown is shown only where no script runs.
fn is_shell(laid: &Laid) -> bool {
    let mut marks = laid.marks.iter();
    !laid.marks.is_empty() && laid.text.len() < SHORT && marks.all(|mark| mark.is_within("noscript"))
}

#[cfg(test)]
mod tests {
    use crate::{Limits, blocks::lay, scan::Stream};

    #[track_caller]
    fn check(page: &str, expected: Option<&str>) {
        let limits = Limits::default();
        let stream = Stream::read(page, limits.nodes, limits.nested).unwrap();
        let laid = lay(&stream, &limits, &mut Default::default(), false);
        assert_eq!(super::read(&stream, &laid).as_deref(), expected, "{page}");
    }

    #[test]
    fn pages_that_send_on_say_where_to() {
        let to = |url: &str| format!("a page that only sends on to `{url}`; hand in that one");
        check("<meta http-equiv=refresh content='0; url=/new'><a href=/new>Here</a>", Some(&to("/new")));
        check(
            "<META HTTP-EQUIV=Refresh CONTENT=\"1;URL='https://a.example/?a=b&amp;c'\">",
            Some(&to("https://a.example/?a=b&c")),
        );
        check("<meta http-equiv=refresh content='0.5, URL = x'>", Some(&to("x")));
        check("<meta http-equiv=refresh content=300><p>Scores", None);
        check("<meta http-equiv=refresh content='300; url=/scores'><p>Scores", None);
        check("<meta http-equiv=refresh content='0; url='><p>Scores", None);
        check("<meta http-equiv=refresh content='99999999999; url=/scores'><p>Scores", None);
        check("<meta name=refresh content='0; url=/new'><p>Scores", None);
        let front = "<p><a href=/ferry>The ferry sails again</a>".repeat(60);
        check(&format!("<noscript><meta http-equiv=refresh content='0; url=/?plain'></noscript>{front}"), None);
    }

    #[test]
    fn shells_are_those_that_show_something_only_without_scripts() {
        let shell = Some("a shell that scripts fill; hand in what a browser made of it");
        check("<body><noscript><p>You need <b>JavaScript</b>.</p></noscript><div id=root></div>", shell);
        check("<body><noscript>Scores are shown by a script.</noscript><p>Scores", None);
        check("<div id=root></div>", None);
        let page = "<p>The ferry sails.</p>".repeat(90);
        check(&format!("<body><noscript>{page}</noscript>"), None);
    }
}
