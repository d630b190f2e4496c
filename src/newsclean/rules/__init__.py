"""The vocabulary of boilerplate, as data: one TOML file a language in lang/, one a site in site/.

    [[phrase]]
    id = "share-buttons"
    scope = "line"
    pattern = '(share|tweet|pin|email)( (this|on|via) .{1,40})?'
    hits = ["Share this article on Facebook", "Tweet"]
    misses = ["Share prices fell on Tuesday after the bank's warning."]

A pattern, or one of a list of them, is matched against a whole folded line (see `fold`), without regard to case.
tests/test_rules.py checks that every hit is hit, no miss is, and no phrase hits a line of the labelled bodies. What is
done with a line that matches is decided in clean/, by its scope:

    line     is boilerplate wherever it stands
    neighbour  is boilerplate where the line above or below it is
    edge     is boilerplate above the first and below the last paragraph, where it can't be anything else
    section  heads a part that is not the article: it goes with what stands under it
    caption  belongs to a picture: a caption or a photo credit
    credit   names the agency, the desk or the rights at the end of an article
    correction  opens a correction or an editor's note
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, get_args

from newsclean.errors import RuleError
from newsclean.rules.index import Index
from newsclean.rules.keys import known_keys

Scope = Literal["line", "neighbour", "edge", "section", "caption", "credit", "correction"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
MAX_LINE_CHARS = 300  # longer lines are never matched: bounds the time of every pattern
DECORATION = " \t>»›→▶►▸•·|–—-:…*#=+<«‹←▼▲✉■▪●◆"
STRAIGHT = (("’", "'"), ("‘", "'"), ("ʼ", "'"), ("´", "'"), ("“", '"'), ("”", '"'), ("„", '"'), ("\u00a0", " "))


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase of a language's boilerplate.

    Attributes:
        id: what one would call it aloud; unique in its file.
        language: of the file that it is from; for a site's, its host.
        scope: what it says of a line that matches.
        pattern: a regular expression for the whole folded line.
        hits: lines that it must match.
        misses: lines that it must not match.
    """

    id: str
    language: str
    scope: Scope
    pattern: str
    hits: tuple[str, ...]
    misses: tuple[str, ...]

    @property
    def rule(self) -> str:
        """The name that changes carry: "en/share-buttons", "harbourpost.example/tip-line"."""
        return f"{self.language}/{self.id}"


NONE: Mapping[Scope, Phrase] = MappingProxyType({})  # that most lines match


class Rules:
    """The phrases that apply to one article, ready to match."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self.phrases = tuple(phrases)
        self._index = Index([(phrase, known_keys(phrase.pattern)) for phrase in self.phrases])
        self._find = lru_cache(maxsize=16_384)(self._search)  # cleaners ask again in each round, of 3,000 lines

    def match(self, scope: Scope, line: str) -> Phrase | None:
        """The first phrase of that scope that the line matches; None if there is none, or the line is long."""
        return None if len(line) > MAX_LINE_CHARS else self._find(line).get(scope)

    def _search(self, line: str) -> Mapping[Scope, Phrase]:
        """The first phrase of each scope that the line matches."""
        folded = fold(line)
        found: dict[Scope, Phrase] = {}
        for phrase in self._index.candidates(folded):
            if phrase.scope not in found and regex(phrase.pattern).fullmatch(folded):
                found[phrase.scope] = phrase
        return found or NONE


def fold(line: str) -> str:
    """The line as patterns see it: single spaces, straight quotes, no arrows or bullets at either end.

    >>> fold("» Lire aussi\u00a0:")
    'Lire aussi'
    """
    if not line.isascii():
        for printed, plain in STRAIGHT:  # eight searches cost a tenth of one str.translate
            line = line.replace(printed, plain)
    return " ".join(line.split()).strip(DECORATION)


def rules_for(language: str | None, host: str | None = None, folder: Path | None = None) -> Rules:
    """The rules for an article: its site's, its language's and English; all languages if its own is unknown here.

    Args:
        language: BCP 47.
        host: of the article's URL.
        folder: the caller's own site rules, files <host>.toml, beside the packaged ones.

    Raises:
        RuleError: a rule file is wrong, or `folder` is no folder.
    """
    known = languages()
    own = (language or "").lower().split("-")[0]
    wanted = tuple(dict.fromkeys((own, "en"))) if own in known else known
    return rules_of(site_phrases(host, folder), wanted)


@lru_cache(maxsize=64)  # few sites have phrases of their own, and the others share one a language
def rules_of(own: tuple[Phrase, ...], tags: tuple[str, ...]) -> Rules:
    """The rules made of a site's own phrases and those of languages."""
    return Rules((*own, *(p for tag in tags for p in load_phrases("lang", tag))))


@cache
def languages() -> tuple[str, ...]:
    """The languages that have a file, sorted."""
    names = (file.name for file in (files(__name__) / "lang").iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


@lru_cache(maxsize=1024)
def site_phrases(host: str | None, folder: Path | None = None) -> tuple[Phrase, ...]:
    """The phrases of a site: of its host, and of the domains above it."""
    labels = (host or "").lower().removeprefix("www.").split(".")
    names = [".".join(labels[i:]) + ".toml" for i in range(len(labels) - 1)]
    found: list[Phrase] = []
    if folder:
        if not folder.is_dir():
            raise RuleError("no such folder of site rules", url=str(folder))
        for name in names:
            if (folder / name).is_file():
                found += read_phrases(read_rule_file(folder / name), name.removesuffix(".toml"))
    for name in names:
        if name in packaged_sites():
            found += load_phrases("site", name.removesuffix(".toml"))
    return tuple(found)


@cache
def packaged_sites() -> frozenset[str]:
    """The names of the packaged files of site rules."""
    return frozenset(file.name for file in (files(__name__) / "site").iterdir())


def check_folder(folder: Path) -> None:
    """Read every file of a folder of site rules, so that a wrong one is told before there is work to lose.

    Raises:
        RuleError: a rule file is wrong, or `folder` is no folder.
    """
    if not folder.is_dir():
        raise RuleError("no such folder of site rules", url=str(folder))
    for path in sorted(folder.glob("*.toml")):
        read_phrases(read_rule_file(path), path.stem)


def read_rule_file(file: Traversable) -> str:
    """The text of a rule file.

    Raises:
        RuleError: it can't be read, or is not UTF-8.
    """
    try:
        return file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise RuleError(f"{file.name}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise RuleError(f"{file.name}: byte {error.start} is not UTF-8") from error


@cache
def load_phrases(folder: str, name: str) -> tuple[Phrase, ...]:
    """The phrases of one packaged file.

    Raises:
        RuleError: the file is not TOML, or a phrase lacks a key or has a wrong one.
    """
    return parse_phrases(read_rule_file(files(__name__) / folder / f"{name}.toml"), name)


def read_phrases(toml: str, name: str) -> tuple[Phrase, ...]:
    """The phrases of a rule file's text, each pattern tried; `name` is the language or host, and stands in errors."""
    phrases = parse_phrases(toml, name)
    for phrase in phrases:
        compiled(phrase)  # refuses it here, with its file's name, if it is no regular expression
    return phrases


def parse_phrases(toml: str, name: str) -> tuple[Phrase, ...]:
    """The same, no pattern compiled: to compile those of English takes 0.1 s, and a page needs a few of them."""
    try:
        content = tomllib.loads(toml)
    except (tomllib.TOMLDecodeError, RecursionError) as error:  # RecursionError: thousands of brackets
        raise RuleError(f"{name}.toml: {error}") from error
    tables = content.pop("phrase", [])
    if content:
        raise RuleError(f"{name}.toml: {next(iter(content))!r} has no meaning here; a phrase begins with [[phrase]]")
    if not (isinstance(tables, list) and all(isinstance(table, dict) for table in tables)):
        raise RuleError(f"{name}.toml: a phrase begins with [[phrase]]")
    phrases = tuple(read_phrase(table, name) for table in tables)
    ids = [p.id for p in phrases]
    if len({*ids}) < len(ids):
        raise RuleError(f"{name}.toml: two phrases are called {next(i for i in ids if ids.count(i) > 1)}")
    return phrases


def read_phrase(table: dict[str, Any], name: str) -> Phrase:
    """One phrase of a rule file.

    Raises:
        RuleError: a key is missing, unknown or of the wrong kind, or the pattern is not a regular expression.
    """
    where = f"{name}.toml: phrase {table.get('id', '?')}"
    wanted = {"id", "scope", "pattern", "hits", "misses"}
    if table.keys() != wanted:
        raise RuleError(f"{where}: needs exactly the keys {', '.join(sorted(wanted))}")
    if table["scope"] not in SCOPES:
        raise RuleError(f"{where}: scope is {table['scope']!r}, not one of {', '.join(SCOPES)}")
    if not isinstance(table["id"], str):
        raise RuleError(f"{where}: id must be text")
    patterns, hits, misses = (texts_of(table, key, where) for key in ("pattern", "hits", "misses"))
    return Phrase(table["id"], name, table["scope"], "|".join(patterns), hits, misses)


def texts_of(table: dict[str, Any], key: str, where: str) -> tuple[str, ...]:
    """A key's list of texts, or its one text if it is the pattern.

    Raises:
        RuleError: it is something else.
    """
    value = [table[key]] if key == "pattern" and isinstance(table[key], str) else table[key]
    if not (isinstance(value, list) and all(isinstance(text, str) for text in value)):
        raise RuleError(f"{where}: {key} must be {'text or ' if key == 'pattern' else ''}a list of texts")
    return tuple(value)


@cache
def regex(pattern: str) -> re.Pattern[str]:
    """A phrase's pattern, ready to match; compiled when the first line comes that it may match."""
    return re.compile(pattern, re.IGNORECASE)


def compiled(phrase: Phrase) -> re.Pattern[str]:
    """The phrase's pattern.

    Raises:
        RuleError: it is not a regular expression.
    """
    try:
        return regex(phrase.pattern)
    except re.error as error:
        raise RuleError(f"{phrase.language}.toml: phrase {phrase.id}: {error}") from error


def all_phrases() -> Iterable[Phrase]:
    """Every packaged phrase."""
    for tag in languages():
        yield from load_phrases("lang", tag)
    for file in (files(__name__) / "site").iterdir():
        if file.name.endswith(".toml"):
            yield from load_phrases("site", file.name.removesuffix(".toml"))
