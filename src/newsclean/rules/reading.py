"""Rule files: TOML for people, and beside each packaged one the same as JSON, with the keys of its patterns.

The JSON is what tools/index_rules.py writes. To read it in the place of the TOML saves 0.2 s for English, mostly by the
keys. It counts only for the very bytes that it was made of, so a changed file takes effect at once.
"""

from __future__ import annotations

import json
import re
import tomllib
from contextlib import suppress
from hashlib import sha256
from importlib.resources.abc import Traversable
from typing import Any

from newsclean.errors import RuleError
from newsclean.rules.keys import Key, keys_of
from newsclean.rules.phrases import SCOPES, Pattern, Phrase, compiled


def load_packaged(folder: Traversable, name: str) -> tuple[Phrase, ...]:
    """The phrases of the packaged file <name>.toml; errors as `read_phrases`."""
    file, packed = folder / f"{name}.toml", folder / f"{name}.json"
    if packed.is_file():
        with suppress(ValueError, KeyError, TypeError):  # a broken copy: the TOML is what counts
            content = json.loads(packed.read_text("utf-8"))
            if content["of"] == digest(file.read_bytes()):
                return unpacked(content["phrases"], name)
    return read_phrases(read_rule_file(file), name)


def digest(toml: bytes) -> str:
    """What tells a file from one that was changed: half of its SHA-256, in hex."""
    return sha256(toml).hexdigest()[:32]


def packed(phrases: tuple[Phrase, ...]) -> list[list[Any]]:
    """The phrases as JSON can hold them, without their hits and misses."""
    return [
        [p.id, p.scope, [[x.text, [[k.begins, k.holds, k.shortest, k.longest] for k in x.keys]] for x in p.patterns]]
        for p in phrases
    ]


def unpacked(content: list[list[Any]], name: str) -> tuple[Phrase, ...]:
    """The phrases that were packed."""
    return tuple(
        Phrase(
            id_,
            name,
            scope,
            tuple(
                Pattern(text, tuple(Key(tuple(b), tuple(map(tuple, h)), *size) for b, h, *size in keys))
                for text, keys in patterns
            ),
        )
        for id_, scope, patterns in content
    )


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


def read_phrases(toml: str, name: str) -> tuple[Phrase, ...]:
    """The phrases of a rule file's text; `name` is the language or host, and stands in errors.

    Raises:
        RuleError: the text is not TOML, or a phrase lacks a key or has a wrong one.
    """
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
        RuleError: a key is missing, unknown or of the wrong kind, or a pattern is not a regular expression.
    """
    where = f"{name}.toml: phrase {table.get('id', '?')}"
    wanted = {"id", "scope", "pattern", "hits", "misses"}
    if table.keys() != wanted:
        raise RuleError(f"{where}: needs exactly the keys {', '.join(sorted(wanted))}")
    if table["scope"] not in SCOPES:
        raise RuleError(f"{where}: scope is {table['scope']!r}, not one of {', '.join(SCOPES)}")
    if not isinstance(table["id"], str):
        raise RuleError(f"{where}: id must be text")
    texts, hits, misses = (texts_of(table, key, where) for key in ("pattern", "hits", "misses"))
    try:
        patterns = tuple(Pattern(compiled(text).pattern, keys_of(text)) for text in texts)
    except (re.error, RecursionError, OverflowError) as error:
        raise RuleError(f"{where}: {error}") from error
    return Phrase(table["id"], name, table["scope"], patterns, hits, misses)


def texts_of(table: dict[str, Any], key: str, where: str) -> tuple[str, ...]:
    """A key's list of texts, or its one text if it is the pattern.

    Raises:
        RuleError: it is something else.
    """
    value = [table[key]] if key == "pattern" and isinstance(table[key], str) else table[key]
    if not (isinstance(value, list) and all(isinstance(text, str) for text in value)):
        raise RuleError(f"{where}: {key} must be {'text or ' if key == 'pattern' else ''}a list of texts")
    return tuple(value)
