"""The output folder of a run: which files an article becomes there, and whether an earlier run's still stand."""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG
from typing import Literal

from newsclean.batch.item import Item
from newsclean.errors import OutputError
from newsclean.model import Article
from newsclean.output.render import FORMATS, to_json, to_json_line
from newsclean.output.store import LineFile, file_name, make_folder, sync_folder, write_atomic, writing

Records = Literal["each", "one", "none"]

ARTICLES = "articles.jsonl"
UNFINISHED = re.compile(r"\.(\d{3,}_[0-9a-f]{16}\.[a-z]+|manifest\.jsonl)\.\d+\.tmp")  # of `store.write_all_atomic`
ROOM_BYTES = 32 << 20  # that a disk must have left: for what is under way, the ledger's log and a manifest


@dataclass(frozen=True, slots=True)
class Files:
    """What an article becomes.

    Attributes:
        name: of the text file.
        text: its bytes.
        record_name: of the file that holds the record; the text file itself if its format is JSON; None for no record.
        record: the bytes to write or to append there; empty if there is nothing more to write.
    """

    name: str
    text: bytes
    record_name: str | None
    record: bytes


@dataclass(frozen=True, slots=True)
class Folder:
    """Where a run writes to.

    Attributes:
        path: of the folder.
        format: of the texts, a key of FORMATS.
        records: "each" for a JSON file beside each text, "one" for all in ARTICLES, "none".
        options: names how texts are cleaned, as `Item.options`.
    """

    path: Path
    format: str
    records: Records
    options: str

    def make(self) -> None:
        """Have the folder. Raises OutputError."""
        make_folder(self.path)

    def check_room(self) -> None:
        """Raise OutputError, disk_full, if the disk is so full that a run could not even end well."""
        with writing(self.path):
            free = shutil.disk_usage(self.path).free
        if free < ROOM_BYTES:
            raise OutputError(f"{free >> 20} MiB are left", reason="disk_full", url=str(self.path))

    def sweep(self) -> None:
        """Take away the unfinished files of a run that was killed, or of a worker that was. Raises OutputError."""
        with writing(self.path), os.scandir(self.path) as entries:
            for name in [entry.name for entry in entries if UNFINISHED.fullmatch(entry.name)]:
                (self.path / name).unlink(missing_ok=True)

    def files(self, index: int, key: str, article: Article) -> Files:
        """An article's files, not written yet, for the input at `index` with this `key`."""
        name = file_name(index, key, f".{self.format}")
        record_name = self._record_name(name)
        record = b""
        if self.records == "one":
            record = to_json_line({"file": name, **article.to_dict()})
        elif record_name and record_name != name:
            record = to_json(article).encode("utf-8", "backslashreplace")
        return Files(name, FORMATS[self.format](article).encode("utf-8", "replace"), record_name, record)

    def write(self, files: Files, *, ours: bool) -> None:
        """Write an article's files, but not what goes to ARTICLES.

        Args:
            files: as `files` gives them.
            ours: whether files of these names would be from an earlier run.

        Raises:
            OutputError: file_exists, before anything is written: somebody else's file has the name and says something
                else, or a folder has it; disk_full, write_error.
        """
        parts = [(self.path / files.name, files.text)]
        if files.record_name and files.record and self.records == "each":
            parts.append((self.path / files.record_name, files.record))
        for path, data in parts:
            if path.is_dir() or (not ours and is_in_the_way(path, data)):
                raise OutputError(reason="file_exists", url=str(path))
        for path, data in parts:
            write_atomic(path, data)

    def sync(self) -> None:
        """Have the names of the files on the disk, too. Raises OutputError."""
        sync_folder(self.path)

    def open_articles(self, size: int | None) -> LineFile | None:
        """The file of all records, if they go to one, cut back to the size that the ledger knows of; None for any."""
        return LineFile(self.path / ARTICLES, most_bytes=size) if self.records == "one" else None

    def holds(self, item: Item) -> bool:
        """Whether an item's files are there and hold something, cleaned and written as in this run."""
        if not item.file or not item.file.endswith(f".{self.format}") or item.options != self.options:
            return False
        record = self._record_name(item.file)
        wanted = {item.file, record or item.file}
        return record in {None, item.record} and all(holds_something(f"{self.path}/{name}") for name in wanted)

    def has_text(self, item: Item) -> bool:
        """Whether an item's text is there, however it was made."""
        return item.file is not None and holds_something(f"{self.path}/{item.file}")

    def _record_name(self, name: str) -> str | None:
        if self.records == "one":
            return ARTICLES
        return str(Path(name).with_suffix(".json")) if self.records == "each" else None


def holds_something(path: str) -> bool:
    """Whether a file is there and not empty, as it may be after a power cut."""
    try:
        stat = os.stat(path)  # noqa: PTH116 - of very many files: a third of the time of Path.stat
    except OSError:
        return False
    return S_ISREG(stat.st_mode) and stat.st_size > 0


def is_in_the_way(path: Path, data: bytes) -> bool:
    """Whether something has this name that is not a file with just these bytes."""
    if not os.path.lexists(path):
        return False
    with writing(path):
        return not path.is_file() or path.stat().st_size != len(data) or path.read_bytes() != data
