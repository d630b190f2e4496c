"""Which single capitals begin the word behind them, and which are words, labels or names."""

from __future__ import annotations

import time

import pytest

from newsclean.extract.blocks import read_blocks
from newsclean.extract.document import parse

REST = "he miller of Merrow slept on the sacks until five, and nobody in the village woke him."
PAGE = "<p>The mill was sold on Friday.</p>"


def texts(body: str) -> list[str]:
    return [b.text for b in read_blocks(parse(f"<body>{body}").take_body_html()).blocks]


@pytest.mark.parametrize(
    "opening",
    [
        f"<p><span class=dropcap>T</span>{REST}</p>",
        f"<p><span>T</span><br>{REST}</p>",
        f"<p><strong>T</strong>\n{REST}</p>",
        f"<p><font size=6><b>T</b></font> {REST}</p>",
        f"<div>T</div><p>{REST}</p>",
        f"<div><p>T</p><p>{REST}</p></div>",
        f"<div><div style='float:left'>T</div>{REST}</div>",
    ],
    ids=["span", "break", "bold", "font", "div", "paragraph", "float"],
)
@pytest.mark.parametrize("page", [PAGE, ""], ids=["word-known", "word-unknown"])
def test_a_large_first_letter_and_the_rest_of_its_word_are_joined(opening: str, page: str) -> None:
    expected = [f"T{REST}", *(["The mill was sold on Friday."] if page else [])]

    assert texts(opening.replace("he miller", "his miller" if not page else "he miller") + page) == [
        expected[0].replace("The", "This" if not page else "The"),
        *expected[1:],
    ]


def test_a_vowel_behind_a_letter_in_its_own_line_goes_on_with_it() -> None:
    assert texts(
        "<p>D<br>uring the sale of the mill at Merrow, nobody in all the village spoke with the miller.</p>"
    ) == ["During the sale of the mill at Merrow, nobody in all the village spoke with the miller."]


def test_a_quotation_mark_may_stand_before_the_letter() -> None:
    assert texts(f"<div>“T</div><p>{REST}”</p>{PAGE}")[0] == f"“T{REST}”"


@pytest.mark.parametrize("rest", ["L|'hiver", "D|’abord", "I|’ve"])
def test_a_letter_before_an_apostrophe_is_joined(rest: str) -> None:
    letter, _, word = rest.partition("|")
    text = f"{word} le moulin de Merrow fut vendu un vendredi, et personne du village ne réveilla le meunier."

    assert texts(f"<div>{letter}</div><p>{text}</p>") == [letter + text]


@pytest.mark.parametrize(
    ("letter", "rest"),
    [
        ("A", "way out of the valley is what the miller of Merrow asked for, and nobody gave him one."),
        ("Y", "el molino de Merrow se vendió el viernes, y nadie del pueblo fue a despertar al molinero."),
        ("W", "drugiej połowie roku młyn w Merrow sprzedano, a nikt ze wsi nie obudził wtedy młynarza."),
        ("В", "деревне Мерроу в пятницу продали мельницу, и никто из соседей не стал будить мельника."),
    ],
    ids=["english", "spanish", "polish", "russian"],
)
@pytest.mark.parametrize("opening", ["<div>{}</div><p>{}</p>", "<p><b>{}</b> {}</p>"], ids=["block", "bold"])
def test_a_letter_that_is_a_word_is_not_joined(letter: str, rest: str, opening: str) -> None:
    assert letter + rest not in texts(opening.format(letter, rest) + "<p>They went away.</p>")


@pytest.mark.parametrize(
    "page",
    [
        "<p><b>B</b> vitamins are what the miller of Merrow swears by, and flour of the second grade.</p><p>Vitamins!</p>",
        "<p><b>C</b> major is what the bell of Merrow strikes, in the tower above the old mill door.</p><p>A major key.</p>",
        "<p>K pop is what the miller of Merrow listens to, while the wheel turns and the cat sleeps on.</p><p>Pop.</p>",
        "<p><i>P</i> values below a twentieth are what the miller of Merrow calls proof of anything.</p>",
        "<p>B</p><p>Ada Moe says that nobody in the village of Merrow came to the sale of the mill.</p>",
        "<p>B</p><p>iPhone sales in the village of Merrow are what the miller lives on since the sale.</p>",
        "<p>B</p><p>bought by the miller.</p>",
        "<p><b>B</b> vitamins are what the miller of Merrow swears by, and flour of the second grade.</p>",
        "<div>R</div><p>rated for violence, as everybody in the village of Merrow has heard by now.</p>",
        "<ul><li>B<li>all of these are things that the miller of Merrow may do on the day of the sale.</ul>",
        "<h3>B</h3><p>bridge loan: money that the miller of Merrow has for as long as the sale takes.</p>",
        (
            "<div>B</div><p>bank: what lends the miller of Merrow money for as long as the sale takes him.</p>"
            "<div>C</div><p>cat: what sleeps on the sacks of the mill until five, and nobody ever wakes it.</p>"
        ),
        (
            "<p><b>B</b> helps the nerves of the miller, as everybody in the village of Merrow has heard.</p>"
            "<p><b>D</b> keeps the bones of the miller, as everybody in the village of Merrow has heard.</p>"
        ),
        "<table><tr><td>B</td><td>behind with the rent, as everybody in the village of Merrow has heard.</td></table>",
        "<p>B</p>",
    ],
    ids=(
        "vitamin key no-markup italics capital inner-capital short unknown rating list heading glossary labels table last".split()
    ),
)
def test_a_letter_that_is_no_part_of_the_word_stays_as_it_is(page: str) -> None:
    separate = parse(f"<body>{page}").tree.text(separator=" ", strip=True).split()

    assert " ".join(texts(page)).split() == separate


@pytest.mark.parametrize("piece", [f"<p>T</p><p>{REST}</p>", "<p>T</p>", f"<p><b>T</b> {REST}</p>", "T<br>"])
def test_many_letters_are_read_in_linear_time(piece: str) -> None:
    html = parse(f"<body>{piece * 8_000}").take_body_html()
    start = time.process_time()
    read_blocks(html)

    assert time.process_time() - start < 1.5
