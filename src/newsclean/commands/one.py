"""`newsclean extract` and `newsclean clean`: one page, or texts, to stdout or to files of their own names."""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from newsclean.batch.inputs import standard_input
from newsclean.batch.saved import load_page, no_such_file, reading
from newsclean.cli import ALL_FAILED, DONE, SOME_FAILED, USAGE, inert
from newsclean.commands.choices import options_of
from newsclean.commands.streams import tell
from newsclean.errors import InputError, NewscleanError, OutputError
from newsclean.fetch.policy import FetchPolicy
from newsclean.flow import article_of, clean_text
from newsclean.model import Article, Page
from newsclean.output.explain import explain
from newsclean.output.render import FORMATS
from newsclean.output.store import make_folder, write_atomic
from newsclean.rules import check_folder
from newsclean.sniff import GZIP, is_html

URL = re.compile(r"[a-z][a-z0-9+-]{1,20}://", re.IGNORECASE)  # of any scheme; a single letter is a drive of Windows


def extract_page(args: argparse.Namespace, policy: FetchPolicy) -> int:
    """Print the article of a page.

    Raises:
        NewscleanError: there is no page, or no article in it.
    """
    options = options_of(args)
    if args.rules:
        check_folder(args.rules)
    page = get_page(args.page, args.url, policy)
    article = article_of(page, options)
    if b"<" not in page.html:
        tell("newsclean: warning: there is no HTML tag in it; newsclean clean takes plain text, run a list of URLs")
    print_article(article, args.format, explained=args.explain)
    return DONE


def get_page(source: str, url: str | None, policy: FetchPolicy) -> Page:
    """The page behind a URL, in a file, or on standard input.

    Raises:
        FetchError: it can't be fetched; `scheme_blocked` if it is neither http nor https.
        InputError: the file is missing or can't be read.
    """
    if URL.match(source):
        from newsclean.fetch.fetcher import fetch  # noqa: PLC0415 - loads httpx

        return fetch(source, policy=replace(policy, robots=False, delay_s=0))  # one page, for a person
    if source == "-":
        return Page(url or "", url or "", read_stdin(policy.max_bytes + 1))
    page = load_page(existing(source), policy.max_bytes)
    return Page(url or page.url, url or page.final_url, page.html, page.content_type)


def existing(name: str) -> Path:
    """The path of a file that is there.

    Raises:
        InputError: it isn't, or is no file.
    """
    path = Path(name)
    if not path.is_file():
        if not path.exists():
            raise no_such_file(name)
        raise InputError("is a folder; newsclean run takes those" if path.is_dir() else "", url=name)
    return path


def clean_files(args: argparse.Namespace) -> int:
    """Clean texts; returns the exit status.

    Raises:
        RuleError: a rule file is wrong.
        OutputError: a result can't be written.
    """
    if args.out and args.explain:
        tell("newsclean: --explain prints to stdout and writes no results; leave out one of --explain and -o")
        return USAGE
    files = {file: place for name in args.files for file, place in files_of(name).items()}
    if len(files) > 1 and not (args.out or args.explain):
        tell(f"newsclean: {len(files)} files need -o DIR for their results")
        return USAGE
    targets = result_paths(files, Path(args.out), args.format) if args.out else {}
    if clash := find_clash(targets):
        tell(f"newsclean: {inert(clash)}")
        return USAGE
    if args.rules:
        check_folder(args.rules)
    failed: list[str] = []
    for name in files:
        try:
            clean_file(name, targets.get(name), args)
        except OutputError:
            raise  # where one can't be written, no other can
        except NewscleanError as error:
            error.url = error.url or name
            tell(f"newsclean: {inert(str(error))}")
            failed.append(error.reason)
    if len(failed) < len(files):
        return SOME_FAILED if failed else DONE
    return USAGE if set(failed) == {"missing_file"} else ALL_FAILED


def files_of(name: str) -> dict[str, Path]:
    """The texts of a folder and the folders in it, sorted, hidden ones left out; of all else the name itself.

    Returns:
        Each with its place among the results, the suffix not yet that of its format.

    Raises:
        InputError: there is none in the folder.
    """
    folder = Path(name)
    if name == "-" or not folder.is_dir():
        return {name: Path("stdin" if name == "-" else folder.name)}
    inside = (path.relative_to(folder) for path in folder.rglob("*.txt") if path.is_file())
    found = sorted(path for path in inside if not any(part.startswith(".") for part in path.parts))
    if not found:
        raise InputError("no .txt file in this folder", reason="missing_file", url=name)
    return {str(folder / path): path for path in found}


def result_paths(places: Mapping[str, Path], out: Path, format_name: str) -> dict[str, Path]:
    """The file that each input's result goes to: its place without the last suffix, unless others have the same."""
    shared = Counter(place.with_suffix("") for place in places.values())
    return {
        name: out / place.parent / f"{place.stem if shared[place.with_suffix('')] == 1 else place.name}.{format_name}"
        for name, place in places.items()
    }


def find_clash(targets: Mapping[str, Path]) -> str:
    """What would be lost if the results went there, and what to do; empty if nothing would."""
    sources = {Path(name).resolve(): name for name in targets if name != "-"}
    taken: dict[Path, str] = {}
    for name, target in targets.items():
        if source := sources.get(target.resolve()):
            return f"the result of {name} would take the place of the input {source}; give another folder with -o"
        if target in taken:
            return f"the results of {taken[target]} and {name} would both be {target}; clean them into two folders"
        taken[target] = name
    return ""


def clean_file(name: str, target: Path | None, args: argparse.Namespace) -> None:
    """Clean one text, and write the result to a file or to stdout.

    Raises:
        NewscleanError: it can't be read, it holds nothing, or the result can't be written.
    """
    article = clean_text(
        read_input(name),
        url=args.url,
        language=args.language,
        keep=args.keep,
        drop=args.drop,
        without=args.without,
        rules=args.rules,
        repair_mojibake=args.repair_mojibake,
    )
    if not target:
        print_article(article, args.format, explained=args.explain)
        return
    make_folder(target.parent)
    write_atomic(target, FORMATS[args.format](article).encode("utf-8", "replace"))


def read_input(name: str) -> str:
    """The text of a file, or of standard input for "-".

    Raises:
        InputError: the file is missing, can't be read, or is no text but a page.
    """
    data = read_stdin() if name == "-" else read_bytes(existing(name))
    if data.startswith(GZIP) or is_html(data):
        raise InputError("is a page, or packed; newsclean extract takes pages, gzipped ones too", url=name)
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
    with reading(path):
        return path.read_bytes()


def read_stdin(max_bytes: int = -1) -> bytes:
    """What standard input holds, or its first bytes.

    Raises:
        InputError: there is none, or it can't be read.
    """
    stream = standard_input()
    with reading(Path("standard input")):
        return stream.read(max_bytes)


def print_article(article: Article, format_name: str, *, explained: bool) -> None:
    """Print an article, or what became of each of its lines."""
    sys.stdout.write(inert(explain(article)) if explained else FORMATS[format_name](article))
    for warning in article.warnings:
        tell(f"newsclean: warning: {inert(warning)}")
