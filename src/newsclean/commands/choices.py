"""The options of the cleaning that a command line names."""

from __future__ import annotations

import argparse

from newsclean.clean.options import Options


def options_of(args: argparse.Namespace) -> Options:
    """The options that the arguments of `cli.add_parts` stand for."""
    return Options(args.keep, args.drop, args.without, args.rules, args.repair_mojibake)
