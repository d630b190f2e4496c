"""The one parse of a page: selectolax's tree, and the views of it that several readers share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from selectolax.lexbor import LexborHTMLParser, LexborNode

from newsclean.extract.buttons import unwrap_words
from newsclean.extract.hidden_words import strip_hidden_words
from newsclean.extract.notes import strip_notes
from newsclean.urls import parts_of

META_NAMES = ("property", "name", "itemprop", "http-equiv")
WITHOUT_TEXT = (
    "script style svg template iframe object embed canvas link meta textarea select noscript option input xmp "
    "plaintext audio video noembed noframes rt rp"
).split()  # rt: how a character beside it is read
WITHOUT_MEANING = ["span", "font"]
LINKED_DATA = 'script[type*="ld+json" i]'
MAX_LINKED = 40  # blocks of JSON-LD that are read
MAX_META_CHARS = 4_000  # no meta tag of the 2,003 labelled pages that a field is read from is longer


@dataclass(frozen=True)  # no slots: what is read when it is asked for needs a place
class Document:
    """A parsed page.

    Attributes:
        source: what was parsed.
        url: where the page came from; None if that is not known, or can't be parsed.
    """

    source: bytes | str
    url: str | None

    @cached_property
    def tree(self) -> LexborHTMLParser:
        """The whole page; read it, never change it: others read it after you. Only `take_body_html` uses it up."""
        return LexborHTMLParser(self.source)

    @cached_property
    def metas(self) -> Mapping[str, tuple[str, ...]]:
        """Lower-case name -> the contents that meta tags give it, in document order."""
        metas: dict[str, list[str]] = {}
        for name, content in read_metas(self.tree):
            metas.setdefault(name, []).append(content)
        return {name: tuple(contents) for name, contents in metas.items()}

    @cached_property
    def language(self) -> str | None:
        """That of the html element, or of the meta tags ("de", "pt-BR"); None if not named."""
        return read_language(self.tree, self.metas)

    @cached_property
    def linked_data(self) -> tuple[str, ...]:
        """The texts of the JSON-LD blocks."""
        return tuple(script.text() for script in self.tree.css(LINKED_DATA)[:MAX_LINKED])

    @cached_property
    def headings(self) -> tuple[LexborNode, ...]:
        """The first-level headings."""
        return tuple(self.tree.tags("h1"))

    def take_body_html(self) -> str:
        """Use up the tree: the page's body as lexbor writes it, without comments, spans, and what holds no text.

        Empty if there is no body. The tree is cut down for it, and parsed again for whoever asks for it later: one news
        page in 25 needs it then, and to copy it costs each two fifths of a parse. No node of the tree may be kept.
        """
        tree = self.tree
        del vars(self)["tree"]
        vars(self).pop("headings", None)
        tree.strip_tags(WITHOUT_TEXT, recursive=True)
        strip_hidden_words(tree)
        tree.unwrap_tags(WITHOUT_MEANING)
        unwrap_words(tree)
        tree.strip_tags(["button"], recursive=True)
        strip_notes(tree)
        return without_comments((tree.body.html if tree.body is not None else None) or "")

    def is_deeper_than(self, depth: int) -> bool:
        """Whether some element has that many others around it; a selector is the quickest way to ask."""
        return self.tree.css_first("* > " * depth + ":first-child") is not None  # fewer to try than all

    def meta(self, *names: str) -> str | None:
        """The first content that any of the names has, in the order of the names."""
        for name in names:
            for content in self.metas.get(name, ()):
                return content
        return None


def parse(html: bytes | str, url: str | None = None) -> Document:
    """Parse a page that has passed the gate; UTF-8 saves the encoding, a fifth of the time."""
    return Document(html, url if any(parts_of(url)) else None)


def without_comments(html: str) -> str:
    """HTML as lexbor writes it, without its comments."""
    first, *rest = html.split("<!--")
    return first + "".join([part.partition("-->")[2] for part in rest])


def read_metas(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    """(Lower-case name, content) of every meta tag that has both."""
    for node in tree.tags("meta"):
        attributes = node.attributes
        content = (attributes.get("content") or attributes.get("value") or "").strip()
        if not content or len(content) > MAX_META_CHARS:
            continue
        for key in META_NAMES:
            name = attributes.get(key)
            if name:
                yield name.strip().lower(), content


def read_language(tree: LexborHTMLParser, metas: Mapping[str, tuple[str, ...]]) -> str | None:
    """The language tag that the page gives itself, as printed but with a hyphen."""
    attributes = tree.root.attributes if tree.root is not None else {}
    said = [attributes.get("lang"), attributes.get("xml:lang")]
    for name in ("content-language", "language", "og:locale", "dc.language", "inlanguage"):
        said += metas.get(name, ())
    for tag in said:
        first = (tag or "").split(",")[0].strip().replace("_", "-")
        if first and first[:2].isalpha() and len(first) <= 12:
            return first
    return None
