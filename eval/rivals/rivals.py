#!/usr/bin/env python3
"""Run one extractor of PyPI over unpacked pages: rivals.py NAME PAGES.jsonl > FOUND.jsonl (the same form as src/main.rs)."""
import json, sys, time


def trafilatura(precision=False, metadata=False):
    from trafilatura import bare_extraction

    def find(html, url):
        page = bare_extraction(html, url=url, favor_precision=precision, include_comments=False, with_metadata=metadata)
        if page is None:
            return "", "", ""
        get = page.get if isinstance(page, dict) else lambda key: getattr(page, key, None)
        return get("text") or "", get("title") or "", get("date") or ""
    return find


def resiliparse():
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding
    from resiliparse.parse.html import HTMLTree

    def find(html, url):
        tree = HTMLTree.parse(bytes_to_str(html, detect_encoding(html)))
        return extract_plain_text(tree, main_content=True, alt_texts=False), tree.title or "", ""
    return find


def main(name, pages):
    find = {"trafilatura": trafilatura, "trafilatura-precision": lambda: trafilatura(precision=True),
            "trafilatura-metadata": lambda: trafilatura(metadata=True), "resiliparse": resiliparse}[name]()
    find(b"<html><body><p>Once, so that imports are not counted.</p></body></html>", "")
    for line in open(pages, encoding="utf-8"):
        page = json.loads(line)
        html = open(page["file"], "rb").read()
        start = time.process_time()
        try:
            body, headline, published = find(html, page["url"])
        except Exception as why:  # a rival's failure is its result
            print(f"{name}: {page['id']}: {type(why).__name__}", file=sys.stderr)
            body, headline, published = "", "", ""
        row = {"id": page["id"], "body": body, "headline": headline, "published": published, "seconds": time.process_time() - start}
        print(json.dumps(row, ensure_ascii=False))


if __name__ == "__main__":
    main(*sys.argv[1:])
