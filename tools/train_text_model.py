"""Learn the text model anew: from the texts that other tools write for labelled pages to text_model.json.

    pip install -e ".[train]"
    python tools/train_text_model.py CORPUS

CORPUS is as for train_body_model.py, with `peers/<collection>.<system>.jsonl.gz`, records {id, text}: what published
systems wrote for its pages. The figures are cross-validated: five folds, all texts of a site in one fold; for each
system the F1 of its texts as they were, by the rules alone, by rules and model. The same corpus gives the same file.
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from learning import (
    BODY_SHARE,
    FOLDS,
    UNSURE,
    WEIGHTS,
    base_and_trees,
    f1_of,
    fold_of,
    label_shares,
    records_of,
    score,
    told,
    write_model,
)
from page_texts import page_texts
from sklearn.ensemble import HistGradientBoostingClassifier

from newsclean.clean.text_features import NAMES, TextFeatures
from newsclean.clean.text_model import decide
from newsclean.clean.trees import Row, compiled
from newsclean.errors import NewscleanError
from newsclean.flow import clean_text
from newsclean.model import Draft

LEARNER = {
    "max_iter": 80,
    "learning_rate": 0.12,
    "max_leaf_nodes": 12,
    "min_samples_leaf": 40,
    "l2_regularization": 1.0,
    "early_stopping": False,
    "random_state": 0,
}
GOLD = "label"  # as a system's name: the labelled body itself, which must stay as it is
WHOLE_PAGE = (  # the published systems that write all that a page has, navigation included
    *("august", "beautifulsoup", "fast_html2md", "html-text", "html2md_rs"),
    *("html2text", "html2text_rs", "inscriptis", "mdka", "nanohtml2text"),
)


@dataclass(frozen=True, slots=True)
class Example:
    """A text of a labelled page: what a system wrote, cleaned by the rules; features, labels, weights by paragraph."""

    record: dict[str, Any]
    system: str
    written: str
    draft: Draft
    rows: np.ndarray
    labels: np.ndarray
    weights: np.ndarray


def main() -> None:
    """Cross-validate, fit on everything, write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    examples = load(parser.parse_args().corpus)
    print(f"{len(examples)} texts, {sum(len(e.rows) for e in examples)} paragraphs", file=sys.stderr)
    figures = cross_validate(examples)
    base, trees = base_and_trees([learner(examples)])
    model = {
        "learned_from": told(Counter(e.record["source"] for e in examples if e.system == GOLD)),
        "cross_validated": figures,
        "features": NAMES,
        "base": base,
        "trees": trees,
    }
    write_model("text_model", model)


def load(corpus: Path) -> list[Example]:
    """Every text for the corpus's pages that have a whole body."""
    records = {r["id"]: r for r in records_of(corpus) if "body" in r}
    found = (example(records[page], system, text) for page, system, text in texts_of(corpus, records))
    return [e for e in found if e is not None]


def texts_of(corpus: Path, records: dict[str, dict[str, Any]]) -> Iterator[tuple[str, str, str]]:
    """A page's id, a system and the text that it wrote: published ones, the labels, and what page_texts makes."""
    for path in sorted((corpus / "peers").glob("*.jsonl.gz")):
        for row in map(json.loads, gzip.decompress(path.read_bytes()).decode().splitlines()):
            if row["id"] in records and row["text"].strip():
                yield row["id"], path.name.removesuffix(".jsonl.gz"), row["text"]
    for page, record in records.items():
        yield page, GOLD, "\n".join(record["body"])
        html = gzip.decompress((corpus / "pages" / f"{page}.html.gz").read_bytes())
        yield from ((page, system, text) for system, text in page_texts(html, page))


def example(record: dict[str, Any], system: str, written: str) -> Example | None:
    """A text with its labels, after the rules; None if they leave nothing."""
    try:
        article = clean_text(written, url=record["url"] or None, keep=["text-model"])
    except NewscleanError as error:
        print(f"left out: {system} of {record['id']}: {error}", file=sys.stderr)
        return None
    draft = Draft(article.url, article.metadata, article.blocks)
    text = TextFeatures(draft)
    shares = np.array(label_shares(record, text.texts))
    low, high, factor = UNSURE
    weights = np.minimum(text.words, 80) ** 0.5 * WEIGHTS[record["source"]] / text.count**0.5
    weights[shares < 0] = 0
    weights[(shares > low) & (shares < high)] *= factor
    rows = np.array([text.row(i) for i in range(text.count)], dtype=np.float32)
    return Example(record, system, written, draft, rows, (shares > BODY_SHARE).astype(int), weights)


def learner(examples: list[Example]) -> HistGradientBoostingClassifier:
    """The trees fitted on these texts."""
    rows, labels, weights = (np.concatenate([getattr(e, n) for e in examples]) for n in ("rows", "labels", "weights"))
    told_of = weights > 0
    weights *= told_of.sum() / weights.sum()
    return HistGradientBoostingClassifier(**LEARNER).fit(rows[told_of], labels[told_of], sample_weight=weights[told_of])


def cross_validate(examples: list[Example]) -> dict[str, str]:
    """For each family of systems what cleaning gains, and what the labelled bodies keep, on sites not learned from."""
    scores: dict[str, list[tuple[tuple[float, ...], ...]]] = {}
    kept: list[float] = []
    for fold in range(FOLDS):
        base, trees = base_and_trees([learner([e for e in examples if fold_of(e.record) != fold])])
        probability = compiled({"features": NAMES, "base": base, "trees": trees})
        for e in examples:
            if fold_of(e.record) == fold and e.system == GOLD:
                kept.append(len(cleaned(e.draft, probability)) / len(cleaned(e.draft, lambda _: 1.0)))
            elif fold_of(e.record) == fold and "." in e.system:
                texts = (e.written, cleaned(e.draft, lambda _: 1.0), cleaned(e.draft, probability))
                scores.setdefault(e.system, []).append(tuple(score(e.record, text) for text in texts))
    return {**families(scores), "labelled bodies": f"keep {statistics.mean(kept):.4f}, least {min(kept):.2f}"}


def families(scores: dict[str, list[tuple[tuple[float, ...], ...]]]) -> dict[str, str]:
    """What the systems that write articles gain, and those that write whole pages."""
    gains: dict[str, list[tuple[float, float, str]]] = {}
    for system, rows in sorted(scores.items()):
        before, rules, both = (f1_of(row[i] for row in rows) for i in range(3))
        family = "whole pages" if system.partition(".")[2] in WHOLE_PAGE else "articles"
        gains.setdefault(family, []).append((both - before, both - rules, system))
        print(f"{system:30} {before:.4f} rules {rules:.4f} rules and model {both:.4f} {both - before:+.4f}")
    return {
        family: f"{len(rows)} systems: mean gain {statistics.mean(r[0] for r in rows):+.4f}, worst {min(rows)[0]:+.4f}"
        f"; by the model {statistics.mean(r[1] for r in rows):+.4f}, worst {min(r[1] for r in rows):+.4f}"
        for family, rows in sorted(gains.items())
    }


def cleaned(draft: Draft, probability: Callable[[Row], float]) -> str:
    """The text after the model had its say until it has nothing more to say."""
    while gone := {change.block for change in decide(draft, probability)}:
        draft = replace(draft, blocks=tuple(b for b in draft.blocks if b.index not in gone))
    return "\n\n".join(b.text for b in draft.blocks)


if __name__ == "__main__":
    main()
