"""`newsclean demo`: the real batch over packaged pages, from a server on this machine."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from importlib.resources import files
from pathlib import Path

from newsclean.batch.run import run
from newsclean.cli import ALL_FAILED, DONE, inert
from newsclean.commands.log import JsonLog
from newsclean.commands.run import follow
from newsclean.demo.server import serve
from newsclean.fetch.policy import FetchPolicy
from newsclean.flow import extract
from newsclean.model import Article
from newsclean.output.render import byline

SHOWN = "tram-line.html"  # has a case of most things that cleaning does
EXPECTED_FAILURES = {"http_4xx", "consent_wall"}  # urls.txt has a page that is gone, and a wall
MAX_WIDTH = 120
POLICY = FetchPolicy(max_per_host=4, delay_s=0, allow_private=("127.0.0.0/8",))


def run_demo(args: argparse.Namespace) -> int:
    """Fetch, clean and write the packaged pages, show one of them before and after; returns the exit status."""
    pages = files(__package__) / "pages"
    with serve({f"/{page.name}": page.read_bytes() for page in pages.iterdir()}) as base:
        urls = [base + path for path in url_paths()]
        outcomes = list(run(urls, args.out, policy=POLICY))
    follow(outcomes, args.out, JsonLog(None))
    article = extract((pages / SHOWN).read_bytes(), url=f"{base}/{SHOWN}")
    sys.stdout.write(inert(before_and_after(article, shutil.get_terminal_size((100, 24)).columns)))
    print(f"\n{summary(Path(args.out))}")
    unexpected = [o for o in outcomes if o.status == "failed" and o.reason not in EXPECTED_FAILURES]
    return ALL_FAILED if unexpected else DONE


def url_paths() -> tuple[str, ...]:
    """The paths of urls.txt."""
    lines = (files(__package__) / "urls.txt").read_text("utf-8").split("\n")
    return tuple(line for line in map(str.strip, lines) if line.startswith("/"))


def before_and_after(article: Article, width: int) -> str:
    """One page as extraction found it, with the reason for every line that cleaning took, and as it was written."""
    width = min(width, MAX_WIDTH)
    back = {c.block for c in article.changes if c.before is None}  # what extraction had not found
    why = {c.block: c for c in article.changes if c.after is None and c.block not in back}
    shown = (*article.blocks, *(b for b in article.removed if b.index in why))
    lines = [f"before: {SHOWN}, as extraction found it; - marks what cleaning takes out, and why", ""]
    for block in sorted(shown, key=lambda b: b.index):
        change = why.get(block.index)
        lines.append(short(f"{'-' if change else ' '} {block.text}", width))
        if change:
            lines.append(short(f"      [{change.rule}] {change.reason}", width))
    lines += [
        "",
        "after: as written to the text file",
        "",
        f"  {article.title}",
        "",
        f"  {byline(article.author_names)}",
    ]
    for block in article.blocks:
        lines += ["", short(f"  {block.text}", width)]
    return "\n".join(lines) + "\n"


def short(line: str, width: int) -> str:
    """The line, cut to the terminal's width."""
    return line if len(line) <= width else line[: width - 1].rstrip() + "…"


def summary(out: Path) -> str:
    """Where the results lie, and one record's fields."""
    entries = [json.loads(line) for line in (out / "manifest.jsonl").read_text("utf-8").splitlines()]
    written = [e["file"] for e in entries if e["status"] in {"done", "skipped"}]
    example = f", such as {written[0]}" if written else ""
    return (
        f"{len(written)} texts in {out}/{example}, each with a JSON record beside it;\n"
        f"{out}/manifest.jsonl has a line for each of the {len(entries)} inputs: its file, or why there is none"
    )
