"""Imports point one way, and each outside library has one room."""

import ast
from pathlib import Path

import pytest

import newsclean

SOURCE = Path(newsclean.__file__).parent
# A part may import the parts of the rows above its own, and itself; parts of one row know nothing of each other.
ROWS = (
    {"daemons", "errors", "letters", "sniff"},
    {"parts"},
    {"model"},
    {"rules", "bylines", "dates", "urls"},
    {"fetch", "extract", "clean", "output"},
    {"flow"},
    {"batch", "check"},
    {"newsclean", "cli", "commands", "demo", "__main__"},
)
TOP = ROWS[-1]  # the package itself and the command line know of all, and of each other
ROOMS = {  # a part, or one module of it
    "httpcore": "fetch.client",
    "httpx": "fetch.client",
    "httpx2": "fetch.client",
    "sqlite3": "batch",
    "tenacity": "fetch.fetcher",
    "trafilatura": "extract",
    "selectolax": "extract",
}
PURE = {"clean", "bylines", "letters", "model", "sniff"}
READS_OR_SENDS = {
    "asyncio",
    "http",
    "io",
    "multiprocessing",
    "os",
    "pathlib",
    "requests",
    "shutil",
    "socket",
    "sqlite3",
} | {
    *("ssl", "subprocess", "sys", "tempfile", "urllib"),
    *ROOMS,
}


def broken_rules(module: str, source: str) -> list[str]:
    """What a module must not import and does, function-level and type-checking imports included.

    Args:
        module: its dotted name, `newsclean.clean.text`.
        source: its text.
    """
    part = part_of(module)
    tree = ast.parse(source)
    for_types = [name for node in ast.walk(tree) if is_for_types(node) for name in imported_names(node)]
    broken = []
    for name in imported_names(tree):
        root = name.split(".")[0]
        if root == "newsclean" and not may_import(part, part_of(name)):
            broken.append(f"{part} imports {name}")
        if root in ROOMS and not f"{module}.".startswith(f"newsclean.{ROOMS[root]}."):
            broken.append(f"{part} imports {root}, as only {ROOMS[root]} may")
        if part in PURE and root in READS_OR_SENDS and name not in for_types:
            broken.append(f"{part} imports {root}, which reads or sends")
    return broken


def imported_names(tree: ast.AST) -> list[str]:
    """The dotted names that the imports of a module reach for; `from a import b` is both `a` and `a.b` here."""
    names = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "an import within the package is written out"
            names += [f"{node.module}.{alias.name}" for alias in node.names]
    return names


def is_for_types(node: ast.AST) -> bool:
    """Whether a node is `if TYPE_CHECKING: …`: what it imports is a name in an annotation and does nothing."""
    return isinstance(node, ast.If) and ast.unparse(node.test).split(".")[-1] == "TYPE_CHECKING"


def part_of(name: str) -> str:
    """`newsclean.clean.text` is in the part `clean`; what `newsclean` itself holds is `newsclean`."""
    part = [*name.split("."), "newsclean"][1]
    return part if (SOURCE / part).is_dir() or (SOURCE / f"{part}.py").is_file() else "newsclean"


def may_import(part: str, other: str) -> bool:
    """Whether a part may import another."""
    return part == other or part in TOP or row_of(other) < row_of(part)


def row_of(part: str) -> int:
    """The row that a part stands in."""
    rows = [i for i, row in enumerate(ROWS) if part in row]
    assert rows, f"{part} stands in no row of tests/test_architecture.py: say where it belongs"
    return rows[0]


def modules() -> dict[str, Path]:
    """Dotted name and file of every module."""
    files = sorted(SOURCE.rglob("*.py"))
    return {
        ".".join(["newsclean", *f.relative_to(SOURCE).with_suffix("").parts]).removesuffix(".__init__"): f
        for f in files
    }


@pytest.mark.parametrize("module", modules())
def test_a_module_imports_only_what_stands_below_it(module):
    assert broken_rules(module, modules()[module].read_text("utf-8")) == []


def test_all_parts_are_looked_at():
    assert {part_of(module) for module in modules()} >= {
        "errors",
        "model",
        "rules",
        "fetch",
        "extract",
        "clean",
        "output",
        "flow",
    }


FORBIDDEN = [
    ("upwards", "model", "import newsclean.clean.text", "newsclean.clean.text"),
    ("first-row", "errors", "from newsclean.model import Page", "newsclean.model.Page"),
    ("same-row", "rules", "from newsclean import bylines", "newsclean.bylines"),
    ("other-stage", "clean.text", "from newsclean.extract.page import read_page", "newsclean.extract.page.read_page"),
    ("from-package", "clean.text", "from newsclean import extract", "newsclean.extract"),
    ("from-surface", "clean.text", "from newsclean import Article", "newsclean.Article"),
    ("flow", "flow", "from newsclean.batch.run import run", "newsclean.batch.run.run"),
    ("batch", "batch.run", "import newsclean.cli", "newsclean.cli"),
    ("in-function", "clean.text", "def f():\n    from newsclean.flow import fetch", "newsclean.flow.fetch"),
    ("for-types", "output.store", "if TYPE_CHECKING:\n    import newsclean.fetch", "newsclean.fetch"),
    ("room", "batch.run", "import httpx", "httpx, as only fetch.client may"),
    ("next-door", "fetch.transport", "import httpx", "httpx, as only fetch.client may"),
    ("second-line", "output.render", "import re\nfrom trafilatura import x", "trafilatura, as only extract may"),
    ("pure", "bylines.names", "from pathlib import Path", "pathlib, which reads or sends"),
]


@pytest.mark.parametrize(
    ("module", "source", "seen"), [row[1:] for row in FORBIDDEN], ids=[row[0] for row in FORBIDDEN]
)
def test_a_forbidden_import_is_found(module, source, seen):
    assert broken_rules(f"newsclean.{module}", source) == [f"{module.split('.')[0]} imports {seen}"]


@pytest.mark.parametrize(
    ("module", "source"),
    [
        (
            "newsclean.clean.text",
            "from newsclean.model import Change\nfrom newsclean.clean.shape import is_prose\nimport re",
        ),
        ("newsclean.fetch.client", "import httpx"),
        ("newsclean.extract.page", "import selectolax.lexbor"),
        ("newsclean.rules", "from importlib.resources import files"),
        ("newsclean.flow", "from newsclean.extract.page import read_page"),
        ("newsclean.clean.options", "if TYPE_CHECKING:\n    from pathlib import Path"),
        ("newsclean.cli", "from newsclean import __version__\nfrom newsclean.commands.run import run"),
    ],
    ids=["below", "room", "large-room", "packaged-data", "flow", "path-as-type", "cli"],
)
def test_an_allowed_import_is_not_found(module, source):
    assert broken_rules(module, source) == []
