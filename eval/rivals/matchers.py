#!/usr/bin/env python3
"""Find near-copies with one tool of PyPI: matchers.py NAME STORIES.jsonl SCRATCH LABELS.jsonl

LABELS gets a line {"id", "story"} for each line of STORIES, as the scorer reads them; SCRATCH is a folder for what the tool writes on its way.
Every tool is used as its own documentation shows it; what all of them leave open is the same for all: Jaccard from 0.7, shingles of five
words in lower case, 128 permutations, one thread. Clusters are what hangs together by pairs, which is what each of them does or shows.
"""
import importlib.machinery, importlib.util, json, struct, sys
from pathlib import Path

THRESHOLD, WORDS, PERMUTATIONS = 0.7, 5, 128


def texts(stories):
    with open(stories, encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


def shingles(text):
    """For the tools that take tokens, not text."""
    words = text.lower().split()
    return {" ".join(words[i:i + WORDS]) for i in range(max(1, len(words) - WORDS + 1))}


def labels(count, matches):
    """A label for each of `count` stories, of which (one, the ones like it) are joined."""
    parent = list(range(count))

    def root(i):
        while parent[i] != i:
            parent[i] = i = parent[parent[i]]
        return i

    for i, others in matches:
        for j in others:
            parent[root(j)] = root(i)
    return [root(i) for i in range(count)]


def gaoya(stories, scratch):
    from gaoya.minhash import MinHashStringIndex
    found = texts(stories)
    index = MinHashStringIndex(hash_size=32, jaccard_threshold=THRESHOLD, num_bands=None, band_size=None, num_hashes=PERMUTATIONS,
                               analyzer="word", lowercase=True, ngram_range=(WORDS, WORDS))
    index.par_bulk_insert_docs(list(range(len(found))), found)
    return labels(len(found), enumerate(index.par_bulk_query(found)))


def rensa(stories, scratch):
    # its full-set path; the headline figures are of `rho`, which samples tokens. 16 bands of 8: a threshold of (1/16)^(1/8) = 0.71
    from rensa import RMinHash, RMinHashLSH
    sketches = RMinHash.from_token_sets(map(shingles, texts(stories)), num_perm=PERMUTATIONS, seed=42)
    index = RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=16)
    index.insert_many(sketches)
    alike = ([j for j in near if j > i and sketches[i].jaccard(sketches[j]) >= THRESHOLD] for i, near in enumerate(index.query_all(sketches)))
    return labels(len(sketches), enumerate(alike))


def datasketch(stories, scratch):
    from datasketch import MinHash, MinHashLSH
    index, matches = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS), []
    for i, text in enumerate(texts(stories)):
        sketch = MinHash(num_perm=PERMUTATIONS)
        sketch.update_batch([shingle.encode() for shingle in shingles(text)])
        matches.append((i, index.query(sketch)))
        index.insert(i, sketch)
    return labels(len(matches), matches)


def text_dedup(stories, scratch):
    from text_dedup import minhash
    minhash.main(["--path", "json", "--data_files", stories, "--split", "train", "--cache_dir", str(scratch / "cache"), "--output", str(scratch / "out"),
                  "--column", "text", "--ngram", str(WORDS), "--num_perm", str(PERMUTATIONS), "--threshold", str(THRESHOLD), "--num_proc", "1"],
                 standalone_mode=False)
    return [minhash.uf.find(i) for i in range(len(texts(stories)))]


def datatrove(stories, scratch):
    # its default of 14 buckets of 8 hashes: a threshold of (1/14)^(1/8) = 0.72
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.dedup.minhash import MinhashConfig, MinhashDedupBuckets, MinhashDedupCluster, MinhashDedupSignature
    from datatrove.pipeline.readers import JsonlReader
    config, at = MinhashConfig(n_grams=WORDS), lambda name: str(scratch / name)
    stages = [([JsonlReader(str(Path(stories).parent), glob_pattern=Path(stories).name), MinhashDedupSignature(at("signatures"), config=config)], 1),
              ([MinhashDedupBuckets(at("signatures"), at("buckets"), config=config)], config.num_buckets),
              ([MinhashDedupCluster(at("buckets"), at("clusters"), config=config, save_cluster_id=True)], 1)]
    for k, (pipeline, tasks) in enumerate(stages):
        LocalPipelineExecutor(pipeline, tasks=tasks, workers=1, logging_dir=at(f"log{k}")).run()
    pairs = dict(struct.iter_unpack("<II", (scratch / "clusters" / "000000.clusters").read_bytes()))
    return [pairs.get(i, f"alone {i}") for i in range(len(texts(stories)))]


def dolma(stories, scratch):
    """Exact paragraphs only, by a Bloom filter: which stories belong together it does not say."""
    # The part in Rust alone, which does all of the work: importing the package around it costs seconds, and half of PyPI.
    core = next(Path(importlib.util.find_spec("dolma").origin).parent.glob("dolma.*.so"))
    loader = importlib.machinery.ExtensionFileLoader("dolma", str(core))
    engine = importlib.util.module_from_spec(importlib.util.spec_from_loader("dolma", loader))
    for folder in ("documents", "in", "out"):
        (scratch / folder).mkdir()
    (scratch / "documents" / "stories.jsonl").symlink_to(Path(stories).resolve())
    engine.deduper_entrypoint(json.dumps({
        "documents": [str(scratch / "documents" / "*")], "processes": 1, "is_s3_volume": False,
        "dedupe": {"name": "paragraphs", "skip_empty": True, "document_dir": "documents",
                   "paragraphs": {"attribute_name": "duplicate", "paragraph_separator": "\n"}},
        # room for three times the paragraphs of 20,000 documents
        "bloom_filter": {"file": str(scratch / "bloom"), "read_only": False, "size_in_bytes": 0,
                         "estimated_doc_count": 1_000_000, "desired_false_positive_rate": 1e-6},
        "work_dir": {"input": str(scratch / "in"), "output": str(scratch / "out")}, "compression": {"input": None, "output": None}}))
    return []


def main(name, stories, scratch, out):
    found = {f.__name__: f for f in (gaoya, rensa, datasketch, text_dedup, datatrove, dolma)}[name.replace("-", "_")](stories, Path(scratch))
    with open(stories, encoding="utf-8") as lines, open(out, "w", encoding="utf-8") as labelled:
        for line, label in zip(lines, found):
            print(json.dumps({"id": json.loads(line)["id"], "story": label}), file=labelled)


if __name__ == "__main__":
    main(*sys.argv[1:])
