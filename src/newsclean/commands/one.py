"""`newsclean extract` and `newsclean clean`: one page, or texts, to stdout or to files of their own names."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from newsclean.cli import ALL_FAILED, DONE, SOME_FAILED, USAGE, inert
from newsclean.errors import InputError, NewscleanError
from newsclean.fetch.policy import FetchPolicy
from newsclean.flow import article_of, clean_text
from newsclean.model import Article, Page
from newsclean.output.explain import explain
from newsclean.output.render import FORMATS
from newsclean.output.store import write_atomic, writing


def extract_page(args: argparse.Namespace, policy: FetchPolicy) -> int:
    """Print the article of a page.

    Raises:
        NewscleanError: there is no page, or no article in it.
    """
    from newsclean.clean.options import Options  # noqa: PLC0415 - only for pages

    options = Options(frozenset(args.keep), frozenset(args.drop), args.rules, args.repair_mojibake)
    article = article_of(get_page(args.page, args.url, policy), options)
    print_article(article, args.format, explained=args.explain)
    return DONE


def get_page(source: str, url: str | None, policy: FetchPolicy) -> Page:
    """The page behind a URL, in a file, or on standard input.

    Raises:
        FetchError: it can't be fetched.
        InputError: the file is missing or can't be read.
    """
    if source.lower().startswith(("http://", "https://")):
        from newsclean.fetch.client import fetch  # noqa: PLC0415 - loads httpx

        return fetch(source, policy=policy)
    html = sys.stdin.buffer.read(policy.max_bytes + 1) if source == "-" else None
    if html is None:
        from newsclean.batch.saved import load_page  # noqa: PLC0415 - only for files

        page = load_page(existing(source), policy.max_bytes)
        return Page(url or page.url, url or page.final_url, page.html, page.content_type)
    return Page(url or "", url or "", html)


def existing(name: str) -> Path:
    """The path of a file that is there.

    Raises:
        InputError: it isn't.
    """
    path = Path(name)
    if not path.is_file():
        reason = "unreadable_file" if path.exists() else "missing_file"
        raise InputError("is a folder" if path.is_dir() else "", reason=reason, url=name)
    return path


def clean_files(args: argparse.Namespace) -> int:
    """Clean texts; returns the exit status."""
    if len(args.files) > 1 and not (args.out or args.explain):
        print("newsclean: several files need -o DIR for their results", file=sys.stderr)
        return USAGE
    failed: list[str] = []
    for name in args.files:
        try:
            article = clean_text(
                read_input(name),
                url=args.url,
                language=args.language,
                keep=args.keep,
                drop=args.drop,
                rules=args.rules,
                repair_mojibake=args.repair_mojibake,
            )
            if args.out and not args.explain:
                write_result(article, name, args)
            else:
                print_article(article, args.format, explained=args.explain)
        except NewscleanError as error:
            error.url = error.url or name
            print(f"newsclean: {inert(str(error))}", file=sys.stderr)
            failed.append(error.reason)
    if len(failed) < len(args.files):
        return SOME_FAILED if failed else DONE
    return USAGE if set(failed) == {"missing_file"} else ALL_FAILED


def read_input(name: str) -> str:
    """The text of a file, or of standard input for "-".

    Raises:
        InputError: the file is missing, can't be read, or is no text.
    """
    data = sys.stdin.buffer.read() if name == "-" else read_bytes(existing(name))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        said = f"byte {error.start} is not UTF-8; convert the file first, as with iconv -t utf-8"
        raise InputError(said, reason="bad_encoding", url=name) from error


def read_bytes(path: Path) -> bytes:
    """What a file holds.

    Raises:
        InputError: it can't be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(error.strerror or str(error), url=str(path)) from error


def write_result(article: Article, name: str, args: argparse.Namespace) -> None:
    """Write an article into the output folder, under the name of the file that it came from."""
    out = Path(args.out)
    with writing(out):
        out.mkdir(parents=True, exist_ok=True)
    stem = "stdin" if name == "-" else Path(name).stem
    write_atomic(out / f"{stem}.{args.format}", FORMATS[args.format](article).encode("utf-8", "replace"))


def print_article(article: Article, format_name: str, *, explained: bool) -> None:
    """Print an article, or what became of each of its lines."""
    sys.stdout.write(inert(explain(article)) if explained else FORMATS[format_name](article))
    for warning in article.warnings:
        print(f"newsclean: warning: {warning}", file=sys.stderr)
