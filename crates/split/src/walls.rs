//! Pages that are no story although they read as one: errors, log-ins, requests for consent. A site serves them in a story's place.
//!
//! What they have in common: they are short, they name nobody who wrote them, and they speak of the machinery of the web (see
//! [`crate::signals`], `widget`), or their title says that there is no page.

use copydesk_model::{About, Clipping, Field, Role, Witness};

use crate::Split;
use crate::page::Page;
use crate::signals::Kind;

/// Longest text of such a page, in words. Of the consent dialogues that were seen the longest had 330.
const WORDS: f32 = 500.0;
/// Longest error, in words.
const ERROR_WORDS: f32 = 220.0;
/// Share of words of machinery, and how many of them at least: of a text that nobody signs, and of one whose title has some as well.
const SHARE: (f32, u32) = (0.045, 4);
const TITLED_SHARE: (f32, u32) = (0.02, 2);
/// The same of a text that says when it was published, or who wrote it.
const SIGNED_SHARE: (f32, u32) = (0.1, 5);
/// Longest title that may say that there is no page, in bytes.
const LONGEST_TITLE: usize = 120;

/// What titles of errors say, in lower case: wherever it stands.
const SAID: &[&str] = &[
    "page not found",
    "page cannot be found",
    "page can't be found",
    "page can’t be found",
    "page could not be found",
    "page couldn't be found",
    "page couldn’t be found",
    "page doesn't exist",
    "page doesn’t exist",
    "page does not exist",
    "couldn't find that page",
    "couldn’t find that page",
    "couldn't find the page",
    "couldn’t find the page",
    "can't find that page",
    "can’t find that page",
    "error 404",
    "404 error",
    "404 not found",
    "error 403",
    "403 forbidden",
    "error 500",
    "internal server error",
    "502 bad gateway",
    "503 service",
    "verify you are human",
    "verify that you are human",
    "are you a robot",
    "seite nicht gefunden",
    "seite wurde nicht gefunden",
    "seite konnte nicht gefunden",
    "seite existiert nicht",
    "fehler 404",
    "fehler ist aufgetreten",
    "página no encontrada",
    "página no existe",
    "página não encontrada",
    "página não existe",
    "page introuvable",
    "page non trouvée",
    "page n'existe pas",
    "page n’existe pas",
    "pagina non trovata",
    "pagina non esiste",
    "pagina niet gevonden",
    "pagina bestaat niet",
    "sidan kunde inte hittas",
    "sidan hittades inte",
    "sidan finns inte",
    "siden blev ikke fundet",
    "siden ble ikke funnet",
    "siden finnes ikke",
    "siden findes ikke",
    "sivua ei löyty",
    "nie znaleziono strony",
    "strona nie istnieje",
    "strona nie została znaleziona",
    "stránka nenalezena",
    "stránka nebyla nalezena",
    "sayfa bulunamadı",
    "страница не найдена",
    "страница не существует",
    "сторінку не знайдено",
    "страницата не е намерена",
    "η σελίδα δεν βρέθηκε",
    "pagina nu a fost găsită",
    "oldal nem található",
    "页面不存在",
    "页面未找到",
    "找不到页面",
    "頁面不存在",
    "找不到頁面",
    "ページが見つかりません",
    "ページは見つかりません",
    "ページは存在しません",
    "페이지를 찾을 수",
    "الصفحة غير موجودة",
    "لم يتم العثور على الصفحة",
    "הדף לא נמצא",
    "העמוד לא נמצא",
    "صفحه پیدا نشد",
    "صفحه یافت نشد",
    "पृष्ठ नहीं मिला",
    "पेज नहीं मिला",
    "ไม่พบหน้า",
    "không tìm thấy trang",
    "halaman tidak ditemukan",
];
/// What a whole title may be that says it, but for numbers and punctuation.
const WHOLE: &[&str] = &[
    "error",
    "not found",
    "access denied",
    "forbidden",
    "unauthorized",
    "service unavailable",
    "bad gateway",
    "attention required",
    "just a moment",
    "fehler",
    "nicht gefunden",
    "zugriff verweigert",
    "erreur",
    "accès refusé",
    "no encontrado",
    "acceso denegado",
    "acesso negado",
    "accesso negato",
    "ошибка",
    "доступ запрещен",
    "доступ запрещён",
    "エラー",
    "アクセスが拒否されました",
    "错误",
    "오류",
    "hata",
    "oops",
    "something went wrong",
    "access to this page has been denied",
    "request blocked",
    "too many requests",
    "temporarily unavailable",
];

/// Takes out the clippings that are none.
pub(crate) fn take_out(page: &Page<'_>, split: &mut Split) {
    let Some(marked) = &page.marked else { return };
    let (mut words, mut machinery) = (vec![0.0; split.clippings.len()], vec![0; split.clippings.len()]);
    for (block, line) in split.blocks.iter().zip(&page.lines) {
        if let (Role::Body, Some(clipping)) = (block.role, block.clipping) {
            words[clipping as usize] += line.words;
            machinery[clipping as usize] += line.widget_words;
        }
    }
    let all: f32 = words.iter().sum();
    if split.clippings.is_empty() {
        return;
    }
    let mut stays = are_no_teasers(page, split, &words);
    if all > WORDS {
        return if stays.contains(&false) {
            keep(split, &stays)
        };
    }
    let is_dated =
        marked.about.all(Field::Published).any(|said| !matches!(said.witness, Witness::Url | Witness::Visible));
    let is_signed = marked.kind == Kind::Article || is_dated || marked.about.best(Field::Author).is_some();
    // an error has no author
    let is_article = marked.kind == Kind::Article && marked.about.best(Field::Author).is_some();
    let is_error = !is_article && all <= ERROR_WORDS && titles(marked.about, &split.clippings).any(says_error);
    for (at, clipping) in split.clippings.iter().enumerate() {
        let of_title = copydesk_text::words(&clipping.headline);
        let is_titled = of_title.iter().any(|word| crate::signals::widget_words().hold(u64::from(word.key)));
        let (share, least) = match (is_signed || !clipping.byline.is_empty(), is_titled) {
            (true, _) => SIGNED_SHARE,
            (false, true) => TITLED_SHARE,
            (false, false) => SHARE,
        };
        stays[at] &= !(is_error || (machinery[at] >= least && machinery[at] as f32 >= words[at] * share));
    }
    // what a page says in the place of its story is all that it says
    if !is_signed && !stays[0] && split.clippings.len() > 1 {
        stays.fill(false);
    }
    if stays.contains(&false) {
        keep(split, &stays);
    }
}

/// By clipping: whether it is a story, and not a board of titles that lead to stories, with a sentence or two each, or one of the
/// teasers on a front.
fn are_no_teasers(page: &Page<'_>, split: &Split, words: &[f32]) -> Vec<bool> {
    /// Share of a title that is a link, of 255; titles of a board; words of text for each of them.
    const LINK: u8 = 200;
    const TITLES: u32 = 3;
    const SHORT: f32 = 45.0;
    /// Titles of a front, all of one template; words that introduce it.
    const FRONT: u32 = 4;
    const INTRODUCTION: f32 = 25.0;
    /// Titles that part paragraphs.
    const PARTED: u32 = 2;
    let Some(marked) = &page.marked else { return vec![true; words.len()] };
    let (mut titles, mut leads) = (vec![0u32; words.len()], vec![false; words.len()]);
    let mut inner = vec![0usize; words.len()];
    let mut heads = 0;
    let mut templates: Vec<(u32, u32)> = Vec::new();
    for (block, mark) in split.blocks.iter().zip(&marked.marks) {
        if !mark.tag.is_heading() || mark.links < LINK {
            continue;
        }
        match templates.iter().position(|template| template.0 == mark.path) {
            Some(known) => templates[known].1 += 1,
            None if templates.len() < 16 => templates.push((mark.path, 1)),
            None => {}
        }
        let Some(clipping) = block.clipping else { continue };
        if matches!(block.role, Role::Body | Role::Headline) {
            titles[clipping as usize] += 1;
            inner[clipping as usize] += usize::from(block.role == Role::Body);
            leads[clipping as usize] |= block.role == Role::Headline;
            heads += u32::from(block.role == Role::Headline);
        }
    }
    let is_article = marked.kind == Kind::Article;
    let is_front = !is_article && templates.iter().any(|template| template.1 >= FRONT);
    // a title that is a link over each paragraph, but for one that introduces them
    let is_parted = |at: usize| {
        let paragraphs = split.clippings[at].body.len().saturating_sub(inner[at]);
        !is_article && titles[at] >= PARTED && paragraphs <= titles[at] as usize + usize::from(!leads[at])
    };
    let is_parted_front = (0..words.len()).any(is_parted);
    let is_board = |at: usize| titles[at] >= TITLES && words[at] < titles[at] as f32 * SHORT || is_parted(at);
    let is_teaser = |at: usize| {
        let is_one = split.clippings[at].body.len() <= 1;
        let is_short = words[at] < SHORT && is_one;
        (heads >= TITLES && titles[at] >= 1 && is_short && !is_article)
            || (is_front && is_one && (leads[at] || words[at] < INTRODUCTION))
            || (is_parted_front && is_one && words[at] < INTRODUCTION)
    };
    (0..words.len()).map(|at| !is_board(at) && !is_teaser(at)).collect()
}

/// Leaves these clippings; the blocks of the others are furniture.
fn keep(split: &mut Split, stays: &[bool]) {
    let mut next = 0;
    let numbers: Vec<Option<u32>> = stays
        .iter()
        .map(|&stays| {
            next += u32::from(stays);
            stays.then(|| next - 1)
        })
        .collect();
    for block in &mut split.blocks {
        if let Some(clipping) = block.clipping {
            block.clipping = numbers[clipping as usize];
            if block.clipping.is_none() {
                block.role = Role::Furniture;
            }
        }
    }
    let mut at = 0;
    split.masked.retain(|_| {
        at += 1;
        stays[at - 1]
    });
    split.clippings.retain(|clipping| stays[clipping.ordinal as usize]);
    for (ordinal, clipping) in (0..).zip(&mut split.clippings) {
        clipping.ordinal = ordinal;
    }
}

fn titles<'a>(about: &'a About, clippings: &'a [Clipping]) -> impl Iterator<Item = &'a str> {
    let told = about.all(Field::Headline).map(|said| said.value.as_str());
    told.chain(clippings.iter().map(|clipping| clipping.headline.as_str()))
}

/// Whether a title says that there is no page.
fn says_error(title: &str) -> bool {
    if title.is_empty() || title.len() > LONGEST_TITLE {
        return false;
    }
    let small = title.to_lowercase();
    let letters = small.trim_matches(|c: char| !c.is_alphabetic());
    // `404` alone; a story's number in a system of its own says nothing
    let is_status = letters.is_empty()
        && small.trim().len() == 3
        && small.trim().starts_with(['4', '5'])
        && small.trim().bytes().all(|b| b.is_ascii_digit());
    is_status || SAID.iter().any(|said| small.contains(said)) || WHOLE.contains(&letters)
}

#[cfg(test)]
mod tests {
    use copydesk_model::{Mark, Markup, Said, Tag};

    use crate::states::State;

    use super::*;

    #[test]
    fn titles_of_errors() {
        for title in [
            "404",
            "Error 404 – Page not found",
            "Oops!",
            "Access denied",
            "403",
            "Seite nicht gefunden",
            "ページが見つかりません",
        ] {
            assert!(says_error(title), "{title}");
        }
        for title in [
            "",
            "219645",
            "1984",
            "Forbidden love in the harbour",
            "Body not found in river",
            "404 Media wins a prize",
            "Errors in the survey of 1911",
        ] {
            assert!(!says_error(title), "{title}");
        }
    }

    /// How many clippings there are of a page with a title and these lines; `author` says whether it names one.
    fn count(title: &str, lines: &[&str], author: &str) -> usize {
        let text = std::iter::once(title).chain(lines.iter().copied()).collect::<Vec<_>>().join("\n\n");
        let of = |tag| Mark { tag, container: 3, near: Mark::word_bit("content"), ..Mark::default() };
        let said = Said { field: Field::Author, value: author.to_owned(), witness: Witness::Meta };
        let markup = Markup {
            marks: std::iter::once(of(Tag::Heading1)).chain(lines.iter().map(|_| of(Tag::Paragraph))).collect(),
            about: About { said: if author.is_empty() { Vec::new() } else { vec![said] } },
        };
        crate::split_marked("", &text, &[], &markup).clippings.len()
    }

    #[test]
    fn a_board_of_teasers_is_no_story() {
        let mark = |tag, links| Mark {
            tag,
            links,
            container: 3,
            path: tag as u32,
            near: Mark::word_bit("content"),
            ..Mark::default()
        };
        let text = "The port said on its website that the ferry sails again from Monday, after three weeks of repairs.";
        let count = |links: u8| {
            let lines: Vec<(&str, Mark)> =
                ["Ferry sails again", "Rivals eye stadium", "Goose stops traffic", "Choir needs basses"]
                    .into_iter()
                    .flat_map(|title| [(title, mark(Tag::Heading2, links)), (text, mark(Tag::Paragraph, 0))])
                    .collect();
            let page = lines.iter().map(|(line, _)| *line).collect::<Vec<_>>().join("\n\n");
            let markup = Markup { marks: lines.iter().map(|(_, mark)| *mark).collect(), ..Markup::default() };
            let blocks = crate::blocks(&page);
            let page = Page::with_markup("", &page, &blocks, &[], &markup, &mut crate::memo::Memo::default());
            let states = [State::Headline, State::Body].repeat(lines.len() / 2);
            crate::roles::assemble(&page, &states).0.clippings.len()
        };
        assert_eq!(count(255), 0);
        assert_eq!(count(0), 4);
    }

    #[test]
    fn a_front_with_a_long_teaser_is_no_story() {
        let text = "The port said on its website that the ferry sails again from Monday, after three weeks of repairs at a yard across \
                    the sound. The third mast was left out of it; nobody, it said, had ever found a use for the third mast. Passengers \
                    who hold a ticket for the old hours may keep it, sell it back, or frame it, as some of them have said they will.";
        let of = |tag, links| Mark { tag, links, container: 3, path: tag as u32, ..Mark::default() };
        let count = |links: u8| {
            let mut lines =
                vec![("News", of(Tag::Heading1, 0)), ("Reporting from the port and its town.", of(Tag::Paragraph, 0))];
            lines.extend([("Ferry sails again", of(Tag::Heading2, links)), (text, of(Tag::Paragraph, 0))]);
            for title in ["Rivals eye stadium", "Goose stops traffic", "Choir needs basses"] {
                lines.extend([
                    (title, of(Tag::Heading2, links)),
                    ("Nobody was hurt, the police said.", of(Tag::Paragraph, 0)),
                ]);
            }
            let page = lines.iter().map(|(line, _)| *line).collect::<Vec<_>>().join("\n\n");
            let markup = Markup { marks: lines.iter().map(|(_, mark)| *mark).collect(), ..Markup::default() };
            let blocks = crate::blocks(&page);
            let page = Page::with_markup("", &page, &blocks, &[], &markup, &mut crate::memo::Memo::default());
            let mut states = vec![State::Headline, State::Body, State::Headline, State::Body];
            states.resize(lines.len(), State::Outside);
            crate::roles::assemble(&page, &states).0.clippings.len()
        };
        assert_eq!(count(255), 0);
        assert_eq!(count(0), 2);
    }

    #[test]
    fn a_story_about_passwords_is_a_story() {
        let wall = [
            "This story is for subscribers only. Please log in with your email address and your password, or create an account.",
            "You can cancel your subscription at any time. Your password was sent to your inbox when you did register.",
        ];
        assert_eq!(count("Login to read on", &wall, ""), 0);
        let story = [
            "The town hall has reset the passwords of all its 412 accounts after somebody had read the calendar of the mayor and cancelled a dentist.",
            "“Please change your password” was written on a sheet of paper that hung in the lift on Monday. By noon somebody had added “again”.",
            "Police are looking for whoever had access. The dentist has given the mayor a new appointment, in the afternoon of the same day.",
        ];
        assert_eq!(count("Town hall resets every password", &story, "Ada Renn"), 1);
        assert_eq!(count("Town hall resets every password", &story, ""), 1);
        assert_eq!(count("Page not found", &story, ""), 0);
    }
}
