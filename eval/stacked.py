#!/usr/bin/env python3
"""Build pages that hold several stories for training: the element that holds a story on one real page is put right after the one that
holds the story on another page of the same publisher, as section fronts with full texts and some endless pages do.

    stacked.py DATA_DIR OUT_DIR [--seed S] [--most N]      DATA_DIR has gt.jsonl (id, publisher, title, body) and html/ID.html.gz

OUT_DIR gets html/NAME.html, pages.jsonl ({"id", "url", "file"}) and truth.jsonl (a line a clipping). bench/extract's two_stories.py joins whole
pages, with everything around the stories; here hardly anything is left between them.
"""
import argparse, collections, gzip, html, json, random, re
from pathlib import Path

TAG = re.compile(r"<(/?)(article|main|section|div)\b[^>]*?(/?)>", re.I)


def holder(page, title, body):
    """(start, end) of the smallest element that holds the title and the end of the body; None where none does."""
    last = [p for p in re.split(r"\n+", body) if len(p) > 60]
    if not last:
        return None
    find = lambda text, after: page.find(html.escape(text, quote=False)[:40], after)
    body_at = page.find("<body")
    ends = [at for at in (page.rfind(html.escape(p, quote=False)[:40]) for p in last[-1:]) if at > 0]
    heads = [m.start() for m in re.finditer(r"<h1\b", page[body_at:])] if body_at >= 0 else []
    if not ends or len(heads) != 1 or find(title, body_at) < 0:
        return None
    first, end = heads[0] + body_at, max(ends)
    if first > end:
        return None
    open_tags, best = [], None
    for tag in TAG.finditer(page, body_at):
        name = tag[2].lower()
        if tag[3]:
            continue
        if not tag[1]:
            open_tags.append((name, tag.start()))
        elif any(name == n for n, _ in open_tags):
            while open_tags and open_tags[-1][0] != name:
                open_tags.pop()
            _, start = open_tags.pop()
            if start < first and tag.end() > end and (best is None or tag.end() - start < best[1] - best[0]):
                best = start, tag.end()
    return best if best and best[1] - best[0] < 0.9 * len(page) else None


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("data"), ap.add_argument("out"), ap.add_argument("--seed", type=int, default=1), ap.add_argument("--most", type=int, default=2)
    a = ap.parse_args()
    rng, data, out = random.Random(a.seed), Path(a.data), Path(a.out)
    (out / "html").mkdir(parents=True, exist_ok=True)
    by_publisher = collections.defaultdict(list)
    for row in map(json.loads, open(data / "gt.jsonl", encoding="utf-8")):
        page = gzip.open(data / "html" / f"{row['id']}.html.gz").read().decode("utf-8", "replace")
        span = holder(page, row.get("title") or "", row["body"]) if len(row["body"]) > 400 else None
        if span:
            by_publisher[row.get("publisher")].append((row, page, span))
    pages, truth = [], []
    for publisher, stories in sorted(by_publisher.items()):
        rng.shuffle(stories)
        groups = [stories[k:k + 2 + (k % 4 == 0)] for k in range(0, len(stories), 2)][: a.most]
        for group in groups:
            if len(group) < 2 or len({row["body"][:200] for row, _, _ in group}) < len(group):
                continue
            name = f"stacked-{a.seed}.{publisher}_{len(pages)}"
            _, page, (_, end) = group[0]
            page = page[:end] + "\n".join(other[start:stop] for _, other, (start, stop) in group[1:]) + page[end:]
            file = out / "html" / f"{name}.html"
            file.write_text(page, encoding="utf-8")
            pages.append({"id": name, "url": group[0][0]["url"], "file": str(file.resolve())})
            truth += [{"capture": name, "headline": row.get("title") or "", "body": [p for p in re.split(r"\n+", row["body"]) if p.strip()]}
                      for row, _, _ in group]
    for name, lines in (("pages", pages), ("truth", truth)):
        (out / f"{name}.jsonl").write_text("".join(json.dumps(l, ensure_ascii=False) + "\n" for l in lines), encoding="utf-8")
    print(f"{len(pages)} pages")


if __name__ == "__main__":
    main()
