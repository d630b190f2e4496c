"""The title of a page: the one that most weight of its places is behind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from newsclean.extract.document import Document
from newsclean.extract.metadata.found import Found
from newsclean.extract.metadata.jsonld import LinkedData
from newsclean.extract.metadata.place import is_elsewhere
from newsclean.extract.metadata.site import SiteNames
from newsclean.extract.metadata.text import node_text, squash, tidy
from newsclean.extract.metadata.title_cut import COLONS, Known, cut_title

MIN_AGREED = 9  # squashed characters of another place that decide where a title is cut
MIN_REST = 15  # squashed characters of a heading without what stands at its start or end
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
APART = "span, small, button, a, sup, em, div, p, svg"  # may stand in a heading and be no part of the title
MAX_PARTS = 8
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
    agreed = frozenset(p for p in plain.values() if len(p) >= MIN_AGREED)
    headings = frozenset(plain[c.text] for c in raw if c.source == "dom h1")
    cut = {text: cut_title(text, Known(site, agreed - {plain[text]}, plain[text] in headings)) for text in plain}
    winner = vote([Candidate(cut[c.text], c.source, c.weight) for c in raw], site)
    return Found(winner.text, winner.source)


def read_candidates(document: Document, linked: LinkedData, site: SiteNames) -> Iterator[Candidate]:
    """Every text that may be the title, as printed, those whose form is best to print first."""
    if linked.headline:
        yield Candidate(linked.headline, "json-ld headline", 3.2)
    for name, weight in METAS:
        if name in document.metas and (text := tidy(document.metas[name][0])):
            yield Candidate(text, f"meta {name}", weight)
    if text := head_title(document):
        yield Candidate(text, "dom title", 1.1)
    yield from read_headings(document, linked, site)


def read_headings(document: Document, linked: LinkedData, site: SiteNames) -> Iterator[Candidate]:
    """The first-level headings of the page's main part."""
    said = tuple(
        map(squash, filter(None, (linked.headline, *document.metas.get("og:title", ()), head_title(document))))
    )
    found = [heading_text(node, said) for node in document.headings[:20] if not is_elsewhere(node)]
    texts = [t for t in found if t and not site.is_site(t)]
    for i, text in enumerate(texts):
        yield Candidate(text, "dom h1", 3.4 if len(texts) == 1 else 1.0 if i else 1.7)
    if linked.headline:
        return  # the elements that only their class tells add nothing to it, and cost a tenth of all metadata
    for node in document.tree.css(HEADLINES)[:6]:
        if node.tag != "h1" and not is_elsewhere(node) and (text := node_text(node)):
            yield Candidate(text, "dom headline", 0.9)


def head_title(document: Document) -> str:
    """The title that browsers show; empty if there is none."""
    head = document.tree.css_first("title")
    return node_text(head) if head is not None else ""


def heading_text(heading: LexborNode, said: Sequence[str]) -> str:
    """A heading's text, without an element at its start or end that the head's titles (`said`, squashed) lack.

    `<h1><span>Town</span> Ferry runs again <small>3 min read</small></h1>` is "Ferry runs again" if the head says that.
    """
    whole = node_text(heading)
    if heading.css_first(APART) is None or any(squash(whole) in title for title in said):
        return whole
    parts = [part for part in map(node_text, heading.css(APART)[:MAX_PARTS]) if part]
    rests = [rest.strip() for part in parts for rest in (whole.removeprefix(part), whole.removesuffix(part))]
    told = [r for r in rests if r != whole and not r.endswith(COLONS) and any(squash(r) in title for title in said)]
    longest = max(told, key=len, default="")
    return longest if len(squash(longest)) >= MIN_REST else whole


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
