"""Byline lines in the text: the people go to the metadata, the line goes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from newsclean.bylines import is_job_line, parse_byline
from newsclean.clean.byline_lines import AND, is_articles_byline, is_names, squashed, stands_as_byline
from newsclean.clean.options import Options
from newsclean.clean.shape import body_start, is_prose
from newsclean.letters import squash
from newsclean.model import Block, Change, Draft, FieldChange, Metadata, Person
from newsclean.rules import Rules

TOP_BLOCKS = 8
END_BLOCKS = 3  # a signature is among the last lines
NAME_LINES = 3  # names that stand alone are a byline in no line further down
JOINED = re.compile(rf" (?:{AND}|&) ")
PICTURES = re.compile("photo|foto|video|illustrat|graphic|grafik", re.IGNORECASE)  # in a job


def move_bylines(draft: Draft, rules: Rules, options: Options) -> Iterator[Change | FieldChange]:
    """Drop bylines near the top and at the end; who they name becomes author where the page itself names nobody."""
    del rules, options
    people: list[Person] = []
    joined: set[str] = set()
    job: str | None = None
    behind_byline = False
    names = author_names(draft.metadata)
    signs_parts = names_parts(draft, names)
    above = above_text(draft)
    for block in candidates(draft, names):
        if says_author(block, names):
            if signs_parts:
                continue
            yield Change("byline", block.index, block.text, None, "names the author, whom the page's metadata has")
        elif is_articles_byline(block.text, draft.metadata, above=block.index in above):
            said = parse_byline(block.text)
            people += said
            joined |= {p.name for p in said if JOINED.search(block.text) and not PICTURES.search(p.job or "")}
            yield Change("byline", block.index, block.text, None, f"a byline: {where_are(said, draft.metadata)}")
        elif behind_byline and is_job_line(block.text):
            job = job or block.text
            yield Change("byline", block.index, block.text, None, "the job of the person whom the byline names")
        else:
            behind_byline = False
            continue
        behind_byline = True
    if not people and (signature := find_names(draft)):
        people += parse_byline(signature.text)
        yield Change(
            "byline", signature.index, signature.text, None, "names alone, where the page names its outlet only"
        )
    yield from move_people(draft.metadata, people, joined, job)


def where_are(people: Iterable[Person], metadata: Metadata) -> str:
    """Where the people of a byline are to be found, for a reason."""
    known = squashed(p for p in metadata.authors if p.kind == "person")
    named = squashed(p for p in people if p.kind == "person")
    differ = known and not (named <= known or known <= named)
    return "the page's metadata names others" if differ else "its people are in the metadata"


def author_names(metadata: Metadata) -> frozenset[str]:
    """The names of the authors that the page's metadata has, also with their jobs behind them, squashed."""
    return frozenset(squash(f"{p.name}{job}") for p in metadata.authors for job in ("", p.job or ""))


def candidates(draft: Draft, names: frozenset[str]) -> tuple[Block, ...]:
    """The blocks that can be bylines: the first, and of the last a signature; several in a row are a list of names."""
    end = [b for b in draft.blocks[max(TOP_BLOCKS, len(draft.blocks) - END_BLOCKS) :] if is_signature(b, names)]
    return (*draft.blocks[:TOP_BLOCKS], *(end if len(end) == 1 else ()))


def above_text(draft: Draft) -> frozenset[int]:
    """The indices of the blocks above the running text; none if there is no running text to be above of."""
    start = body_start(draft.blocks)
    return frozenset(b.index for b in draft.blocks[:start]) if start < len(draft.blocks) else frozenset()


def is_signature(block: Block, names: frozenset[str]) -> bool:
    """Whether a line is a byline, or the name of one of the authors."""
    return says_author(block, names) or stands_as_byline(block.text)


def says_author(block: Block, names: frozenset[str]) -> bool:
    """Whether a line is the name of one of the authors, or this and the job, and no more."""
    line = squash(block.text)
    return len(line) >= 5 and line in names


def names_parts(draft: Draft, names: frozenset[str]) -> bool:
    """Whether authors are named more than once, with running text between: each stands above what he wrote."""
    said = [i for i, block in enumerate(draft.blocks[:-END_BLOCKS]) if says_author(block, names)]
    return len(said) > 1 and any(is_prose(block.text) for block in draft.blocks[said[0] : said[-1]])


def find_names(draft: Draft) -> Block | None:
    """The line above the text, or the last one, that is nothing but names, if the page names its outlet as author.

    Where it names nobody at all such lines are headings more often than names: 3 of 6 on the labelled pages.
    """
    if not draft.metadata.authors or any(p.kind != "organization" for p in draft.metadata.authors):
        return None
    lines = (*draft.blocks[: min(NAME_LINES, body_start(draft.blocks))], *draft.blocks[-1:])
    site = squash(draft.metadata.site or "")
    return next((b for b in lines if b.kind == "paragraph" and is_names(b.text) and squash(b.text) not in site), None)


def move_people(metadata: Metadata, people: list[Person], joined: set[str], job: str | None) -> Iterator[FieldChange]:
    """The changes that put the people of the text's bylines into the metadata.

    Persons become authors if the page names no person. If its persons are among them, others whom the byline joins with
    "and" become authors too: behind a comma may stand a place or a paper. An agency's byline beside a person's makes
    the agency that person's, whoever named the person; a job below the byline is that of its one person.

    Args:
        metadata: of the page.
        people: all of the text's bylines.
        joined: the names of those whom a byline joins with others.
        job: that stands below the byline.
    """
    agencies = list(dict.fromkeys(p.name for p in people if p.kind == "agency"))
    named = {p.name for p in metadata.authors}
    persons = [p for p in people if p.kind == "person"]
    authors = metadata.authors
    if not any(p.kind == "person" for p in authors):
        known = authors + tuple(p for p in people if p.kind != "person" and p.name not in named)
        outlet = next((p.name for p in known if p.kind == "agency"), None)
        authors = tuple(replace(p, agency=p.agency or outlet) for p in persons) or known
    elif names_more(persons, authors):
        authors += tuple(p for p in persons if squash(p.name) not in squashed(authors) and p.name in joined)
    if len(agencies) == 1:
        authors = working_for(agencies[0], authors)
    if job and len(authors) == 1 and authors[0].kind == "person" and not authors[0].job:
        authors = (replace(authors[0], job=job),)
    if authors != metadata.authors:
        yield FieldChange("byline", "authors", metadata.authors, authors, "the byline in the text")
    merged = tuple(dict.fromkeys((*metadata.agencies, *agencies)))
    if merged != metadata.agencies:
        yield FieldChange("byline", "agencies", metadata.agencies, merged, "the byline in the text")


def names_more(persons: Iterable[Person], authors: Iterable[Person]) -> bool:
    """Whether a byline names all persons among the authors, and others."""
    return squashed(p for p in authors if p.kind == "person") < squashed(persons)


def working_for(agency: str, authors: tuple[Person, ...]) -> tuple[Person, ...]:
    """The authors, with the agency for those people of whom it is not known for whom they work."""
    return tuple(replace(p, agency=agency) if p.kind == "person" and not p.agency else p for p in authors)
