#!/usr/bin/env python3
"""Lay the stories of `stories/` out as the pages of five invented sites and write `captures.jsonl` and `truth.jsonl`.

    make.py            write both files
    make.py --check    write nothing; fail where a file is not what would be written

The prose is in `stories/`, one file a story: `# ` headline, `! ` caption (credit in the last brackets), `@ ` byline,
`= ` date line, then the paragraphs. Here is only what the sites do to it. Python's standard library is enough.
"""
import hashlib, json, re, sys
from pathlib import Path

HERE = Path(__file__).parent


def story(name):
    """One file of `stories/`."""
    out = {"name": name, "headline": "", "captions": [], "byline": "", "date": "", "body": []}
    for line in (HERE / "stories" / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        mark, rest = line[:2], line[2:]
        if mark == "# ":
            out["headline"] = rest
        elif mark == "! ":
            out["captions"].append(rest)
        elif mark == "@ ":
            out["byline"] = rest
        elif mark == "= ":
            out["date"] = rest
        elif line:
            out["body"].append(line)
    return out


def corrected(s, wrong, right, note):
    """The same story after publication: a figure put right, and a line that says so."""
    assert any(wrong in p for p in s["body"]), wrong
    return {**s, "body": [p.replace(wrong, right) for p in s["body"]] + [note]}


def syndicated(s, headline, dateline, keep, **changes):
    """A copy in another paper: its own headline, a dateline, straight quotation marks, the end cut, a word changed."""
    body = [re.sub("[“”]", '"', re.sub("[‘’]", "'", p)) for p in s["body"][:keep]]
    for old, new in changes.items():
        assert any(f" {old} " in p for p in body), old
        body = [p.replace(f" {old} ", f" {new} ", 1) for p in body]
    body[0] = f"{dateline} {body[0]}"
    return {**s, "headline": headline, "body": body}


# ------------------------------------------------------------------ how each site lays a story out

def spaced(paragraphs, gap=1):
    return [line for p in paragraphs for line in [p] + [""] * gap]


def harbour_post(s, size="", pad=""):
    """Headline and caption stand twice, the caption doubled each time, with the text-size button between."""
    caption = s["captions"][0]
    button = ["TT", size] if size else ["TT"]
    return [s["headline"], "", pad + caption, caption, *button, "", s["headline"], "", pad + caption, caption, "", *spaced(s["body"])]


LEDGER_HEAD = ["Skip to content", "Northern Ledger", "News", "Region", "Business", "Weather", "Sport", "Obituaries",
               "Letters", "Log in", "Subscribe from 2 crowns a week", ""]
LEDGER_FOOT = ["", "Share this article", "Copy link", "Comments are closed.", "",
               "We use cookies to make this site work and to see how it is used. You can change your mind at any time in your settings.",
               "Accept all", "Manage settings", "", "About us", "Contact", "Terms and conditions", "© 2024 Northern Ledger Ltd."]


def northern_ledger(s, section, date):
    """Navigation, section name, headline, byline, date and caption, advertisements between paragraphs, cookie text."""
    out = [*LEDGER_HEAD, section, s["headline"], "", f"By {s['byline'] or 'Ledger staff and agencies'}", f"Published: {s['date'] or date}",
           f"{1 + sum(map(len, s['body'])) // 1200} min read", "", *s["captions"], ""]
    for k, p in enumerate(s["body"]):
        out += [p, ""]
        if k in (2, 6):
            out += ["Advertisement", ""]
    return out + LEDGER_FOOT


def coast_weekly(s, date, teasers):
    """No blank lines between paragraphs; teasers of other stories after every third."""
    out = [s["headline"], date, *s["captions"]]
    teasers = list(teasers)
    for k, p in enumerate(s["body"]):
        out.append(p)
        if k % 3 == 2 and teasers and k + 1 < len(s["body"]):
            out.append(f"Read also: {teasers.pop(0)}")
    return out


COAST_FOOT = ["", "Most read this week", "1. What the tide tables do not tell you", "2. Ten walks between two ferries",
              "3. Opinion: The bench on the pier is not yours", "", "Get the Coast Weekly in your inbox every Friday",
              "Your email address", "Sign up"]


def sahel(s, date):
    """An Arabic page, right to left."""
    return ["الرئيسية", "محليات", "اقتصاد", "رياضة", "ثقافة", "اتصل بنا", "", s["headline"], date, "", "شارك", "طباعة", "",
            *s["captions"], "", *spaced(s["body"]), "اقرأ أيضاً", "أسعار السمك ترتفع مع بداية الموسم",
            "افتتاح معرض الكتاب في دورته العاشرة", "", "جميع الحقوق محفوظة"]


def mikashio(s, date):
    """A Japanese page: no spaces between words, paragraphs set in by a full-width space, no blank lines."""
    return ["トップ", "社会", "経済", "スポーツ", "天気", "", s["headline"], date, "印刷する", "", *s["captions"], "", *s["body"], "",
            "関連記事", "・浜崎港の朝市、七月から再開へ", "・電動船の充電設備が完成", "", "無断転載を禁じます"]


# ------------------------------------------------------------------ the pages

def page(url, fetched_at, lines, *stories):
    return {"url": url, "fetched_at": fetched_at, "text": "\n".join(lines).strip("\n") + "\n", "stories": stories}


def stacked(gaps, *stories):
    """Stories one under the other, with as many blank lines between as the site happened to leave."""
    out = []
    for gap, lines in zip([0, *gaps], stories):
        while out and not out[-1]:
            out.pop()
        out += [""] * gap + lines
    return out


def pages():
    straits, barrier, teachers, rescue, map_, seagrass, light, ferry = map(
        story, ["straits", "barrier", "teachers", "rescue", "map", "seagrass", "lighthouse-ar", "ferry-ja"])
    barrier_2 = corrected(barrier, "418 million", "481 million",
                          "This article was amended on 16 April 2024. An earlier version gave too low a figure for what the barrier has cost.")
    straits_2 = syndicated(straits, "Rivals to Reopen Sund Straits to Freighters After Nine Weeks", "PORT ALDER (Reuters) -", 9, emptied="cleared")
    teachers_2 = syndicated(teachers, "Update: Marrow County Teachers Vote to Return After Eleven Days on Strike", "FENWICK, May 1 -", 7, greeted="met")
    post, ledger, coast = "https://www.harbour-post.example", "https://northern-ledger.example", "https://coastweekly.example"
    lead = f"{post}/world/4471-sund-straits"

    # One lead, fetched again and again over half a year; under it stands whatever the paper ran that day.
    yield page(lead, "2024-05-02T06:10:41Z", stacked([3], harbour_post(straits), harbour_post(teachers, pad=" ")), straits, teachers)
    yield page(lead, "2024-05-06T05:58:02Z", stacked([3, 2], harbour_post(straits), harbour_post(map_, pad=" "), harbour_post(rescue)),
               straits, map_, rescue)
    yield page(lead, "2024-05-19T18:44:30Z", stacked([2], harbour_post(straits, size="20"), harbour_post({**seagrass, "captions": [SEAGRASS_PHOTO]}, size="20")),
               straits, {**seagrass, "captions": [SEAGRASS_PHOTO]})
    yield page(lead, "2024-11-03T12:00:09Z", stacked([3], harbour_post(straits, size="20"), harbour_post(map_, size="20", pad=" ")), straits, map_)
    yield page(f"{post}/home/4460-marrow-teachers", "2024-05-07T06:02:17Z", stacked([3], harbour_post(teachers, pad=" "), harbour_post(rescue)),
               teachers, rescue)

    # A regional paper: its own report, the same report corrected, an agency's report, a science story.
    url = f"{ledger}/region/kestrel-barrier-third-test"
    yield page(url, "2024-04-14T21:15:00Z", northern_ledger(barrier, "Region", ""), barrier)
    yield page(url, "2024-04-17T09:30:00Z", northern_ledger(barrier_2, "Region", ""), barrier_2)
    yield page(f"{ledger}/news/sund-straits-reopen", "2024-05-02T11:20:55Z", northern_ledger({**straits_2, "captions": [CORRIB_PHOTO]}, "News", "2 May 2024"),
               {**straits_2, "captions": [CORRIB_PHOTO]})
    yield page(f"{ledger}/news/harrow-bay-seagrass", "2024-05-02T19:03:12Z", northern_ledger({**seagrass, "captions": [SEAGRASS_PHOTO]}, "Science", ""),
               {**seagrass, "captions": [SEAGRASS_PHOTO]})

    # A weekly without blank lines.
    yield page(f"{coast}/heritage/lissen-chart", "2024-05-10T07:00:00Z",
               coast_weekly(map_, "Friday, May 10, 2024", [seagrass["headline"], "Storm Petrels Counted on the Outer Skerries"]) + COAST_FOOT, map_)
    yield page(f"{coast}/briefs/patience-home", "2024-05-10T07:00:04Z",
               stacked([1], coast_weekly(rescue, "Friday, May 10, 2024", []),
                       coast_weekly({**seagrass, "captions": [SEAGRASS_PHOTO]}, "Friday, May 10, 2024", [map_["headline"], rescue["headline"]])) + COAST_FOOT,
               rescue, {**seagrass, "captions": [SEAGRASS_PHOTO]})
    yield page(f"{coast}/schools/marrow-strike-over", "2024-05-03T07:00:02Z",
               coast_weekly(teachers_2, "Friday, May 3, 2024", ["Ten Walks Between Two Ferries", map_["headline"]]) + COAST_FOOT, teachers_2)

    # Right to left, and a script without spaces.
    yield page("https://sahel-sindian.example/local/8812", "2024-05-11T16:40:00Z", sahel(light, "السبت 11 أيار 2024"), light)
    yield page("https://mikashio-shimbun.example/shakai/20240531", "2024-06-01T00:12:00Z", mikashio(ferry, "2024年5月31日 18時30分"), ferry)


SEAGRASS_PHOTO = "A diver measures seagrass off the eastern shore of Harrow Bay (Harrow Bay Marine Station)"
CORRIB_PHOTO = "The wreck of the Corrib Star, seen from the pilot station at Lissen (Meridian/Jon Sorley)"


def credit(caption):
    return re.search(r"[(（]([^()（）]*)[)）]$", caption).group(1)


def files():
    captures, truth = [], []
    for k, p in enumerate(pages(), 1):
        name = f"{k:02}-{re.sub(r'^www[.]|[.]example$', '', p['url'].split('/')[2])}"
        captures.append({"id": name, "url": p["url"], "fetched_at": p["fetched_at"], "text": p["text"]})
        for s in p["stories"]:
            body = [re.sub(r"\s+", " ", line).strip() for line in s["body"]]
            truth.append({"capture": name, "story": s["name"], "version": f"{s['name']}:{hashlib.sha1(chr(10).join(body).encode()).hexdigest()[:10]}",
                          "headline": s["headline"].replace("　", " "), "captions": [{"text": c, "credit": credit(c)} for c in s["captions"]], "body": body})
    for name, rows in (("captures.jsonl", captures), ("truth.jsonl", truth)):
        yield HERE / name, "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows)


def main():
    stale = []
    for path, text in files():
        if "--check" in sys.argv:
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                stale.append(path.name)
        else:
            path.write_text(text, encoding="utf-8")
    if stale:
        sys.exit(f"{', '.join(stale)}: not what make.py writes; run `python3 {sys.argv[0]}`")


if __name__ == "__main__":
    main()
