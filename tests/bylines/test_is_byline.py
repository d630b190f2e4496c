"""is_byline: it takes lines out of the body, so the negatives weigh more."""

from __future__ import annotations

import pytest

from newsclean.bylines import is_byline

BYLINES = [
    "By Reuters",
    "By Joyce Lee",
    "By\u00a0 Reuters",
    "BY WILMA CRAKE",
    "By Wilma Crake | Staff Writer",
    "By Wilma Crake, The Associated Press",
    "By Wilma Crake, Hyderabad",
    "By Wilma Crake in Nairobi and Otis Fell in Kampala",
    "By Wilma Crake - 3 May 2020, 9:27 AM ET",
    "Wilma Crake (AP)",
    "Wilma Crake / TNN / Updated: Oct 9, 2019, 12:33 IST",
    "Wilma Crake, 3 May 2020",
    "Reuters",
    "dpa/lni",
    "© 2024 AFP",
    "Words by Ines Calloway, photos by Otto Brandvold",
    "Text: Klara Ohnesorg, Fotos: Bruno Tietz",
    "Von Jens Wackernagel und Aylin Sörensen, Berlin",
    "Ein Gastbeitrag von Dr. Petra Zum Felde",
    "Par Élodie Vautrin avec AFP",
    "Par la rédaction avec AFP",
    "Von der Redaktion mit dpa",
    "Das Interview führten Klara Ohnesorg und Bruno Tietz",
    "Die Fragen stellte Klara Ohnesorg",
    "Por María Altozano y Juan Briceño",
    "Redacción / EFE",
    "di Chiara Montefalco",
    "Por Beatriz Sampaio e Caio do Vale, da Lusa",
    "Door Kees van der Molen",
    "Av Ingrid Solbakken og Pål Nordskog",
    "Autor: Jiří Havránek, ČTK",
    "Автор: Олег Вершинин",
    "Yazan: Deniz Karaağaç",
    "Penulis: Budi Harsono, Editor: Sari Wulan",
    "بقلم: سامر النجار",
    "한도윤 기자",
    "責任編輯：周子墨",
    "文・沢村大地\u3000写真・森川葵",
]

OTHERS = [
    "By Monday the river had risen",
    "By Monday",
    "By popular demand",
    "By Popular Demand",
    "By Royal Appointment",
    "By Order of the Council",
    "Letzte Änderung 14.02.2019",
    "BY THE NUMBERS",
    "By Land, by Sea",
    "By Dawn's Early Light",
    "By the Sea",
    "By Night in Chile",
    "By Ann alone the boat was saved",
    "By Ann",
    "By our calculation, Ann Bell won.",
    "By Ann Bell's account it was raining",
    "By Ann Bell and by everyone else it was forgotten",
    "Ann Bell",
    "Ann Bell, Berlin",
    "Ann Bell and Tom Roe",
    "New York, 3 May 2020",
    "Monday, 24 June 2019",
    "Share prices fell on Tuesday",
    "Share this articleComments",
    "— Wilma Crake (@wcrake) November 18, 2019",
    "7. Wilma Crake",
    "4. Harbour Bay (7-7)",
    "2009: Wilma Crake",
    "Finch Ring 4",
    "Finch Summit: May 5-7, 2026 | San Antonio, TX",
    "The Harbour Post, 3 May 2020",
    "A Song for Sailors by Wilma Crake (May 6)",
    "Otis Fell, translated by Wilma Crake",
    "This post was written by Wilma Crake, Head of Marketing",
    "Foto: Siv Aune / NTB",
    "15일 항구 회담 사실상 종료",
    "2011 / 美国 / 动画",
    "Reuters reported the talks on Monday",
    "The Associated Press contributed to the confusion",
    "Harbour Watch: Wilma Crake, 3 May 2020",
    "Photo finish",
    "Text: see below",
    "Author: unknown",
    "Sponsored by Harbour Motors",
    "Von Anfang an war klar, wer gewinnt",
    "Von Haus zu Haus",
    "Von Köln bis Berlin",
    "Von Berlin nach Hamburg",
    "Von der Leyen reist nach Kiew",
    "Von Wegen Frieden",
    "Von der Redaktion mit Liebe gemacht",
    "Das Interview führte zu Streit in Berlin",
    "Die Fragen stellten sich erst am Abend",
    "Interview: Klara Ohnesorg",
    "Par la rédaction avec ses lecteurs",
    "Di solito piove",
    "Di Notte",
    "Di padre in figlio",
    "Por la tarde llegaron",
    "Por Un Puñado de Arroz",
    "Por Amor",
    "Par ailleurs, le maire a démissionné",
    "Par Amour Du Risque",
    "Door de regen viel de wedstrijd uit",
    "Door Weer en Wind",
    "Av alle grunner til å bli hjemme",
    "Af Hensyn Til Naboerne",
    "Autor książki milczy",
    "Автор книги молчит",
    "От автора",
    "記者会見",
    "編集部より",
    "编辑部的故事",
    "기자 회견",
    "",
]


@pytest.mark.parametrize("line", BYLINES)
def test_a_line_that_is_only_a_byline_is_one(line: str) -> None:
    assert is_byline(line)


@pytest.mark.parametrize("line", OTHERS)
def test_a_line_that_says_anything_else_is_none(line: str) -> None:
    assert not is_byline(line)


def test_a_line_longer_than_bylines_are_is_none() -> None:
    many = "By " + ", ".join(["Wilma Crake", "Otis Fell"] * 6)
    assert not is_byline(many)
