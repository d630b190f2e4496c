"""The readers of agencies, desks and organisations, and of what says for whom a person works."""

from __future__ import annotations

import re

from newsclean.bylines.agencies import agency_of, is_photo_agency
from newsclean.bylines.chunks import Chunk
from newsclean.bylines.kinds import is_organisation
from newsclean.bylines.labels import vocabulary
from newsclean.bylines.people import Line
from newsclean.bylines.text import fold

_DESK = re.compile(r"[a-z]{2,4}|[a-z]{2,5}:\d[\d-]{3,30}")  # behind an agency: dpa/lni, dpa:220101-99-123456
SPECIAL = {("special", "to"), ("special", "for"), ("especial", "para")}
_MIN_SPECIAL = 3
_SHORT = 4  # letters of a preposition: "da Lusa", "avec AFP"


def read_agency(line: Line, chunk: Chunk) -> bool:
    """`Reuters`, `da Lusa`, `AFP via Getty Images`; picture agencies only where pictures can be meant."""
    words = chunk.words
    while len(words) > 1 and words[0].islower() and len(words[0]) <= _SHORT and not agency_of(" ".join(words)):
        words = words[1:]
    source, _, distributor = " ".join(words).partition(" via ")
    pictures = not chunk.label or chunk.label.role == "photographer"
    found = agency_of(source, photo=pictures)
    if not found or (distributor and not is_organisation(distributor.split())):
        return False
    line.photo |= any(is_photo_agency(a) for a in (found, agency_of(distributor, photo=True)) if a)
    _employ(line, chunk, found)
    line.add(chunk.label, found, "agency", source)
    return True


def agency_words(words: list[str]) -> int:
    """How many of the first words name an agency, the last word left out."""
    return next((n for n in range(min(4, len(words) - 1), 0, -1) if agency_of(" ".join(words[:n]))), 0)


def read_desk(line: Line, chunk: Chunk) -> bool:
    """`lni` behind `dpa`: it says nothing here."""
    return line.said_by in {read_agency, read_desk} and bool(_DESK.fullmatch(chunk.text))


def read_organisation(line: Line, chunk: Chunk) -> bool:
    """`WQX News`; one word of a line all in capitals can be a name as well as an acronym."""
    words = chunk.words[chunk.opens and chunk.words[0] == "the" :]  # "By the Finch Team"
    if not words or not is_organisation(words) or (line.shouted and chunk.opens and len(words) == 1):
        return False
    text = " ".join(words)
    _employ(line, chunk, text)
    line.add(chunk.label, text, "organization", text)
    return True


def _employ(line: Line, chunk: Chunk, outlet: str) -> None:
    """Say that those before the chunk work for the outlet, unless an "and" puts it on a par with them."""
    if chunk.before != "and" or fold(chunk.joint) in vocabulary().join_with:
        line.roll.employ(outlet)


def read_commission(line: Line, chunk: Chunk) -> bool:
    """`Special to the Marsh Courier` behind a name: the outlet that commissioned it."""
    words = chunk.words
    if not line.roll.in_group or tuple(map(fold, words[:2])) not in SPECIAL or len(words) < _MIN_SPECIAL:
        return False
    text = " ".join(words[2:])
    line.roll.employ(agency_of(text) or text)
    return True
