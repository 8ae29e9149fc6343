#!/usr/bin/env python3
"""Make pages of several stories in HTML for training: fronts with full texts, columns, endless pages, each in a template of its own.

    fronts.py ARTICLES.jsonl OUT_DIR [--pages N] [--seed S]      ARTICLES.jsonl has id, title, body

Real pages of this kind are rare in the corpora, and every site makes them otherwise: what varies here is the elements that hold stories,
titles, bylines and paragraphs, whether classes say anything, and what stands between. OUT_DIR gets html/, pages.jsonl and truth.jsonl.
"""
import argparse, collections, html, json, random, re
from pathlib import Path

NAMES = ["Mara Lindqvist", "Tom Oyelaran", "Ines Carvalho", "Jonas Weber", "Amal Haddad", "Petra Novak", "Yuki Tanaka", "Sofie Dahl"]
BY = ["By", "Von", "Par", "Por", "Av", "Di", ""]
MENU = ["Home", "News", "Region", "Sport", "Culture", "Opinion", "Weather", "Business", "Video", "Archive", "Jobs", "Travel", "Science"]
NOISE = ["Advertisement", "Comment Share", "Share Print E-mail", "Subscribe for 12 pounds a year and get the paper by post.",
         "Sign up for our newsletter and read the news of the day in the evening.", "More on this", "Read more", "0 comments"]


def template(rng):
    """One choice of elements and classes for a whole page."""
    named = rng.random() < 0.6
    name = lambda *names: f' class="{rng.choice(names)}"' if named else ""
    holder = rng.choice(["article", "article", "section", "div", "div", "td", "li", ""])
    return {
        "holder": holder, "holder_class": name("story", "post", "entry", "item", "beitrag", "news-item"),
        "title": rng.choice(["h1", "h2", "h2", "h2", "h3"]), "title_class": name("headline", "title", "entry-title"), "linked": rng.random() < 0.3,
        "byline": rng.choice(["p", "div", "span", "address"]), "byline_class": name("byline", "author", "meta"),
        "date": rng.choice(["time", "p", "span", None]), "kicker": rng.random() < 0.25, "standfirst": rng.random() < 0.2,
        "body": rng.choice(["p", "p", "p", "div", "br"]), "body_class": name("body", "text", "content"), "inner": rng.random() < 0.5,
        "subheads": rng.choice([None, "h3", "h4", "strong"]), "figure": rng.choice(["figure", "div", None]),
        "after": rng.random() < 0.5, "between": rng.random() < 0.5, "site": rng.choice(["h1", "a", "div"]), "depth": rng.randrange(4),
    }


def story(rng, t, title, paragraphs):
    e, by = html.escape, rng.choice(BY)
    head = f"<a href=/s{rng.randrange(999)}>{e(title)}</a>" if t["linked"] else e(title)
    out = [f"<p>{rng.choice(MENU)}</p>"] if t["kicker"] else []
    out.append(f"<{t['title']}{t['title_class']}>{head}</{t['title']}>")
    if rng.random() < 0.8:
        out.append(f"<{t['byline']}{t['byline_class']}>{by} {rng.choice(NAMES)}</{t['byline']}>")
    if t["date"]:
        out.append(f"<{t['date']}>{rng.randrange(1, 29)} {rng.choice(['May', 'June', 'November'])} {rng.randrange(2015, 2027)}</{t['date']}>")
    if t["figure"] and rng.random() < 0.5:
        caption = f"{' '.join(rng.choice(paragraphs).split()[:9])} ({rng.choice(NAMES)})"
        inner = "figcaption" if t["figure"] == "figure" else "p class=caption"
        out.append(f"<{t['figure']}><img src=a.jpg><{inner}>{e(caption)}</{inner.split()[0]}></{t['figure']}>")
    text = []
    for at, paragraph in enumerate(paragraphs):
        if at and at % 4 == 0 and t["subheads"] and len(paragraph) > 80:
            text.append(f"<{t['subheads']}>{e(' '.join(paragraph.split()[:4]))}</{t['subheads']}>")
        text.append(f"{e(paragraph)}<br><br>" if t["body"] == "br" else f"<{t['body']}>{e(paragraph)}</{t['body']}>")
    body = "\n".join(text)
    out.append(f"<div{t['body_class']}>{body}</div>" if t["inner"] or t["body"] == "br" else body)
    if t["after"]:
        out.append(f"<p><a href=/c>{rng.choice(NOISE[1:3])}</a></p>")
    inner = "\n".join(out)
    return f"<{t['holder']}{t['holder_class']}>\n{inner}\n</{t['holder']}>" if t["holder"] else inner


def teaser(rng, title, paragraph):
    text = html.escape(" ".join(paragraph.split()[: rng.randrange(8, 26)]))
    return f"<div class={rng.choice(['teaser', 'card', 'c1'])}><h3><a href=/t>{html.escape(title)}</a></h3><p>{text}{rng.choice(['', '…', ' ...'])}</p></div>"


def page(rng, stories, teasers):
    t = template(rng)
    links = lambda n: "".join(f"<li><a href=/>{m}</a></li>" for m in rng.sample(MENU, n))
    site = rng.choice(["The Hanning Weekly", "Westerhavn Courier", "Nordpost", "El Faro", "Le Quai"])
    parts = []
    for title, paragraphs in stories:
        parts.append(story(rng, t, title, paragraphs))
        if t["between"] and rng.random() < 0.7:
            parts.append(rng.choice([f"<div>{rng.choice(NOISE)}</div>", "<hr>", "<aside><ul>" + links(3) + "</ul></aside>"]))
    cards = [teaser(rng, title, p[0]) for title, p in teasers]
    where = rng.randrange(3)
    if where == 0:
        parts = cards + parts
    else:
        parts += ["<aside>" + "\n".join(cards) + "</aside>"] if where == 1 else cards
    inner = "\n".join(parts)
    if t["holder"] == "td":
        inner = f"<table><tr>{inner}</tr></table>"
    inner = "<div>" * t["depth"] + inner + "</div>" * t["depth"]
    main = rng.choice(["main", "div id=content", "div"])
    head = f"<{t['site']}>{site}</{t['site']}>" if t["site"] != "a" else f"<a href=/>{site}</a>"
    return (f"<!doctype html><html><head><title>{site}</title></head><body><header>{head}<nav><ul>{links(7)}</ul></nav></header>"
            f"<{main}>\n{inner}\n</{main.split()[0]}><footer><ul>{links(4)}</ul><p>© {site}. All rights reserved.</p></footer></body></html>")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("articles"), ap.add_argument("out"), ap.add_argument("--pages", type=int, default=160), ap.add_argument("--seed", type=int, default=1)
    a = ap.parse_args()
    rng, out = random.Random(a.seed), Path(a.out)
    (out / "html").mkdir(parents=True, exist_ok=True)
    places = collections.defaultdict(list)
    for row in map(json.loads, open(a.articles, encoding="utf-8")):
        paragraphs = [" ".join(p.split()) for p in re.split(r"\n+", row["body"]) if p.strip()]
        if row.get("title") and len(paragraphs) > 3:
            places[row["id"].split(".")[0]].append((" ".join(row["title"].split()), paragraphs))
    places = {k: v for k, v in sorted(places.items()) if len(v) >= 8}
    listed, truth = [], []
    for number in range(a.pages):
        pool = rng.choice(list(places.values()))
        many = rng.choice([1, 2, 2, 3, 3, 4])
        chosen = rng.sample(pool, min(len(pool), many + rng.randrange(0, 5)))
        stories = [(title, p[: rng.randrange(2, 10)]) for title, p in chosen[:many]]
        name = f"front-{a.seed}-{number}"
        file = out / "html" / f"{name}.html"
        file.write_text(page(rng, stories, chosen[many:]), encoding="utf-8")
        listed.append({"id": name, "url": f"https://{name}.example/", "file": str(file.resolve())})
        truth += [{"capture": name, "headline": title, "body": paragraphs} for title, paragraphs in stories]
    for name, lines in (("pages", listed), ("truth", truth)):
        (out / f"{name}.jsonl").write_text("".join(json.dumps(l, ensure_ascii=False) + "\n" for l in lines), encoding="utf-8")
    print(f"{len(listed)} pages, {len(truth)} stories")


if __name__ == "__main__":
    main()
