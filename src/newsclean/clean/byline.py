"""Byline lines in the text: the people go to the metadata, the line goes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from newsclean.bylines import is_byline, parse_byline, parse_credits
from newsclean.clean.options import Options
from newsclean.clean.shape import squash
from newsclean.model import Block, Change, Draft, FieldChange, Metadata, Person
from newsclean.rules import Rules

TOP_BLOCKS = 8
END_BLOCKS = 3  # a signature is among the last lines
MAX_CHARS = 130


def move_bylines(draft: Draft, rules: Rules, options: Options) -> Iterator[Change | FieldChange]:
    """Drop bylines near the top and at the end; who they name becomes author where the page itself names nobody."""
    del rules, options
    people: list[Person] = []
    end = [
        b for b in draft.blocks[max(TOP_BLOCKS, len(draft.blocks) - END_BLOCKS) :] if is_signature(b, draft.metadata)
    ]
    for block in (*draft.blocks[:TOP_BLOCKS], *(end if len(end) == 1 else ())):  # several in a row are a list of names
        if says_author(block, draft.metadata):
            yield Change("byline", block.index, block.text, None, "names the author, whom the page's metadata has")
        elif stands_as_byline(block.text):
            people += parse_byline(block.text)
            yield Change("byline", block.index, block.text, None, "a byline: its people are in the metadata")
    yield from move_people(draft.metadata, people)


@lru_cache(maxsize=1024)  # asked again in each round
def stands_as_byline(line: str) -> bool:
    """Whether a line is a byline, and no credit line: those are the tail's."""
    return len(line) <= MAX_CHARS and is_byline(line) and not parse_credits(line)


def is_signature(block: Block, metadata: Metadata) -> bool:
    """Whether a line is a byline, or the name of one of the authors."""
    return says_author(block, metadata) or stands_as_byline(block.text)


def says_author(block: Block, metadata: Metadata) -> bool:
    """Whether a line is the name of one of the authors and no more."""
    line = squash(block.text)
    return bool(line) and len(line) >= 5 and line in {squash(p.name) for p in metadata.authors}


def move_people(metadata: Metadata, people: list[Person]) -> Iterator[FieldChange]:
    """The changes that put the people of the text's bylines into the metadata.

    Persons become authors if the page names no person; an agency's byline beside a person's makes the agency that
    person's.
    """
    agencies = list(dict.fromkeys(p.name for p in people if p.kind == "agency"))
    named = {p.name for p in metadata.authors}
    persons = [p for p in people if p.kind == "person"]
    if not any(p.kind == "person" for p in metadata.authors):
        known = metadata.authors + tuple(p for p in people if p.kind != "person" and p.name not in named)
        outlet = next((p.name for p in known if p.kind == "agency"), None)
        authors = tuple(replace(p, agency=p.agency or outlet) for p in persons) or known
        if authors != metadata.authors:
            yield FieldChange("byline", "authors", metadata.authors, authors, "the byline in the text")
    merged = tuple(dict.fromkeys((*metadata.agencies, *agencies)))
    if merged != metadata.agencies:
        yield FieldChange("byline", "agencies", metadata.agencies, merged, "the byline in the text")
