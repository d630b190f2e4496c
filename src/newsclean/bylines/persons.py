"""The readers of names of people, and of what stands directly behind them."""

from __future__ import annotations

from dataclasses import replace

from newsclean.bylines.agencies import agency_of
from newsclean.bylines.case import is_damaged, repair_case
from newsclean.bylines.chunks import Chunk
from newsclean.bylines.kinds import is_job, is_organisation, is_place
from newsclean.bylines.labels import vocabulary
from newsclean.bylines.names import is_name
from newsclean.bylines.outlets import read_agency
from newsclean.bylines.people import Line
from newsclean.bylines.text import fold

_QUOTES = "'\"“”„«»"


def read_placeholder(line: Line, chunk: Chunk) -> bool:
    """`admin` stands for nobody; so does the name of a section of the site, if nothing else stands there."""
    known, word = vocabulary(), fold(chunk.text)
    return word in known.placeholders or (word in known.sections and not chunk.opens and not line.roll.people)


def read_credential(line: Line, chunk: Chunk) -> bool:
    """`PhD` says nothing here; `Jr.` belongs to the name."""
    last, known = line.roll.last, vocabulary()
    if not last or chunk.before not in {"comma", "bracket"}:
        return False
    if fold(chunk.text) in known.suffixes:
        line.roll.amend(replace(last, name=f"{last.name} {chunk.text}", printed=f"{last.printed}, {chunk.text}"))
        return True
    return all(fold(w) in known.credentials for w in chunk.words)


def read_role_in_brackets(line: Line, chunk: Chunk) -> bool:
    """`(Text)` or `(Fotos)` behind a name: what that person did."""
    last = line.roll.last
    if not last or chunk.before != "bracket" or chunk.opens:
        return False
    labels = vocabulary().labels.get(tuple(fold(w) for w in chunk.words), ())
    role = next((label.role for label in labels if label.role and label.colon), None)
    if role:
        line.roll.amend(replace(last, role=role))
    return role is not None


def read_name(line: Line, chunk: Chunk) -> bool:
    """`Ann Bell`: the words can be nothing else than a name."""
    text = chunk.text.strip(_QUOTES)
    damaged = line.credit or (bool(chunk.label) and is_damaged(text))
    if is_place(text) or is_job(chunk.words) or _is_label(chunk.words[0]) or not is_name(text, damaged=damaged):
        return False
    chunk, text = _without_credentials(line, chunk, text)
    line.add(chunk.label, repair_case(text, lower=damaged), "person", text)
    return True


def read_named(line: Line, chunk: Chunk) -> bool:
    """A name, with or without an agency behind it."""
    return read_name_and_agency(line, chunk) or read_name(line, chunk)


def read_name_and_agency(line: Line, chunk: Chunk) -> bool:
    """`Ann Bell AFP`; in a line all in capitals only by forms that need none: `MARIA PETRA` is a name."""
    words = chunk.words
    for n in range(1, min(4, len(words) - 1)):
        tail = " ".join(words[-n:])
        known = agency_of(tail.title() if line.shouted else tail)
        if known and is_name(" ".join(words[:-n])):
            return read_name(line, replace(chunk, words=words[:-n])) and read_agency(
                line, replace(chunk, words=words[-n:])
            )
    return False


def read_name_for_outlet(line: Line, chunk: Chunk) -> bool:
    """`Ann Bell for The Harbour Post`: the outlet that commissioned it."""
    words = chunk.words
    i = next((i for i in range(1, len(words)) if fold(words[i]) in vocabulary().outlet), 0)
    outlet = words[i + 1 :]
    if not i or not outlet or not all(w[0].isupper() or w in {"of", "the", "and"} for w in outlet):
        return False
    if is_organisation(words[:i]) or not read_named(line, replace(chunk, words=words[:i])):
        return False
    text = " ".join(outlet)
    line.roll.employ(agency_of(text) or text)
    return True


def read_leading_name(line: Line, chunk: Chunk) -> None:
    """Behind a label and in credit lines, the full name before other words: `By Ann Bell who was there`."""
    words = chunk.words
    n = next((i for i, w in enumerate(words) if w[0].islower() and fold(w) not in vocabulary().particles), 0)
    if (chunk.opens or line.credit) and n >= 2:
        read_named(line, replace(chunk, words=words[:n]))


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
