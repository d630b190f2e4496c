"""The words of bylines, as labels.toml and places.toml hold them. Sole reader of both."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import chain
from typing import Any, get_args

from newsclean.bylines.text import fold
from newsclean.model import Role

NOBODY = "nobody"  # the role of labels whose names wrote nothing: "sponsored by"
_CJK = ("zh", "ja", "ko")


@dataclass(frozen=True, slots=True)
class Label:
    """A by-word: what it says of the names behind it.

    Attributes:
        role: what they did; None if they wrote nothing here ("sponsored by").
        languages: whose word it is.
        colon: it is one only with a colon behind it.
        credit: it is one in credit lines only.
    """

    role: Role | None
    languages: frozenset[str]
    colon: bool = False
    credit: bool = False


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All languages' words, folded; a phrase is a tuple of words.

    Attributes:
        labels: phrase -> the labels that it is, the one for plain bylines last.
        label_starts: first word of a label -> words of the longest label that begins with it.
        cjk_labels, cjk_suffixes: label or suffix -> (role, whether a colon must follow), longest first.
        ja_labels: those of Japan, longest first.
        join: words for "and" and "with".
        join_with: those of them that stand for "with".
        weak, at: word -> languages.
        job_ends: ends of compounds that are titles.
        dates: months and weekdays are among them.
        others: as labels.toml describes them.
    """

    labels: dict[tuple[str, ...], tuple[Label, ...]]
    label_starts: dict[str, int]
    cjk_labels: dict[str, tuple[Role, bool]]
    cjk_suffixes: dict[str, Role]
    ja_labels: tuple[str, ...]
    join: frozenset[str]
    join_with: frozenset[str]
    weak: dict[str, frozenset[str]]
    at: dict[str, frozenset[str]]
    outlet: frozenset[str]
    jobs: frozenset[str]
    job_words: frozenset[str]
    job_ends: tuple[str, ...]
    months: frozenset[str]
    weekdays: frozenset[str]
    dates: frozenset[str]
    never: frozenset[str]
    doubtful: frozenset[str]
    writers: frozenset[tuple[str, ...]]
    contributed: frozenset[tuple[str, ...]]
    to: frozenset[tuple[str, ...]]
    particles: frozenset[str]
    prefixes: frozenset[str]
    honorifics: frozenset[str]
    suffixes: frozenset[str]
    credentials: frozenset[str]
    kickers: frozenset[str]
    glued: frozenset[str]
    placeholders: frozenset[str]
    sections: frozenset[str]
    outlets: frozenset[str]
    organisations: frozenset[str]
    cities: frozenset[str]
    regions: frozenset[str]


@cache
def vocabulary() -> Vocabulary:
    """The words, read once."""
    data, places = _read("labels.toml"), _read("places.toml")
    general, suffixes = data.pop("words"), data.pop("suffixes")

    def union(key: str) -> frozenset[str]:
        return frozenset(fold(w) for lang in data.values() for w in lang.get(key, ()))

    def phrases(key: str) -> frozenset[tuple[str, ...]]:
        return frozenset(tuple(phrase.split()) for phrase in union(key))

    jobs = union("jobs")
    labels = _labels({k: v for k, v in data.items() if k not in _CJK})
    return Vocabulary(
        labels=labels,
        label_starts={phrase[0]: len(phrase) for phrase in sorted(labels, key=len)},
        cjk_labels=_cjk_labels([data[k] for k in _CJK]),
        ja_labels=tuple(_cjk_labels([data["ja"]])),
        cjk_suffixes={w: role for role, words in suffixes.items() for w in words},
        join=union("join") | union("join_with"),
        join_with=union("join_with"),
        weak=_by_language(data, "join_weak"),
        at=_by_language(data, "at"),
        outlet=union("outlet"),
        jobs=frozenset(j for j in jobs if not j.startswith("-")),
        job_words=union("job_words"),
        job_ends=tuple(sorted(j[1:] for j in jobs if j.startswith("-"))),
        months=union("months"),
        weekdays=union("weekdays"),
        dates=union("months") | union("weekdays") | union("dates"),
        never=union("never"),
        doubtful=union("doubtful"),
        writers=phrases("writers"),
        contributed=phrases("contributed"),
        to=phrases("to"),
        cities=frozenset(map(fold, places["cities"])),
        regions=frozenset(map(fold, places["regions"])),
        **{key: frozenset(map(fold, words)) for key, words in general.items()},
    )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((resources.files("newsclean.bylines") / name).read_text(encoding="utf-8"))


def _labels(languages: dict[str, Any]) -> dict[tuple[str, ...], tuple[Label, ...]]:
    """Phrase -> its labels: one for bylines, one for credit lines, or both."""
    found: dict[tuple[str, ...], dict[bool, Label]] = {}
    for code, language in languages.items():
        for credit, table in ((True, language.get("credit", {})), (False, language.get("labels", {}))):
            for key, phrases in table.items():
                for phrase in phrases:
                    slot = found.setdefault(tuple(fold(w) for w in phrase.split()), {})
                    slot[credit] = _merge(slot.get(credit), _role(key), key.endswith(":"), credit, code)
    return {phrase: tuple(slot[c] for c in sorted(slot, reverse=True)) for phrase, slot in found.items()}


def _merge(known: Label | None, role: Role | None, colon: bool, credit: bool, code: str) -> Label:
    """One label for a word that several languages share; the first one's role holds."""
    if not known:
        return Label(role, frozenset({code}), colon, credit)
    return Label(known.role, known.languages | {code}, known.colon and colon, credit)


def _role(key: str) -> Role | None:
    name = key.rstrip(":")
    roles: dict[str, Role] = {role: role for role in get_args(Role)}
    return None if name == NOBODY else roles[name]


def _cjk_labels(languages: list[Any]) -> dict[str, tuple[Role, bool]]:
    tables = chain.from_iterable(language["labels"].items() for language in languages)
    pairs = [(word, _role(key), key.endswith(":")) for key, words in tables for word in words]
    pairs.sort(key=lambda p: -len(p[0]))
    return {word: (role, colon) for word, role, colon in pairs if role}


def _by_language(data: dict[str, Any], key: str) -> dict[str, frozenset[str]]:
    words: dict[str, frozenset[str]] = {}
    for code, language in data.items():
        for word in language.get(key, ()):
            words[fold(word)] = words.get(fold(word), frozenset()) | {code}
    return words
