"""`newsclean run`: the batch with its progress on stderr."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterable

from newsclean.batch.lock import FolderBusy
from newsclean.batch.run import run
from newsclean.cli import ALL_FAILED, DONE, SOME_FAILED, USAGE, inert
from newsclean.commands.choices import options_of
from newsclean.commands.streams import tell
from newsclean.fetch.policy import FetchPolicy
from newsclean.model import Outcome

STATUS_EVERY_S = 10.0  # between plain status lines, where stderr is no terminal


def run_batch(args: argparse.Namespace, policy: FetchPolicy) -> int:
    """Run the batch as the flags say; returns the exit status."""
    try:
        return report(outcomes_of(args, policy), args.out, quiet=args.quiet)
    except FolderBusy as error:
        tell(f"newsclean: {inert(str(error))}")
        return USAGE


def outcomes_of(args: argparse.Namespace, policy: FetchPolicy) -> Iterable[Outcome]:
    """The batch that the flags ask for."""
    options = options_of(args)
    return run(
        args.inputs,
        args.out,
        policy=policy,
        options=options,
        format=args.format,
        records=args.records,
        retry_failed=not args.skip_failed,
    )


def report(outcomes: Iterable[Outcome], out: str, *, quiet: bool = False) -> int:
    """Tell each failure and how far the run is; returns the exit status."""
    counts: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    without_text = 0
    progress = Progress(quiet=quiet)
    for outcome in outcomes:
        counts[outcome.status] += 1
        without_text += outcome.path is None  # a duplicate of a failure has failed too
        if outcome.status == "failed":
            reasons[outcome.reason or "internal_error"] += 1
            progress.say(f"failed {outcome.index}: {outcome.message}")
        progress.show(counts)
    progress.clear()
    total = counts.total()
    said = ", ".join(f"{counts[s]} {s}" for s in ("done", "skipped", "duplicate", "failed") if counts[s]) or "no inputs"
    why = f" ({', '.join(f'{n} {reason}' for reason, n in reasons.most_common())})" if reasons else ""
    tell(f"newsclean: {total} {'input' if total == 1 else 'inputs'}: {said}{why}; see {out}/manifest.jsonl")
    if not without_text:
        return DONE
    return ALL_FAILED if without_text == total else SOME_FAILED


class Progress:
    """The state of a run on stderr: one line rewritten in place on a terminal, else a line now and then."""

    def __init__(self, *, quiet: bool) -> None:
        self.quiet = quiet
        self.terminal = sys.stderr.isatty() and not quiet
        self.begun = self.shown = time.monotonic()

    def show(self, counts: Counter[str]) -> None:
        """Tell how far the run is, if it is time to."""
        now = time.monotonic()
        wait_s = 0.1 if self.terminal else STATUS_EVERY_S
        if self.quiet or now - self.shown < wait_s:
            return
        self.shown = now
        rate = counts.total() / max(now - self.begun, 0.001)
        line = f"newsclean: {counts.total()} inputs, {', '.join(f'{n} {s}' for s, n in counts.items())}, {rate:.1f}/s"
        tell(f"\r\x1b[K{line}" if self.terminal else line, end="" if self.terminal else "\n")

    def say(self, line: str) -> None:
        """Print a line of its own."""
        if not self.quiet:
            self.clear()
            tell(f"newsclean: {inert(line)}")

    def clear(self) -> None:
        """Take the line in place away."""
        if self.terminal:
            tell("\r\x1b[K", end="")
