"""The names that a site gives itself, so that they are cut from titles and never taken for people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from newsclean.bylines.labels import vocabulary
from newsclean.bylines.text import fold
from newsclean.extract.document import Document
from newsclean.extract.metadata.found import Found
from newsclean.extract.metadata.jsonld import LinkedData
from newsclean.extract.metadata.text import node_text, squash, tidy
from newsclean.urls import joined, parts_of

NAME_METAS = (
    "og:site_name",
    "application-name",
    "apple-mobile-web-app-title",
    "publisher",
    "dc.publisher",
    "citation_journal_title",
    "twitter:site",
)
ARTICLES = re.compile(r"^(?:the|der|die|das|le|la|les|el|il|lo|de|het|o|a) ", re.IGNORECASE)
MAX_NAMES = 40
MAX_HEADINGS = 20
MAX_LINKS = 5
MAX_HREF = 300  # characters; an address of a front page is short
MIN_LABEL = 9  # letters of a host's label that no name has by chance
GENERIC = frozenset("news home blog blogs aktuell aktuelles startseite nachrichten actu online editorial".split())
CJK_SITE = re.compile(r"(?:网|網|新闻|新聞|日报|日報|ニュース|デジタル|신문|일보|뉴스)$")
DOMAIN = re.compile(r"^(?:www\.)?[\w-]{2,60}(?:\.[\w-]{2,40}){0,2}\.[a-z]{2,12}$", re.IGNORECASE)
DATE = re.compile(r"^(?:\d{1,2}[./-]\d{1,2}[./-](?:\d\d){1,2}|\d{4}-\d\d-\d\d)(?:,? \d{1,2}[:.]\d\d(?: Uhr)?)?$")
COMMON_LABELS = frozenset({"www", "com", "org", "net", "co", "uk", "de", "fr", "news", "m", "amp", "en", "index"})


@dataclass(frozen=True, slots=True)
class SiteNames:
    """What the site is called.

    Attributes:
        name: as the page prints it, for the record, and where.
        squashed: every name, squashed; no empty one.
        labels: of the host, without "www" and the like.
    """

    name: Found | None
    squashed: frozenset[str]
    labels: frozenset[str]

    def is_site(self, text: str) -> bool:
        """Whether the text is a name of the site, and nothing else."""
        forms = {squash(text), squash(ARTICLES.sub("", text))}
        if not (forms.isdisjoint(self.squashed) and forms.isdisjoint(self.labels)) or not squash(text):
            return True
        initials = "".join([word[0] for word in text.split()]).casefold()
        return (len(initials) > 1 and initials in self.labels) or ("." in text and bool(DOMAIN.match(text)))

    def is_in(self, name: str) -> bool:
        """Whether a name has one of the host's labels in it, and more: `FC Harbour Bay` of harbour-bay.example."""
        plain = squash(name)
        return any(len(label) >= MIN_LABEL and squash(label) in plain for label in self.labels)

    def is_section(self, text: str) -> bool:
        """Whether a segment of a title says no more than "News" or "Opinion"."""
        return fold(text) in GENERIC or fold(text) in vocabulary().sections

    def is_label(self, text: str) -> bool:
        """Whether a segment of a title is the site's, or says no more than "News"."""
        if self.is_section(text) or self.is_site(text) or DATE.match(text) or CJK_SITE.search(text):
            return True
        plain = squash(text)
        core = squash(" ".join(w for w in text.split() if fold(w) not in GENERIC))  # "CBC News" of cbc.ca
        return bool(core) and (core in self.labels or any(akin(plain, name) for name in self.squashed))


def home_headings(document: Document) -> Iterator[str]:
    """The headings that are a link to the front page: the site's name, in the place of a title."""
    host = parts_of(document.url).hostname
    links = (link for heading in document.headings[:MAX_HEADINGS] for link in heading.css("a[href]"))
    for link in islice(links, MAX_LINKS):
        address = parts_of(joined(document.url, (link.attributes.get("href") or "")[:MAX_HREF]))
        if address.path in {"", "/"} and not address.query and not address.fragment and address.hostname == host:
            yield node_text(link)


def akin(plain: str, name: str) -> bool:
    """Whether one of two squashed names contains the other, and neither is much longer."""
    short, long = sorted((plain, name), key=len)
    return len(short) > 3 and short in long and len(long) <= 2.2 * len(short)


def read_site(document: Document, linked: LinkedData) -> SiteNames:
    """The site's names from meta tags, JSON-LD and the host."""
    said = [Found(tidy(content), f"meta {key}") for key in NAME_METAS for content in document.metas.get(key, ())]
    said += [Found(name, "json-ld publisher") for name in linked.site_names]
    said += [Found(text, "dom h1") for text in home_headings(document)]
    names = [n for n in said if n.value and len(n.value) <= 80 and n.value != linked.headline][:MAX_NAMES]
    host = parts_of(document.url or document.meta("og:url")).hostname or ""
    labels = {label for label in host.split(".") if label not in COMMON_LABELS and len(label) > 1}
    squashed = (
        {squash(form) for name in names for form in (name.value, ARTICLES.sub("", name.value))}
        | {squash(host.removeprefix("www."))}
        | set(map(squash, labels))
    )
    printed = next((n for n in names if not n.value.startswith("@") and "://" not in n.value), None)
    return SiteNames(printed, frozenset(squashed - {""}), frozenset(labels))
