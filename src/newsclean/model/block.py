"""One paragraph, heading or list item of a page, and where in it that stood.

The words for places: the body extractor's paragraphs are the *seeds*. The *core* is the deepest element that holds
nearly all of them. A block's *path* is its element's kind and place: equal for the entries of one list. What stands
*apart* is in an element that holds none of the core.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["heading", "paragraph", "item", "quote", "caption", "cell"]


@dataclass(frozen=True, slots=True)
class Cell:
    """Where in a table of its page a block stands.

    Attributes:
        table: a number for the table.
        row, column: of the table, from 0, columns without text left aside. What stands in one cell has them in common.
    """

    table: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Context:
    """Where a block stood in its page; empty for text that came without one.

    The core is the deepest element of the page that holds nearly all of the body.

    Attributes:
        tag: the element's name.
        classes: class, id, role and itemprop words of the element, lower case.
        around: the same of the elements around it, below the core; of the seven nearest if the core is none of those.
        inside: the names of the element and those around it, below the core, innermost first.
        link_share: share of the block's characters inside links, 0 to 1.
        link_first: whether its text begins with a link.
        href: where that leads, as the page has it; empty if it leads nowhere.
        strong_share, emphasis_share: shares of its characters in bold and in italics, 0 to 1.
        hidden: whether the page hides the element.
        depth: how many elements it stands below the core.
        in_core: whether the core is around it at all.
        parent: a number for the element around it.
        path: the same number for elements of the same kind in the same place of the page.
        articles: numbers for the `article` elements around the block, the outermost first.
        seed_share: share of its text that the body extractor took, 0 to 1.
        cell: where it stood in a table of data; None in a table that is there for the layout, or in none.
        apart: as `around`, without the elements that hold the core.
    """

    tag: str = ""
    classes: str = ""
    around: str = ""
    inside: str = ""
    link_share: float = 0.0
    link_first: bool = False
    href: str = ""
    strong_share: float = 0.0
    emphasis_share: float = 0.0
    hidden: bool = False
    depth: int = 0
    in_core: bool = True
    parent: int = 0
    path: int = 0
    articles: tuple[int, ...] = ()
    seed_share: float = 1.0
    cell: Cell | None = None
    apart: str = ""

    @property
    def place(self) -> str:
        """Class words of the elements around the block that don't hold the whole body."""
        return self.around if self.in_core else self.apart


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, list item, … of a page, on one line.

    Attributes:
        index: its position in the draft, and its name for ever.
        kind: what it is.
        text: without line breaks.
        seed: whether the body extractor took it as article.
        context: where it stood.
    """

    index: int
    kind: Kind
    text: str
    seed: bool = True
    context: Context = Context()
