"""Fetch news pages, extract the article, clean it, and tell why every line went.

Example:
    import newsclean

    page = newsclean.fetch("https://news.example/story")
    article = newsclean.extract(page)
    print(article.title, article.author_names, article.text)
    for change in article.changes:
        print(change.rule, change.reason, change.before)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

# These packages first: to import one of them later would put it in the place of the function of the same name.
import newsclean.check
import newsclean.extract
import newsclean.fetch  # noqa: F401
from newsclean.check import check
from newsclean.errors import (
    BadBody,
    BadRedirect,
    BadStatus,
    BadUrl,
    Disallowed,
    FetchError,
    FixtureError,
    FolderBusy,
    HostUnavailable,
    InputError,
    NewscleanError,
    NoArticle,
    NotModified,
    OutputError,
    RuleError,
    TooComplex,
    Unreachable,
    UsageError,
    WorkerFailed,
)
from newsclean.flow import clean_text, extract, fetch

if TYPE_CHECKING:
    from newsclean.batch.extractor import ExtractorPool
    from newsclean.batch.run import run
    from newsclean.batch.sources import Input
    from newsclean.batch.stop import Stop
    from newsclean.batch.warc_in import WarcPages
    from newsclean.bylines import parse_byline, parse_dateline
    from newsclean.check.harness import CheckReport
    from newsclean.clean.options import Options
    from newsclean.clean.pipeline import undo
    from newsclean.fetch.fetcher import AsyncFetcher
    from newsclean.fetch.policy import FetchPolicy
    from newsclean.fetch.validators import Validators
    from newsclean.model import (
        Article,
        Block,
        Cell,
        Change,
        Context,
        Dateline,
        Draft,
        FieldChange,
        Hop,
        Metadata,
        Outcome,
        Page,
        Person,
        Verdict,
    )
    from newsclean.output.render import render
    from newsclean.output.warc import WarcWriter

__all__ = [
    "Article",
    "AsyncFetcher",
    "BadBody",
    "BadRedirect",
    "BadStatus",
    "BadUrl",
    "Block",
    "Cell",
    "Change",
    "CheckReport",
    "Context",
    "Dateline",
    "Disallowed",
    "Draft",
    "ExtractorPool",
    "FetchError",
    "FetchPolicy",
    "FieldChange",
    "FixtureError",
    "FolderBusy",
    "Hop",
    "HostUnavailable",
    "Input",
    "InputError",
    "Metadata",
    "NewscleanError",
    "NoArticle",
    "NotModified",
    "Options",
    "Outcome",
    "OutputError",
    "Page",
    "Person",
    "RuleError",
    "Stop",
    "TooComplex",
    "Unreachable",
    "UsageError",
    "Validators",
    "Verdict",
    "WarcPages",
    "WarcWriter",
    "WorkerFailed",
    "check",
    "clean_text",
    "extract",
    "fetch",
    "parse_byline",
    "parse_dateline",
    "render",
    "run",
    "undo",
]

# Loaded when first asked for: `import newsclean` stays light, and a crawler that only cleans never loads httpx.
LAZY = {
    "Article": "newsclean.model",
    "Block": "newsclean.model",
    "Cell": "newsclean.model",
    "Change": "newsclean.model",
    "Context": "newsclean.model",
    "Dateline": "newsclean.model",
    "Draft": "newsclean.model",
    "FieldChange": "newsclean.model",
    "Hop": "newsclean.model",
    "Metadata": "newsclean.model",
    "Outcome": "newsclean.model",
    "Page": "newsclean.model",
    "Person": "newsclean.model",
    "Verdict": "newsclean.model",
    "AsyncFetcher": "newsclean.fetch.fetcher",
    "CheckReport": "newsclean.check.harness",
    "ExtractorPool": "newsclean.batch.extractor",
    "FetchPolicy": "newsclean.fetch.policy",
    "Input": "newsclean.batch.sources",
    "Options": "newsclean.clean.options",
    "Stop": "newsclean.batch.stop",
    "Validators": "newsclean.fetch.validators",
    "WarcPages": "newsclean.batch.warc_in",
    "WarcWriter": "newsclean.output.warc",
    "parse_byline": "newsclean.bylines",
    "parse_dateline": "newsclean.bylines",
    "render": "newsclean.output.render",
    "run": "newsclean.batch.run",
    "undo": "newsclean.clean.pipeline",
}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version  # noqa: PLC0415 - 40 ms, rarely asked for

        return version("newsclean")
    if name in LAZY:
        value = globals()[name] = getattr(import_module(LAZY[name]), name)
        return value
    raise AttributeError(f"module 'newsclean' has no attribute {name!r}")
