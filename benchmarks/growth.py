"""How the time of a page grows with its size: python benchmarks/growth.py [FAMILY …] [--max-s SECONDS] [--points].

A family is an ordinary article with more and more of one thing in or around it, as real and hostile pages have it. Its
size doubles until the gate would cut the page, or until a page takes too long. Printed is for each family the exponent
of the CPU time that the addition takes against its bytes (1 is linear), among the four largest pages, and what the
largest took. Exit status 1 if some exponent is above 1.15.
"""

from __future__ import annotations

import argparse
import json
import math
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import count, pairwise
from typing import NamedTuple

import newsclean
from newsclean import NewscleanError
from newsclean.extract.gate import MAX_CHARS
from newsclean.extract.nesting import MAX_TAGS

BAR = 1.15  # a linear time may show as much on a busy machine
FIRST_BYTES = 8_000
LEAST_S = 0.004  # what is added takes less: too little to tell its growth
TRIES = 3  # of a family that is above it
WINDOW = 4  # largest sizes that tell the exponent
NUMBERS = count(10_000)
SENTENCES = (
    "The ferry to Heron Island left eleven minutes late on Monday, with forty passengers and one goat on board. ",
    "Nobody at the harbour office would say who had sold the goat a ticket, or which way it meant to travel. ",
    "The council has asked for a report by Friday, when the timetable for the winter is to be decided. ",
)


class Point(NamedTuple):
    """What one page took: bytes and CPU seconds, both without those of the bare article."""

    size: int
    cpu_s: float


def article_with(part: str, head: str = "") -> str:
    """An ordinary page with something in the middle of its article."""
    paragraphs = [f"<p>{''.join(SENTENCES)}It was the {n}th delay.</p>" for n in range(5)]
    return (
        f"<!doctype html><html lang=en><head><title>Goat delays ferry</title>{head}</head><body><main><article>"
        f"<h1>Goat delays ferry</h1><p class=byline>By Ann Bell</p>{''.join(paragraphs)}{part}{''.join(paragraphs)}"
        "</article></main></body></html>"
    )


def many(unit: str, n: int) -> str:
    """One unit so many times, with a number of its own for each "#": no cache has seen it before."""
    return unit * n if "#" not in unit else "".join([unit.replace("#", str(next(NUMBERS))) for _ in range(n)])


def words(n: int) -> str:
    """So many sentences of running text."""
    return many(f"{SENTENCES[0]}#. {SENTENCES[1]}{SENTENCES[2]}", n)


def json_ld(value: object) -> str:
    """A script of linked data."""
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def people(n: int) -> list[dict[str, str]]:
    """So many people as linked data names them."""
    return [{"@type": "Person", "name": many("Ann Bell#", 1)} for _ in range(n)]


def inside(unit: str) -> Callable[[int], str]:
    """Pages with one unit so many times in the article; a # in it is replaced by its number."""
    return lambda n: article_with(many(unit, n))


def in_head(unit: str) -> Callable[[int], str]:
    """Pages with one unit so many times in the head."""
    return lambda n: article_with("", many(unit, n))


def alone(unit: str) -> Callable[[int], str]:
    """Pages that hold nothing but one unit so many times."""
    return lambda n: f"<html><body>{many(unit, n)}</body></html>"


def nested(opening: str, closing: str, core: str = "deep") -> Callable[[int], str]:
    """Pages with elements in each other."""
    return lambda n: article_with(opening * n + core + closing * n)


FAMILIES: dict[str, Callable[[int], str]] = {
    "paragraphs": inside(f"<p>{SENTENCES[0]}#.</p>"),
    "short paragraphs": inside("<p>word #</p>"),
    "short paragraphs alone": alone("<p>word #</p>"),
    "equal paragraphs": inside(f"<p>{SENTENCES[1]}</p>"),
    "equal short paragraphs": inside("<p>word</p>"),
    "paragraphs alone": alone(f"<p>{SENTENCES[0]}#.</p>"),
    "list items": inside("<ul><li>item # of many</ul>"),
    "one list": lambda n: article_with(f"<ul>{many('<li>item # of many</li>', n)}</ul>"),
    "one list of links": lambda n: article_with(f"<ul>{many('<li><a href=/s/#>Story # of many</a>', n)}</ul>"),
    "headings": inside("<h2>Heading #</h2>"),
    "headlines": inside("<h1>Goat delays ferry #</h1>"),
    "headings and paragraphs": inside(f"<h3>Heading #</h3><p>{SENTENCES[2]}#</p>"),
    "links in paragraphs": inside(f"<p><a href=/s/#>Story #</a> {SENTENCES[0]}</p>"),
    "links in one paragraph": lambda n: article_with(f"<p>{many('<a href=/s/#>Story #</a> and ', n)}</p>"),
    "links in one paragraph of noscript": lambda n: (
        f"<html><body><noscript><p>{many('<a href=/s/#>Story #</a> and ', n)}</p></noscript></body></html>"
    ),
    "bare links": inside("<a href=/s/#>Story #</a>"),
    "line breaks": inside(f"{SENTENCES[1]}#<br>"),
    "line breaks in one paragraph": lambda n: article_with(f"<p>{many(SENTENCES[1] + '#<br><br>', n)}</p>"),
    "short lines between breaks": inside("word #<br>"),
    "only breaks": inside("<br>"),
    "one text": lambda n: article_with(f"<p>{words(n)}</p>"),
    "one text outside elements": lambda n: article_with(words(n)),
    "one word": lambda n: article_with(f"<p>{'a' * n}</p>"),
    "one line of dots": lambda n: article_with(f"<p>{'. ' * n}</p>"),
    "one line of names": lambda n: article_with(f"<p>By {many('Ann Bell#, ', n)}</p>"),
    "spaces": lambda n: article_with(f"<p>a{' ' * n}b</p>"),
    "character references": inside("&amp;"),
    "quotes": inside('"'),
    "less-than signs": inside("< "),
    "preformatted": lambda n: article_with(f"<pre>{many(SENTENCES[0] + chr(10) * 2, n)}</pre>"),
    "nested div": nested("<div>", "</div>"),
    "nested div with text": nested(f"<div>{SENTENCES[0]}", "</div>"),
    "nested div with paragraphs": nested(f"<div><p>{SENTENCES[0]}</p>", "</div>"),
    "nested span": nested("<span>", "</span>"),
    "nested b": nested("<b>", "</b>"),
    "nested blockquote": nested("<blockquote>", "</blockquote>"),
    "nested lists": nested("<ul><li>item", "</ul>"),
    "200 deep, paragraphs": lambda n: article_with(
        "<div>" * 180 + many(f"<p>{SENTENCES[0]}#</p>", n) + "</div>" * 180
    ),
    "50 deep, many times": inside("<div>" * 50 + "text #" + "</div>" * 50),
    "tables in tables": nested("<table><tr><td>cell", "</table>"),
    "table rows": lambda n: article_with(f"<table>{many('<tr><td>Goats<td>#<td>up', n)}</table>"),
    "table cells": lambda n: article_with(f"<table><tr>{many('<td>#', n)}</table>"),
    "layout tables": inside(f"<table><tr><td>{SENTENCES[0]}</td></tr></table>"),
    "unclosed p": inside(f"<p>{SENTENCES[0]}#"),
    "unclosed div": inside("<div>word #"),
    "unclosed b": inside("<b>word # "),
    "unclosed a": inside("<a href=/s/#>word # "),
    "unclosed formatting in paragraphs": inside("<p><b><i><u>word #"),
    "closing tags": inside("</p>"),
    "closing tags of nothing": inside("</div></b>"),
    "scripts": inside("<script>var a# = 1;</script>"),
    "unclosed script": lambda n: article_with(f"<script>{'x' * n}"),
    "unclosed comment": lambda n: article_with(f"<!--{'x' * n}"),
    "openings of comments": inside("<!-- "),
    "openings of scripts": inside("<script ld+json "),
    "comments": inside("<!-- # -->"),
    "comment threads": inside(f"<div class=comment><b class=author>Reader #</b><p>{SENTENCES[1]}</p></div>"),
    "styles": in_head("<style>p { color: #000 }</style>"),
    "noscript": inside(f"<noscript><p>{SENTENCES[0]}</p></noscript>"),
    "images": inside('<figure><img src="/i/#.jpg" alt="Goat #"><figcaption>Goat #. By Bo Lind</figcaption></figure>'),
    "svg": inside('<svg><path d="M0 0h#"/></svg>'),
    "options": inside("<option>#"),
    "iframes": inside("<iframe src=/f/#></iframe>"),
    "one class list": lambda n: article_with(f'<div class="{many("c# ", n)}">text</div>'),
    "attributes of one tag": lambda n: article_with(f"<div {many('a#=1 ', n)}>text</div>"),
    "attributes": inside("<p data-a=# data-b=# data-c=# id=p# class='c# d'>text #</p>"),
    "one attribute": lambda n: article_with(f'<div data-x="{"x" * n}">text</div>'),
    "data url": lambda n: article_with(f'<img src="data:image/png;base64,{"A" * n}">'),
    "signs in one attribute": lambda n: article_with(f'<div data-x="{"<a>" * n}">text</div>'),
    "json-ld, one text": lambda n: article_with("", json_ld({"@type": "NewsArticle", "articleBody": words(n)})),
    "json-ld, one text, no article": lambda n: (
        f"<html><head>{json_ld({'@type': 'NewsArticle', 'articleBody': words(n)})}</head><body>Hi</body></html>"
    ),
    "json-ld, blocks": in_head(json_ld({"@type": "NewsArticle", "headline": "Goat #"})),
    "json-ld, authors": lambda n: article_with("", json_ld({"@type": "NewsArticle", "author": people(n)})),
    "json-ld, nested": lambda n: article_with(
        "", f'<script type="application/ld+json">{"[" * n}{"]" * n}</script>'
    ),
    "json-ld, broken": lambda n: article_with(
        "", '<script type="application/ld+json">{' + '"author":"' * n + "</script>"
    ),
    "json-ld, graph": lambda n: article_with("", json_ld({"@graph": people(n)})),
    "state in a script": lambda n: (
        f"<html><body><script>window.state = {json.dumps({'body': [words(1) for _ in range(n)]})}</script>"
    ),
    "meta tags": in_head('<meta name="author" content="Ann Bell#">'),
    "joiners": lambda n: article_with("", f'<meta name="author" content="é{"&zwnj;" * n}é">'),
    "tags": in_head('<meta property="article:tag" content="goat #">'),
    "bylines": inside("<p class=byline>By Ann Bell# and Bo Lind</p>"),
    "bylines before": lambda n: article_with("").replace(
        "<p class=byline>", many("<span class=byline>By Ann Bell#</span>", n) + "<p class=byline>", 1
    ),
    "author links": inside('<a rel=author href="/a/#">Ann Bell#</a>'),
    "times": inside('<time datetime="2024-05-18T07:15:00Z">May 18, 2024 #</time>'),
    "dates": inside("<p>Published: May 18, 2024, 7:15 a.m. #</p>"),
    "share buttons": inside("<p>Share this article on X #</p>"),
    "related": inside("<p>Read more: <a href=/s/#>Goat # comes home</a></p>"),
    "related lists": inside("<h3>Related stories</h3><ul><li><a href=/s/#>Goat # comes home</a></ul>"),
    "tweets": inside("<blockquote class=twitter-tweet><p>Goat! #</p>&mdash; Bo <a href=/t/#>May 18</a></blockquote>"),
    "canonical": in_head("<link rel=canonical href=/s/#>"),
}  # fmt: skip


def cpu_s_of(make: Callable[[int], str], units: int) -> float:
    """CPU seconds that newsclean takes for a page of a family; the least of three, each with other numbers."""
    took: list[float] = []
    while len(took) < 3:
        source = make(units).encode()
        start = time.thread_time()
        with suppress(NewscleanError):  # a refusal has to be quick too
            newsclean.extract(source, url="https://news.example/goat")
        took.append(time.thread_time() - start)
    return min(took)


def sizes(make: Callable[[int], str], max_bytes: int) -> Iterator[tuple[int, int]]:
    """(Units, bytes) of a family's pages, each twice as large as the one before, up to what the gate lets through."""
    least = len(make(0))
    per_unit = max((len(make(200)) - least) / 200, 0.1)
    for doubling in count():
        units = round(FIRST_BYTES * 2**doubling / per_unit)
        page = make(units)
        if len(page) > min(MAX_CHARS, max_bytes) or page.count("<") > MAX_TAGS:
            return
        yield units, len(page) - least


def measure(make: Callable[[int], str], max_s: float, max_bytes: int) -> list[Point]:
    """What the addition to each of a family's pages takes."""
    bare_s = cpu_s_of(make, 0)
    points = []
    for units, size in sizes(make, max_bytes):
        took = cpu_s_of(make, units)
        points.append(Point(size, took - bare_s))
        if took > max_s:
            break
    return points


def exponent(points: Sequence[Point]) -> float | None:
    """The exponent of time against size: the middle one of the three between the four largest pages.

    A fit over all four would take a single step, as where the gate begins to count tags, for growth. None where too few
    of the pages take long enough to tell.
    """
    told = [point for point in points if point.cpu_s >= LEAST_S][-WINDOW:]
    if len(told) < WINDOW:
        return None
    return statistics.median(
        math.log(after.cpu_s / before.cpu_s) / math.log(after.size / before.size) for before, after in pairwise(told)
    )


def is_above(points: Sequence[Point]) -> bool:
    """Whether the time grows faster than the size."""
    return (exponent(points) or 0) > BAR


def first_below(tries: Iterable[Sequence[Point]]) -> Sequence[Point]:
    """The first measurement that is not above the bar, else the lowest: noise passes, growth stays."""
    above = []
    for points in tries:
        if not is_above(points):
            return points
        above.append(points)
    return min(above, key=lambda points: exponent(points) or 0)


def line_of(name: str, points: Sequence[Point]) -> str:
    """What is printed of a family."""
    found = exponent(points)
    told = "     -" if found is None else f"{found:6.2f}"
    last = points[-1]
    return (
        f"{name:34} {told}   {last.size / 1e3:7,.0f} kB in {last.cpu_s:6.2f} s{'  ABOVE' if is_above(points) else ''}"
    )


def main() -> int:
    """Print the exponent of each family."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("families", nargs="*", metavar="FAMILY", help="all of them by default; --list names them")
    parser.add_argument("--list", action="store_true", help="print the names, one a line")
    parser.add_argument("--max-s", type=float, default=4.0, help="CPU of a page after which its family ends")
    parser.add_argument("--max-bytes", type=int, default=1_060_000, help="the largest page")
    parser.add_argument("--points", action="store_true", help="print what each page took")
    options = parser.parse_args()
    if unknown := [name for name in options.families if name not in FAMILIES]:
        parser.error(f"no such family: {unknown[0]!r}; --list names them")
    if options.list:
        print(*FAMILIES, sep="\n")
        return 0
    cpu_s_of(lambda n: article_with(words(3)), 0)  # loads what is loaded once
    above = 0
    for name in options.families or FAMILIES:
        tries = (measure(FAMILIES[name], options.max_s, options.max_bytes) for _ in range(TRIES))
        points = first_below(tries)
        above += is_above(points)
        print(line_of(name, points), flush=True)
        if options.points:
            print("    ", "  ".join(f"{p.size / 1e3:,.0f} kB {p.cpu_s:.3f} s" for p in points))
    print(f"{above} above {BAR}")
    return int(above > 0)


if __name__ == "__main__":
    sys.exit(main())
