"""How soon a run goes on that has a ledger of a million rows, and how much memory it takes.

    python benchmarks/million_rows.py [ROWS]

Makes a list of ROWS URLs on loopback and a ledger in which all but every thousandth are done, without any files; runs
`newsclean run` on it until the first page is asked for, and prints when that was and the largest memory till then. Both
counted from the start of the process, with what Python and newsclean take to start.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from newsclean.batch.inputs import url_input
from newsclean.batch.item import Item
from newsclean.batch.ledger import LEDGER, Ledger
from newsclean.batch.listing import list_digest
from newsclean.urls import parts_of

FEWEST = 1_501
HOSTS = 250  # addresses 127.0.1.0 to 127.0.1.249


def main(rows: int) -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        with HTTPServer(("0.0.0.0", 0), Asked) as server:  # noqa: S104 - all of 127.0.0.0/8
            begun_s = time.monotonic()
            make(root, rows, server.server_port)
            print(f"{rows:,} rows in {time.monotonic() - begun_s:.1f} s,", size(root / "out" / LEDGER))
            flags = ["--allow-private", "127.0.0.0/8", "--ignore-robots", "--workers", "1", "-q"]
            command = [
                sys.executable,
                "-m",
                "newsclean",
                "run",
                str(root / "urls.txt"),
                "-o",
                str(root / "out"),
                *flags,
            ]
            begun_s = time.monotonic()
            run = subprocess.Popen(command)
            server.handle_request()
            first_s = time.monotonic() - begun_s
            status = Path(f"/proc/{run.pid}/status").read_text("ascii") if Path("/proc").exists() else ""
            run.kill()
            _, _, used = os.wait4(run.pid, 0)
        peak = [line for line in status.splitlines() if line.startswith("VmHWM")]
        print(f"first request after {first_s:.2f} s ({used.ru_utime + used.ru_stime:.2f} s of CPU, workers left out)")
        print(f"largest memory {int(peak[0].split()[1]) // 1024 if peak else used.ru_maxrss // 1024} MiB")


class Asked(BaseHTTPRequestHandler):
    """Answers with nothing."""

    def do_GET(self) -> None:
        """Answer."""
        self.send_error(404)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class calls it so
        """Say nothing."""


def make(root: Path, rows: int, port: int) -> None:
    """Write the list, and the ledger as a run leaves it."""
    urls = [f"http://127.0.1.{n % HOSTS}:{port}/news/2024/05/18/the-story-of-number-{n:07}" for n in range(rows)]
    (root / "urls.txt").write_text("\n".join(urls), "ascii")
    (root / "out").mkdir()
    with Ledger(root / "out" / LEDGER) as ledger:
        ledger.take_list(list_digest([str(root / "urls.txt")]))
        ledger.insert(row(n, url, ledger.run) for n, url in enumerate(urls))
        ledger.complete_list()


def row(n: int, url: str, run: int) -> Item:
    """The row of a URL, done or, every thousandth from the middle on, pending."""
    key = url_input(url).key
    host = parts_of(url).netloc
    if n > 500 and n % 1000 == 500:
        return Item(n, url, key, False, host, "pending", run)
    file = f"{n:03}_{key}"
    title = "The story of a number that is neither long nor short"
    return Item(n, url, key, False, host, "done", run, f"{file}.txt", f"{file}.json", None, None, url, title, 400)


def size(path: Path) -> str:
    """A file's size in words."""
    return f"{path.stat().st_size / 1e6:.0f} MB"


def rows_wanted() -> int:
    """The number on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    rows_help = f"{FEWEST:,} or more (default: 1,000,000)"
    parser.add_argument("rows", metavar="ROWS", type=int, nargs="?", default=1_000_000, help=rows_help)
    rows: int = parser.parse_args().rows
    if rows < FEWEST:
        parser.error(f"ROWS must be at least {FEWEST:,}: else none of them is pending, and no page is asked for")
    return rows


if __name__ == "__main__":
    main(rows_wanted())
