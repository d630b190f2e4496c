"""The commands: flags to functions, results to files or stdout, all else to stderr, and the exit status.

Nothing heavy is imported before a command needs it: `--help` must answer at once.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from contextlib import suppress
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING

from newsclean.commands.streams import abandon, prepare, tell
from newsclean.errors import NewscleanError, OutputError, UsageError
from newsclean.parts import PARTS

if TYPE_CHECKING:
    from newsclean.fetch.policy import FetchPolicy

DONE, SOME_FAILED, USAGE, ALL_FAILED = 0, 1, 2, 3
CANNOT_WRITE, BUSY = 74, 75  # EX_IOERR and EX_TEMPFAIL of sysexits.h
FORMATS = ("txt", "md", "json")
EXIT_CODES = "exit status: 0 all done, 1 some inputs failed, 2 wrong usage, 3 all failed, 74 results can't be written"
RUN_EXIT_CODES = (
    f"{EXIT_CODES}, or no worker starts, 75 another run is writing there, 130 and 143 stopped by a signal"
    " (run the same command to go on)"
)
EXTRACT_EXIT_CODES = "exit status: 0 done, 2 wrong usage or no such file, 3 no page, or no article in it"
STATUS_EXIT_CODES = "exit status: 0 told, 2 wrong usage or no run has written there, 3 its ledger can't be read"
DEMO_EXIT_CODES = (
    "exit status: 0 all is well, 2 wrong usage, 3 a page failed that should not, 74 results can't be written"
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command line; returns the exit status."""
    prepare()
    try:
        try:
            args = build_parser().parse_args(argv)
            status: int = args.command(args)
        finally:
            sys.stdout.flush()  # here, where its failure can still be told
    except NewscleanError as error:
        tell(f"newsclean: {inert(str(error))}")
        return status_of(error)
    except BrokenPipeError:  # `newsclean … | head`: the reader has seen enough
        abandon(sys.stdout)
        return DONE
    except OSError as error:
        abandon(sys.stdout)
        tell(f"newsclean: {inert(str(error.filename or 'standard output'))}: {error.strerror or error}")
        return ALL_FAILED
    except (UsageError, ImportError) as error:  # a choice that is none, an extra that is not installed
        tell(f"newsclean: {error}")
        return USAGE
    except KeyboardInterrupt:
        tell("newsclean: interrupted; run the same command again to go on")
        return 130
    return status


def status_of(error: NewscleanError) -> int:
    """The exit status of a command that an error has ended."""
    if isinstance(error, OutputError) or error.reason == "no_worker":
        return CANNOT_WRITE
    return USAGE if error.reason in {"missing_file", "bad_fixture", "bad_rule"} else ALL_FAILED


def inert(text: str) -> str:
    """The text without what a terminal would obey: control characters, and marks that turn its direction."""
    return "".join(c if c.isprintable() or c in "\n\t" else " " for c in text)


class Version(argparse.Action):
    """Print the version, which takes longer to look up than all the help takes."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        """Answer `--version`."""
        from newsclean import __version__  # noqa: PLC0415 - see the module's docstring

        parser.exit(message=f"newsclean {__version__}\n")


def build_parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    parser = argparse.ArgumentParser(prog="newsclean", description="Clean articles from news pages.", epilog=EXIT_CODES)
    parser.add_argument("--version", action=Version, nargs=0, help="print the version")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    add_run(commands)
    add_status(commands)
    add_extract(commands)
    add_clean(commands)
    add_check(commands)
    add_demo(commands)
    return parser


def add_run(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """`newsclean run`."""
    run = commands.add_parser(
        "run",
        help="fetch and clean many pages into a folder",
        usage="%(prog)s [options] -o OUT [INPUT ...]",
        description="Fetch, extract and clean many pages. The same command again goes on where it was stopped.",
        epilog=RUN_EXIT_CODES,
    )
    run.add_argument(
        "inputs",
        nargs="*",
        metavar="INPUT",
        help="a URL; a list of URLs (text, CSV, JSONL, a saved feed or sitemap); - for one on standard input; a saved "
        "HTML file, or a folder of them; a WARC file",
    )
    run.add_argument("-o", "--out", required=True, metavar="OUT", help="folder for texts, records and manifest.jsonl")
    run.add_argument(
        "--records",
        choices=("each", "one", "none"),
        default="each",
        help="a JSON record beside each text (each), all in articles.jsonl (one), or none",
    )
    add_format(run)
    run.add_argument("--retry-failed", action="store_true", help="try again what failed in an earlier run")
    workers_help = "processes that extract (default: one for each processor); 0 for none but this one"
    run.add_argument("--workers", type=whole, metavar="N", help=workers_help)
    fail_help = "exit with 3 if more than this share of the inputs, 0 to 1, comes to no text"
    run.add_argument("--max-fail", type=share, metavar="SHARE", help=fail_help)
    run.add_argument("--log-json", type=Path, metavar="FILE", help="append a JSON object a line for every event")
    run.add_argument("-q", "--quiet", action="store_true", help="only the summary on stderr")
    add_politeness(add_fetching(run))
    add_archives(run)
    add_parts(run)
    run.set_defaults(command=run_command)


def add_archives(run: argparse.ArgumentParser) -> None:
    """Feeds and archives."""
    group = run.add_argument_group("feeds and archives (WARC needs newsclean[warc])")
    feed_help = "an RSS or Atom feed or a sitemap, whose pages are inputs too; may be repeated"
    group.add_argument("--feed", action="append", metavar="URL", default=[], help=feed_help)
    group.add_argument("--archive", action="store_true", help="write the pages as they come to OUT/archive, as WARC")
    replay_help = "take pages from this WARC file, or folder of them, and not from the network; may be repeated"
    group.add_argument("--from-warc", action="append", type=Path, metavar="PATH", default=[], help=replay_help)
    refresh_help = "do again what is done; of pages in OUT/archive only those come that have changed"
    group.add_argument("--refresh", action="store_true", help=refresh_help)


def add_status(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """`newsclean status`."""
    told = "where a run stands, also while it goes on"
    status = commands.add_parser("status", help=told, description=f"Tell {told}.", epilog=STATUS_EXIT_CODES)
    status.add_argument("out", metavar="OUT", help="the folder that the run writes to")
    status.add_argument("--failed", action="store_true", help="list what failed: source, tab, reason")
    status.add_argument("--json", action="store_true", help="the same as JSON, of failures one object a line")
    status.set_defaults(command=status_command)


def add_extract(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """`newsclean extract`."""
    extract = commands.add_parser(
        "extract",
        help="one page to stdout",
        usage="%(prog)s [options] PAGE_OR_URL",
        description="Extract and clean one page, to stdout. A URL is fetched as by a browser: robots.txt is not asked.",
        epilog=EXTRACT_EXIT_CODES,
    )
    extract.add_argument("page", metavar="PAGE_OR_URL", help="a saved HTML file, a URL, or - for standard input")
    extract.add_argument("--url", help="where a saved page came from")
    add_format_or_explain(extract)
    add_parts(extract)
    add_fetching(extract)
    extract.set_defaults(command=extract_command)


def add_clean(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """`newsclean clean`."""
    clean = commands.add_parser(
        "clean",
        help="clean text that something else extracted",
        usage="%(prog)s [options] [FILE_OR_FOLDER ...]",
        description="Clean text that something else extracted: one to stdout, several to the folder of --out.",
        epilog=EXIT_CODES,
    )
    files_help = "text files; folders of .txt files, with the folders in them; - for standard input (the default)"
    clean.add_argument("files", nargs="*", default=["-"], metavar="FILE_OR_FOLDER", help=files_help)
    out_help = "write each result there, under its own name, those of a folder as they lie in it"
    clean.add_argument("-o", "--out", metavar="DIR", help=out_help)
    clean.add_argument("--url", help="where the text came from; helps to find the headline")
    clean.add_argument("--language", help="of the text, as in de or pt-BR; without it all rules apply")
    add_format_or_explain(clean)
    add_parts(clean)
    clean.set_defaults(command=clean_command)


def add_check(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """`newsclean check`."""
    check = commands.add_parser(
        "check",
        help="run a folder of fixtures",
        description="Hold pages against what should come of them; CONTRIBUTING.md tells how such a fixture is made.",
        epilog="exit status: 0 all is as expected, or as far as its floor says; 1 something is not; 2 wrong usage",
    )
    check.add_argument("fixtures", metavar="FIXTURES", help="a folder of fixtures, or one fixture")
    way = check.add_mutually_exclusive_group()
    way.add_argument("--update", action="store_true", help="show the differences, then make them the expectation")
    floors_help = "keep the expectation, and let what is not met today be a known weakness: red only if it gets worse"
    way.add_argument("--set-floors", action="store_true", help=floors_help)
    check.set_defaults(command=check_command)


def add_demo(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """`newsclean demo`."""
    told = "run the batch over packaged pages from a local server"
    description = f"{told.capitalize()}, and show what became of one."
    demo = commands.add_parser("demo", help=told, description=description, epilog=DEMO_EXIT_CODES)
    demo.add_argument(
        "-o", "--out", default="demo-out", metavar="OUT", help="folder for the results (default: demo-out)"
    )
    demo.set_defaults(command=demo_command)


def add_format(parser: argparse._ActionsContainer) -> None:
    """The format of the text."""
    parser.add_argument("--format", choices=FORMATS, default="txt", help="of the text (default: txt)")


def add_format_or_explain(parser: argparse.ArgumentParser) -> None:
    """The format of the text, or reasons instead of it."""
    group = parser.add_mutually_exclusive_group()
    add_format(group)
    explain_help = (
        "every line near the article after its mark, for people: + stays, ~ stays but was changed, - is left out; "
        "below it the rule and the reason; of menus only what is nearest to it; the record of --format json has all "
        "that was judged"
    )
    group.add_argument("--explain", action="store_true", help=explain_help)


def add_parts(parser: argparse.ArgumentParser) -> None:
    """What parts of an article stay and go."""
    group = parser.add_argument_group("cleaning", f"PART is one of {', '.join(PARTS)}. All may be repeated.")
    keep_help = (
        "keep this part, where newsclean recognises it by its place or class in the page or by its words; by default "
        "captions, credits, fact-boxes, tweets and later numbered posts go"
    )
    drop_help = "drop this part, likewise; by default the body model decides about lists, standfirst and tables"
    without_help = "a rule that is to change nothing, by the id that its changes have"
    group.add_argument("--keep", action="append", choices=PARTS, metavar="PART", default=[], help=keep_help)
    group.add_argument("--drop", action="append", choices=PARTS, metavar="PART", default=[], help=drop_help)
    group.add_argument("--without", action="append", metavar="RULE", default=[], help=without_help)
    rules_help = "your own site rules, files <host>.toml: of the page's URL, if that is unknown of its canonical one"
    group.add_argument("--rules", type=Path, metavar="DIR", help=rules_help)
    mojibake_help = "mend wrongly decoded text; needs newsclean[mojibake]"
    group.add_argument("--repair-mojibake", action="store_true", help=mojibake_help)


def add_fetching(parser: argparse.ArgumentParser) -> argparse._ArgumentGroup:
    """How to fetch; the defaults told are those of FetchPolicy."""
    group = parser.add_argument_group("fetching")
    timeout_help = "most seconds for one attempt at a page (default: 60)"
    group.add_argument("--timeout-s", type=seconds, metavar="S", help=timeout_help)
    attempts_help = (
        "how often a page is tried where the failure may pass: no connection, an answer that stops, HTTP 429, most "
        "5xx; not where --timeout-s was up (default: 3)"
    )
    group.add_argument("--attempts", type=count, metavar="N", help=attempts_help)
    group.add_argument("--max-bytes", type=count, metavar="N", help="largest page taken (default: 10485760)")
    https_help = "fetch by https only: http URLs fail, and so do pages that redirect to one"
    group.add_argument("--https-only", action="store_true", help=https_help)
    group.add_argument("--user-agent", metavar="TEXT", help="who we say we are; give an address for complaints")
    private_help = "fetch from this network though it is not public, on any port: 127.0.0.0/8; may be repeated"
    group.add_argument("--allow-private", action="append", metavar="CIDR", help=private_help)
    return group


def add_politeness(group: argparse._ArgumentGroup) -> None:
    """How to fetch many pages."""
    group.add_argument("--connections", type=count, metavar="N", help="pages fetched at once (default: 32)")
    group.add_argument("--per-host", type=count, metavar="N", help="of them from one host (default: 1)")
    group.add_argument("--delay-s", type=pause, metavar="S", help="pause between two requests to a host (default: 1)")
    robots_help = "do not ask the sites' robots.txt what they allow"
    group.add_argument("--ignore-robots", action="store_true", help=robots_help)


def seconds(text: str) -> float:
    """A flag's time: above 0, and it ends."""
    with suppress(ValueError):
        if 0 < float(text) < inf:
            return float(text)
    raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds above 0")


def pause(text: str) -> float:
    """A flag's time that may be nothing."""
    with suppress(ValueError):
        if 0 <= float(text) < inf:
            return float(text)
    raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds, 0 or more")


def count(text: str) -> int:
    """A flag's whole number: 1 or more."""
    with suppress(ValueError):
        if int(text) >= 1:
            return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is not a whole number above 0")


def whole(text: str) -> int:
    """A flag's whole number: 0 or more."""
    with suppress(ValueError):
        if int(text) >= 0:
            return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is not a whole number, 0 or more")


def share(text: str) -> float:
    """A flag's share of a whole."""
    with suppress(ValueError):
        if 0 <= float(text) <= 1:
            return float(text)
    raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0 to 1")


def policy_of(args: argparse.Namespace) -> FetchPolicy:
    """The fetch policy that the flags ask for."""
    from newsclean.fetch.policy import FetchPolicy  # noqa: PLC0415 - this and the imports below: see the module's docstring

    flags = {
        "total_timeout_s": args.timeout_s,
        "attempts": args.attempts,
        "max_bytes": args.max_bytes,
        "max_connections": getattr(args, "connections", None),  # this and the next two: of many pages
        "max_per_host": getattr(args, "per_host", None),
        "delay_s": getattr(args, "delay_s", None),
        "user_agent": args.user_agent,
        "allow_private": tuple(args.allow_private) if args.allow_private else None,
        "schemes": frozenset({"https"}) if args.https_only else None,
        "robots": False if getattr(args, "ignore_robots", False) else None,
    }
    return FetchPolicy(**{name: value for name, value in flags.items() if value is not None})


def run_command(args: argparse.Namespace) -> int:
    """Run the batch, tell its progress, and judge it."""
    from newsclean.commands.run import run_batch  # noqa: PLC0415

    return run_batch(args, policy_of(args))


def status_command(args: argparse.Namespace) -> int:
    """Where a run stands."""
    from newsclean.commands.status import show_status  # noqa: PLC0415

    return show_status(args)


def extract_command(args: argparse.Namespace) -> int:
    """One page to stdout."""
    from newsclean.commands.one import extract_page  # noqa: PLC0415

    return extract_page(args, policy_of(args))


def clean_command(args: argparse.Namespace) -> int:
    """Texts to stdout or to files."""
    from newsclean.commands.one import clean_files  # noqa: PLC0415

    return clean_files(args)


def check_command(args: argparse.Namespace) -> int:
    """Run fixtures."""
    from newsclean.commands.check import run_check  # noqa: PLC0415

    return run_check(args)


def demo_command(args: argparse.Namespace) -> int:
    """Run the demo."""
    from newsclean.demo import run_demo  # noqa: PLC0415

    return run_demo(args)
