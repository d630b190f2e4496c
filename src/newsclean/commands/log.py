"""`--log-json FILE`: one JSON object a line for every event of a run. All text in it is ASCII, so nothing obeys it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from newsclean.model import Outcome
from newsclean.output.store import LineFile, writing


class JsonLog:
    """Writes events.

    Args:
        append: takes a line, without its newline; None for nowhere.
    """

    def __init__(self, append: Callable[[bytes], object] | None) -> None:
        self._append = append

    def outcome(self, outcome: Outcome) -> None:
        """Write what became of an input. Raises OutputError."""
        if self._append:
            self.event("outcome", **asdict(outcome))

    def event(self, name: str, **said: object) -> None:
        """Write an event. Raises OutputError."""
        if self._append:
            record = {"event": name, "time": datetime.now(UTC).isoformat(timespec="milliseconds"), **said}
            self._append(json.dumps(record).encode())


@contextmanager
def logging_to(path: Path | None) -> Iterator[JsonLog]:
    """A log that goes on behind what the file holds already, or goes to a pipe or a device. Raises OutputError."""
    if path is None:
        yield JsonLog(None)
        return
    if path.exists() and not path.is_file() and not path.is_dir():
        yield from _streaming_to(path)
        return
    with LineFile(path) as file:
        yield JsonLog(file.append)


def _streaming_to(path: Path) -> Iterator[JsonLog]:
    """A log to what has no lines to look at and no disk to sync with: a pipe, a terminal, /dev/null."""

    def append(line: bytes) -> None:
        with writing(path):
            stream.write(line + b"\n")
            stream.flush()

    with writing(path):
        stream = path.open("wb")
    try:
        yield JsonLog(append)
    finally:
        with writing(path):
            stream.close()
