"""is_name and repair_case."""

from __future__ import annotations

import pytest

from newsclean.bylines import is_name, repair_case

REPAIRS = [
    ("PATRICK O'NEILL", "Patrick O'Neill"),
    ("JOHN McDONALD", "John McDonald"),
    ("JOAN MCALLISTER", "Joan McAllister"),
    ("Hyonhee Shin", "Hyonhee Shin"),
    ("Simon Carew-Moore", "Simon Carew-Moore"),
    ("SIMON CAREW-MOORE", "Simon Carew-Moore"),
    ("KEES VAN DER BERG", "Kees van der Berg"),
    ("Kees Van der Berg", "Kees Van der Berg"),
    ("BASHIR AL-NASSER", "Bashir al-Nasser"),
    ("Nadia al-Rashid", "Nadia al-Rashid"),
    ("Bill MCCARTHY", "Bill McCarthy"),
    ("MAtthew brightwell", "Matthew Brightwell"),
    ("J.D. WINTERS", "J.D. Winters"),
    ("AJ Pell", "AJ Pell"),
    ("JOSÉ DE LA MADRIZ", "José de la Madriz"),
    ("Ronan MacManus", "Ronan MacManus"),
    ("Emmanuel Macron", "Emmanuel Macron"),
    ("EMMA MACKEY", "Emma Mackey"),
    ("LeAnn DeVito", "LeAnn DeVito"),
    ("Éamon ó Dálaigh", "Éamon ó Dálaigh"),
    ("PÅL NORDSKOG III", "Pål Nordskog III"),
    ("İPEK YILDIZ", "İpek Yıldız"),
    ("AJ PELL", "AJ Pell"),
    ("JO BELL", "Jo Bell"),
    ("KC ROE", "KC Roe"),
    ("ANH NG", "Anh Ng"),
    ("DR. ANN BELL", "Dr. Ann Bell"),
    ("ANGELO DELL'ORTO", "Angelo Dell'Orto"),
    ("JOHN ROE JR.", "John Roe Jr."),
    ("ОЛЕГ ВЕРШИНИН", "Олег Вершинин"),
    ("IJsbrand Molen", "IJsbrand Molen"),
]

NAMES = [
    "Ann Bell",
    "J.R. Roe",
    "Kees van der Molen",
    "Jeanne d'Arville",
    "Nadia al-Rashid",
    "沢村大地",
    "한도윤",
    "Jude Law",
    "Kanye Weston",
    "Éamon ó Dálaigh",
    "Олег Вершинин",
    "سامر النجار",
]
OTHERS = [
    "Share this article",
    "ann bell",
    "Ann Bell 2",
    "Ann van",
    "Über Uns",
    "The Harbour",
    "Ann & Tom",
    "Ann Bell!",
    "A",
    "",
    "Haus zu Haus",
    "Dawn's",
    "Tuesday Night",
    "One Two Three Four Five Six Seven",
    "..",
    "新闻中心办公室",
]


@pytest.mark.parametrize(("printed", "repaired"), REPAIRS)
def test_implausible_case_is_repaired_and_other_case_kept(printed: str, repaired: str) -> None:
    assert repair_case(printed, lower=True) == repaired


@pytest.mark.parametrize("name", ["bell hooks", "Ann bell", "e.e. roe"])
def test_lower_case_stays_unless_it_is_not_to_be_trusted(name: str) -> None:
    assert repair_case(name) == name


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_one(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize("text", OTHERS)
def test_other_words_are_no_name(text: str) -> None:
    assert not is_name(text)


def test_damaged_case_lets_lower_case_words_be_names() -> None:
    assert is_name("DAvid brunnstrom", damaged=True)
    assert not is_name("DAvid brunnstrom")


def test_a_capital_that_came_one_letter_late_is_mended_in_credit_lines_only():
    assert repair_case("mAeve Corrigan", lower=True) == "Maeve Corrigan"
    assert repair_case("mAeve Corrigan") == "mAeve Corrigan"
