"""The files of fixtures, read: what is missing, unreadable or of the wrong shape is a FixtureError that names it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from newsclean.errors import FixtureError
from newsclean.model import Article, Metadata


def asked_fields(folder: Path) -> dict[str, Any]:
    """What expected.json says, empty if it is missing.

    Raises:
        FixtureError: it is no JSON object, or has what is no field of the record.
    """
    fields = read_object(folder / "expected.json") if (folder / "expected.json").exists() else {}
    if unknown := fields.keys() - Article(None, Metadata(), ()).to_dict().keys():
        raise FixtureError(f"expected.json: {min(unknown)} is no key of the record", url=str(folder))
    return fields


def read_floors(path: Path) -> dict[str, dict[str, float]]:
    """The floors of all fixtures; none if there is no such file.

    Raises:
        FixtureError: it is not what `check` writes.
    """
    floors = read_object(path) if path.exists() else {}
    for slug, floor in floors.items():
        if isinstance(floor, dict):
            floor.pop("expected", None)  # older files name the expectation that a floor is for
        if not isinstance(floor, dict) or not all(isinstance(value, float | int) for value in floor.values()):
            raise FixtureError(f"{path.name}: {slug} must be an object of numbers", url=str(path.parent))
    return floors


def text_in(meta: dict[str, Any], key: str, folder: Path) -> str | None:
    """The text under a key of meta.json, if there is one; raises FixtureError for anything else."""
    value = meta.get(key)
    if value is None or isinstance(value, str):
        return value
    raise FixtureError(f"meta.json: {key} must be text", url=str(folder))


def read_object(path: Path) -> dict[str, Any]:
    """The JSON object in a file.

    Raises:
        FixtureError: it is missing or holds something else.
    """
    try:
        value = json.loads(read_text(path))
    except (ValueError, RecursionError) as error:
        raise FixtureError(f"{path.name}: {error}", url=str(path.parent)) from error
    if not isinstance(value, dict):
        raise FixtureError(f"{path.name}: is no JSON object", url=str(path.parent))
    return value


def read_text(path: Path) -> str:
    """The text of a fixture's file; line ends as Python reads them.

    Raises:
        FixtureError: it is missing, can't be read, or is not UTF-8.
    """
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise FixtureError(f"{path.name}: {error.strerror}", url=str(path.parent)) from error
    except UnicodeDecodeError as error:
        raise FixtureError(f"{path.name}: byte {error.start} is not UTF-8", url=str(path.parent)) from error


def read_bytes(path: Path) -> bytes:
    """The bytes of a fixture's file.

    Raises:
        FixtureError: it is missing or can't be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise FixtureError(f"{path.name}: {error.strerror}", url=str(path.parent)) from error


def to_json(value: Any) -> bytes:
    """JSON as fixtures are written: readable, one final newline."""
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=isinstance(value, dict)) + "\n").encode()
