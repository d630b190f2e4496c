"""parse_credits, parse_dateline and repair_case in more languages, and openings and tails that only look like them."""

from __future__ import annotations

from typing import Any

import pytest

from newsclean.bylines import parse_credits, parse_dateline, repair_case

CREDITS = {
    "en-desk": (
        "(Reporting by Della Prout in TERN ROCK; Desk Editing by Corin Halloway)",
        "Della Prout;role=reporter;location=Tern Rock · Corin Halloway;role=editor",
    ),
    "en-graphics": (
        "(Reporting by Della Prout; Graphics by Corin Halloway)",
        "Della Prout;role=reporter · Corin Halloway;role=photographer",
    ),
    "en-ap": (
        "Associated Press writer Della Prout in Tern Rock contributed to this report.",
        "Della Prout;role=contributor;agency=AP;location=Tern Rock",
    ),
    "de-cooperation": (
        "(Bericht von Frauke Ölmann; redigiert von Jörn Platz)",
        "Frauke Ölmann;role=reporter · Jörn Platz;role=editor",
    ),
    "de-collaboration": ("Mitarbeit: Frauke Ölmann", "Frauke Ölmann;role=contributor"),
    "fr-edited": (
        "(Reportage Maëlle Kervadec, édité par Gaspard Loizeau)",
        "Maëlle Kervadec;role=reporter · Gaspard Loizeau;role=editor",
    ),
    "es-edited": (
        "(Reporte de Nuria Echevarne en Bogotá. Editado por Ramiro Ansúrez)",
        "Nuria Echevarne;role=reporter;location=Bogotá · Ramiro Ansúrez;role=editor",
    ),
    "pt-edited": (
        "(Reportagem de Leandro Cascais; edição de Inês Barbacena)",
        "Leandro Cascais;role=reporter · Inês Barbacena;role=editor",
    ),
    "id-editor": ("Editor: Wulandari Saptono", "Wulandari Saptono;role=editor"),
}

NO_CREDITS = {
    "en-edited": "Edited by moonlight, the film lost its colours.",
    "en-reporting": "Reporting by ferry passengers led the police to the pier.",
    "en-contributed": "Heavy rain contributed to this year's losses.",
    "de-report": "Bericht von der Lage am Hafen",
    "fr-report": "Reportage au bout du quai",
    "es-report": "Reporte de lluvias en la costa norte",
    "pt-edition": "Edição de hoje esgotada",
    "it-care": "A cura di chi resta",
}

DATELINES = {
    "en-hyphen-known-city": ("HARARE - The ferry sank", ("HARARE", None, None)),
    "en-hyphen-region": ("TERN ROCK, Maine - The ferry sank", ("TERN ROCK, Maine", None, None)),
    "en-hyphen-date": ("NAIROBI, May 3 - The ferry sank", ("NAIROBI", "May 3", None)),
    "de-agency": ("Kiel (epd) - Die Fähre", ("Kiel", None, "epd")),
    "fr-agency": ("Dakar (AFP) - Le bac", ("Dakar", None, "AFP")),
    "es-agency": ("Quito, 3 may (EFE).- El barco", ("Quito", "3 may", "EFE")),
    "pt-agency": ("Maputo, 3 mai (Lusa) - O barco", ("Maputo", "3 mai", "Lusa")),
    "it-agency": ("(ANSA) - GENOVA, 03 MAG - Il traghetto", ("GENOVA", "03 MAG", "ANSA")),
    "no-agency": ("Bergen (NTB): Ferja", ("Bergen", None, "NTB")),
    "tr-agency": ("İZMİR (AA) - Feribot", ("İZMİR", None, "Anadolu")),
    "ru-agency": ("КАЗАНЬ, 3 мая. /ТАСС/. Паром", ("КАЗАНЬ", "3 мая", "TASS")),
    "zh-agency": ("新华社成都5月3日电 渡轮", ("成都", "5月3日", "Xinhua")),
    "ko-agency": ("(부산=뉴시스) 배한솔 기자 = 여객선", ("부산", None, "Newsis")),
}

NO_DATELINES = {
    "en-hyphen-kicker": "OPINION - The ferry is late",
    "en-hyphen-team": "FERRYMEN - The band is back",
    "en-hyphen-lower": "HARARE - and its harbour - is far from the sea",
    "en-name": "Halloway (AP) is a village",
    "de-sentence": "Am Hafen (siehe Karte) - Die Fähre",
    "es-hour": "A las 3 (hora local) - El barco",
    "fr-quote": "MERCI: Le capitaine salue",
}

CASE = {
    "de-sharp": ("JÖRN GROSSMANN", "Jörn Grossmann"),
    "fr-hyphen": ("JEAN-MARC LE QUÉRÉ", "Jean-Marc le Quéré"),
    "it-apostrophe": ("OTTAVIA DELL'ACQUA", "Ottavia Dell'Acqua"),
    "nl-two": ("FEMKE TER HORST", "Femke ter Horst"),
    "pt-particle": ("LEANDRO DOS ANJOS", "Leandro dos Anjos"),
    "ar-article": ("HAITHAM EL-AWADI", "Haitham el-Awadi"),
    "tr-dot": ("GÜLŞEN TAŞKIRAN", "Gülşen Taşkıran"),
    "el-capitals": ("ΛΕΩΝΙΔΑΣ ΜΠΑΡΚΑΣ", "Λεωνιδας Μπαρκας"),
    "uk-capitals": ("СОЛОМІЯ ГАЙДАБУРА", "Соломія Гайдабура"),
    "gd-mac": ("IONA MACPHERSON", "Iona MacPherson"),
    "sc-mc": ("IONA MCQUEEN", "Iona McQueen"),
    "afp-house-style": ("Maëlle KERVADEC", "Maëlle Kervadec"),
    "kept-two-capitals": ("Iona MacGill DeWitt", "Iona MacGill DeWitt"),
    "kept-cjk": ("顾若兰", "顾若兰"),
    "kept-initials": ("R.J. Prout", "R.J. Prout"),
    "kept-lower-particle": ("Frauke von der Ölmann", "Frauke von der Ölmann"),
}


def said(text: str) -> tuple[str, str | None, str | None] | None:
    dateline = parse_dateline(text)
    return (dateline.location, dateline.date, dateline.agency) if dateline else None


@pytest.mark.parametrize(("text", "expected"), CREDITS.values(), ids=CREDITS)
def test_a_credit_line_names_its_people(text: str, expected: str, notation: Any) -> None:
    assert notation.show(parse_credits(text)) == notation.read(expected)


@pytest.mark.parametrize("text", NO_CREDITS.values(), ids=NO_CREDITS)
def test_a_sentence_is_no_credit_line(text: str) -> None:
    assert parse_credits(text) == ()


@pytest.mark.parametrize(("text", "expected"), DATELINES.values(), ids=DATELINES)
def test_an_opening_is_a_dateline(text: str, expected: tuple[str, str | None, str | None]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize("text", NO_DATELINES.values(), ids=NO_DATELINES)
def test_an_opening_that_only_looks_like_one_is_none(text: str) -> None:
    assert said(text) is None


@pytest.mark.parametrize(("printed", "repaired"), CASE.values(), ids=CASE)
def test_the_case_of_a_name_is_repaired_where_nobody_can_have_meant_it(printed: str, repaired: str) -> None:
    assert repair_case(printed) == repaired
