"""Write beside each packaged rule file the same as JSON, with what lines must have for its patterns to match them.

    python tools/index_rules.py

Without it the rule file itself is read, which takes a tenth of a second; nothing else depends on it.
"""

from __future__ import annotations

import json
from pathlib import Path

from newsclean.rules.reading import digest, packed, read_phrases, read_rule_file

RULES = Path(__file__).parent.parent / "src" / "newsclean" / "rules"


def main() -> None:
    """Write the files."""
    for file in sorted((*RULES.glob("lang/*.toml"), *RULES.glob("site/*.toml"))):
        file.with_name(f"{file.stem}.json").write_text(content(file), "utf-8")


def content(file: Path) -> str:
    """The JSON of a rule file, one phrase a line."""
    lines = (json.dumps(p, ensure_ascii=False) for p in packed(read_phrases(read_rule_file(file), file.stem)))
    return f'{{"of": "{digest(file.read_bytes())}", "phrases": [\n' + ",\n".join(lines) + "\n]}\n"


if __name__ == "__main__":
    main()
