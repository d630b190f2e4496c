"""News agencies: from a printed form to the usual name. Sole reader of agencies.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from newsclean.bylines.text import fold


@dataclass(frozen=True, slots=True)
class _Forms:
    """Printed form -> usual name; `exact` is not folded, `photo` holds usual names."""

    folded: dict[str, str]
    exact: dict[str, str]
    photo: frozenset[str]


def agency_of(text: str, *, photo: bool = False) -> str | None:
    """The usual name of the agency that the text names and nothing besides, or None.

    Of a compound (`dpa/lni`, `AFP/dpa`) the first known part counts: the rest is a desk or a second agency.

    Args:
        text: plain text, without surrounding words.
        photo: whether agencies that only sell pictures count too.

    >>> agency_of("THE ASSOCIATED PRESS"), agency_of("dpa/lni"), agency_of("Petra")
    ('AP', 'dpa', None)
    """
    found = _lookup(text)
    if not found and "/" in text and " / " not in text:
        found = next(filter(None, map(_lookup, text.split("/"))), None)
    return found if found and (photo or not is_photo_agency(found)) else None


def has_agency_word(words: list[str]) -> bool:
    """Whether one of the words is an agency, or the longest word of an agency's name."""
    parts = [part.strip(" .,:;()[]|") for word in words for part in word.split("/")]
    return not (_words().isdisjoint(parts) and _words().isdisjoint(map(fold, parts)))


@cache
def _words() -> frozenset[str]:
    forms = _forms()
    return frozenset(max(form.split(), key=len) for form in (*forms.folded, *forms.exact))


def agency_forms() -> tuple[str, ...]:
    """All printed forms of all agencies; some are folded."""
    return (*_forms().folded, *_forms().exact)


def is_photo_agency(name: str) -> bool:
    """Whether the agency of this usual name counts in photo credits only."""
    return name in _forms().photo


def _lookup(text: str) -> str | None:
    text = text.strip(" .,:()[]")
    forms = _forms()
    return forms.exact.get(text) or forms.folded.get(fold(text))


@cache
def _forms() -> _Forms:
    file = resources.files("newsclean.bylines") / "agencies.toml"
    entries = tomllib.loads(file.read_text(encoding="utf-8"))["agency"]
    return _Forms(
        folded={fold(form): entry["name"] for entry in entries for form in entry.get("forms", ())},
        exact={form: entry["name"] for entry in entries for form in entry.get("exact", ())},
        photo=frozenset(entry["name"] for entry in entries if entry.get("photo")),
    )
