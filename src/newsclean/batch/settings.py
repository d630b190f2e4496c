"""What a text depends on beside its page, in 8 hex digits: a later run sees whether it would write the same."""

from __future__ import annotations

import hashlib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from newsclean.clean.options import Options
from newsclean.errors import RuleError


def fingerprint(options: Options) -> str:
    """8 hex digits that name the options, the content of the rule files among them, and newsclean's version.

    Raises:
        RuleError: the folder of rules can't be read.
    """
    said = (
        package_version(),
        sorted(options.keep),
        sorted(options.drop),
        sorted(options.without),
        options.repair_mojibake,
        rule_files(options.rules) if options.rules else (),
    )
    return hashlib.sha256(repr(said).encode()).hexdigest()[:8]


def package_version() -> str:
    """The installed version; empty if newsclean runs from a folder that nobody installed."""
    try:
        return version("newsclean")
    except PackageNotFoundError:
        return ""


def rule_files(folder: Path) -> tuple[tuple[str, bytes], ...]:
    """Name and content of each rule file, sorted."""
    try:
        return tuple((path.name, path.read_bytes()) for path in sorted(folder.glob("*.toml")))
    except OSError as error:
        raise RuleError(error.strerror or str(error), url=error.filename) from error
