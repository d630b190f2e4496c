"""`manifest.jsonl`: a line for every input of a batch, by which the next run goes on where this one stopped.

Lines are appended as inputs finish; at the end of a run the file is rewritten, sorted by index. Between the two it may
hold several lines for one input: the last counts.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import get_args

from newsclean.model import Outcome, Status
from newsclean.output.render import to_json_line
from newsclean.output.store import LineFile, write_all_atomic, writing

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the manifest.

    Attributes:
        index, source, status, reason, message, final_url, title, words: as in Outcome; "skipped" is never written,
            the line of the run that did it stays.
        key: 16 hex digits that name the input; empty for a line that is no URL.
        file: the text file, as Outcome.path.
        record: the JSON file beside it, or the .jsonl file that its record went to; None if none was asked for.
        warnings: how many.
        options: 8 hex digits that name how it was cleaned (see `settings.fingerprint`); empty for none.
    """

    index: int
    source: str
    key: str
    status: Status
    file: str | None
    record: str | None
    reason: str | None
    message: str | None
    final_url: str | None
    title: str | None
    words: int
    warnings: int
    options: str = ""

    @classmethod
    def of(cls, outcome: Outcome, key: str, record: str | None = None, options: str = "") -> Entry:
        """The line for an outcome."""
        return cls(
            index=outcome.index,
            source=outcome.source,
            key=key,
            status=outcome.status,
            file=outcome.path,
            record=record,
            reason=outcome.reason,
            message=outcome.message,
            final_url=outcome.final_url,
            title=outcome.title,
            words=outcome.words,
            warnings=len(outcome.warnings),
            options=options,
        )

    @classmethod
    def from_line(cls, line: bytes) -> Entry | None:
        """The entry of a line; None if it is none, as after a power cut."""
        try:
            entry = cls(**json.loads(line))
        except (ValueError, TypeError):  # not JSON, or other keys
            return None
        return (
            entry if type(entry.index) is int and type(entry.key) is str and entry.status in get_args(Status) else None
        )

    def to_line(self) -> bytes:
        """The line, without its newline."""
        return to_json_line({name: getattr(self, name) for name in self.__slots__})

    def outcome(self, index: int, source: str, status: Status) -> Outcome:
        """What to report when the input comes again; the warnings' texts are in its record only."""
        return Outcome(
            index=index,
            source=source,
            status=status,
            path=self.file,
            reason=self.reason,
            message=self.message,
            final_url=self.final_url,
            title=self.title,
            words=self.words,
        )


class Manifest:
    """The manifest of one output folder, open for one run.

    In memory it keeps where the lines begin, not the lines: with what `run` keeps, some 400 bytes for each input.

    Raises:
        OutputError: on opening, and from all that writes.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = LineFile(path)
        with writing(path):
            self._reader = path.open("rb")
        self._of_key: dict[str, int] = {}  # key -> where its last line begins; lines of duplicates left out
        self._of_index: dict[int, int] = {}  # index -> where its line begins; only of inputs that this run came to
        for at, entry in self._entries():
            self._know(entry, at)

    def find(self, key: str) -> Entry | None:
        """The last that is known of the input with this key, from this run or one before."""
        at = self._of_key.get(key)
        return None if at is None else self._entry(at)

    def add(self, entry: Entry) -> None:
        """Write what became of an input; when this returns, a killed run has not lost it."""
        at = self._file.append(entry.to_line())
        self._of_index[entry.index] = at
        self._know(entry, at)

    def keep(self, entry: Entry, index: int, source: str) -> None:
        """Let what `find` gave stand for an input of this run, which may have moved in the list."""
        if (entry.index, entry.source) == (index, source):
            self._of_index[index] = self._of_key[entry.key]
        else:
            self.add(replace(entry, index=index, source=source))

    def rewrite(self) -> None:
        """Sort the file by index, one line for each input of this run, and close it.

        Lines of articles that other lists brought into this folder stay; those of other lists' failures go.
        """
        now = set(self._of_index.values())
        others = [at for at in self._of_key.values() if at not in now]
        done = [(entry.index, at) for at in others if (entry := self._entry(at)) and entry.status == "done"]
        order = sorted([*self._of_index.items(), *done])
        write_all_atomic(self.path, (self._line(at) for _, at in order))
        self.close()

    def close(self) -> None:
        """Have all lines on the disk; a second call does nothing."""
        self._reader.close()
        self._file.close()

    def __enter__(self) -> Manifest:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _know(self, entry: Entry, at: int) -> None:
        if entry.key and entry.status != "duplicate":
            self._of_key[entry.key] = at

    def _entry(self, at: int) -> Entry | None:
        return Entry.from_line(self._line(at))

    def _line(self, at: int) -> bytes:
        self._reader.seek(at)
        return self._reader.readline()

    def _entries(self) -> Iterator[tuple[int, Entry]]:
        """Each entry and where its line begins; lines that are none, as after a power cut, are left out."""
        at = 0
        self._reader.seek(0)
        for line in self._reader:
            if entry := Entry.from_line(line):
                yield at, entry
            else:
                log.warning("%s: a line is not readable and is left out: %.80r", self.path, line)
            at += len(line)
