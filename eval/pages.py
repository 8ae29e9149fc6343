#!/usr/bin/env python3
"""Scores of what was taken out of whole HTML pages: F1, headline and day, phrases, captions.

    pages.py unpack SET OUT            OUT/pages.jsonl ({"id", "url", "file"}) and the pages of ../shared/data/SET
    pages.py phrases GT FOUND          phrases that must and must not be in the body
    pages.py captions GT FOUND         captions and credits that come out as such, and those that end up in a body

FOUND.jsonl has a clipping a line ("capture" or "id", "body", "captions": [{"text", "credit"}]). The last line printed is JSON.
"""
import collections, gzip, importlib.util, json, re, sys
from pathlib import Path

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
SUFFIX = re.compile(r"(\.html?)?(\.(gz|zst|bz2))?$")


def rows(path):
    return [json.loads(line) for line in open(path, encoding="utf-8") if line.strip()]


def unpack(name, out):
    """The pages of a set as plain files, and a list of them."""
    out = Path(out)
    (out / "html").mkdir(parents=True, exist_ok=True)
    data = SHARED / "data" / name
    listed = []
    for row in rows(data / "gt.jsonl"):
        file = out / "html" / f"{row['id']}.html"
        if not file.exists():
            file.write_bytes(gzip.open(data / "html" / f"{row['id']}.html.gz").read())
        listed.append({"id": row["id"], "url": row.get("url") or "", "file": str(file.resolve())})
    (out / "pages.jsonl").write_text("".join(json.dumps(l, ensure_ascii=False) + "\n" for l in listed), encoding="utf-8")
    return out / "pages.jsonl"


def by_page(found):
    """The clippings of each page. A capture is named by its file: the endings are no part of a page's name."""
    pages = collections.defaultdict(list)
    for row in found:
        pages[SUFFIX.sub("", str(row.get("id", row.get("capture"))))].append(row)
    return pages


def longest(clippings):
    return max(clippings, key=lambda c: len(c.get("body") or ""), default={})


def folded(text):
    return " ".join((text or "").replace("\u00ad", "").split())


def extract(gt_path, found):
    """bench/extract's scores."""
    import subprocess, tempfile
    # a process of its own: scorers run side by side, and what is printed belongs to all threads of one
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as f:
        f.writelines(json.dumps(longest(c) | {"id": page}, ensure_ascii=False) + "\n" for page, c in by_page(found).items())
        f.flush()
        command = [sys.executable, str(SHARED / "bench/extract/score.py"), str(gt_path), f.name]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return json.loads(said.strip().splitlines()[-1])


def phrases(gt, found):
    """As trafilatura's own evaluation counts: a phrase that must be there and is, is a true positive; one that must not and is, a
    false one. What is extracted from a page are the bodies of all its clippings. Precision, recall and F1 over all phrases of all pages;
    white space is folded, and hyphens that only show where a line ends are taken out."""
    pages = by_page(found)
    tp = fn = fp = tn = 0
    for row in gt:
        body = folded(" ".join(c.get("body") or "" for c in pages.get(row["id"], [])))
        for phrase in row["with_"] or []:
            tp, fn = (tp + 1, fn) if folded(phrase) in body else (tp, fn + 1)
        for phrase in row["without"] or []:
            fp, tn = (fp + 1, tn) if folded(phrase) in body else (fp, tn + 1)
    p, r = tp / max(1, tp + fp), tp / max(1, tp + fn)
    return {"phrases_f1": 2 * p * r / max(1e-9, p + r), "precision": p, "recall": r, "accuracy": (tp + tn) / max(1, tp + tn + fp + fn)}


def words(text):
    return re.findall(r"\w+", (text or "").lower())


def overlap(a, b):
    a, b = collections.Counter(words(a)), collections.Counter(words(b))
    common = sum((a & b).values())
    return 2 * common / max(1, sum(a.values()) + sum(b.values()))


def captions(gt, found, told=None):
    """Of the captions that the page's pictures have: the share that comes out as a caption (with or without its credit, from any clipping
    of the page), the share that stands in a body although the true body lacks it; of the credits of captions found, the share that is right."""
    pages = by_page(found)
    true = as_caption = in_body = credits = credits_right = 0
    for row in gt:
        clippings = pages.get(row["id"], [])
        cut = [c for clipping in clippings for c in clipping.get("captions") or []]
        body, true_body = (" ".join(words(t)) for t in (" ".join(c["body"] for c in clippings), row["body"]))
        seen = set()
        for image in row.get("images") or []:
            wanted = " ".join(words(image.get("caption")))
            if not wanted or wanted in seen:
                continue
            seen.add(wanted)
            true += 1
            best = max(cut, key=lambda c: (wanted in " ".join(words(c["text"])), overlap(c["text"], wanted)), default={"text": "", "credit": ""})
            hit = f" {wanted} " in f" {' '.join(words(best['text']))} " or overlap(best["text"], wanted) >= 0.8
            as_caption += hit
            leaked = len(wanted.split()) >= 3 and wanted in body and wanted not in true_body
            in_body += leaked
            if told and (leaked or not hit):
                told(f"{'IN BODY' if leaked else 'missing'}  {row['id']}  {image['caption'][:110]}")
            named = words(" ".join(image.get("credits") or []))
            if hit and named:
                credits += 1
                right = set(named) & set(words(best["credit"]))
                credits_right += len(right) * 2 >= len(set(named))
    return {"captions": as_caption / max(1, true), "in_body": in_body / max(1, true), "credits": credits_right / max(1, credits), "true": true}


def authors(gt, found):
    """Of the names that the pages' truths give as authors', the share that stands in the byline of the longest clipping; of the bylines, the share that
    holds one of them, each name found counting as one. Who signs for a whole newspaper is a name as well, which few pages print."""
    pages = by_page(found)
    true = right = wrong = 0
    for row in gt:
        if row.get("authors") is None:
            continue
        byline = f" {' '.join(words(longest(pages.get(row['id'], [])).get('byline')))} "
        names = [name for name in (" ".join(words(name)) for name in row["authors"]) if name]
        hits = sum(f" {name} " in byline for name in names)
        true, right, wrong = true + len(names), right + hits, wrong + (not hits and byline.strip() != "")
    return {"authors_p": right / max(1, right + wrong), "authors_r": right / max(1, true)}


if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[1] not in ("unpack", "phrases", "captions", "extract"):
        sys.exit(__doc__)
    command, a, b = sys.argv[1:]
    if command == "unpack":
        print(unpack(a, b))
    elif command == "extract":
        print(json.dumps(extract(a, rows(b))))
    else:
        out = phrases(rows(a), rows(b)) if command == "phrases" else captions(rows(a), rows(b), lambda line: print(line, file=sys.stderr))
        print(json.dumps({k: round(v, 4) for k, v in out.items()}))
