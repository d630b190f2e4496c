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
import statistics
import sys
from collections import Counter
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
    fold_of,
    label_shares,
    records_of,
    score,
    segment_counts,
    told,
    write_model,
)
from sklearn.ensemble import HistGradientBoostingClassifier

from newsclean.clean import pipeline
from newsclean.clean.body_features import NAMES, body_features, model_words
from newsclean.errors import NewscleanError
from newsclean.extract.blocks import read_blocks
from newsclean.extract.body import find_body
from newsclean.extract.document import parse
from newsclean.extract.gate import gate
from newsclean.extract.page import read_page
from newsclean.extract.reduced import without_menus
from newsclean.extract.seeds import seeded
from newsclean.model import Draft

SEEDS = (0,)  # a second ensemble of another random state, averaged, moves F1 by less than .002
# Against 110 trees that each see all features, cross-validated: log loss .154 for .159, F1 the same within .001. A page
# costs no more: most blocks are decided after half of the trees (newsclean/clean/body.py, SURE).
LEARNER = {
    "max_iter": 200,
    "learning_rate": 0.08,
    "max_features": 0.3,
    "max_leaf_nodes": 12,
    "min_samples_leaf": 40,
    "l2_regularization": 1.0,
}
# Of a page as the extractor's other mode shows it: what it takes is what the model goes by most, and it takes other
# things on other sites. Cross-validated: log loss .155 for .156, F1 .9575 for .9572 on the average without zh-wce.
SECOND_VIEW = 0.5


@dataclass(frozen=True)
class Example:
    """A labelled page: its draft, a row of features, a label and a weight for each block.

    The second view of a page is only learned from.
    """

    record: dict[str, Any]
    draft: Draft
    rows: np.ndarray
    labels: np.ndarray
    weights: np.ndarray
    fold: int
    is_second: bool = False


def main() -> None:
    """Cross-validate, fit on everything, write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    examples = load(parser.parse_args().corpus)
    print(f"{len(examples)} views of pages, {sum(len(e.rows) for e in examples)} blocks", file=sys.stderr)
    figures = cross_validate(examples)
    base, trees = base_and_trees(learners(examples))
    model = {
        "learned_from": told(Counter(e.record["source"] for e in examples if not e.is_second)),
        "cross_validated": figures,
        "features": NAMES,
        "base": base,
        "trees": trees,
    }
    write_model("body_model", model)


def load(corpus: Path) -> list[Example]:
    """Every page of the corpus that has labels, and its second view if that is another."""
    examples = []
    for record in records_of(corpus):
        html = gzip.decompress((corpus / "pages" / f"{record['id']}.html.gz").read_bytes())
        try:
            draft = read_page(html, record["url"] or None)
        except NewscleanError as error:
            print(f"left out: {error}", file=sys.stderr)
            continue
        examples.append(example(record, draft))
        if second := second_view(html, draft):
            examples.append(example(record, second, SECOND_VIEW))
    return examples


def second_view(html: bytes, draft: Draft) -> Draft | None:
    """The same page with what the extractor takes in its thorough mode; None if that is what it took anyway."""
    gated = gate(html)
    page = read_blocks(parse(gated.source, draft.url).take_body_html())
    lines = () if gated.wide else find_body(without_menus(page), thorough=True)
    second = replace(draft, blocks=seeded(page, lines))
    return second if lines and seeds(second) != seeds(draft) else None


def seeds(draft: Draft) -> list[str]:
    """What the extractor took."""
    return [block.text for block in draft.blocks if block.seed]


def example(record: dict[str, Any], draft: Draft, weight: float = 1.0) -> Example:
    """A page with its labels, its first view if the weight is 1; one with nothing to decide is only scored."""
    shares = np.array(label_shares(record, [b.text for b in draft.blocks]))
    weights = np.minimum([model_words(b.text) for b in draft.blocks], 80) ** 0.5
    weights[shares < 0] = 0
    if all(b.seed for b in draft.blocks):
        weights[:] = 0
    low, high, factor = UNSURE
    weights[(shares > low) & (shares < high)] *= factor
    if weights.sum():
        weights *= weight * WEIGHTS[record["source"]] / (weights.sum() / len(weights)) ** 0.3
    rows = np.array(body_features(draft), dtype=float)
    labels = (shares > BODY_SHARE).astype(int)
    return Example(record, draft, rows, labels, weights, fold_of(record), weight < 1)


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
    """For each collection with whole bodies: F1, precision, recall, exact pages, on sites not learned from.

    Of the dev pages that have segments only, F1 over the segments.
    """
    scores: dict[str, list[tuple[float, float, bool]]] = {}
    segments = np.zeros(3)
    for fold in range(FOLDS):
        models = learners([e for e in examples if e.fold != fold])
        for e in examples:
            if e.fold != fold or e.is_second:
                continue
            odds = np.mean([m.decision_function(e.rows) for m in models], axis=0)
            text = cleaned(e.draft, list(1 / (1 + np.exp(-odds))))
            if "body" in e.record:
                scores.setdefault(e.record["source"], []).append(score(e.record, text))
            elif e.record["split"] == "dev":
                segments += segment_counts(e.record, text)
    figures = {}
    for source, rows in sorted(scores.items()):
        precision, recall, exact = (statistics.mean(r[i] for r in rows) for i in range(3))
        f1 = 2 * precision * recall / (precision + recall)
        figures[source] = f"F1 {f1:.4f} P {precision:.4f} R {recall:.4f} exact {exact:.2f} on {len(rows)} pages"
    hits, wrong, missed = segments
    figures["segments"] = f"F1 {2 * hits / (2 * hits + wrong + missed):.4f}"
    for source, told_of in figures.items():
        print(f"{source:18} {told_of}")
    return figures


def cleaned(draft: Draft, chances: list[float]) -> str:
    """The text of a page, its blocks chosen by these chances and cleaned as usual."""
    return pipeline.clean(draft, chances=chances).text


if __name__ == "__main__":
    main()
