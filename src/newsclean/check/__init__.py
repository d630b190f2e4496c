"""The regression harness; `harness` holds it, this only keeps its import off those who don't run it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from newsclean.check.harness import CheckReport


def check(folder: str | Path, *, update: bool = False) -> CheckReport:
    """Run every fixture in a folder, and raise the floors that are exceeded.

    Args:
        folder: of fixtures (see `newsclean.check.harness`), or one fixture.
        update: rewrite the expectations to what came; the report has the differences.

    Raises:
        FixtureError: there are no fixtures.
        InputError: there is no such folder.
        OutputError: floors or expectations can't be written.
    """
    from newsclean.check import harness  # noqa: PLC0415 - see the module's docstring

    return harness.check(folder, update=update)
