"""newsclean beside other extractors, quality and speed: python benchmarks/extractors.py FOLDER [--picture FILE.svg].

FOLDER holds labelled pages: `*.jsonl`, a record a line with `id`, `source`, `url` and `body` (the paragraphs of the
article), and `pages/<id>.html.gz`. What is printed is Markdown. The extra `bench` installs the other extractors; those
that are missing are named.

All run in this process, on one page after the other, on each page in another order. The time is the CPU time of the
thread; each extractor has run over ten pages before, and no one collects another's garbage.
"""

from __future__ import annotations

import argparse
import gc
import gzip
import json
import logging
import os
import random
import re
import signal
import socket
import statistics
import sys
import time
import warnings
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from importlib.metadata import version
from pathlib import Path
from platform import python_version
from typing import Any, NamedTuple

ROOT = Path(__file__).parent.parent
sys.path.append(str(ROOT / "tools"))

from adapters import ADAPTERS, Adapter, Extract  # noqa: E402
from learning import score  # noqa: E402
from picture import Dot, draw  # noqa: E402

WARM_UP = 10  # pages that nobody's time is taken on: each loads word lists, tables, patterns when it first needs them
LIMIT_S = 30.0  # of CPU for a page; a call into C is let finish
MODEL = ROOT / "src" / "newsclean" / "clean" / "body_model.json"
BASE = "trafilatura"
TOLD = (
    "Printed by `benchmarks/extractors.py`; how it measures stands in [README.md](README.md). {} pages; CPU "
    "milliseconds a page; precision / recall / F1 of the text in each source of labels."
)
IN_SAMPLE = (
    "newsclean's body model has learned from pages of these sites, so its F1 in the table is flattered. On sites that "
    "it had not learned from (cross-validation in five parts, when the model was made) its mean F1 is {:.3f}."
)


class TooSlow(BaseException):
    """A page took longer than LIMIT_S; no Exception, which extractors catch."""


class Answer(NamedTuple):
    """What an extractor made of one page.

    Attributes:
        cpu_s: of the thread that called it.
        beside_s: CPU of other threads and of child processes in the meantime.
        source: where the page's label is from.
        precision, recall, exact: of the text.
        error: what it raised; its text is empty then.
    """

    cpu_s: float
    beside_s: float
    source: str
    precision: float
    recall: float
    exact: bool
    error: str = ""


class Quality(NamedTuple):
    """Mean precision and mean recall over the pages of one source."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Of the two means."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


class Row(NamedTuple):
    """What an extractor made of all pages.

    Attributes:
        median_ms, mean_ms, p99_ms: CPU a page.
        beside: CPU of other threads and processes, as a share of that.
        sources: its quality in each source of labels.
        exact: pages on which it has what the label has.
        errors: what it raised, and on how many pages.
    """

    name: str
    pages: int
    median_ms: float
    mean_ms: float
    p99_ms: float
    beside: float
    sources: Mapping[str, Quality]
    exact: int
    errors: Mapping[str, int]

    @property
    def f1(self) -> float:
        """The mean of the sources' F1."""
        return statistics.mean(quality.f1 for quality in self.sources.values())


def main() -> None:
    """Print the table and, if asked, draw the picture."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--picture", type=Path, metavar="FILE.svg", help="where to draw quality against speed")
    parser.add_argument("--sample", type=int, help="so many pages only, drawn at random, each time the same")
    parser.add_argument("--sources", help="pages of these sources only, with commas between")
    options = parser.parse_args()
    records = records_in(options.folder, options.sources.split(",") if options.sources else None)[: options.sample]
    if not records:
        parser.error("no record with a body of these sources")
    warnings.simplefilter("ignore")
    extractors, missing = load(ADAPTERS)
    logging.disable(logging.CRITICAL)
    load_languages()
    rows = [row_of(name, answers) for name, answers in run(extractors, records, options.folder).items()]
    unseen = cross_validated(MODEL, rows[0].sources)
    print(report(rows, missing, unseen))
    if options.picture:
        dots = [Dot(row.name, 1e3 / row.mean_ms, row.f1, "own" if row.name == "newsclean" else "dot") for row in rows]
        if unseen is not None:
            dots.append(Dot("newsclean, sites not learned from", dots[0].speed, unseen, "hollow"))
        title = f"Article extractors on {len(records)} news pages"
        options.picture.write_text(draw(dots, title, "further up is better, further right is faster"), "utf-8")


def records_in(folder: Path, sources: Sequence[str] | None) -> list[dict[str, Any]]:
    """The records that have a body, in an order that is always the same."""
    records = [
        record
        for file in sorted(folder.glob("*.jsonl"))
        for record in map(json.loads, file.read_text("utf-8").splitlines())
        if "body" in record and (sources is None or record["source"] in sources)
    ]
    random.Random(7).shuffle(records)  # noqa: S311 - only to mix the sources
    return records


def load(adapters: Mapping[str, Adapter]) -> tuple[dict[str, Extract], list[str]]:
    """The extractors that are installed, and the names of the others."""
    extractors: dict[str, Extract] = {}
    missing = []
    for name, adapter in adapters.items():
        try:
            extractors[name] = adapter.load()
        except ImportError as error:
            missing.append(f"{name} ({error})")
    return extractors, missing


def load_languages() -> None:
    """Have dateparser, which several extractors guess dates with, load its tables: once, 2 s of CPU."""
    with suppress(ImportError):
        import dateparser  # noqa: PLC0415 - comes with trafilatura

        dateparser.parse("3 maart 2019, 's middags")


def run(extractors: Mapping[str, Extract], records: Sequence[dict[str, Any]], folder: Path) -> dict[str, list[Answer]]:
    """What each extractor makes of each page, page by page, the order turned by one each time."""
    names = list(extractors)
    answers: dict[str, list[Answer]] = {name: [] for name in names}
    with without_network():
        for record in records[:WARM_UP]:
            for extract in extractors.values():
                ask(extract, record, read_page(folder, record))
        gc.collect()
        gc.freeze()  # what is loaded now is no garbage, and need not be looked at each time
        for at, record in enumerate(records):
            html = read_page(folder, record)
            turn = at % len(names)
            for name in names[turn:] + names[:turn]:
                answers[name].append(ask(extractors[name], record, html))
            print(f"\r{at + 1} of {len(records)}", end="", file=sys.stderr, flush=True)
        gc.unfreeze()
    print(file=sys.stderr)
    return answers


def read_page(folder: Path, record: Mapping[str, Any]) -> bytes:
    """The page as it was saved."""
    return gzip.decompress((folder / "pages" / f"{record['id']}.html.gz").read_bytes())


def ask(extract: Extract, record: dict[str, Any], html: bytes, limit_s: float = LIMIT_S) -> Answer:
    """What an extractor makes of a page, and what that takes; the text is empty if it raises or takes too long."""
    gc.collect()
    text = error = ""
    own_s, all_s = time.thread_time(), cpu_s()
    try:
        with limited(limit_s):
            text = extract(html, record["url"] or "")
    except (Exception, TooSlow) as raised:  # strangers' code: whatever it raises is its result
        error = type(raised).__name__
    own_s, all_s = time.thread_time() - own_s, cpu_s() - all_s
    return Answer(own_s, max(all_s - own_s, 0.0), record["source"], *score(record, text), error)


def cpu_s() -> float:
    """CPU seconds of this process so far, and of those of its children that have ended."""
    return time.process_time() + sum(os.times()[2:4])


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise TooSlow in what takes longer, in CPU time; once more each second, if something catches it."""

    def stop(*_: object) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@contextmanager
def without_network() -> Iterator[None]:
    """Let nothing connect: pages are at hand, and some extractors would load images or lists of domains."""

    def refuse(*_: object) -> None:
        raise ConnectionRefusedError("the benchmark runs without the network")

    connect = socket.socket.connect
    socket.socket.connect = refuse  # type: ignore[method-assign, assignment]
    try:
        yield
    finally:
        socket.socket.connect = connect  # type: ignore[method-assign]


def row_of(name: str, answers: Sequence[Answer]) -> Row:
    """The figures of one extractor."""
    took = sorted(1e3 * answer.cpu_s for answer in answers)
    by_source: dict[str, list[Answer]] = {}
    for answer in sorted(answers, key=lambda answer: answer.source):
        by_source.setdefault(answer.source, []).append(answer)
    return Row(
        name,
        pages=len(took),
        median_ms=statistics.median(took),
        mean_ms=statistics.mean(took),
        p99_ms=took[int(len(took) * 0.99)],
        beside=1e3 * sum(answer.beside_s for answer in answers) / max(sum(took), 1e-9),
        sources={
            source: Quality(*(statistics.mean(answer[at] for answer in of) for at in (3, 4)))
            for source, of in by_source.items()
        },
        exact=sum(answer.exact for answer in answers),
        errors=Counter(answer.error for answer in answers if answer.error),
    )


def cross_validated(model: Path, sources: Mapping[str, Quality]) -> float | None:
    """The mean F1 of newsclean on sites that its body model had not learned from; None if some source was not used."""
    told = json.loads(model.read_text("utf-8"))["cross_validated"]
    found = [re.match(r"F1 ([\d.]+)", told.get(source, "")) for source in sources]
    return statistics.mean(float(match[1]) for match in found if match) if all(found) else None


def report(rows: Sequence[Row], missing: Sequence[str], unseen: float | None) -> str:
    """The table and what it takes to read it, as Markdown."""
    parts = [
        "# newsclean beside other extractors",
        TOLD.format(rows[0].pages),
        table(rows),
        f"Versions: {', '.join(f'{row.name} {version_of(row.name)}' for row in rows)}; Python {python_version()}.",
    ]
    if unseen is not None:
        parts.append(IN_SAMPLE.format(unseen))
    parts += [
        f"{row.name}: other threads and processes took {row.beside:.0%} on top, which are not in the table."
        for row in rows
        if row.beside > 0.02
    ]
    parts += [
        f"{row.name} failed: {', '.join(f'{error} on {count}' for error, count in row.errors.items())}."
        for row in rows
        if row.errors
    ]
    return "\n\n".join([*parts, *(f"Not installed: {name}" for name in missing)])


def table(rows: Sequence[Row]) -> str:
    """The figures, a line for each extractor."""
    base = next((row.mean_ms for row in rows if row.name == BASE), None)
    sources = list(rows[0].sources)
    head = ["extractor", "gives", "median", "mean", "p99", f"speed, {BASE} = 1", *sources, "mean F1", "exact", "failed"]
    lines = [head, ["---"] * 2 + ["---:"] * (len(head) - 2)]
    lines += [
        [
            row.name,
            ADAPTERS[row.name].gives if row.name in ADAPTERS else "",
            f"{row.median_ms:.1f}",
            f"{row.mean_ms:.1f}",
            f"{row.p99_ms:.0f}",
            f"{base / row.mean_ms:.1f}" if base else "",
            *(f"{q.precision:.3f} / {q.recall:.3f} / {q.f1:.3f}" for q in map(row.sources.__getitem__, sources)),
            f"{row.f1:.3f}",
            f"{row.exact}",
            f"{sum(row.errors.values())}",
        ]
        for row in rows
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def version_of(name: str) -> str:
    """The installed version of an extractor."""
    return version(ADAPTERS[name].package)


if __name__ == "__main__":
    main()
