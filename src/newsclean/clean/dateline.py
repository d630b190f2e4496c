"""The dateline of an agency story: recorded, and cut only if the caller asks."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from newsclean.bylines import parse_dateline
from newsclean.clean.byline import working_for
from newsclean.clean.options import Options
from newsclean.clean.shape import body_start
from newsclean.model import Change, Dateline, Draft, FieldChange
from newsclean.rules import Rules

FIRST_BLOCKS = 3  # of the running text; a standfirst may stand above the dateline


def read_dateline(draft: Draft, rules: Rules, options: Options) -> Iterator[Change | FieldChange]:
    """Record the dateline that opens one of the first paragraphs; cut it if `options` drop it."""
    del rules
    start = body_start(draft.blocks)
    for block in draft.blocks[start : start + FIRST_BLOCKS]:
        line = dateline_of(block.text)
        if line is None:
            continue
        if draft.metadata.dateline is None:
            yield FieldChange("dateline", "dateline", None, line, "opens the text")
        if line.agency and line.agency not in draft.metadata.agencies:
            agencies = (*draft.metadata.agencies, line.agency)
            yield FieldChange("dateline", "agencies", draft.metadata.agencies, agencies, "the dateline names it")
        if line.agency and (authors := working_for(line.agency, draft.metadata.authors)) != draft.metadata.authors:
            yield FieldChange("dateline", "authors", draft.metadata.authors, authors, "the dateline names their agency")
        rest = block.text.removeprefix(line.printed).strip()
        if options.drops("dateline") and rest and rest != block.text:
            yield Change("dateline", block.index, block.text, rest, "the dateline, which is to be dropped")
        return


@lru_cache(maxsize=1024)  # asked again in each round
def dateline_of(text: str) -> Dateline | None:
    """The dateline that a paragraph opens with, or None."""
    return parse_dateline(text)
