"""The output folder of a run: which files an article becomes there, and whether an earlier run's still stand."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from newsclean.batch.manifest import Entry
from newsclean.model import Article
from newsclean.output.render import FORMATS, to_json, to_json_line
from newsclean.output.store import LineFile, file_name, write_atomic, writing

Records = Literal["each", "one", "none"]

MANIFEST = "manifest.jsonl"
ARTICLES = "articles.jsonl"


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


@dataclass(slots=True)
class Folder:
    """Where a run writes to.

    Attributes:
        path: of the folder.
        format: of the texts, a key of FORMATS.
        records: "each" for a JSON file beside each text, "one" for all in ARTICLES, "none".
        options: names how texts are cleaned, as `Entry.options`.
    """

    path: Path
    format: str
    records: Records
    options: str

    def make(self) -> None:
        """Have the folder. Raises OutputError."""
        with writing(self.path):
            self.path.mkdir(parents=True, exist_ok=True)

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

    def write(self, files: Files, articles: LineFile | None) -> None:
        """Write an article's files; its record goes to `articles` if that is given. Raises OutputError."""
        write_atomic(self.path / files.name, files.text)
        if articles:
            articles.append(files.record)
        elif files.record_name and files.record:
            write_atomic(self.path / files.record_name, files.record)

    def open_articles(self) -> LineFile | None:
        """The file of all records, if they go to one. Raises OutputError."""
        return LineFile(self.path / ARTICLES) if self.records == "one" else None

    def holds(self, entry: Entry) -> bool:
        """Whether the files of a manifest's entry are there and hold something, cleaned and written as in this run."""
        if entry.status != "done" or not entry.file or not entry.file.endswith(f".{self.format}"):
            return False
        if entry.options != self.options:
            return False
        record = self._record_name(entry.file)
        wanted = {entry.file, record or entry.file}
        return record in {None, entry.record} and all(holds_something(self.path / name) for name in wanted)

    def _record_name(self, name: str) -> str | None:
        if self.records == "one":
            return ARTICLES
        return str(Path(name).with_suffix(".json")) if self.records == "each" else None


def holds_something(path: Path) -> bool:
    """Whether a file is there and not empty, as it may be after a power cut."""
    return path.is_file() and path.stat().st_size > 0
