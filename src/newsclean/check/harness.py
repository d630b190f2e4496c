"""The regression harness: run every fixture of a folder, compare field by field; what is not as expected fails.

fixtures/<slug>/  page.html.gz or page.txt   the input: a page, or text that something else extracted
                  expected.txt               the text file that a careful editor would want
                  expected.json              title, authors, date_published; those that the page has
                  changes.json               the exact changes
                  meta.json                  url, and why the page is here
fixtures/floors.json                         what each has reached of what it expects; moves up by itself, never down

Where floors.json has nothing of a fixture, or of one of its scores, all must be as expected. A lower floor is that of a
known weakness, and is only set by `set_floors`.
"""

from __future__ import annotations

import difflib
import gzip
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from newsclean.check.files import (
    asked_fields,
    read_bytes,
    read_floors,
    read_object,
    read_text,
    text_in,
    to_json,
)
from newsclean.clean.shape import WORD
from newsclean.errors import FixtureError, InputError, NewscleanError
from newsclean.flow import clean_text, extract
from newsclean.model import Article
from newsclean.output.render import to_txt
from newsclean.output.store import write_atomic

FLOORS = "floors.json"
SHINGLE_WORDS = 4  # as in the Zyte article extraction benchmark
TOLERANCE = 1e-6
MET = 1.0  # what a score must reach that has no floor: all is as expected
Floor = dict[str, float]


@dataclass(frozen=True, slots=True)
class FixtureResult:
    """How one fixture came out.

    Attributes:
        slug: its folder's name.
        scores: precision, recall, f1 of the text; 1 or 0 for text (all of it), title, authors, date_published, changes:
            absent if not asked.
        regressions: the scores that are below their floor, in words, or why it could not be run.
        diff: from what was expected to what came, readable; empty if all is equal.
    """

    slug: str
    scores: tuple[tuple[str, float], ...]
    regressions: tuple[str, ...]
    diff: str

    @property
    def exact(self) -> bool:
        """Whether everything is as expected."""
        return not self.diff


@dataclass(frozen=True, slots=True)
class CheckReport:
    """How all fixtures came out.

    Attributes:
        results: one a fixture, sorted by slug.
        raised: slugs whose floor moved up, or that got their first.
        lowered: slugs whose floor was set lower for some score, or for one that was to be as expected.
        updated: slugs whose expectation was rewritten.
    """

    results: tuple[FixtureResult, ...]
    raised: tuple[str, ...] = ()
    lowered: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing is below its floor."""
        return not any(r.regressions for r in self.results)


def check(folder: str | Path, *, update: bool = False, set_floors: bool = False, dry: bool = False) -> CheckReport:
    """Run every fixture in a folder, and raise the floors that are exceeded.

    Args:
        folder: of fixtures, or one fixture.
        update: rewrite the expectations to what came; the report has the differences. Floors are set to it.
        set_floors: let what comes be the floors, also where they fall; the expectations stay.
        dry: write nothing, not even floors.

    Raises:
        FixtureError: there are no fixtures, or it is no folder, or floors.json is none.
        InputError: there is no such folder.
        OutputError: floors or expectations can't be written.
    """
    root = Path(folder)
    if not root.is_dir():
        if root.exists():
            raise FixtureError("is a file; a fixture is a folder", url=str(root))
        raise InputError(reason="missing_file", url=str(root))
    alone = is_fixture(root)
    fixtures = [root] if alone else sorted(filter(is_fixture, root.iterdir()))
    if not fixtures:
        raise FixtureError("no folder in it has page.html.gz or page.txt", url=str(root))
    home = root.parent if alone else root
    floors = read_floors(home / FLOORS)
    results, raised, lowered, updated = [], [], [], []
    for fixture in fixtures:
        try:
            if not update:
                refuse_incomplete(fixture)
            article = run_fixture(fixture)
            result = compare(fixture, article, floors.get(fixture.name, {}))
        except NewscleanError as error:  # this one can't be judged; the others can
            results.append(FixtureResult(fixture.name, (), (str(error),), ""))
            continue
        if update and not dry and not is_settled(fixture, result):
            write_expectation(fixture, article)
            updated.append(fixture.name)
            result = replace(result, scores=compare(fixture, article, {}).scores)
        before, reached = floors.get(fixture.name, {}), rounded(result.scores)
        after = reached if update or set_floors else raise_floor(before, reached)
        results.append(replace(result, regressions=()) if update or set_floors else result)
        if is_lower(after, before):
            lowered.append(fixture.name)
        elif after != before:
            raised.append(fixture.name)
        floors[fixture.name] = after
    if (raised or lowered) and not dry:
        write_atomic(home / FLOORS, to_json(floors))
    return CheckReport(tuple(results), tuple(raised), tuple(lowered), tuple(updated))


def refuse_incomplete(folder: Path) -> None:
    """Let a fixture pass that says what it expects.

    Raises:
        FixtureError: it doesn't.
    """
    for name in ("expected.txt", "expected.json"):
        if not (folder / name).exists():
            raise FixtureError(f"has no {name}; write it by hand, or run with --update and correct it", url=str(folder))


def is_settled(folder: Path, result: FixtureResult) -> bool:
    """Whether a fixture has all its files and all is as they say."""
    return result.exact and (folder / "changes.json").exists()


def is_fixture(folder: Path) -> bool:
    """Whether a folder holds a fixture's input."""
    return (folder / "page.html.gz").is_file() or (folder / "page.txt").is_file()


def run_fixture(folder: Path) -> Article:
    """The article that newsclean makes of a fixture's input.

    Raises:
        FixtureError: a file is missing or wrong.
        NewscleanError: there is no article.
    """
    meta = read_object(folder / "meta.json")
    url, title, language = (text_in(meta, key, folder) for key in ("url", "title", "language"))
    if (folder / "page.txt").is_file():
        return clean_text(read_text(folder / "page.txt"), url=url, title=title, language=language)
    try:
        html = gzip.decompress(read_bytes(folder / "page.html.gz"))
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise FixtureError(f"page.html.gz: {error}", url=str(folder)) from error
    return extract(html, url=url)


def compare(folder: Path, article: Article, floor: Floor) -> FixtureResult:
    """Hold an article against a fixture's expectation and its floor; what the fixture lacks is not held."""
    wanted = read_text(folder / "expected.txt") if (folder / "expected.txt").exists() else ""
    fields = asked_fields(folder)
    scores = dict(zip(("precision", "recall", "f1"), text_scores(wanted, to_txt(article)), strict=True))
    differences = [*diff(wanted, to_txt(article), "expected.txt")]
    scores["text"] = float(not differences)
    for name, want in fields.items():
        got = field_of(article, name, want)
        scores[name] = float(got == want)
        if got != want:
            differences.append(f"  {name}: expected {want!r}\n  {' ' * len(name)}       got {got!r}")
    if (folder / "changes.json").exists():
        got_changes = to_json(changes_of(article)).decode()
        want_changes = read_text(folder / "changes.json")
        scores["changes"] = float(got_changes == want_changes)
        differences += diff(want_changes, got_changes, "changes.json")
    fell = [f"{k} {v:.4f} < {floor.get(k, MET):.4f}" for k, v in scores.items() if v < floor.get(k, MET) - TOLERANCE]
    fell += [f"{k} is no longer measured" for k in floor.keys() - scores.keys()]
    return FixtureResult(folder.name, tuple(scores.items()), tuple(fell), "\n".join(differences))


def field_of(article: Article, name: str, wanted: Any) -> Any:
    """A field as fixtures write it; a date only as far as the fixture gives it."""
    value = article.to_dict().get(name)
    if name.startswith("date") and isinstance(value, str) and isinstance(wanted, str) and wanted:
        return value[: len(wanted)]
    return value


def changes_of(article: Article) -> list[dict[str, Any]]:
    """What was done to the text, without the wording of the reasons."""
    return [{"rule": c.rule, "block": c.block, "before": c.before, "after": c.after} for c in article.changes]


def text_scores(wanted: str, got: str) -> tuple[float, float, float]:
    """Precision, recall and F1 over shingles of four words.

    >>> text_scores("one two three four five", "one two three four")
    (1.0, 0.5, 0.6666666666666666)
    """
    want, have = shingles(wanted), shingles(got)
    shared = sum((want & have).values())
    precision = shared / have.total() if have else 0.0
    recall = shared / want.total() if want else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if shared else 0.0


def shingles(text: str, size: int = SHINGLE_WORDS) -> Counter[tuple[str, ...]]:
    """Every run of so many words, counted."""
    words = WORD.findall(text)
    return Counter(tuple(words[i : i + size]) for i in range(max(1, len(words) - size + 1)))


def diff(wanted: str, got: str, name: str) -> Iterator[str]:
    """The lines that differ, in the manner of diff -u; none if there are none."""
    lines = difflib.unified_diff(
        wanted.splitlines(), got.splitlines(), f"{name} expected", f"{name} got", n=1, lineterm=""
    )
    return (f"  {line}" for line in lines)


def rounded(scores: Iterable[tuple[str, float]]) -> Floor:
    """The scores as floors.json holds them."""
    return {name: round(score, 6) for name, score in scores}


def raise_floor(floor: Floor, reached: Floor) -> Floor:
    """The floor, moved up to what was reached, never down; a score without one gets it once it is as expected."""
    met = {name: score for name, score in reached.items() if name in floor or score >= MET}
    return floor | {name: max(floor.get(name, 0.0), score) for name, score in met.items()}


def is_lower(after: Floor, before: Floor) -> bool:
    """Whether a floor is lower than before for some score; without one, all was to be as expected."""
    return any(after.get(name, 0.0) < before.get(name, MET) for name in before.keys() | after.keys())


def write_expectation(folder: Path, article: Article) -> None:
    """Make what came the expectation."""
    record = article.to_dict()
    names = tuple(asked_fields(folder)) or ("title", "authors", "date_published")
    write_atomic(folder / "expected.txt", to_txt(article).encode())
    write_atomic(folder / "expected.json", to_json({name: record[name] for name in names}))
    write_atomic(folder / "changes.json", to_json(changes_of(article)))
