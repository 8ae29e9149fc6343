//! What two texts are to each other.

use copydesk_match::{Context, Evidence, Prepared, Thresholds, align, compare_texts, decide};
use copydesk_model::Relation::{self, *};

use crate::prose::Draw;

fn evidence(a: &str, b: &str) -> Evidence {
    align(&Prepared::new(a, &[]), &Prepared::new(b, &[]), &Thresholds::default())
}

fn check(a: &str, b: &str, expected: Relation) {
    for (x, y) in [(a, b), (b, a)] {
        let e = evidence(x, y);
        let d = decide(&e, &Context::default(), &Thresholds::default());
        assert_eq!(d.relation, expected, "{d:?}\n{x}\n---\n{y}\n{e:?}");
    }
}

const FERRY: &str = "The last ferry to Holm left on Monday with 41 passengers, and nobody on the quay could say when the next one would.

“We don’t know what to tell people,” the harbour master, Ida Brandt, said. “The engine is 50 years old – it won’t see another winter.”

The island’s 230 people depend on the boat for bread, post and the doctor. The council had set aside 1,200,000 crowns for a new engine, but the \
money went to the bridge at Sund after the floods in spring.

A mail boat will call twice a week until the ice comes. After that, the island’s only link is a sledge road that was last used in 1987.

The minister for transport said that she would visit Holm before the end of the month. She did not say how.";

#[test]
fn exact_copy() {
    check(FERRY, FERRY, Copy);
}

#[test]
fn a_copy_with_straight_quotes_and_other_dashes() {
    check(
        FERRY,
        &FERRY.replace(['“', '”'], "\"").replace('’', "'").replace('–', "-").replace("1,200,000", "1200000"),
        Copy,
    );
}

#[test]
fn a_copy_with_a_dateline() {
    check(FERRY, &format!("HOLM (Nordwire) - {FERRY}"), Copy);
}

#[test]
fn a_corrected_figure() {
    check(FERRY, &FERRY.replace("41 passengers", "43 passengers"), Revision);
    let note = "\n\nThis story has been corrected: there were 43 passengers on the ferry.";
    check(FERRY, &(FERRY.replace("41 passengers", "43 passengers") + note), Revision);
}

#[test]
fn a_refetch_of_one_page_is_a_revision() {
    let corrected = FERRY.replace("nobody on the quay", "no one on the quay");
    let here = Context { same_url: true, same_site: true, ..Context::default() };
    let d = decide(&evidence(FERRY, &corrected), &here, &Thresholds::default());
    assert_eq!(d.relation, Revision);
}

#[test]
fn a_syndicated_copy_cut_and_edited() {
    for seed in 0..20 {
        let mut draw = Draw(seed);
        let story = draw.story();
        let mut carried = vec![format!("HOLM (Nordwire) - {}", draw.paragraph(12)), draw.paragraph(25)];
        carried.extend(draw.edited(&story[..6], 25));
        check(&story.join("\n\n"), &carried.join("\n\n"), Revision);
    }
}

#[test]
fn two_syndicated_copies_with_own_heads_and_feet() {
    for seed in 0..20 {
        let mut draw = Draw(seed);
        let story = draw.story();
        let carry = |draw: &mut Draw, keep: usize| {
            let mut out = vec![draw.paragraph(10), draw.paragraph(25)];
            out.extend(draw.edited(&story[1..keep], 50));
            out.extend([draw.paragraph(30), draw.paragraph(30)]);
            out.join("\n\n")
        };
        let (a, b) = (carry(&mut draw, 10), carry(&mut draw, 8));
        check(&a, &b, Revision);
    }
}

#[test]
fn two_fillings_of_a_form_with_numbers() {
    let results = |a: [u32; 8]| {
        format!(
            "Results of the second division: Aldby beat Brenn {}:{} in front of {} people. Corrin and Dale drew after {} minutes of \
             added time. Elm lead the table with {} points from {} matches, ahead of Fenwick with {}. The next round begins at {} on Sunday.",
            a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7]
        )
    };
    check(&results([3, 1, 4021, 4, 31, 14, 29, 3]), &results([2, 0, 3877, 6, 34, 15, 30, 4]), Shared);
    let mut draw = Draw(5);
    let form = draw.story();
    check(&draw.filled(&form, 6), &draw.filled(&form, 6), Shared);
}

#[test]
fn pages_of_one_template() {
    for seed in 0..20 {
        let mut draw = Draw(seed);
        let frame = draw.story();
        let page = |draw: &mut Draw| {
            let own = |p: &String| format!("{p}\n\n{}", draw.paragraph(35));
            frame.iter().map(own).collect::<Vec<_>>().join("\n\n")
        };
        check(&page(&mut draw), &page(&mut draw), Shared);
    }
}

#[test]
fn a_brief_and_its_parent() {
    let mut draw = Draw(3);
    let parent: Vec<String> = (0..40).map(|_| draw.paragraph(50)).collect();
    let brief: Vec<&str> = parent[0].split(' ').take(40).collect();
    check(&brief.join(" "), &parent.join("\n\n"), Excerpt);
    check(&parent[7], &parent.join("\n\n"), Excerpt);
}

#[test]
fn a_page_of_quotes_shares_thirty_per_cent() {
    let mut draw = Draw(4);
    let quotes = draw.story();
    for _ in 0..10 {
        let mut own = draw.story();
        own.splice(3..6, quotes[3..6].iter().cloned());
        check(&quotes.join("\n\n"), &own.join("\n\n"), Shared);
    }
}

#[test]
fn a_second_day_story_with_old_background() {
    let mut draw = Draw(6);
    let (first, second) = (draw.story(), draw.story());
    let later = [&second[..5], &first[5..]].concat();
    check(&first.join("\n\n"), &later.join("\n\n"), Shared);
}

#[test]
fn neighbours_in_a_live_blog_are_one_story_and_its_ends_are_not() {
    let mut draw = Draw(7);
    let entries: Vec<String> = (0..19).map(|_| draw.paragraph(50)).collect();
    let at = |k: usize| entries[k..k + 10].join("\n\n");
    check(&at(0), &at(1), Revision);
    check(&at(0), &at(5), Shared);
    check(&at(0), &at(9), Shared);
}

#[test]
fn a_translation_is_another_text() {
    let english = "The last ferry to Holm left on Monday with 41 passengers, and nobody on the quay could say when the next one would.";
    let german = "Die letzte Fähre nach Holm legte am Montag mit 41 Passagieren ab, und niemand am Kai konnte sagen, wann die nächste führe.";
    check(english, german, Different);
}

#[test]
fn strangers() {
    let mut draw = Draw(8);
    check(&draw.story().join("\n\n"), &draw.story().join("\n\n"), Different);
}

#[test]
fn short_texts() {
    check("Ferry sinks", "Ferry sinks", Copy);
    check("Ferry sinks", "Market opens", Different);
    check("Holm.", "Holm.", Copy);
    check(
        "The pier is closed until spring, the council said.",
        "The pier is closed until spring, the council said today.",
        Revision,
    );
    check("Weather: sunny, 21 degrees", "Weather: rain, 14 degrees", Different);
}

#[test]
fn empty_texts() {
    check("", "", Different);
    check("", FERRY, Different);
    check(" … — ", "!?", Different);
}

#[test]
fn chinese() {
    let story = "海姆岛的最后一班渡轮周一载着四十一名乘客离开，码头上没有人知道下一班什么时候来。港务长说，发动机已经用了五十年，撑不过下一个冬天。岛上的居民靠\
        这艘船运送面包、邮件和医生。市议会原本为新发动机准备了资金，但春天的洪水之后，这笔钱用在了桥上。";
    let other = "北方山谷的果园今年收成很好，农民说这是十年来最好的一年。市场上的苹果价格下降了一半，面包师傅们开始烤苹果派。学校的孩子们帮助采摘，每人得到一篮\
        水果。村长希望明年能办一个节日，邀请邻近的村庄一起庆祝。";
    check(story, story, Copy);
    check(story, &story.replace("四十一", "四十三"), Copy);
    check(story, &format!("海姆（北方社）电 {}", &story[..story.len() * 3 / 4 / 3 * 3]), Revision);
    check(story, other, Different);
}

#[test]
fn thai() {
    let story = "เรือข้ามฟากเที่ยวสุดท้ายไปเกาะโฮล์มออกจากท่าเมื่อวันจันทร์พร้อมผู้โดยสาร 41 คน และไม่มีใครบนท่าเรือบอกได้ว่าเที่ยวต่อไปจะมาเมื่อไร นายท่าเรือกล่าวว่าเครื่องยนต์มีอายุห้าสิบปีแล้ว";
    check(story, &story.replace("41", "43"), Revision);
    check(story, &story.replace("41", "๔๑"), Copy);
    check(story, "สวนผลไม้ในหุบเขาทางเหนือได้ผลผลิตดีในปีนี้ ชาวสวนบอกว่าเป็นปีที่ดีที่สุดในรอบสิบปี", Different);
}

#[test]
fn arabic_with_other_digits_and_vowel_signs() {
    let story = "غادرت آخر عبارة إلى جزيرة هولم يوم الاثنين وعلى متنها 41 راكبا، ولم يستطع أحد على الرصيف أن يقول متى ستأتي التالية.";
    check(story, &story.replace("41", "٤١").replace("راكبا", "راكبًا"), Copy);
}

#[test]
fn masked_paragraphs_are_no_evidence() {
    let mut draw = Draw(9);
    let frame = draw.story();
    let page = |own: &str| format!("{}\n\n{own}\n\n{}", frame[..5].join("\n\n"), frame[5..].join("\n\n"));
    let mut masked = vec![true; 11];
    masked[5] = false;
    let (a, b) = (draw.paragraph(60), draw.paragraph(60));
    let e = align(&Prepared::new(&page(&a), &masked), &Prepared::new(&page(&b), &masked), &Thresholds::default());
    assert_eq!(decide(&e, &Context::default(), &Thresholds::default()).relation, Different);
    assert_eq!((e.words_a, e.matched), (60, 0));
}

#[test]
fn whole_pages_need_more() {
    let mut draw = Draw(10);
    let menu = draw.paragraph(120);
    let (a, b) = (draw.paragraph(80), draw.paragraph(80));
    let page = |text: &str| format!("{menu}\n\n{text}\n\n{menu}");
    let t = Thresholds::default();
    assert_eq!(compare_texts(&page(&a), &page(&b), &t).1.relation, Shared);
    assert!(compare_texts(&page(&a), &page(&a), &t).1.relation.same_story());
    // A form about another subject.
    let about = |name: &str| {
        format!(
            "{name} County profile. Roads in {name} County are kept by the county. The people of {name} are counted every ten years. \
             Schools and libraries are listed below by town. Write to {name} County for copies of this page and of the tables behind it."
        )
    };
    assert_eq!(compare_texts(&about("Guldborg"), &about("Aldersro"), &t).1.relation, Shared);
}
