"""The work on one page: read it, extract, clean, render, write its files. A worker process does it, or the caller."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from newsclean.batch.extractor import Extract
from newsclean.batch.folder import Folder
from newsclean.batch.saved import load_page
from newsclean.clean.options import Options
from newsclean.errors import NewscleanError
from newsclean.flow import article_of
from newsclean.model import Article, Page

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Task:
    """A page to make an article's files of.

    Attributes:
        index, key: name the files.
        source: the input, for messages.
        page: as fetched, or where it is saved.
        known: whether the ledger knew of it before this run, so that a file of that name is ours.
    """

    index: int
    key: str
    source: str
    page: Page | Path
    known: bool

    @property
    def url(self) -> str:
        """What it is about, for errors."""
        return self.source


@dataclass(frozen=True, slots=True)
class Made:
    """What became of a page.

    Attributes:
        file: the name of the text file, which is written.
        record_name: of the file that holds the record; None for none.
        line: what is still to be appended there; empty for nothing.
        final_url, title, words, warnings: as in Outcome.
    """

    file: str
    record_name: str | None
    line: bytes
    final_url: str | None
    title: str | None
    words: int
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Making:
    """Makes articles' files; it can be sent to another process unless it has an `extract` that can't.

    Attributes:
        folder: where to.
        options: of the cleaning.
        max_bytes: of a saved page.
        extract: takes the place of `flow.article_of`.
    """

    folder: Folder
    options: Options
    max_bytes: int
    extract: Callable[[Page], Article] | None = None

    def warm(self) -> None:
        """Load the libraries, the rules and the models, which the first page should not have to wait for."""
        Extract(self.options).warm()

    def __call__(self, task: Task) -> Made:
        """Make the files of one page.

        Raises:
            OutputError: the files can't be written; file_exists if one is there that is not ours.
            NewscleanError: there is no article; a defect of ours is an internal_error.
        """
        try:
            page = load_page(task.page, self.max_bytes) if isinstance(task.page, Path) else task.page
            article = self.extract(page) if self.extract else article_of(page, self.options)
            files = self.folder.files(task.index, task.key, article)
        except NewscleanError:
            raise
        except Exception as error:  # a defect that one page shows must not cost the others
            log.exception("%s: internal error", task.source)
            raise NewscleanError(f"{type(error).__name__}: {error}", url=task.source) from error
        self.folder.write(files, ours=task.known)
        return Made(
            files.name,
            files.record_name,
            files.record if self.folder.records == "one" else b"",
            page.final_url,
            article.title,
            sum(len(block.text.split()) for block in article.blocks),
            article.warnings,
        )
