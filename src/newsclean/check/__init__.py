"""The regression harness; `harness` holds it, this only keeps its import off those who don't run it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from newsclean.check.harness import CheckReport


def check(folder: str | Path, *, update: bool = False, set_floors: bool = False) -> CheckReport:
    """Run every fixture in a folder, and raise the floors that are exceeded.

    What is not as expected fails, unless a floor was set for it with `set_floors`.

    Args:
        folder: of fixtures (see `newsclean.check.harness`), or one fixture.
        update: rewrite the expectations to what came; the report has the differences.
        set_floors: let what comes be the floors, also where they fall: a known weakness, which must not get worse.

    Raises:
        FixtureError: there are no fixtures.
        InputError: there is no such folder.
        OutputError: floors or expectations can't be written.
    """
    from newsclean.check import harness  # noqa: PLC0415 - see the module's docstring

    return harness.check(folder, update=update, set_floors=set_floors)
