"""`newsclean check`: the fixtures, field by field, and what differs."""

from __future__ import annotations

import argparse

from newsclean.check.harness import CheckReport, FixtureResult, check
from newsclean.cli import DONE, SOME_FAILED, inert


def run_check(args: argparse.Namespace) -> int:
    """Run a folder of fixtures and print how they came out; returns the exit status."""
    if args.update:
        print_differences(check(args.fixtures, update=True, dry=True))
    report = check(args.fixtures, update=args.update)
    for result in report.results:
        print(line_of(result))
    if not args.update:
        print_differences(report)
    for slug in report.updated:
        print(f"updated {slug}: read its expected.txt before you commit it")
    for slug in report.raised:
        print(f"floor raised: {slug}")
    exact = sum(r.exact and bool(r.scores) for r in report.results) if not args.update else len(report.results)
    fell = sum(bool(r.regressions) for r in report.results)
    total = len(report.results)
    print(f"{total} {'fixture' if total == 1 else 'fixtures'}, {exact} exact, {fell} below their floor")
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
    """The differences of every fixture that has some, and what fell."""
    for result in report.results:
        if result.diff:
            print(f"\n{result.slug}\n{inert(result.diff)}")
        for regression in result.regressions:
            print(f"  REGRESSION {result.slug}: {regression}")
