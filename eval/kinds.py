#!/usr/bin/env python3
"""Make pages in HTML for training of kinds that are rare in the corpora: live blogs, interviews with boxes in them, stories with notes below, lists
of titles with texts, slides, short stories below each other; each in a template of its own.

    kinds.py ARTICLES.jsonl OUT_DIR [--pages N] [--seed S]      ARTICLES.jsonl has id, title, body

What varies is what sites vary: the elements, whether classes say anything, what stands between and around. OUT_DIR gets html/, pages.jsonl and
truth.jsonl. No text but that of the articles and a few words for buttons and boxes.
"""
import argparse, collections, html, json, random, re
from pathlib import Path

e = html.escape
NAMES = ["Mara Lindqvist", "Tom Oyelaran", "Ines Carvalho", "Jonas Weber", "Amal Haddad", "Petra Novak", "Yuki Tanaka", "Sofie Dahl"]
MENU = ["Home", "News", "Region", "Sport", "Culture", "Opinion", "Weather", "Business", "Video", "Archive", "Jobs", "Travel", "Science"]
SHARE = [["Share"], ["Teilen"], ["Partager"], ["Compartir"], ["Del"], ["Share", "Save"], ["Facebook", "X", "WhatsApp"], ["Share", "Copy link"], ["Teilen", "Drucken", "E-Mail"],
         ["シェア"], ["공유"], ["分享"], ["Paylaş"], ["Поделиться"], ["Link kopieren"], ["Share on Facebook", "Share on X", "Email"]]
PLEA = ["Sign up for our newsletter and read the news of the day in the evening.", "Abonnieren Sie unseren Newsletter und lesen Sie jeden Abend das Wichtigste.",
        "Support our reporting with a small sum each month.", "Recevez chaque matin notre lettre d'information."]
SIGNED = ["", "", "By ", "Von ", "Par ", "Por ", "Av "]


def some(rng, chance):
    return rng.random() < chance


class Template:
    """One choice of elements and classes for a whole page."""

    def __init__(self, rng):
        self.rng, self.named = rng, some(rng, 0.65)
        self.prefix = rng.choice(["", "", "c-", "article-", "m-", "site__", "x1"])
        self.paragraph = rng.choice(["p", "p", "p", "p", "div"])
        self.share_words, self.share_form = rng.choice(SHARE), rng.randrange(5)
        self.signed = rng.choice(SIGNED)

    def name(self, *names):
        return f' class="{self.prefix}{self.rng.choice(names)}"' if self.named else some(self.rng, 0.3) * ' class="k3"'

    def p(self, text):
        return f"<{self.paragraph}>{e(text)}</{self.paragraph}>"

    def share(self):
        words = self.share_words
        link = lambda word: f'<a href="/s?{self.rng.randrange(99)}">{e(word)}</a>'
        return [lambda: f"<div{self.name('share', 'actions', 'tools')}>" + "".join(f"<button>{e(w)}</button>" for w in words) + "</div>",
                lambda: f"<ul{self.name('share', 'social')}>" + "".join(f"<li>{link(w)}</li>" for w in words) + "</ul>",
                lambda: f"<div{self.name('share', 'social-bar')}>" + " ".join(f"<span>{e(w)}</span>" for w in words) + "</div>",
                lambda: f"<p>{' '.join(link(w) for w in words)}</p>",
                lambda: f"<div>{' '.join(link(w) for w in words)}</div>"][self.share_form]()

    def byline(self, name):
        tag = self.rng.choice(["p", "div", "span", "address"])
        return f"<{tag}{self.name('byline', 'author', 'author-name', 'meta')}>{self.signed}{name}</{tag}>"

    def picture(self, caption):
        form = self.rng.randrange(6)
        img = '<img src="a.jpg" alt="">'
        if form == 0:
            return f"<figure>{img}<figcaption>{e(caption)}</figcaption></figure>"
        if form == 1:
            return f"<div{self.name('photo', 'image', 'media')}>{img}<p>{e(caption)}</p></div>"
        if form == 2:
            return f"<div{self.name('image', 'picture')}>{img}<span{self.name('caption', 'legend')}>{e(caption)}</span></div>"
        if form == 3:
            return f"<figure>{img}<p>{e(caption)}</p></figure>"
        if form == 4:
            return f"<p>{img}</p><p><small>{e(caption)}</small></p>"
        return f"<div>{img}</div><div{self.name('caption', 'bildtext')}>{e(caption)}</div>"


def words_of(paragraph, n):
    return " ".join(paragraph.split()[:n]).rstrip(",.;:–-")


def clock(rng):
    h, m = rng.randrange(24), rng.randrange(60)
    return rng.choice([f"{h}:{m:02}", f"{h:02}:{m:02}", f"{h:02}.{m:02}", f"{h % 12 + 1}.{m:02}{rng.choice(['am', 'pm'])}", f"{h}h{m:02}", f"{h:02}:{m:02} Uhr", f"{h:02}:{m:02} CET",
                       f"{rng.randrange(1, 29)} Jan 2025, {h:02}:{m:02}", f"{m % 59 + 1} min ago", f"vor {m % 59 + 1} Minuten"])


def head(rng, t, title, standfirst, name):
    """The head of a story, and what of it is body."""
    out, body = [], []
    out.append(f"<h1{t.name('headline', 'title')}>{e(title)}</h1>")
    lead = f"<{rng.choice(['p', 'p', 'div', 'h2'])}{t.name('standfirst', 'lead', 'intro', 'summary', 'text')}>{e(standfirst)}" if standfirst else ""
    if lead:
        lead += f"</{lead[1:].split('>')[0].split()[0]}>"
    by = t.byline(name) if name else ""
    day = f"<{rng.choice(['time', 'p', 'span'])}>{rng.randrange(1, 29)} May 2025" if some(rng, 0.7) else ""
    if day:
        day += f"</{day[1:].split('>')[0]}>"
    share = t.share() if some(rng, 0.4) else ""
    parts = [lead, by + day, share]
    if some(rng, 0.4):
        parts = [by + day, lead, share]
    if standfirst:
        body.append(standfirst)
    return out + [p for p in parts if p], body


def live(rng, t, pool):
    title, first = pool.pop()
    out, body = head(rng, t, title, words_of(first[0], 30) + "." if some(rng, 0.6) else "", rng.choice(NAMES + [""]))
    entry = rng.choice(["article", "article", "div", "div", "li", "section"])
    timed = rng.choice(["time", "time", "p", "span", "div", "h4"])
    heading = rng.choice(["h2", "h3", "h3", "h4", "strong", None])
    entry_class, time_class = t.name("entry", "post", "block", "update", "live-entry", "timeline-item"), t.name("time", "timestamp", "entry-time", "date")
    signs, shares, late = some(rng, 0.3), some(rng, 0.75), some(rng, 0.2)
    parts = []
    for _ in range(rng.randrange(3, 12)):
        if not pool:
            break
        other, paragraphs = pool.pop()
        inner, says = [], clock(rng)
        stamp = f"<{timed}{time_class}>{says}</{timed}>"
        if heading and some(rng, 0.85):
            top = f"<p><strong>{e(other)}</strong></p>" if heading == "strong" else f"<{heading}>{e(other)}</{heading}>"
            inner += [top, stamp] if late else [stamp, top]
            body += [other, says] if late else [says, other]
        else:
            inner.append(stamp)
            body.append(says)
        if signs and some(rng, 0.7):
            inner.append(t.byline(rng.choice(NAMES)))
        start = rng.randrange(len(paragraphs))
        for paragraph in paragraphs[start:start + rng.choice([1, 1, 2, 2, 3])]:
            inner.append(t.p(paragraph))
            body.append(paragraph)
        if some(rng, 0.15):
            inner.append(t.picture(words_of(rng.choice(paragraphs), 9)))
        if shares:
            inner.append(t.share())
        parts.append(f"<{entry}{entry_class}>" + "\n".join(inner) + f"</{entry}>")
        if some(rng, 0.07):
            parts.append(f"<{'li' if entry == 'li' else 'div'}{t.name('ad', 'promo')}>{rng.choice(PLEA)}</{'li' if entry == 'li' else 'div'}>")
    around = ("ol", "ul")[some(rng, 0.5)] if entry == "li" else rng.choice(["div", "section", "div"])
    out.append(f"<{around}{t.name('live-blog', 'posts', 'feed', 'ticker', 'timeline', 'entries')}>" + "\n".join(parts) + f"</{around}>")
    if some(rng, 0.4):
        out.append("<button>Load more</button>")
    ld = {"@context": "https://schema.org", "@type": "LiveBlogPosting" if some(rng, 0.4) else "NewsArticle", "headline": title}
    return out, [(title, body)], ld if some(rng, 0.6) else None


def boxed(rng, t, pool):
    """A box in the middle of a story, and none of it."""
    title, paragraphs = pool[rng.randrange(len(pool))]
    form = rng.randrange(7)
    tag = rng.choice(["aside", "aside", "div", "section"])
    named = t.name("infobox", "factbox", "box", "sidebar", "related", "promo")
    if tag != "aside" and "class=" not in named:
        tag = "aside"
    if form in (0, 1):
        return f"<{tag}{named}><h4>{e(words_of(title, 4))}</h4><p>{e(words_of(paragraphs[0], 35))}.</p></{tag}>"
    if form == 2:
        return f"<{tag}{named}><a href=/r><h4>{e(title)}</h4></a></{tag}>"
    if form == 3:
        return f"<aside{t.name('related')}><h3>{rng.choice(['Read more', 'Mehr zum Thema', 'Lire aussi', 'More on this'])}</h3><ul>" + "".join(
            f"<li><a href=/r{k}>{e(pool[k % len(pool)][0])}</a></li>" for k in range(rng.randrange(1, 5))) + "</ul></aside>"
    if form == 4:
        return f"<aside{t.name('newsletter', 'signup')}><p>{rng.choice(PLEA)}</p><form><input type=email><button>OK</button></form></aside>"
    if form == 5:
        return f"<aside{t.name('pullquote', 'quote')}><p>“{e(words_of(paragraphs[0], 9))}”</p></aside>"
    return t.picture(words_of(paragraphs[-1], 10))


def interview(rng, t, pool):
    title, paragraphs = pool.pop()
    others = [p for _, p in pool[:6]]
    out, body = head(rng, t, title, words_of(paragraphs[0], 24) + "." if some(rng, 0.7) else "", rng.choice(NAMES))
    if some(rng, 0.6):
        out.append(t.picture(words_of(paragraphs[-1], 8)))
    asks = rng.choice(["h3", "strong", "strong", "b", "em", "h4", "div"])
    parts = []
    for k, paragraph in enumerate(paragraphs[1:] + rng.choice(others)):
        question = words_of(paragraphs[(k * 3 + 1) % len(paragraphs)], rng.randrange(5, 14)) + "?"
        if question not in body:
            body.append(question)
            parts.append({"h3": f"<h3>{e(question)}</h3>", "h4": f"<h4>{e(question)}</h4>", "div": f"<div{t.name('question', 'frage')}>{e(question)}</div>"}.get(
                asks, f"<p><{asks}>{e(question)}</{asks}></p>"))
        parts.append(t.p(paragraph))
        body.append(paragraph)
        if some(rng, 0.22):
            parts.append(boxed(rng, t, pool))
    return out + ["\n".join(parts)], [(title, body)], None


def noted(rng, t, pool):
    title, paragraphs = pool.pop()
    out, body = head(rng, t, title, words_of(paragraphs[0], 24) + "." if some(rng, 0.4) else "", rng.choice(NAMES))
    many = rng.randrange(1, 6)
    notes = [words_of(rng.choice(rng.choice(pool)[1]), rng.randrange(6, 30)) + "." for _ in range(many)]
    notes = [n for n in dict.fromkeys(notes) if n not in " ".join(paragraphs)] or ["The survey of 1911, page 44."]
    form, parts = rng.randrange(6), []
    for k, paragraph in enumerate(paragraphs):
        mark = (f'<sup><a href="#n{k}">{k + 1}</a></sup>' if form != 3 else f" [{k + 1}]") if k < len(notes) else ""
        parts.append(f"<p>{e(paragraph)}{mark}</p>")
        body.append(f"{paragraph} {k + 1}" if mark else paragraph)
        if some(rng, 0.1):
            parts.append(boxed(rng, t, pool))
    rule = "<hr>" if some(rng, 0.5) else ""
    back = ' <a href="#r">↩</a>' if some(rng, 0.5) else ""
    heading = rng.choice(["", "", "<h4>Notes</h4>", "<h3>Footnotes</h3>", "<h4>Anmerkungen</h4>", "<p><strong>Notes</strong></p>", "<h2>Sources</h2>"])
    if heading:
        body.append(re.sub("<.*?>", "", heading))
    items = lambda inner: "".join(f"<li id=n{k}>{inner % e(n)}{back}</li>" for k, n in enumerate(notes))
    sign = "[%d]" if form == 3 else "%d."
    if form == 0:
        below = f"{rule}{heading}<ol{t.name('footnotes', 'notes')}>{items('%s')}</ol>"
    elif form == 1:
        below = f"<section{t.name('footnotes', 'endnotes')} role=doc-endnotes>{rule}{heading}<ol>{items('<p>%s</p>')}</ol></section>"
    elif form in (2, 3):
        below = f"<div{t.name('footnotes', 'notes', 'references')}>{heading}" + "".join(f"<p>{sign % (k + 1)} {e(n)}</p>" for k, n in enumerate(notes)) + "</div>"
    elif form == 4:
        below = f"{rule}{heading}" + "".join(f"<p><small>{k + 1}. {e(n)}</small></p>" for k, n in enumerate(notes))
    else:
        below = f"<aside{t.name('footnotes')}>{heading}<ol>{items('%s')}</ol></aside>"
    body += [n if form in (0, 1, 5) else f"{k + 1}. {n}" for k, n in enumerate(notes)]
    if some(rng, 0.3):
        says = rng.choice(["This story was corrected on Monday: an earlier version gave the wrong year.", "Editor's note: the name of the town was changed after publication.",
                           "Additional reporting by Petra Novak", "Mit Material der dpa"])
        below += f"<p><em>{says}</em></p>"
        body.append(says)
    return out + [f"<div{t.name('body', 'content', 'text')}>" + "\n".join(parts) + (below + "</div>" if some(rng, 0.6) else "</div>" + below)], [(title, body)], None


def listed(rng, t, pool):
    """A list of titles with their texts: one story."""
    title, paragraphs = pool.pop()
    out, body = head(rng, t, title, "", rng.choice(NAMES + [""]))
    parts, tag = [], rng.choice(["h2", "h3", "h3", "h4"])
    for text in paragraphs[:rng.randrange(1, 3)]:
        parts.append(t.p(text))
        body.append(text)
    rule, wrap, number = some(rng, 0.35), rng.choice([None, "section", "div", "li"]), some(rng, 0.4)
    for k in range(rng.randrange(3, 9)):
        if not pool:
            break
        name, texts = pool.pop()
        name = words_of(name, rng.randrange(1, 8))
        name = f"{k + 1}. {name}" if number else name
        inner = [f"<{tag}>{e(name)}</{tag}>"]
        body.append(name)
        if some(rng, 0.3):
            inner.append(t.picture(words_of(rng.choice(texts), 8)))
        start = rng.randrange(len(texts))
        for text in texts[start:start + rng.choice([1, 1, 2, 3])]:
            inner.append(t.p(text))
            body.append(text)
        parts.append((f"<{wrap}>" if wrap else "") + "\n".join(inner) + (f"</{wrap}>" if wrap else "") + ("<hr>" if rule else ""))
    around = "ol" if wrap == "li" else "div"
    ld = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": title} if some(rng, 0.5) else None
    return out + [f"<{around}{t.name('body', 'content', 'text')}>" + "\n".join(parts) + f"</{around}>"], [(title, body)], ld


def slides(rng, t, pool):
    title, paragraphs = pool.pop()
    out, body = head(rng, t, title, words_of(paragraphs[0], 24) + "." if some(rng, 0.5) else "", rng.choice(NAMES))
    around, item = rng.choice([("div", "div"), ("ul", "li"), ("div", "figure"), ("section", "div")])
    inner = rng.choice(["p", "p", "div", "span", "figcaption"])
    cards = []
    for _ in range(rng.randrange(2, 9)):
        name, texts = pool[rng.randrange(len(pool))]
        credit = rng.choice(["", "", f" Photo: {rng.choice(NAMES)}", f" ({rng.choice(NAMES)}/Nordfoto)"])
        cards.append(f"<{item}{t.name('slide', 'gallery-item', 'item')}><img src=a.jpg><{inner}>{e(words_of(rng.choice(texts), rng.randrange(6, 22)))}.{credit}</{inner}></{item}>")
    show = f"<{around}{t.name('slideshow', 'gallery', 'carousel')}>" + "\n".join(cards) + f"</{around}>"
    texts = [t.p(text) for text in paragraphs]
    body += paragraphs
    if some(rng, 0.4):
        k = rng.randrange(len(texts))
        texts.insert(k, show)
        return out + texts, [(title, body)], None
    return out + ([show] + texts if some(rng, 0.7) else texts + [show]), [(title, body)], None


def pictured(rng, t, pool):
    """A story with pictures, of which the first stands below the standfirst."""
    title, paragraphs = pool.pop()
    first = some(rng, 0.8) and words_of(paragraphs[0], rng.randrange(12, 40)) + "."
    lead = rng.choice([f"<p>{e(first)}</p>", f"<p{t.name('standfirst', 'lead', 'text')}>{e(first)}</p>", f"<h2>{e(first)}</h2>", f"<p><strong>{e(first)}</strong></p>"]) if first else ""
    out = [f"<h1>{e(title)}</h1>", lead, t.picture(words_of(paragraphs[-1], 9)), t.byline(rng.choice(NAMES))]
    if some(rng, 0.3):
        out[2], out[3] = out[3], out[2]
    body = [first] if first else []
    for paragraph in paragraphs:
        out.append(t.p(paragraph))
        body.append(paragraph)
        if some(rng, 0.2):
            out.append(t.picture(words_of(rng.choice(pool)[1][0], rng.randrange(5, 16)) + rng.choice(["", ".", f" Photo: {rng.choice(NAMES)}"])))
    return out, [(title, body)], None


def briefs(rng, t, pool):
    """Short stories below each other."""
    out, truth = [], []
    if some(rng, 0.6):
        out.append(f"<h1>{rng.choice(['In brief', 'News in brief', 'Kurz notiert', 'En bref', 'The day in short', 'Aus der Region'])}</h1>")
    tag, how = rng.choice(["h2", "h3", "h3"]), rng.randrange(4)
    bylined, placed, rule = some(rng, 0.6), some(rng, 0.6), some(rng, 0.6)
    bylined |= not placed
    below = some(rng, 0.3)
    for k in range(rng.randrange(2, 7)):
        if not pool:
            break
        title, paragraphs = pool.pop()
        paragraphs = list(paragraphs[:rng.choice([1, 2, 2, 3])])
        if placed:
            paragraphs[0] = f"{rng.choice(['PORT ALDER', 'Strand', 'VELM', 'Halden (dpa)', 'Marlow Cross'])} {rng.choice(['-', '–', '—'])} {paragraphs[0]}"
        by = t.byline(rng.choice(NAMES)) if bylined else ""
        inner = [f"<{tag}>{e(title)}</{tag}>", "" if below else by, *map(t.p, paragraphs), by if below else ""]
        text = "\n".join(inner)
        out += [f"<div{t.name('brief', 'item')}>{text}</div>" if how == 0 else f"<section>{text}</section>" if how == 1 else text, "<hr>" if rule else ""]
        truth.append((title, paragraphs))
    return out, truth, None


def around(rng, t, pool):
    """What sites put below a story."""
    out = []
    for _ in range(rng.randrange(4)):
        title, paragraphs = rng.choice(pool) if pool else ("Read on", [PLEA[0]])
        out.append(rng.choice([
            lambda: f"<div{t.name('newsletter', 'signup', 'promo')}><h4>{e(words_of(rng.choice(PLEA), 4))}</h4><p>{rng.choice(PLEA)}</p><form><input type=email><button>OK</button></form></div>",
            lambda: f"<div{t.name('author-bio', 'about-author', 'bio')}><img src=a.jpg><b>{rng.choice(NAMES)}</b><p>{e(words_of(paragraphs[0], 18))}.</p></div>",
            lambda: f"<div{t.name('support', 'plea', 'box')}><p>{rng.choice(PLEA)} {rng.choice(PLEA)}</p><a href=/s>{rng.choice(['Subscribe', 'Abonnieren', 'Support us'])}</a></div>",
            lambda: f"<div{t.name('subscribe', 'podcast')}><p>{rng.choice(PLEA)}</p><ul><li><a href=/a>Apple</a></li><li><a href=/b>Overcast</a></li></ul></div>",
            lambda: f"<p>© 2025 {rng.choice(['Nordpost', 'The Hanning Weekly'])}. All rights reserved.</p>",
            lambda: f"<div{t.name('next', 'up-next', 'pager')}><a href=/n><span>Next</span> {e(title)}</a></div>",
            lambda: f"<section{t.name('more', 'related')}><h3>{rng.choice(['More', 'Read next', 'Mehr'])}</h3>" + "".join(
                f"<div><h4><a href=/q>{e(other)}</a></h4><p>{e(words_of(p[0], 14))}…</p></div>" for other, p in pool[:3]) + "</section>",
        ])())
    return "\n".join(out)


KINDS = [live, live, live, interview, interview, noted, noted, listed, listed, slides, pictured, pictured, briefs]


def page(rng, pool):
    t = Template(rng)
    teasers = [pool.pop() for _ in range(min(4, len(pool) // 4))]
    kind = rng.choice(KINDS)
    inner, truth, ld = kind(rng, t, pool)
    links = lambda n: "".join(f"<li><a href=/>{m}</a></li>" for m in rng.sample(MENU, n))
    site = rng.choice(["The Hanning Weekly", "Westerhavn Courier", "Nordpost", "El Faro", "Le Quai"])
    cards = "\n".join(f"<div{t.name('teaser', 'card')}><h3><a href=/t>{e(title)}</a></h3></div>" for title, _ in teasers)
    cards = rng.choice([f"<aside><h2>More</h2>{cards}</aside>", f"<section{t.name('related', 'more')}><h2>Related stories</h2>{cards}</section>", ""])
    holder = rng.choice(["article", "article", "div", "main"])
    text = f"<{holder}{t.name('story', 'article', 'content')}>" + "\n".join(inner) + f"</{holder}>"
    if some(rng, 0.5):
        text += f"<div{t.name('tags')}><a href=/t>{rng.choice(MENU)}</a> <a href=/t>{rng.choice(MENU)}</a></div>"
    if some(rng, 0.25):
        text += f"<section{t.name('comments')}><h3>Comments</h3>" + "".join(f"<div><b>{rng.choice(NAMES)}</b><p>{e(words_of(p[0], 15))}!</p></div>" for _, p in teasers) + "</section>"
    cards += around(rng, t, teasers)
    main = rng.choice(["main", "div id=content", "div"])
    title = truth[0][0] if len(truth) == 1 else site
    meta = f'<meta property="og:title" content="{e(title)}"><meta property="og:type" content="article">' if some(rng, 0.6) and len(truth) == 1 else ""
    data = f'<script type="application/ld+json">{json.dumps(ld, ensure_ascii=False)}</script>' if ld else ""
    return (f"<!doctype html><html><head><title>{e(title)}{'' if title == site else ' - ' + site}</title>{meta}{data}</head><body><header><a href=/>{site}</a><nav><ul>{links(7)}</ul></nav></header>"
            f"<{main}>\n{text}\n{cards}</{main.split()[0]}><footer><ul>{links(4)}</ul><p>© {site}. All rights reserved.</p></footer></body></html>"), truth, kind.__name__


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("articles"), ap.add_argument("out"), ap.add_argument("--pages", type=int, default=500), ap.add_argument("--seed", type=int, default=1)
    a = ap.parse_args()
    rng, out = random.Random(a.seed), Path(a.out)
    (out / "html").mkdir(parents=True, exist_ok=True)
    places = collections.defaultdict(list)
    for row in map(json.loads, open(a.articles, encoding="utf-8")):
        paragraphs = [" ".join(p.split()) for p in re.split(r"\n+", row["body"]) if len(p.split()) > 6]
        if row.get("title") and len(paragraphs) > 3:
            places[row["id"].split(".")[0] if "." in row["id"] else "other"].append((" ".join(row["title"].split()), paragraphs))
    places = {k: v for k, v in sorted(places.items()) if len(v) >= 8}
    listed_pages, truth = [], []
    for number in range(a.pages):
        pool = rng.choice(list(places.values()))
        pool = [(title, list(p[: rng.randrange(3, 12)])) for title, p in rng.sample(pool, min(len(pool), 24))]
        source, stories, kind = page(rng, pool)
        name = f"{kind}-{a.seed}-{number}"
        file = out / "html" / f"{name}.html"
        file.write_text(source, encoding="utf-8")
        listed_pages.append({"id": name, "url": f"https://{name}.example/", "file": str(file.resolve())})
        truth += [{"capture": name, "headline": title, "body": paragraphs} for title, paragraphs in stories]
    for name, lines in (("pages", listed_pages), ("truth", truth)):
        (out / f"{name}.jsonl").write_text("".join(json.dumps(l, ensure_ascii=False) + "\n" for l in lines), encoding="utf-8")
    print(f"{len(listed_pages)} pages, {len(truth)} stories")


if __name__ == "__main__":
    main()
