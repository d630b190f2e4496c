"""`--log-json FILE`: one JSON object a line for every event of a run. All text in it is ASCII, so nothing obeys it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from newsclean.model import Outcome
from newsclean.output.store import LineFile


class JsonLog:
    """Appends events to a file.

    Args:
        file: where to; None for nowhere.
    """

    def __init__(self, file: LineFile | None) -> None:
        self._file = file

    def outcome(self, outcome: Outcome) -> None:
        """Write what became of an input. Raises OutputError."""
        if self._file:
            self.event("outcome", **asdict(outcome))

    def event(self, name: str, **said: object) -> None:
        """Write an event. Raises OutputError."""
        if self._file:
            record = {"event": name, "time": datetime.now(UTC).isoformat(timespec="milliseconds"), **said}
            self._file.append(json.dumps(record).encode())


@contextmanager
def logging_to(path: Path | None) -> Iterator[JsonLog]:
    """A log that goes on behind what the file holds already. Raises OutputError."""
    if path is None:
        yield JsonLog(None)
        return
    with LineFile(path) as file:
        yield JsonLog(file)
