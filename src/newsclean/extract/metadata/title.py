"""The title of a page: the one that most weight of its places is behind.

Site names are cut only where another place, or the site's own name, says that they are no part of the title.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Set
from dataclasses import dataclass
from itertools import islice, pairwise

from newsclean.extract.document import Document
from newsclean.extract.metadata.found import Found
from newsclean.extract.metadata.jsonld import LinkedData
from newsclean.extract.metadata.place import is_elsewhere
from newsclean.extract.metadata.site import SiteNames
from newsclean.extract.metadata.text import node_text, squash, tidy

MAX_CUTS = 4
MAX_BREAKS = 12
MAX_SPACES = 9  # before a separator
MIN_AGREED = 9  # squashed characters of another place that decide where a title is cut
SEPARATOR = re.compile(
    r"\s{1,9}(?:::|[-–—_:~/|｜ㅣ¦•·»›«／])\s{1,9}|\s{0,9}[|｜ㅣ¦•›／]\s{0,9}|[:：]\s{1,9}"
    r"|(?<=[」！？。…”\"'\u3040-\u9fff\uac00-\ud7af])[:_-]"  # scripts that write no spaces
)
SIGN = re.compile(r"[-–—_:~/|｜ㅣ¦•·»›«／：]")  # without one there is nothing to cut at
OPEN_END = ("…", "...")
METAS = (  # name, weight
    ("og:title", 1.6),
    ("parsely-title", 1.5),
    ("sailthru.title", 1.5),
    ("citation_title", 1.4),
    ("dc.title", 1.4),
    ("dcterms.title", 1.4),
    ("cxenseparse:title", 1.4),
    ("twitter:title", 1.0),
)
HEADLINES = '[itemprop~="headline"], .headline, .entry-title, .article-title, .post-title'


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text that may be the title.

    Attributes:
        text: with the site's name cut.
        source: where it stood.
        weight: its vote.
    """

    text: str
    source: str
    weight: float


def read_title(document: Document, linked: LinkedData, site: SiteNames) -> Found | None:
    """The page's title without the site's name; None if the page names none."""
    raw = list(read_candidates(document, linked, site))
    if not raw:
        return None
    plain = {c.text: squash(c.text) for c in raw}  # most places print the same
    agreed = {p for p in plain.values() if len(p) >= MIN_AGREED}
    cut = {text: cut_site(text, site, agreed - {plain[text]}) for text in plain}
    winner = vote([Candidate(cut[c.text], c.source, c.weight) for c in raw], site)
    return Found(winner.text, winner.source)


def read_candidates(document: Document, linked: LinkedData, site: SiteNames) -> Iterator[Candidate]:
    """Every text that may be the title, as printed, those whose form is best to print first."""
    if linked.headline:
        yield Candidate(linked.headline, "json-ld headline", 3.2)
    for name, weight in METAS:
        if name in document.metas and (text := tidy(document.metas[name][0])):
            yield Candidate(text, f"meta {name}", weight)
    head = document.tree.css_first("title")
    if head is not None and (text := node_text(head)):
        yield Candidate(text, "dom title", 1.1)
    yield from read_headings(document, linked, site)


def read_headings(document: Document, linked: LinkedData, site: SiteNames) -> Iterator[Candidate]:
    """The first-level headings of the page's main part."""
    found = [node_text(node) for node in document.headings[:20] if not is_elsewhere(node)]
    texts = [t for t in found if t and not site.is_site(t)]
    for i, text in enumerate(texts):
        yield Candidate(text, "dom h1", 3.4 if len(texts) == 1 else 1.0 if i else 1.7)
    if linked.headline:
        return  # the elements that only their class tells add nothing to it, and cost a tenth of all metadata
    for node in document.tree.css(HEADLINES)[:6]:
        if node.tag != "h1" and not is_elsewhere(node) and (text := node_text(node)):
            yield Candidate(text, "dom headline", 0.9)


def cut_site(title: str, site: SiteNames, others: Set[str]) -> str:
    """The title without the parts that other places, or the site's names, say are no part of it."""
    for _ in range(MAX_CUTS):
        shorter = cut_once(title, site, others)
        if not shorter:
            break
        title = shorter
    return title


def cut_once(title: str, site: SiteNames, others: Set[str]) -> str | None:
    """The title with one part less, or None if nothing says that there is one to cut."""
    sign = SIGN.search(title)
    start = max(0, sign.start() - MAX_SPACES) if sign else len(title)
    breaks = list(islice(SEPARATOR.finditer(title, start), MAX_BREAKS))
    for found in breaks if others else ():
        if ":" in found.group() or "：" in found.group():
            continue  # what stands before a colon is a kicker: part of the title
        for side in (title[: found.start()], title[found.end() :]):
            if squash(side) in others:
                return side.strip()
    if not breaks:
        return None
    first, last = breaks[0], breaks[-1]
    tail = title[last.end() :]
    if site.is_label(tail):
        return title[: last.start()].strip()
    for here, following in pairwise(breaks):
        if ":" not in following.group() and site.is_site(
            title[here.end() : following.start()]
        ):  # "Title | The Post | All the news"
            return title[: here.start()].strip()
    rest = title[first.end() :].strip()
    if (
        len(rest) >= 12
        and ":" not in first.group()
        and squash(title[: first.start()])
        and site.is_label(title[: first.start()])
    ):
        return rest
    return None


def is_torn(text: str, whole: str) -> bool:
    """Whether a text ends where a whole one has a quotation mark: one that the page did not escape in an attribute."""
    return len(text) < len(whole) and whole.startswith(text) and whole[len(text) :].lstrip()[:1] == '"'


def vote(candidates: list[Candidate], site: SiteNames) -> Candidate:
    """The candidate whose text has most weight behind it, in its first form."""
    plain = [squash(c.text) for c in candidates]
    if plain.count(plain[0]) == len(plain):
        return candidates[0]
    texts = dict(zip((c.text for c in candidates), plain, strict=True))
    bonus = {p: 0.8 if any(p in other and p != other for other in texts.values()) else 0.0 for p in plain}
    trust = {text: trust_in(text, texts, site) for text in texts}
    sums: defaultdict[str, float] = defaultdict(float)
    for candidate, p in zip(candidates, plain, strict=True):
        if candidate.source != "dom headline" or plain.count(p) > 1:
            sums[p] += (candidate.weight + bonus[p]) * trust[candidate.text]
    best = max(sums, key=sums.__getitem__, default=plain[0])
    return candidates[plain.index(best)]


def trust_in(text: str, texts: dict[str, str], site: SiteNames) -> float:
    """How much of its weight a text keeps; `texts` has all of them, squashed."""
    trust = 0.6 if len(texts[text]) < 10 or site.is_site(text) else 1.0
    if text.endswith(OPEN_END):
        trust /= 2
    return 0.0 if any(is_torn(text, whole) for whole in texts) else trust
