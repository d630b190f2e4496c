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

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

from newsclean.errors import RuleError
from newsclean.rules.index import Index
from newsclean.rules.keys import DECORATION, MAX_LINE_CHARS
from newsclean.rules.phrases import Phrase, Scope
from newsclean.rules.reading import load_packaged, read_phrases, read_rule_file

STRAIGHT = (("’", "'"), ("‘", "'"), ("ʼ", "'"), ("´", "'"), ("“", '"'), ("”", '"'), ("„", '"'), ("\u00a0", " "))
NONE: Mapping[Scope, Phrase] = MappingProxyType({})  # that most lines match


class Rules:
    """The phrases that apply to one article, ready to match."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self.phrases = tuple(phrases)
        self._index = Index([((p, pattern), pattern.keys) for p in self.phrases for pattern in p.patterns])
        self._find = lru_cache(maxsize=16_384)(self._search)  # cleaners ask again in each round, of 3,000 lines

    def match(self, scope: Scope, line: str) -> Phrase | None:
        """The first phrase of that scope that the line matches; None if there is none, or the line is long."""
        return None if len(line) > MAX_LINE_CHARS else self._find(line).get(scope)

    def _search(self, line: str) -> Mapping[Scope, Phrase]:
        """The first phrase of each scope that the line matches."""
        folded = fold(line)
        found: dict[Scope, Phrase] = {}
        for phrase, pattern in self._index.candidates(folded):
            if phrase.scope not in found and pattern.matches(folded):
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

    The first that matches names a line, so English, which most pages have something of, leads where none is known.

    Args:
        language: BCP 47.
        host: of the article's URL.
        folder: the caller's own site rules, files <host>.toml, beside the packaged ones.

    Raises:
        RuleError: a rule file is wrong, or `folder` is no folder.
    """
    known = languages()
    own = (language or "").lower().split("-")[0]
    wanted = tuple(dict.fromkeys((own, "en") if own in known else ("en", *known)))
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


def folder_of(name: str | Path | None) -> Path | None:
    """A folder of site rules, if one is named."""
    return Path(name) if name else None


def check_folder(folder: Path) -> None:
    """Read every file of a folder of site rules, so that a wrong one is told before there is work to lose.

    Raises:
        RuleError: a rule file is wrong, a phrase does not match its hits or matches a miss, or `folder` is no folder.
    """
    for phrase in phrases_in(folder):
        if wrong := phrase.proved_wrong(fold):
            raise RuleError(wrong, url=f"{phrase.language}.toml")


def phrases_in(folder: Path) -> Iterator[Phrase]:
    """All phrases of a folder of site rules. Raises RuleError."""
    if not folder.is_dir():
        raise RuleError("no such folder of site rules", url=str(folder))
    for path in sorted(folder.glob("*.toml")):
        yield from read_phrases(read_rule_file(path), path.stem)


@cache
def all_ids() -> frozenset[str]:
    """The rules of all packaged phrases, as changes name them: "en/share-buttons"."""
    sites = (name.removesuffix(".toml") for name in packaged_sites() if name.endswith(".toml"))
    named = [("lang", tag) for tag in languages()] + [("site", host) for host in sites]
    return frozenset(phrase.rule for folder, name in named for phrase in load_phrases(folder, name))


@lru_cache(maxsize=16)
def folder_ids(folder: Path) -> frozenset[str]:
    """The rules of a folder of site rules. Raises RuleError."""
    return frozenset(phrase.rule for phrase in phrases_in(folder))


@cache
def load_phrases(folder: str, name: str) -> tuple[Phrase, ...]:
    """The phrases of one packaged file."""
    return load_packaged(files(__name__) / folder, name)


@cache
def all_phrases() -> tuple[Phrase, ...]:
    """Every packaged phrase, with what it must hit and miss."""
    rule_files = [file for folder in ("lang", "site") for file in (files(__name__) / folder).iterdir()]
    named = sorted((file.name.removesuffix(".toml"), file) for file in rule_files if file.name.endswith(".toml"))
    return tuple(phrase for name, file in named for phrase in read_phrases(read_rule_file(file), name))
