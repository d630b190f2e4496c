"""The readers of places, with or without the name of who wrote from there."""

from __future__ import annotations

from dataclasses import replace

from newsclean.bylines.case import repair_case
from newsclean.bylines.chunks import Chunk
from newsclean.bylines.jobs import give_job, read_job, read_job_and_name
from newsclean.bylines.kinds import is_job, is_organisation, is_place, may_be_place, starts_with_place
from newsclean.bylines.labels import vocabulary
from newsclean.bylines.outlets import read_agency
from newsclean.bylines.people import Line
from newsclean.bylines.persons import read_named
from newsclean.bylines.text import fold

_MAX_PLACE_WORDS = 5


def read_place(line: Line, chunk: Chunk) -> bool:
    """A known place behind a name or an agency (`, Oslo`, `, à Lyon`); a region behind a place says no more."""
    words = chunk.words
    behind_at = len(words) > 1 and words[0].islower() and fold(words[0]) in vocabulary().at
    place = " ".join(words[1:] if behind_at else words)
    if not line.roll.in_group or chunk.opens or not is_place(place):
        return False
    if line.said_by not in {read_place, read_name_in_place}:
        line.roll.locate(repair_case(place))
    return True


def read_place_behind_job(line: Line, chunk: Chunk) -> bool:
    """`Sports Editor, Tern Rock`: the last words of a line behind the one name's job are where they are."""
    alone = len(line.roll.people) == 1 and line.said_by in {read_job, read_job_and_name}
    if not (alone and line.at_end and chunk.before == "comma" and not chunk.opens):
        return False
    if len(chunk.words) > _MAX_PLACE_WORDS or not may_be_place(chunk.words) or is_job(chunk.words):
        return False
    if is_organisation(chunk.words):
        return False
    line.roll.locate(repair_case(chunk.text))
    return True


def read_name_in_place(line: Line, chunk: Chunk) -> bool:
    """`Ann Bell in Little Wickham`."""
    words = chunk.words
    i = next((i for i in range(1, len(words)) if _is_at(line, chunk, i)), 0)
    place = words[i + 1 :]
    if not i or not 1 <= len(place) <= _MAX_PLACE_WORDS or not may_be_place(place):
        return False
    name = replace(chunk, words=words[:i])
    if is_job(name.words) and line.roll.in_group and not chunk.opens:
        give_job(line, name.words)  # "Ann Bell, correspondent in Oslo"
    elif not (read_agency(line, name) or read_job_and_name(line, name) or read_named(line, name)):
        return False
    line.roll.locate(repair_case(" ".join(place)))
    return True


def _is_at(line: Line, chunk: Chunk, i: int) -> bool:
    """Whether word i is a preposition of place: by the label's language, or by the place behind it."""
    word = chunk.words[i]
    languages = vocabulary().at.get(fold(word))
    if not languages or not (word.islower() or line.shouted):
        return False
    spoken = chunk.label.languages if chunk.label else frozenset({"en", "de", "es", "pt"})
    return (len(word) > 1 and bool(languages & spoken)) or starts_with_place(chunk.words[i + 1 : i + 4])
