"""Write src/newsclean/rules/keys.json: what lines must have for the packaged patterns to match them.

    python tools/index_rules.py

A pattern that is not there is read when it is first needed, which takes some milliseconds; nothing else depends on it.
"""

from __future__ import annotations

import json
from pathlib import Path

from newsclean.rules import all_phrases
from newsclean.rules.keys import keys_of, name_of

FILE = Path(__file__).parent.parent / "src" / "newsclean" / "rules" / "keys.json"


def main() -> None:
    """Write the file."""
    found = {name_of(p.pattern): keys_of(p.pattern) for p in all_phrases()}
    stored = {name: [sorted(keys.begins), sorted(keys.holds)] for name, keys in sorted(found.items())}
    lines = (f"{json.dumps(name)}: {json.dumps(keys, ensure_ascii=False)}" for name, keys in stored.items())
    FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


if __name__ == "__main__":
    main()
