"""What worker processes cost and bring.

    python benchmarks/workers.py FOLDER [PAGES]

Rates count only on an idle machine; CPU does on a busy one too.
"""

import argparse
import resource
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import wait
from itertools import islice
from pathlib import Path
from typing import Any

from newsclean import ExtractorPool, NewscleanError, Page
from newsclean.batch.saved import load_page, pages_in
from newsclean.batch.workers import WorkerPool
from newsclean.flow import article_of

MAX_BYTES = 10_000_000


def main() -> None:
    """Print all figures."""
    pages = arguments()
    for size in (10, 100_000):
        for workers in (1, 2):
            pool = WorkerPool(bytes, workers=workers)  # gives bytes back as they are
            told(f"{workers} workers, {size:,} bytes and back", pool, [b"x" * size] * 2000)
    in_process(pages)
    rates = [told(f"{n} workers, {len(pages)} pages", ExtractorPool(workers=n), pages) for n in (1, 2)]
    print(f"two workers do {rates[1] / rates[0]:.2f} times as much as one")


def arguments() -> list[Page]:
    """The pages that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", metavar="FOLDER", type=Path, help="of saved pages")
    parser.add_argument("pages", metavar="PAGES", type=int, nargs="?", default=300, help="how many (default: 300)")
    args = parser.parse_args()
    paths = list(pages_in(args.folder))
    if args.pages < 1 or not paths:
        parser.error(f"no saved page in {args.folder}" if not paths else "PAGES must be at least 1")
    step = max(1, len(paths) // args.pages)
    return [load_page(path, MAX_BYTES) for path in islice(paths, 0, None, step)][: args.pages]


def in_process(pages: Iterable[Page]) -> None:
    """Print what the same pages take without workers."""
    done = 0
    began, cpu = time.perf_counter(), cpu_s(resource.RUSAGE_SELF)
    for page in pages:
        done += 1
        try:
            article_of(page)
        except NewscleanError:
            continue
    wall, cpu = time.perf_counter() - began, cpu_s(resource.RUSAGE_SELF) - cpu
    print(f"{f'no workers, {done} pages':34} {done / wall:8.1f}/s  CPU of one: {1e3 * cpu / done:.1f} ms")


def told(what: str, pool: WorkerPool, tasks: Sequence[Any]) -> float:
    """Have tasks done by warm workers and print what that took; gives how many a second."""
    with pool:
        wait([pool.submit(task) for task in tasks[:16]])
        began, own = time.perf_counter(), cpu_s(resource.RUSAGE_SELF)
        workers = cpu_s(resource.RUSAGE_CHILDREN)
        wait([pool.submit(task) for task in tasks])
        rate = len(tasks) / (time.perf_counter() - began)
        own = cpu_s(resource.RUSAGE_SELF) - own
        peak_kb = max(map(most_kb, children()))
    workers = cpu_s(resource.RUSAGE_CHILDREN) - workers  # those that ended, with their start
    print(
        f"{what:34} {rate:8.1f}/s  CPU of one: parent {1e3 * own / len(tasks):.3f} ms, workers "
        f"{1e3 * workers / len(tasks):.3f} ms; parent's share {own / (own + workers):.1%}; "
        f"at most {peak_kb / 1e3:.0f} MB resident",
        flush=True,
    )
    return rate


def children() -> list[str]:
    """The process numbers of the workers."""
    return " ".join(file.read_text("ascii") for file in Path("/proc/self/task").glob("*/children")).split()


def most_kb(pid: str) -> int:
    """The most resident memory that a process has had."""
    return int(Path(f"/proc/{pid}/status").read_text("ascii").partition("VmHWM:")[2].split()[0])


def cpu_s(whose: int) -> float:
    """CPU seconds so far."""
    used = resource.getrusage(whose)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
