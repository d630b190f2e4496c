"""Clean a folder of text files that some other tool extracted, and count what was taken out by which rule.

python examples/clean_folder.py raw/ cleaned/
"""

import argparse
import sys
from collections import Counter
from pathlib import Path

import newsclean


def clean_folder(source: Path, target: Path) -> Counter[str]:
    """Write each text of `source`, cleaned, under the same name into `target`; returns the rules and their counts."""
    target.mkdir(parents=True, exist_ok=True)
    counts: Counter[str] = Counter()
    for path in sorted(source.glob("*.txt")):
        try:
            article = newsclean.clean_text(path.read_text("utf-8"))
        except newsclean.NoArticle as error:
            print(f"{path.name}: {error}", file=sys.stderr)
            continue
        (target / path.name).write_text(newsclean.render(article), "utf-8")
        counts.update(change.rule for change in article.changes if change.after is None)
        for warning in article.warnings:
            print(f"{path.name}: {warning}", file=sys.stderr)
    return counts


def main() -> None:
    """Read the command line, clean, and print the counts."""
    parser = argparse.ArgumentParser(description="Clean a folder of text files, and count what each rule took out.")
    parser.add_argument("source", type=Path, help="folder of .txt files")
    parser.add_argument("target", type=Path, help="folder for the cleaned ones")
    args = parser.parse_args()
    if not args.source.is_dir():
        parser.error(f"no such folder: {args.source}")  # exit status 2
    for rule, count in clean_folder(args.source, args.target).most_common():
        print(f"{count:6}  {rule}")


if __name__ == "__main__":
    main()
