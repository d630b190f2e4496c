"""When a page says in microdata or RDFa, outside its head, that its article was last changed."""

from __future__ import annotations

from selectolax.lexbor import LexborNode

from newsclean.dates import parse_stamp
from newsclean.extract.document import Document
from newsclean.extract.metadata.found import Found
from newsclean.extract.metadata.place import is_elsewhere, is_masthead, is_teaser
from newsclean.extract.metadata.text import node_text

MARKED = '[itemprop~="dateModified" i], [property$="dateModified" i]'
MAX_MARKED = 40
LIST = 3  # so many elements with different days are a list of articles


def read_marked_modified(document: Document) -> Found | None:
    """The date of the first element that microdata or RDFa names dateModified."""
    stamps = []
    for node in document.tree.css(MARKED)[:MAX_MARKED]:
        said = node.attributes.get("datetime") or node.attributes.get("content") or node_text(node)
        if (stamp := parse_stamp(said)) and not is_others(node):
            stamps.append(stamp)
    if not stamps or len({stamp[:10] for stamp in stamps}) >= LIST:
        return None
    return Found(stamps[0], "dom dateModified")


def is_others(node: LexborNode) -> bool:
    """Whether an element belongs to another article, to a comment, or to the page's frame."""
    return is_elsewhere(node) or is_masthead(node) or is_teaser(node, 0)  # 0: no link with more than a date in it
