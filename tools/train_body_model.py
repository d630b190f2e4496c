"""Learn the body model anew: from labelled pages to src/newsclean/clean/body_model.json.

    pip install -e ".[train]"
    python tools/train_body_model.py CORPUS

CORPUS has `*.jsonl` with records {id, source, url, body: [paragraphs], optional: [indexes], with, without} and
`pages/<id>.html.gz`. The figures are cross-validated: five folds, all pages of a site in one fold, F1 over shingles of
four words, mean precision and mean recall over pages, after all of newsclean's cleaning. The same corpus gives the same
file.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import statistics
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from newsclean.check.harness import shingles
from newsclean.clean import body, pipeline
from newsclean.clean.body_features import NAMES, body_features, word_count
from newsclean.clean.shape import squash
from newsclean.errors import NewscleanError
from newsclean.extract.page import read_page
from newsclean.model import Draft

TARGET = Path(__file__).parent.parent / "src" / "newsclean" / "clean" / "body_model.json"
FOLDS = 5
SEEDS = (0,)  # a second ensemble of another random state, averaged, moves F1 by less than .002
LEARNER = {
    "max_iter": 110,
    "learning_rate": 0.1,
    "max_leaf_nodes": 12,
    "min_samples_leaf": 40,
    "l2_regularization": 1.0,
}
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


@dataclass(frozen=True)
class Example:
    """A labelled page: its draft, a row of features, a label and a weight for each block."""

    record: dict[str, Any]
    draft: Draft
    rows: np.ndarray
    labels: np.ndarray
    weights: np.ndarray
    fold: int


def main() -> None:
    """Cross-validate, fit on everything, write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    examples = load(parser.parse_args().corpus)
    print(f"{len(examples)} pages, {sum(len(e.rows) for e in examples)} blocks", file=sys.stderr)
    figures = cross_validate(examples)
    base, trees = fit(examples)
    used = Counter(e.record["source"] for e in examples)
    model = {
        "learned_from": {source: f"{used[source]} pages of {LICENCES[source]}" for source in sorted(used)},
        "cross_validated": figures,
        "features": NAMES,
        "base": base,
        "trees": trees,
    }
    rows = ",\n ".join(f"{json.dumps(key)}: {dump(value)}" for key, value in model.items())
    TARGET.write_text(f"{{\n {rows}\n}}\n", "utf-8")


def dump(value: Any) -> str:
    """JSON, a tree or a figure a line."""
    if isinstance(value, list):
        return "[\n  " + ",\n  ".join(json.dumps(v, separators=(",", ":")) for v in value) + "\n ]"
    if isinstance(value, dict):
        return "{\n  " + ",\n  ".join(f"{json.dumps(k)}: {json.dumps(v)}" for k, v in value.items()) + "\n }"
    return json.dumps(value)


def load(corpus: Path) -> list[Example]:
    """Every page of the corpus that has labels and something to decide."""
    examples = []
    for split in sorted(corpus.glob("*.jsonl")):
        for record in map(json.loads, split.read_text("utf-8").splitlines()):
            if record["source"] in WEIGHTS and ("body" in record or "with" in record):
                html = gzip.decompress((corpus / "pages" / f"{record['id']}.html.gz").read_bytes())
                try:
                    draft = read_page(html, record["url"] or None)
                except NewscleanError as error:
                    print(f"left out: {error}", file=sys.stderr)
                    continue
                if not all(b.seed for b in draft.blocks):
                    examples.append(example(record, draft))
    return examples


def example(record: dict[str, Any], draft: Draft) -> Example:
    """A page with its labels."""
    shares = np.array(label_shares(record, draft))
    weights = np.minimum([word_count(b.text) for b in draft.blocks], 80) ** 0.5
    weights[shares < 0] = 0
    low, high, factor = UNSURE
    weights[(shares > low) & (shares < high)] *= factor
    if weights.sum():
        weights *= WEIGHTS[record["source"]] / (weights.sum() / len(weights)) ** 0.3
    host = urlsplit(record["url"] or "").hostname or record["id"]
    site = ".".join(host.split(".")[-2 if len(host.split(".")[-2:][0]) > 3 else -3 :])
    fold = int(hashlib.md5(site.encode()).hexdigest(), 16) % FOLDS  # noqa: S324 - only to spread sites evenly
    rows = np.array(body_features(draft), dtype=float)
    return Example(record, draft, rows, (shares > BODY_SHARE).astype(int), weights, fold)


def label_shares(record: dict[str, Any], draft: Draft) -> list[float]:
    """For each block the share of it that the label has; -1 where the label doesn't say."""
    if "body" not in record:
        have = [squash(text) for text in record["with"]]
        lack = [squash(text) for text in record.get("without", ())]
        texts = [squash(b.text) for b in draft.blocks]
        return [
            1.0 if any(h and h in t for h in have) else 0.0 if any(x and x in t for x in lack) else -1.0 for t in texts
        ]
    gold: Counter[tuple[str, ...]] = Counter()
    for paragraph in record["body"]:
        gold.update(shingles(paragraph, 3))
    optional = {s for i in record.get("optional", ()) for s in shingles(record["body"][i], 3)}
    shares = []
    for block in draft.blocks:
        of_block = shingles(block.text, 3)
        total = max(of_block.total(), 1)
        free = sum(n for s, n in of_block.items() if s in optional) / total > BODY_SHARE
        shares.append(-1.0 if free else sum(min(n, gold[s]) for s, n in of_block.items()) / total)
    return shares


def learners(examples: list[Example]) -> list[HistGradientBoostingClassifier]:
    """One ensemble for each of SEEDS."""
    rows, labels, weights = (np.concatenate([getattr(e, n) for e in examples]) for n in ("rows", "labels", "weights"))
    told = weights > 0
    return [
        HistGradientBoostingClassifier(**LEARNER, random_state=seed, early_stopping=False).fit(
            rows[told], labels[told], sample_weight=weights[told]
        )
        for seed in SEEDS
    ]


def cross_validate(examples: list[Example]) -> dict[str, str]:
    """For each collection with whole bodies: F1, precision, recall, exact pages, on sites not learned from."""
    scores: dict[str, list[tuple[float, float, bool]]] = {}
    for fold in range(FOLDS):
        models = learners([e for e in examples if e.fold != fold])
        for e in examples:
            if e.fold == fold and "body" in e.record:
                odds = np.mean([m.decision_function(e.rows) for m in models], axis=0)
                text = cleaned(e.draft, list(1 / (1 + np.exp(-odds))))
                scores.setdefault(e.record["source"], []).append(score(e.record, text))
    figures = {}
    for source, rows in sorted(scores.items()):
        precision, recall, exact = (statistics.mean(r[i] for r in rows) for i in range(3))
        f1 = 2 * precision * recall / (precision + recall)
        figures[source] = f"F1 {f1:.4f} P {precision:.4f} R {recall:.4f} exact {exact:.2f} on {len(rows)} pages"
        print(f"{source:18} {figures[source]}")
    return figures


def cleaned(draft: Draft, chances: list[float]) -> str:
    """The text of a page, its blocks chosen by these chances and cleaned as usual."""
    return pipeline.clean(draft, changes=body.changes_for(draft, chances)).text


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


def fit(examples: list[Example]) -> tuple[float, list[Any]]:
    """The base and the trees of the ensembles, fitted on everything and averaged."""
    models = learners(examples)
    base = statistics.mean(float(m._baseline_prediction.item()) for m in models)  # noqa: SLF001 - no public way
    trees = [
        tree_of(tree[0].nodes, 0, 1 / len(models))
        for m in models
        for tree in m._predictors  # noqa: SLF001
    ]
    return round(base, 4), trees


def tree_of(nodes: Any, at: int, factor: float) -> Any:
    """A tree as body_model.py reads it."""
    node = nodes[at]
    if node["is_leaf"]:
        return round(float(node["value"]) * factor, 4)
    halves = (tree_of(nodes, int(node[side]), factor) for side in ("left", "right"))
    return [int(node["feature_idx"]), round(float(node["num_threshold"]), 5), *halves]


if __name__ == "__main__":
    main()
