"""parse_credits: the tails of agency stories."""

from __future__ import annotations

from typing import Any

import pytest

from newsclean.bylines import parse_credits

SHAPES = [
    (
        (
            "(Reporting by Lena Marrow and Jae-won Doh in SEOUL, MAtthew brightwell in Moscow and Igor Tamarov and Ben "
            "Oakhurst in Moscow; Editing by Hugh Farrow, Simon Carew-Moore and Jill Benckow)"
        ),
        (
            "Lena Marrow;role=reporter;location=Seoul · Jae-won Doh;role=reporter;location=Seoul · Matthew "
            "Brightwell;role=reporter;location=Moscow · Igor Tamarov;role=reporter;location=Moscow · Ben "
            "Oakhurst;role=reporter;location=Moscow · Hugh Farrow;role=editor · Simon Carew-Moore;role=editor · Jill "
            "Benckow;role=editor"
        ),
    ),
    (
        (
            "(Reporting by Paz Orellana; Additional reporting by Yuki Arakida; Writing by Colm Dyer; Editing by Ruth "
            "Sandoz)"
        ),
        "Paz Orellana;role=reporter · Yuki Arakida;role=contributor · Colm Dyer · Ruth Sandoz;role=editor",
    ),
    (
        "Reporting by Paz Orellana and Nadia al-Rashid, Editing by Ruth Sandoz",
        "Paz Orellana;role=reporter · Nadia al-Rashid;role=reporter · Ruth Sandoz;role=editor",
    ),
    (
        "(Reporting and writing by Paz Orellana in Mexico City. Editing by Ruth Sandoz.)",
        "Paz Orellana;role=reporter;location=Mexico City · Ruth Sandoz;role=editor",
    ),
    (
        "___ Associated Press writers Dana Whitlock in Phoenix and Joel Brandt in Houston contributed to this report.",
        (
            "Dana Whitlock;role=contributor;agency=AP;location=Phoenix · Joel "
            "Brandt;role=contributor;agency=AP;location=Houston"
        ),
    ),
    ("Dana Whitlock contributed to this report. Reuters", "Dana Whitlock;role=contributor;agency=Reuters"),
    ("AP writer Dana Whitlock contributed from Phoenix.", "Dana Whitlock;role=contributor;agency=AP;location=Phoenix"),
    (
        "(Reporte de Paz Orellana en Ciudad de México; editado por Iker Zubieta)",
        "Paz Orellana;role=reporter;location=Ciudad de México · Iker Zubieta;role=editor",
    ),
    (
        "(Bericht von Klara Ohnesorg, geschrieben von Jens Wackernagel, redigiert von Ute Brandl)",
        "Klara Ohnesorg;role=reporter · Jens Wackernagel · Ute Brandl;role=editor",
    ),
    (
        "(Reportage Élodie Vautrin, version française Marc Tessandier, édité par Blandine Roux)",
        "Élodie Vautrin;role=reporter · Marc Tessandier;role=translator · Blandine Roux;role=editor",
    ),
]

MORE = [
    (
        (
            "(Reporting by Wilma Crake and Hana Oh in TOKYO, OTis fell in Oslo and Igor Pasternak and Ben Lisle in "
            "Oslo; Editing by Hugh Marl, Simon Carew-Moore and Jill Benn)"
        ),
        (
            "Wilma Crake;role=reporter;location=Tokyo · Hana Oh;role=reporter;location=Tokyo · Otis "
            "Fell;role=reporter;location=Oslo · Igor Pasternak;role=reporter;location=Oslo · Ben "
            "Lisle;role=reporter;location=Oslo · Hugh Marl;role=editor · Simon Carew-Moore;role=editor · Jill "
            "Benn;role=editor"
        ),
    ),
    (
        "Reporting by Wilma Crake in Washington, D.C.; Editing by Otis Fell",
        "Wilma Crake;role=reporter;location=Washington · Otis Fell;role=editor",
    ),
    ("(Reporting by wilma crake; editing by OTIS FELL)", "Wilma Crake;role=reporter · Otis Fell;role=editor"),
    (
        "(Reporting by Wilma Crake; Editing by Otis Fell; w.crake@dailyfinch.example)",
        "Wilma Crake;role=reporter · Otis Fell;role=editor;email=w.crake@dailyfinch.example",
    ),
    ("(Reporting by Wilma Crake and the Oslo bureau people)", "Wilma Crake;role=reporter"),
    ("Editing by Otis Fell", "Otis Fell;role=editor"),
    ("Wilma Crake in Oslo contributed to this report.", "Wilma Crake;role=contributor;location=Oslo"),
    (
        "Associated Press reporter Wilma Crake in Oslo also contributed to this report.",
        "Wilma Crake;role=contributor;agency=AP;location=Oslo",
    ),
    (
        (
            "Los periodistas de The Associated Press Lucía Barrientos en Quito y Omar Paz en Lima contribuyeron a este "
            "despacho."
        ),
        (
            "Lucía Barrientos;role=contributor;agency=AP;location=Quito · Omar "
            "Paz;role=contributor;agency=AP;location=Lima"
        ),
    ),
    (
        "AP Business Writer Wilma Crake contributed to this report from London.",
        "Wilma Crake;role=contributor;job=Business Writer;agency=AP;location=London",
    ),
    (
        (
            "(Avec Wilma Crake, Otis Fell et Hana Oh à New York, Omar Paz au Caire, Solène Quéméner pour le service "
            "français, édité par Blandine Roux)"
        ),
        (
            "Wilma Crake;role=reporter;location=New York · Otis Fell;role=reporter;location=New York · Hana "
            "Oh;role=reporter;location=New York · Omar Paz;role=reporter;location=Caire · Solène "
            "Quéméner;role=reporter · Blandine Roux;role=editor"
        ),
    ),
    ("—Reporting by Wilma Crake", "Wilma Crake;role=reporter"),
    ("Edição de Beatriz Sampaio", "Beatriz Sampaio;role=editor"),
    ("(mit Material von dpa)", "dpa;kind=agency;role=contributor"),
    ("(Reporting by Reuters staff)", "Reuters;kind=agency;role=reporter"),
]

OTHERS = [
    "By Joyce Lee",
    "Reporting by the newspaper showed that the bridge was closed.",
    "Reporting by Wilma Crake revealed the plan.",
    "Reporting by Committee",
    "Editing by committee is slow",
    "The money contributed to this report was public.",
    "Rain contributed to this",
    "She contributed from her own pocket",
    "Bericht von der Front",
    "Reportage",
    "Reporte de daños en la ciudad",
    "(Reporting by law is required.)",
    "Reviewed by critics, the play closed",
    "Traduction libre de l'anglais",
    "",
]


@pytest.mark.parametrize(("text", "expected"), SHAPES)
def test_each_shape_of_the_grammar_is_read(text: str, expected: str, notation: Any) -> None:
    assert notation.show(parse_credits(text)) == notation.read(expected)


@pytest.mark.parametrize(("text", "expected"), MORE)
def test_more_shapes_are_read(text: str, expected: str, notation: Any) -> None:
    assert notation.show(parse_credits(text)) == notation.read(expected)


@pytest.mark.parametrize("text", OTHERS)
def test_another_line_is_no_credit_line(text: str) -> None:
    assert parse_credits(text) == ()
