"""Add a rule for one site: a file <host>.toml in a folder of your own, named in the call.

    python examples/site_rule/site_rule.py

On the command line: newsclean run urls.txt -o out --rules my-rules/
"""

from pathlib import Path

import newsclean

HERE = Path(__file__).parent
URL = "https://www.harbourpost.example/news/ferry"


def main() -> None:
    """Extract the page without and with the rule, and show what the rule took."""
    page = (HERE / "page.html").read_bytes()
    without = newsclean.extract(page, url=URL)
    with_rule = newsclean.extract(page, url=URL, rules=HERE)
    print(f"without: {len(without.blocks)} blocks, with: {len(with_rule.blocks)}")
    for change in with_rule.changes:
        if change.rule.startswith("harbourpost.example/"):
            print(f"[{change.rule}] {change.before}")


if __name__ == "__main__":
    main()
