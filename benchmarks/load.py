"""What a run of thousands of pages costs, on loopback, with a faulty page now and then.

    python benchmarks/load.py [--pages FOLDER]

Prints CPU, memory and open files of this process, which runs `newsclean.run`, and what became of the pages; then the
CPU of a bare fetch with few and with many at once. Needs Linux: addresses 127.0.1.1 and so on, and /proc. Rates count
only on an idle machine; CPU, memory and the outcomes do on a busy one too. Ends with 1 if a good page was lost.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import fmean

from load_server import FAULTS

import newsclean
from newsclean.commands.heap import give_pages_back
from newsclean.fetch.policy import MOST_CONNECTIONS

POLICY = newsclean.FetchPolicy(
    delay_s=0,
    backoff_base_s=0.1,
    read_timeout_s=2,
    total_timeout_s=10,
    min_rate_window_s=2,
    breaker_open_s=2,
    allow_private=("127.0.1.0/24",),
)
OF_THE_PAGE = {
    "no_body",
    "consent_wall",
    "bot_wall",
    "empty_page",
    "html_too_complex",
    "bad_encoding",
}  # the extractor's


def main() -> int:
    """Measure and print."""
    args = arguments()
    give_pages_back()  # as `newsclean run` does
    lost = 0
    with web(args.hosts, args.pages) as port:
        if args.urls:
            lost = batch(urls(args.urls, args.hosts, port, args.faulty), args.at_once)
        if args.requests:
            fetching(urls(args.requests, args.hosts, port, 0.0))
    return 1 if lost else 0


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = partial(parser.add_argument, type=int)
    add("--urls", metavar="N", default=5000, help="in the run, 4 or more; 0 for no run (default: %(default)s)")
    add("--requests", metavar="N", default=2000, help="in each bare fetch; 0 for none (default: %(default)s)")
    add("--hosts", metavar="N", default=50, help="1 to 254 (default: %(default)s)")
    add("--faulty", metavar="SHARE", type=float, default=0.01, help="of faulty pages, 0 to 1 (default: %(default)s)")
    add("--at-once", metavar="N", default=32, help="max_connections of the run, 1 to 128 (default: %(default)s)")
    add("--pages", metavar="FOLDER", type=Path, help="of saved pages, instead of made-up ones")
    args = parser.parse_args()
    if not (args.urls == 0 or args.urls >= 4) or args.requests < 0:
        parser.error("--urls must be 0, or 4 or more, --requests 0 or more")
    if not (1 <= args.hosts <= 254 and 0 <= args.faulty <= 1 and 1 <= args.at_once <= MOST_CONNECTIONS):
        parser.error(f"--hosts must be 1 to 254, --faulty 0 to 1, --at-once 1 to {MOST_CONNECTIONS}")
    if args.pages and not args.pages.is_dir():
        parser.error(f"--pages: no folder {args.pages}")
    return args


@contextmanager
def web(hosts: int, pages: Path | None) -> Iterator[int]:
    """The server, in a process of its own; gives its port."""
    command = [
        sys.executable,
        str(Path(__file__).with_name("load_server.py")),
        str(hosts),
        *([str(pages)] if pages else []),
    ]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        try:
            yield int(server.stdout.readline())
        finally:
            server.stdin.close()


def urls(how_many: int, hosts: int, port: int, faulty: float) -> list[str]:
    """So many URLs, round the hosts, the faulty ones strewn among them; the same in each run."""
    some = random.Random(7)  # noqa: S311
    kinds = list(FAULTS)
    found = []
    for n in range(how_many):
        bad = some.random() < faulty
        path = f"bad/{kinds[n % len(kinds)]}" if bad else "good"
        found.append(f"http://127.0.1.{n % hosts + 1}:{port}/{path}/{n}")
    return found


def batch(todo: list[str], at_once: int) -> int:
    """Run the batch and print what it took; gives how many good pages were lost."""
    policy = replace(POLICY, max_connections=at_once)
    memory, blocks, most_open, told = [], [], 0, Counter[str]()
    lost = []
    began, own_s = time.perf_counter(), cpu_s(resource.RUSAGE_SELF)
    with tempfile.TemporaryDirectory() as out:
        for outcome in newsclean.run(todo, out, policy=policy):
            told[f"{outcome.reason or outcome.status}"] += 1
            if "/good/" in outcome.source and outcome.status != "done" and outcome.reason not in OF_THE_PAGE:
                lost.append(outcome)
            if told.total() % max(1, len(todo) // 1000) == 0:
                memory.append(resident_bytes())
                blocks.append(sys.getallocatedblocks())
                most_open = max(most_open, len(os.listdir("/proc/self/fd")))  # noqa: PTH208
    wall_s, own_s = time.perf_counter() - began, cpu_s(resource.RUSAGE_SELF) - own_s
    workers_s = cpu_s(resource.RUSAGE_CHILDREN)
    quarters = [fmean(memory[len(memory) * q // 4 : len(memory) * (q + 1) // 4]) for q in range(4)]
    # Against all before: a leak shows twice as much so, and what happens to be under way half as much as against one.
    growth = quarters[3] / fmean(quarters[:3]) - 1
    print(f"{len(todo)} URLs, {at_once} at once: {wall_s:.1f} s, {len(todo) / wall_s:.1f} pages/s")
    print(
        f"  CPU of a page: {1e3 * own_s / len(todo):.2f} ms here, {1e3 * workers_s / len(todo):.2f} ms in workers;",
        end=" ",
    )
    print(f"share of this process {own_s / (own_s + workers_s):.1%}")
    print("  resident, mean of each quarter:", *(f"{q / 1e6:.0f}" for q in quarters), "MB;", end=" ")
    print(f"at most {max(memory) / 1e6:.0f} MB (to be under 200); last to those before {growth:+.1%} (to be under 5%)")
    kept = [blocks[len(blocks) * q // 4 - 1] for q in (1, 2, 3, 4)]
    print("  Python's blocks after each quarter:", *(f"{n:,}" for n in kept), "(a leak would show here first)")
    print(f"  open files: at most {most_open}")
    print("  outcomes:", ", ".join(f"{reason} {n}" for reason, n in told.most_common()))
    print(f"  good pages lost: {len(lost)} (to be 0)", *(f"\n    {o.source}: {o.message}" for o in lost[:10]))
    return len(lost)


def fetching(todo: list[str]) -> None:
    """Print what a bare fetch costs with 8 and with 64 at once; the better of two turns each."""
    took_s: dict[int, float] = {8: float("inf"), 64: float("inf")}
    asyncio.run(fetch_all(todo[:200], 8))  # warm
    for at_once in (8, 64, 8, 64):
        began_s = cpu_s(resource.RUSAGE_SELF)
        asyncio.run(fetch_all(todo, at_once))
        took_s[at_once] = min(took_s[at_once], cpu_s(resource.RUSAGE_SELF) - began_s)
    few, many = (1e3 * took_s[n] / len(todo) for n in (8, 64))
    print(f"{len(todo)} bare fetches: CPU of one {few:.2f} ms with 8 at once, {many:.2f} ms with 64:", end=" ")
    print(f"{many / few:.2f} times as much (to be at most 1.3)")


async def fetch_all(todo: list[str], at_once: int) -> None:
    """Fetch all, so many at once."""
    policy = replace(POLICY, max_connections=at_once, max_per_host=8)
    waiting = iter(todo)

    async def work(fetcher: newsclean.AsyncFetcher) -> None:
        for url in waiting:
            await fetcher.fetch(url)

    async with newsclean.AsyncFetcher(policy) as fetcher, asyncio.TaskGroup() as tasks:
        for _ in range(at_once):
            tasks.create_task(work(fetcher))


def resident_bytes() -> int:
    """Memory of this process."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * resource.getpagesize()


def cpu_s(whose: int) -> float:
    """CPU seconds so far."""
    used = resource.getrusage(whose)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    sys.exit(main())
