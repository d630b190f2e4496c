"""Runs a command of newsclean again and again, killed each time after some texts, and at last to its end.

python killed_run.py SEED KILLS TEXTS OUT ARGUMENT…   prints the exit status of the last run

It forks, so that the libraries are loaded once. A page's first line is its title and the rest its body, and nothing is
synced: neither takes part in what a kill can break, and 2,000 pages would take minutes.
"""

import os
import random
import signal
import sys
import time
from pathlib import Path

from newsclean.batch import making
from newsclean.cli import main
from newsclean.commands import run  # noqa: F401 - before the forks
from newsclean.model import Article, Block, Metadata, Page

MOST_S = 20.0  # that one run gets


def article_of(page: Page, _: object) -> Article:
    """The article of a page of the tests."""
    title, *lines = page.html.decode().splitlines()
    return Article(page.url, Metadata(title=title), tuple(Block(i, "paragraph", line) for i, line in enumerate(lines)))


def texts(out: Path) -> int:
    """How many texts are there."""
    return sum(name.endswith(".txt") for name in os.listdir(out)) if out.is_dir() else 0  # noqa: PTH208 - quick


def start(arguments: list[str]) -> int:
    """A child that runs the command; gives its process number."""
    if child := os.fork():
        return child
    status = 99
    try:
        status = main(arguments)
    finally:
        os._exit(status)


def run_and_kill(arguments: list[str], out: Path, more: int) -> None:
    """Run the command until it has written so many texts more."""
    wanted = texts(out) + more
    child = start(arguments)
    end_s = time.monotonic() + MOST_S
    while texts(out) < wanted and time.monotonic() < end_s and os.waitpid(child, os.WNOHANG) == (0, 0):
        time.sleep(0.01)
    time.sleep(random.random() * 0.01)
    try:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    except (ProcessLookupError, ChildProcessError):
        pass  # it had ended


if __name__ == "__main__":
    seed, kills, total, folder, *command = sys.argv[1:]
    random.seed(int(seed))
    making.article_of = article_of  # type: ignore[assignment]
    os.fsync = lambda _: None
    for _ in range(int(kills)):
        run_and_kill(command, Path(folder), random.randint(0, 2 * int(total) // int(kills)))
    print(os.waitstatus_to_exitcode(os.waitpid(start(command), 0)[1]))
