"""No text of other people stands in the repository: no run of twelve words of the corpora beside it occurs in a tracked file.

    own_text.py SHARED
"""
import json, re, subprocess, sys
from pathlib import Path

RUN = 12
WORD = re.compile(r"\w+")


def runs(text):
    words = WORD.findall(text.lower())
    for k in range(len(words) - RUN + 1):
        # counting, alphabets and the like are nobody's
        if sum(map(len, words[k:k + RUN])) >= 3 * RUN:
            yield k, hash(tuple(words[k:k + RUN])), words


def texts(shared):
    for path in sorted((shared / "seeds").glob("*.txt")):
        yield path.read_text(encoding="utf-8")
    for name, fields in (("articles.jsonl", ["title", "body"]), ("pairs.jsonl", ["a", "b"]), ("flat/captures.jsonl", ["text"])):
        for line in open(shared / "data" / name, encoding="utf-8"):
            row = json.loads(line)
            yield from (row.get(f) or "" for f in fields)


def main(shared):
    known = {h for text in texts(shared) for _, h, _ in runs(text)}
    tracked = subprocess.run(["git", "ls-files", "-z"], capture_output=True, text=True, check=True).stdout.split("\0")
    found = 0
    # licences are quoted by everybody
    for name in filter(None, tracked):
        if name.startswith("LICENSE") or name == "Cargo.lock" or not Path(name).is_file():
            continue
        for k, h, words in runs(Path(name).read_text(encoding="utf-8", errors="replace")):
            if h in known:
                print(f"{name}: {' '.join(words[k:k + RUN])}")
                found += 1
                break
    if found:
        sys.exit(f"own text: {found} files hold text from {shared}")
    print("1 checks passed")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
