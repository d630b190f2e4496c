"""`newsclean check`: the fixtures, field by field, and what differs."""

from __future__ import annotations

import argparse

from newsclean.check.harness import CheckReport, FixtureResult, check
from newsclean.cli import DONE, SOME_FAILED, inert


def run_check(args: argparse.Namespace) -> int:
    """Run a folder of fixtures and print how they came out; returns the exit status."""
    if args.update:
        print_differences(check(args.fixtures, update=True, dry=True))
    report = check(args.fixtures, update=args.update, set_floors=args.set_floors)
    for result in report.results:
        print(line_of(result))
    if not args.update:
        print_differences(report)
    for slug in report.updated:
        print(f"updated {slug}: read its expected.txt before you commit it")
    for slug in report.raised:
        print(f"floor raised: {slug}")
    for slug in report.lowered:
        print(f"floor set lower: {slug}")
    exact = sum(bool(r.scores) and (r.exact or args.update) for r in report.results)
    failed = sum(bool(r.regressions) for r in report.results)
    total = len(report.results)
    print(f"{total} {'fixture' if total == 1 else 'fixtures'}, {exact} exact, {failed} failed")
    if any(r.scores and r.regressions for r in report.results):
        print("what came is right: --update; what was expected is right, but can't be met today: --set-floors")
    return DONE if report.ok else SOME_FAILED


def line_of(result: FixtureResult) -> str:
    """A fixture's scores on one line."""
    scores = dict(result.scores)
    if not scores:
        return f"{result.slug:28} could not be run"
    text = f"P {scores.pop('precision'):.3f}  R {scores.pop('recall'):.3f}  F1 {scores.pop('f1'):.3f}"
    fields = "  ".join(f"{name} {'ok' if score else 'DIFFERS'}" for name, score in scores.items())
    return f"{result.slug:28} {text}  {fields}"


def print_differences(report: CheckReport) -> None:
    """The differences of every fixture that has some, and what failed."""
    for result in report.results:
        if result.diff:
            print(f"\n{result.slug}\n{inert(result.diff)}")
        for regression in result.regressions:
            print(f"  FAILED {result.slug}: {regression}")
