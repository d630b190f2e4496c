"""What the tools that train a model share: the collections, folds by site, labels, scores, and the model's file."""

from __future__ import annotations

import hashlib
import json
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from newsclean.check.harness import shingles
from newsclean.letters import squash

CLEAN = Path(__file__).parent.parent / "src" / "newsclean" / "clean"
FOLDS = 5
BODY_SHARE = 0.6  # of a block's words in the label, above which it is body
UNSURE = (0.25, 0.75, 0.3)  # between the two, a block's label counts only so much
LICENCES = {
    "zyte": "scrapinghub/article-extraction-benchmark, MIT",
    "fundus-eval": "dobbersc/fundus-evaluation, MIT",
    "fundus": "flairNLP/fundus, MIT",
    "fundus-old": "flairNLP/fundus, MIT",
    "trafilatura": "adbar/trafilatura, Apache-2.0",
    "go-trafilatura": "markusmobius/go-trafilatura, Apache-2.0",
    "readability": "mozilla/readability, Apache-2.0",
    "readability-forks": "forks of mozilla/readability, Apache-2.0",
    "andy-news": "AndyTheFactory/article-extraction-dataset, Apache-2.0",
    "wcxb": "Murrough-Foley/web-content-extraction-benchmark, CC-BY-4.0",
    "magic-html": "opendatalab/magic-html, Apache-2.0",
    "zh-wce": "immortal-autumn/Chinese-Web-Content-Extraction-Dataset, MIT",
}
WEIGHTS = {  # how far a collection's labels agree with news
    **dict.fromkeys(("zyte", "fundus", "fundus-eval", "andy-news"), 1.0),
    **dict.fromkeys(("fundus-old", "zh-wce"), 0.8),
    "trafilatura": 0.6,
    "wcxb": 0.5,
    **dict.fromkeys(("magic-html", "readability"), 0.4),
    **dict.fromkeys(("readability-forks", "go-trafilatura"), 0.3),
}


def records_of(corpus: Path) -> list[dict[str, Any]]:
    """The records of a corpus that have labels and a weight, file by file."""
    records = (
        {**json.loads(line), "split": split.stem}
        for split in sorted(corpus.glob("*.jsonl"))
        for line in split.read_text("utf-8").splitlines()
    )
    return [r for r in records if r["source"] in WEIGHTS and ("body" in r or "with" in r)]


def fold_of(record: dict[str, Any]) -> int:
    """The page's fold: all pages of a site are in one."""
    host = urlsplit(record["url"] or "").hostname or record["id"]
    site = ".".join(host.split(".")[-2 if len(host.split(".")[-2:][0]) > 3 else -3 :])
    return int(hashlib.md5(site.encode()).hexdigest(), 16) % FOLDS  # noqa: S324 - only to spread sites evenly


def label_shares(record: dict[str, Any], texts: Sequence[str]) -> list[float]:
    """For each text of a page the share of it that the label has; -1 where the label doesn't say."""
    if "body" not in record:
        have = [squash(text) for text in record["with"]]
        lack = [squash(text) for text in record.get("without", ())]
        squashed = map(squash, texts)
        return [
            1.0 if any(h and h in t for h in have) else 0.0 if any(x and x in t for x in lack) else -1.0
            for t in squashed
        ]
    gold: Counter[tuple[str, ...]] = Counter()
    for paragraph in record["body"]:
        gold.update(shingles(paragraph, 3))
    optional = {s for i in record.get("optional", ()) for s in shingles(record["body"][i], 3)}
    shares = []
    for text in texts:
        of_text = shingles(text, 3)
        total = max(of_text.total(), 1)
        free = sum(n for s, n in of_text.items() if s in optional) / total > BODY_SHARE
        shares.append(-1.0 if free else sum(min(n, gold[s]) for s, n in of_text.items()) / total)
    return shares


def score(record: dict[str, Any], text: str) -> tuple[float, float, bool]:
    """Precision, recall and exactness of a text; optional paragraphs that it leaves out are not asked for."""
    have = shingles(text, 4)
    wanted = [
        paragraph
        for i, paragraph in enumerate(record["body"])
        if i not in record.get("optional", ())
        or (shingles(paragraph, 4) & have).total() >= 0.5 * shingles(paragraph, 4).total()
    ]
    want = shingles("\n\n".join(wanted), 4)
    shared = (want & have).total()
    return shared / max(have.total(), 1), shared / max(want.total(), 1), want == have


def segment_counts(record: dict[str, Any], text: str) -> tuple[int, int, int]:
    """Of a page that is labelled by segments: how many are rightly there, wrongly there, and missing."""
    flat = " ".join(text.split())
    there = [sum(" ".join(part.split()) in flat for part in record.get(key, ())) for key in ("with", "without")]
    return there[0], there[1], len(record["with"]) - there[0]


def f1_of(scores: Iterable[tuple[float, ...]]) -> float:
    """F1 of mean precision and mean recall, which each score begins with."""
    rows = list(scores)
    precision, recall = (statistics.mean(r[i] for r in rows) for i in range(2))
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def base_and_trees(models: Sequence[Any]) -> tuple[float, list[Any]]:
    """The base and the trees of fitted ensembles, averaged, as newsclean/clean/trees.py reads them."""
    base = statistics.mean(float(m._baseline_prediction.item()) for m in models)  # noqa: SLF001 - no public way
    trees = [
        tree_of(tree[0].nodes, 0, 1 / len(models))
        for m in models
        for tree in m._predictors  # noqa: SLF001
    ]
    return round(base, 4), trees


def tree_of(nodes: Any, at: int, factor: float) -> Any:
    """A tree as newsclean/clean/trees.py reads it."""
    node = nodes[at]
    if node["is_leaf"]:
        return round(float(node["value"]) * factor, 4)
    halves = (tree_of(nodes, int(node[side]), factor) for side in ("left", "right"))
    return [int(node["feature_idx"]), round(float(node["num_threshold"]), 5), *halves]


def told(sources: Counter[str]) -> dict[str, str]:
    """For each collection how many pages of it were used, where it is from, and its licence."""
    return {source: f"{sources[source]} pages of {LICENCES[source]}" for source in sorted(sources)}


def write_model(name: str, model: dict[str, Any]) -> None:
    """Write newsclean/clean/<name>.json: JSON, a tree or a figure a line."""
    rows = ",\n ".join(f"{json.dumps(key)}: {dump(value)}" for key, value in model.items())
    (CLEAN / f"{name}.json").write_text(f"{{\n {rows}\n}}\n", "utf-8")


def dump(value: Any) -> str:
    """JSON, an entry a line."""
    if isinstance(value, list):
        return "[\n  " + ",\n  ".join(json.dumps(v, separators=(",", ":")) for v in value) + "\n ]"
    if isinstance(value, dict):
        return "{\n  " + ",\n  ".join(f"{json.dumps(k)}: {json.dumps(v)}" for k, v in value.items()) + "\n }"
    return json.dumps(value)
