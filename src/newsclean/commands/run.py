"""`newsclean run`: the batch, told on stderr and in a log, and judged."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from contextlib import closing, suppress
from pathlib import Path

from newsclean.batch.item import FOR_NOW
from newsclean.batch.run import Outcomes, run
from newsclean.batch.standing import left_to_do, texts_of_other_lists
from newsclean.batch.stop import Stop
from newsclean.batch.warc_in import warc_files
from newsclean.cli import ALL_FAILED, BUSY, DONE, SOME_FAILED, inert
from newsclean.commands.choices import options_of
from newsclean.commands.heap import give_pages_back
from newsclean.commands.log import JsonLog, logging_to
from newsclean.commands.progress import Progress, Tally
from newsclean.commands.signals import obeying
from newsclean.commands.streams import tell
from newsclean.errors import FolderBusy, InputError, UsageError
from newsclean.fetch.policy import FetchPolicy
from newsclean.model import Outcome

# only another list mends these
OF_THE_LIST = frozenset({"bad_line", "bad_list", "bad_table", "invalid_url", "scheme_blocked"})


def run_batch(args: argparse.Namespace, policy: FetchPolicy) -> int:
    """Run the batch as the flags say; returns the exit status.

    Raises:
        NewscleanError: as `batch.run.run`.
    """
    give_pages_back()
    try:
        with logging_to(args.log_json) as log, obeying() as signals:
            with closing(outcomes_of(args, policy, signals.stop)) as outcomes:
                tally = follow(outcomes, args.out, log, quiet=args.quiet)
            if signals.status:
                tell("newsclean: stopped; run the same command again to go on")
            elif not args.quiet and (said := advice(tally, retried=args.retry_failed)):
                tell(f"newsclean: {said}")
            return signals.status or verdict(tally, args.max_fail)
    except FolderBusy as error:
        tell(f"newsclean: {inert(str(error))}")
        return BUSY


def outcomes_of(args: argparse.Namespace, policy: FetchPolicy, stop: Stop) -> Outcomes:
    """The batch that the flags ask for; without inputs, a replay does every page of its archives."""
    inputs = args.inputs or [str(file) for path in args.from_warc for file in warc_files(path)]
    if not inputs and not args.feed:
        if args.retry_failed or args.refresh:  # the ledger knows the URLs, not the archive or list that has their pages
            again = "--retry-failed" if args.retry_failed else "--refresh"
            raise UsageError(f"{again} needs the INPUT, --feed or --from-warc of the run: repeat its command with it")
        raise UsageError("nothing to do: name an INPUT, --feed or --from-warc")
    if saved := [feed for feed in args.feed if Path(feed).is_file()]:
        raise UsageError(f"--feed takes a URL; a saved feed is an INPUT: {saved[0]}")
    return run(
        inputs,
        args.out,
        policy=policy,
        options=options_of(args),
        format=args.format,
        records=args.records,
        retry_failed=args.retry_failed,
        feeds=args.feed,
        from_warc=args.from_warc,
        archive=args.archive,
        refresh=args.refresh,
        workers=args.workers,
        stop=stop,
    )


def follow(outcomes: Iterable[Outcome], out: str, log: JsonLog, *, quiet: bool = False) -> Tally:
    """Tell each failure, how far the run is, and at the end what it came to."""
    tally = Tally()
    progress = Progress(quiet=quiet)
    log.event("begin", out=out)
    try:
        for outcome in outcomes:
            tally.add(outcome)
            log.outcome(outcome)
            if outcome.status == "failed" or (outcome.status == "skipped" and outcome.reason):
                known = " (in an earlier run; not tried now)" if outcome.earlier else ""
                progress.say(f"{outcome.status} {outcome.index}: {outcome.message}{known}")
            if progress.is_due():
                if progress.total is None:
                    with suppress(InputError):  # nobody needs to know
                        progress.know(left_to_do(out), tally)
                progress.show(tally)
    finally:
        progress.clear()
        log.event("end", statuses=tally.statuses, reasons=tally.reasons)
    total = tally.total
    why = f" ({tally.why()})" if tally.reasons else ""
    inputs = f"{total} {'input' if total == 1 else 'inputs'}: " if total else ""
    told = f"{inputs}{tally.counts()}{why}; see {out}/manifest.jsonl"
    tell(f"newsclean: {told}{beside(out)}")
    if (slow := tally.slowest()) and not quiet:
        tell(f"newsclean: slowest hosts, a page on the average: {inert(slow)}")
    return tally


def beside(out: str) -> str:
    """What the manifest has beside the inputs of this run, in words; empty for most."""
    with suppress(InputError):  # no run has written there
        if texts := texts_of_other_lists(out):
            return f", which also has {texts:,} {'text' if texts == 1 else 'texts'} of other lists"
    return ""


def advice(tally: Tally, *, retried: bool) -> str:
    """What to do about failures, in words; empty if no other run does better with the same list."""
    if tally.not_tried:
        inputs = "1 input" if tally.not_tried == 1 else f"{tally.not_tried:,} inputs"
        was = "was" if tally.not_tried == 1 else "were"
        return f"{inputs} failed in an earlier run and {was} not tried now; --retry-failed tries again"
    unreached = tally.reasons.keys() & FOR_NOW
    if not retried and tally.reasons.keys() - OF_THE_LIST - FOR_NOW:
        again = "tries again what could not be reached, and " if unreached else ""
        what = "what else failed" if unreached else "what failed"
        return f"the next run {again}leaves {what} as it is; --retry-failed tries it again"
    return "run the same command again later: hosts were out of reach" if unreached else ""


def verdict(tally: Tally, max_fail: float | None = None) -> int:
    """The exit status for what a run came to.

    Args:
        tally: the outcomes.
        max_fail: the share of inputs without a text, 0 to 1, above which all counts as failed.
    """
    if not tally.without_text:
        return DONE
    if tally.without_text == tally.total or (max_fail is not None and tally.without_text > max_fail * tally.total):
        return ALL_FAILED
    return SOME_FAILED
