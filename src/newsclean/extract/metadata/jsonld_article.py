"""The nodes of a page's JSON-LD in, the one that is the page's article out; none that is about something else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter

from newsclean.extract.document import Document
from newsclean.extract.metadata.jsonld_nodes import Node, first_text, has_type
from newsclean.extract.metadata.text import node_text, squash, tidy
from newsclean.letters import SPACELESS
from newsclean.urls import parts_of

ARTICLE = ("Article", "Posting", "Report", "Review")  # how types that mean an article end
PAGE = ("WebPage", "ItemPage", "MediaObject", "VideoObject", "Recipe", "PodcastEpisode", "CreativeWork")
NOTICE = ("JobPosting", "DiscussionForumPosting")  # they end as articles do
THING = (  # they have authors and dates of their own
    *NOTICE,
    *("Book", "Movie", "Product", "VideoObject", "AudioObject", "ImageObject", "Question", "Comment", "Event"),
    *("MusicAlbum", "TVSeries", "SoftwareApplication", "Course", "Review"),
)
OWN_URL, OTHER_URL = 4, -2  # points of a node with the page's URL, and with another
OWN_TITLE = 3  # of one whose headline the page has as its own
MAX_TITLES = 5  # headings that may be the page's title
MIN_TITLE = 8  # letters that are not in another title by chance
MIN_SHARED = 0.25  # of the words of a headline: a mirror's address may come with one worded anew
WORD = re.compile(r"[^\W\d_]{4,}")
UNSPACED = re.compile(f"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af{SPACELESS}]{{2,}}")


@dataclass(frozen=True)  # no slots: the titles are read when they are asked for
class Subject:
    """What the page is about, as its address and its titles tell."""

    document: Document

    @cached_property
    def path(self) -> str:
        """That of its address, without the last slash."""
        return parts_of(self.document.url).path.rstrip("/")

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """What the page calls itself, with the site's name or without."""
        metas = self.document.metas
        said = [tidy(metas[name][0]) for name in ("og:title", "twitter:title") if name in metas]
        head = self.document.tree.css_first("title")
        shown = [*([head] if head is not None else []), *self.document.headings[:MAX_TITLES]]
        return tuple(dict.fromkeys(t for t in (*said, *map(node_text, shown)) if t))

    def has_title(self, headline: str) -> bool:
        """Whether one of the titles is the headline, has it in it, or is a part of it."""
        plain = squash(headline)
        others = map(squash, self.titles)
        return any(min(len(plain), len(t)) >= MIN_TITLE and (plain in t or t in plain) for t in others)

    def shared(self, headline: str) -> float:
        """The share of its telling words that a headline has in common with the title that is most like it.

        1 if nothing can be told: there are none, or the titles are in another script, and the headline translated.
        """
        words = telling_words(headline)
        others = [t for title in self.titles if (t := telling_words(title)) and is_latin(t) == is_latin(words)]
        if not words or not others:
            return 1.0
        return max(len(words & t) / min(len(words), len(t)) for t in others)


def telling_words(text: str) -> frozenset[str]:
    """Its words of four letters and more; of scripts without spaces, and Korean with its short words, all pairs."""
    folded = text.casefold()
    runs = UNSPACED.findall(folded)
    pairs = (run[i : i + 2] for run in runs for i in range(len(run) - 1))
    return frozenset((*WORD.findall(UNSPACED.sub(" ", folded) if runs else folded), *pairs))


def is_latin(words: frozenset[str]) -> bool:
    """Whether most of the words are in plain Latin letters; the site's name may be, whatever the headline's script."""
    return 2 * sum(map(str.isascii, words)) > len(words)


def own_nodes(nodes: list[Node], subject: Subject) -> list[Node]:
    """The nodes without those that are about something else."""
    return [node for node in nodes if not is_foreign(node, subject)]


def is_foreign(node: Node, subject: Subject) -> bool:
    """Whether a node is about something else: another article, or a thing beside the page's, such as a video.

    An article is another one if its address is another page's and its headline has next to nothing of the page's
    titles: an address alone may be that of a mirror. A thing is the page's own only if address or headline say so. Of
    2,003 labelled pages 13 have such nodes with people or dates; none loses a value.
    """
    thing = has_type(node, THING)
    url = rank_url(node, subject.path)
    if not thing and not (url == OTHER_URL and has_type(node, ARTICLE)):
        return False
    headline = first_text([node], "headline", "name")
    if not headline or not subject.titles:
        return thing and url != OWN_URL
    if subject.has_title(headline) or (thing and url == OWN_URL):
        return False
    return thing or subject.shared(headline) < MIN_SHARED


def find_article(nodes: list[Node], subject: Subject) -> Node:
    """The node that is likeliest the page's article; an empty one if there is none."""
    points = list(map(rank, nodes))
    least = max(points, default=0) - OWN_URL - OWN_TITLE + OTHER_URL
    likely = [(p, node) for p, node in zip(points, nodes, strict=True) if p >= least]  # whatever else can be said
    if len(likely) > 1:
        likely = [(p + rank_url(node, subject.path) + rank_title(node, subject), node) for p, node in likely]
    return max(likely, key=itemgetter(0), default=(0, Node()))[1]


def rank(node: Node) -> int:
    """How likely a node is the page's article by what it is and has."""
    points = 10 if has_type(node, ARTICLE) and not has_type(node, NOTICE) else 3 if has_type(node, PAGE) else 0
    points += 3 * ("headline" in node) + 2 * ("datePublished" in node) + 2 * ("author" in node)
    return points + 2 * ("articleBody" in node)


def rank_url(node: Node, path: str) -> int:
    """What the node's URL adds to that, or takes from it; nothing for a page without a path."""
    url = first_text([node], "url", "@id", "mainEntityOfPage") if path else None
    if not url or not ("://" in url or url.startswith("/")):
        return 0
    own = parts_of(url[:2000]).path.rstrip("/")
    return OWN_URL if own == path else OTHER_URL if own else 0


def rank_title(node: Node, subject: Subject) -> int:
    """What the node's headline adds."""
    headline = first_text([node], "headline")
    return OWN_TITLE if headline and subject.has_title(headline) else 0
