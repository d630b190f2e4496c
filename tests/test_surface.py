"""What `import newsclean` offers, and what it costs."""

import importlib
import resource
import subprocess
import sys
import types

import pytest

import newsclean

HEAVY = ("trafilatura", "httpx", "selectolax", "lxml")
MAX_HELP_CPU_S = 0.1


def python(*args: str) -> str:
    """What a fresh interpreter prints."""
    command = [sys.executable, *args]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout


def cpu_s(code: str) -> float:
    """CPU seconds that a line of Python takes, interpreter included; the best of five."""

    def once() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        python("-c", code)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    return min(once() for _ in range(5))


def test_the_surface_is_sorted_and_names_nothing_twice():
    assert newsclean.__all__ == sorted({*newsclean.__all__})


@pytest.mark.parametrize("name", newsclean.__all__)
def test_every_name_of_the_surface_resolves(name):
    assert getattr(newsclean, name) is not None


def test_what_is_there_is_what_the_surface_names():
    """What is not named is a module or begins with an underscore, or only serves the loading of names."""
    for name in newsclean.__all__:
        getattr(newsclean, name)
    own = {n for n, v in vars(newsclean).items() if not n.startswith("_") and not isinstance(v, types.ModuleType)}
    serving = {"LAZY", "TYPE_CHECKING", "Any", "annotations", "import_module"}
    assert own - serving == {n for n in newsclean.__all__ if not n.startswith("_")}


def test_every_lazy_name_is_part_of_the_surface():
    assert {*newsclean.LAZY} <= {*newsclean.__all__}


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'no_such_name'"):
        newsclean.no_such_name  # noqa: B018


@pytest.mark.parametrize("name", ["check", "extract", "fetch"])
def test_a_function_stays_a_function_after_its_package_is_imported(name):
    """`newsclean.extract` is a package as well: its import must not put the module in the function's place."""
    code = (
        "import importlib, newsclean\n"
        f"importlib.import_module('newsclean.{name}')\n"
        "from newsclean.check import harness\n"
        "from newsclean.extract import page\n"
        "from newsclean.fetch import fetcher\n"
        f"print(type(newsclean.{name}).__name__)"
    )
    assert python("-c", code).strip() == "function"
    importlib.import_module(f"newsclean.{name}")
    assert isinstance(getattr(newsclean, name), types.FunctionType)


def test_a_package_imported_first_does_not_hide_the_function():
    assert (
        python("-c", "import newsclean.extract.page, newsclean\nprint(type(newsclean.extract).__name__)").strip()
        == "function"
    )


@pytest.mark.parametrize(
    "code",
    ["import newsclean", "from newsclean.cli import build_parser; build_parser().format_help()"],
    ids=["import", "help"],
)
def test_nothing_heavy_is_imported_before_it_is_needed(code):
    assert python("-c", f"{code}\nimport sys\nprint([m for m in {HEAVY} if m in sys.modules])").strip() == "[]"


def test_help_of_the_command_line_imports_nothing_heavy():
    code = (
        "import sys\n"
        "from newsclean.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        f"print([m for m in {HEAVY} if m in sys.modules])"
    )
    printed = python("-c", code)
    assert "usage: newsclean" in printed
    assert printed.splitlines()[-1] == "[]"


def test_the_package_can_be_run_as_a_module():
    assert python("-m", "newsclean", "--help").startswith("usage: newsclean")


def test_help_answers_in_a_tenth_of_a_second_of_cpu():
    """On a busy machine CPU seconds grow as well: there the bar is seven times what Python itself takes (14 ms alone)."""
    bar = max(MAX_HELP_CPU_S, 7 * cpu_s("pass"))
    assert cpu_s("from newsclean.cli import main; main(['--help'])") < bar


def test_extract_takes_a_fetched_page_with_its_address_and_charset():
    story = "<p>The ferry left at noon, an hour late, with forty people and a piano on board, the harbour said.</p>" * 5
    html = f"<title>Мост</title><h1>Мост</h1>{story}".encode("windows-1251")
    page = newsclean.Page("http://pier.example/", "http://pier.example/a", html, "text/html; charset=windows-1251")
    article = newsclean.extract(page)

    assert (article.title, article.url) == ("Мост", "http://pier.example/a")


@pytest.mark.parametrize(
    ("text", "said"),
    [(b"The ferry left.", "not bytes: decode it first"), (None, "not NoneType$"), (["The ferry left."], "not list$")],
    ids=["bytes", "none", "lines"],
)
def test_what_is_no_text_is_refused_by_its_type(text, said):
    with pytest.raises(TypeError, match=f"text must be str, {said}"):
        newsclean.clean_text(text)


@pytest.mark.parametrize("page", [None, bytearray(b"<p>"), ["<p>"]], ids=["none", "bytearray", "list"])
def test_what_is_no_page_is_refused_by_its_type(page):
    with pytest.raises(TypeError, match=f"html must be .*, not {type(page).__name__}"):
        newsclean.extract(page)


@pytest.mark.parametrize("where", ["https://mill.example/story", "saved/story.html", "STORY.HTM"])
def test_where_a_page_stands_is_no_page(where):
    with pytest.raises(ValueError, match="only says where it is"):
        newsclean.extract(where)
