"""The readers of chunks: of an agency, a place, a job, a name and so on.

Each records what the chunk says and returns True, or changes nothing and returns False.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from newsclean.bylines.agencies import agency_of, is_photo_agency
from newsclean.bylines.case import is_damaged, repair_case
from newsclean.bylines.chunks import Chunk
from newsclean.bylines.kinds import is_job, is_organisation, is_place, job_start, may_be_place, starts_with_place
from newsclean.bylines.labels import vocabulary
from newsclean.bylines.names import is_name
from newsclean.bylines.people import Line
from newsclean.bylines.text import fold
from newsclean.model import Person, PersonKind

_DESK = re.compile(r"[a-z]{2,4}|[a-z]{2,5}:\d[\d-]{3,30}")  # behind an agency: dpa/lni, dpa:220101-99-123456
_QUOTES = "'\"“”„«»"
_MAX_PLACE_WORDS = 5
_SPECIAL = {("special", "to"), ("special", "for"), ("especial", "para")}
_MIN_SPECIAL = 3
_SHORT = 4  # letters of a preposition: "da Lusa", "avec AFP"


def _add(line: Line, chunk: Chunk, name: str, kind: PersonKind, printed: str) -> None:
    """Put a name on the roll, unless its label says that it wrote nothing."""
    label = chunk.label
    if label and label.role is None:
        line.complete = False
    else:
        line.roll.add(Person(name, printed, kind, label.role if label and label.role else "author"))


def _placeholder(line: Line, chunk: Chunk) -> bool:
    """`admin` stands for nobody; so does the name of a section of the site, if nothing else stands there."""
    known, word = vocabulary(), fold(chunk.text)
    return word in known.placeholders or (word in known.sections and not chunk.opens and not line.roll.people)


def _agency(line: Line, chunk: Chunk) -> bool:
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
    line.roll.employ(found)
    _add(line, chunk, found, "agency", source)
    return True


def _desk(line: Line, chunk: Chunk) -> bool:
    return line.said_by in {_agency, _desk} and bool(_DESK.fullmatch(chunk.text))


def _credential(line: Line, chunk: Chunk) -> bool:
    """`PhD` says nothing here; `Jr.` belongs to the name."""
    last, known = line.roll.last, vocabulary()
    if not last or chunk.before not in {"comma", "bracket"}:
        return False
    if fold(chunk.text) in known.suffixes:
        line.roll.amend(replace(last, name=f"{last.name} {chunk.text}", printed=f"{last.printed}, {chunk.text}"))
        return True
    return all(fold(w) in known.credentials for w in chunk.words)


def _place(line: Line, chunk: Chunk) -> bool:
    """A known place behind a name or an agency; a region behind a place says no more."""
    if not line.roll.in_group or chunk.opens or not is_place(chunk.text):
        return False
    if line.said_by not in {_place, _name_in_place}:
        line.roll.locate(repair_case(chunk.text))
    return True


def _place_behind_job(line: Line, chunk: Chunk) -> bool:
    """`Sports Editor, Tern Rock`: the last words of a line behind the one name's job are where they are."""
    alone = len(line.roll.people) == 1 and line.said_by in {_job, _job_and_name}
    if not (alone and line.at_end and chunk.before == "comma" and not chunk.opens):
        return False
    if len(chunk.words) > _MAX_PLACE_WORDS or not may_be_place(chunk.words) or is_job(chunk.words):
        return False
    if is_organisation(chunk.words):
        return False
    line.roll.locate(repair_case(chunk.text))
    return True


def _special_to(line: Line, chunk: Chunk) -> bool:
    """`Special to the Marsh Courier` behind a name: the outlet that commissioned it."""
    words = chunk.words
    if not line.roll.in_group or tuple(map(fold, words[:2])) not in _SPECIAL or len(words) < _MIN_SPECIAL:
        return False
    text = " ".join(words[2:])
    line.roll.employ(agency_of(text) or text)
    return True


def _job(line: Line, chunk: Chunk) -> bool:
    """`Staff Writer` behind a name, `AP Writer`, or with the name: `Ann Bell Staff Writer`."""
    words = chunk.words
    if not is_job(words):
        return False
    at, of_agency = job_start(words), _agency_words(words)
    behind_name = line.roll.in_group and not chunk.opens
    if behind_name:
        line.roll.employ(agency_of(" ".join(words[:of_agency])) or "")
        return _give_job(line, words[of_agency:])
    if of_agency:
        return _agency(line, replace(chunk, words=words[:of_agency]))
    if at >= 2 and is_organisation(words[:at]):
        return _organisation(line, replace(chunk, words=words[:at]))  # "Marsh Daily Reporter": nobody is named
    if at >= 2 and is_name(" ".join(words[:at])):
        return _name(line, replace(chunk, words=words[:at])) and _give_job(line, words[at:])
    if chunk.label:
        _add(line, chunk, chunk.text, "organization", chunk.text)  # "By Staff Reporter": nobody is named
    return bool(chunk.label)


def _agency_words(words: list[str]) -> int:
    """How many of the first words name an agency, the last word left out."""
    return next((n for n in range(min(4, len(words) - 1), 0, -1) if agency_of(" ".join(words[:n]))), 0)


def _give_job(line: Line, words: list[str]) -> bool:
    last = line.roll.last
    if last and not last.job:
        line.roll.amend(replace(last, job=" ".join(words)))
    return True


def _job_and_name(line: Line, chunk: Chunk) -> bool:
    """`AP Sports Writer Ann Bell`, `Staff Reporter Ann Bell`, `Aerospace Writer Ann Bell`."""
    words = chunk.words
    end = next((i for i in range(len(words) - 2, 0, -1) if is_job(words[i - 1 : i])), 0)
    start = _agency_words(words[:end]) if end else 0
    fields = [w for w in words[start:end] if fold(w) not in vocabulary().job_words and not is_job([w])]
    if not end or len(fields) > 1 or not _named(line, replace(chunk, words=words[end:])):
        return False
    if agency := agency_of(" ".join(words[:start])):
        line.roll.employ(agency)
    return _give_job(line, words[start:end])


def _name_in_place(line: Line, chunk: Chunk) -> bool:
    """`Ann Bell in Little Wickham`."""
    words = chunk.words
    i = next((i for i in range(1, len(words)) if _is_at(line, chunk, i)), 0)
    place = words[i + 1 :]
    if not i or not 1 <= len(place) <= _MAX_PLACE_WORDS or not may_be_place(place):
        return False
    name = replace(chunk, words=words[:i])
    if is_job(name.words) and line.roll.in_group and not chunk.opens:
        _give_job(line, name.words)  # "Ann Bell, correspondent in Oslo"
    elif not (_agency(line, name) or _job_and_name(line, name) or _named(line, name)):
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


def _name_for_outlet(line: Line, chunk: Chunk) -> bool:
    """`Ann Bell for The Harbour Post`: the outlet that commissioned it."""
    words = chunk.words
    i = next((i for i in range(1, len(words)) if fold(words[i]) in vocabulary().outlet), 0)
    outlet = words[i + 1 :]
    if not i or not outlet or not all(w[0].isupper() or w in {"of", "the", "and"} for w in outlet):
        return False
    if is_organisation(words[:i]) or not _named(line, replace(chunk, words=words[:i])):
        return False
    text = " ".join(outlet)
    line.roll.employ(agency_of(text) or text)
    return True


def _name_and_agency(line: Line, chunk: Chunk) -> bool:
    """`Ann Bell AFP`; in a line all in capitals only by forms that need none: `MARIA PETRA` is a name."""
    words = chunk.words
    for n in range(1, min(4, len(words) - 1)):
        tail = " ".join(words[-n:])
        known = agency_of(tail.title() if line.shouted else tail)
        if known and is_name(" ".join(words[:-n])):
            return _name(line, replace(chunk, words=words[:-n])) and _agency(line, replace(chunk, words=words[-n:]))
    return False


def _organisation(line: Line, chunk: Chunk) -> bool:
    """`WQX News`; one word of a line all in capitals can be a name as well as an acronym."""
    words = chunk.words[chunk.opens and chunk.words[0] == "the" :]  # "By the Finch Team"
    if not words or not is_organisation(words) or (line.shouted and chunk.opens and len(words) == 1):
        return False
    text = " ".join(words)
    line.roll.employ(text)
    _add(line, chunk, text, "organization", text)
    return True


def _name(line: Line, chunk: Chunk) -> bool:
    text = chunk.text.strip(_QUOTES)
    damaged = line.credit or (bool(chunk.label) and is_damaged(text))
    if is_place(text) or is_job(chunk.words) or _is_label(chunk.words[0]) or not is_name(text, damaged=damaged):
        return False
    chunk, text = _without_credentials(line, chunk, text)
    _add(line, chunk, repair_case(text, lower=damaged), "person", text)
    return True


def _named(line: Line, chunk: Chunk) -> bool:
    """A name, with or without an agency behind it."""
    return _name_and_agency(line, chunk) or _name(line, chunk)


def _is_label(word: str) -> bool:
    """Whether the word is a by-word and no particle of names: `By`, not `Di`."""
    known, folded = vocabulary(), fold(word)
    return folded not in known.particles and not all(w.colon or w.credit for w in known.labels.get((folded,), ()))


def _without_credentials(line: Line, chunk: Chunk, text: str) -> tuple[Chunk, str]:
    """`Ann Bell MD` -> Ann Bell, where the capitals are meant."""
    words = text.split()
    kept = next((n for n in range(len(words), 0, -1) if fold(words[n - 1]) not in vocabulary().credentials), 0)
    if line.shouted or kept < 2 or kept == len(words) or not all(w.isupper() for w in words[kept:]):
        return chunk, text
    return replace(chunk, words=words[:kept]), " ".join(words[:kept])


def leading_name(line: Line, chunk: Chunk) -> None:
    """Behind a label and in credit lines, the full name before other words: `By Ann Bell who was there`."""
    words = chunk.words
    n = next((i for i, w in enumerate(words) if w[0].islower() and fold(w) not in vocabulary().particles), 0)
    if (chunk.opens or line.credit) and n >= 2:
        _named(line, replace(chunk, words=words[:n]))


READERS: tuple[Callable[[Line, Chunk], bool], ...] = (
    _placeholder,
    _agency,
    _desk,
    _credential,
    _place,
    _place_behind_job,
    _special_to,
    _job,
    _job_and_name,
    _name_in_place,
    _name_for_outlet,
    _name_and_agency,
    _organisation,
    _name,
)
