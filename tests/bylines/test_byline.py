"""parse_byline: the shapes of bylines in many languages, and what looks like one and is not."""

from __future__ import annotations

from typing import Any

import pytest

from newsclean.bylines import parse_byline

SHAPES = [
    ("By\xa0 Reuters", "Reuters;kind=agency"),
    ("By Lena Marrow and Jae-won Doh", "Lena Marrow · Jae-won Doh"),
    ("By LENA MARROW, PETER O'HALLORAN and JOAN MCALLISTER", "Lena Marrow · Peter O'Halloran · Joan McAllister"),
    ("by\xa0Tomas\xa0Quillfeather", "Tomas Quillfeather"),
    ("BY DEIRDRE VANCE, ASSOCIATED PRESS", "Deirdre Vance;agency=AP · AP;kind=agency"),
    ("By Harlan Pike, The Associated Press", "Harlan Pike;agency=AP · AP;kind=agency"),
    ("Harlan Pike (AP)", "Harlan Pike;agency=AP · AP;kind=agency"),
    ("By Mira Stanhope | Staff Writer", "Mira Stanhope;job=Staff Writer"),
    ("Mira Stanhope, Senior Health Correspondent", "Mira Stanhope;job=Senior Health Correspondent"),
    ("By Mira Stanhope\nDeputy Content Hub Director", "Mira Stanhope;job=Deputy Content Hub Director"),
    ("Mira Stanhope | mstanhope@dailyfinch.example", "Mira Stanhope;email=mstanhope@dailyfinch.example"),
    ("By Mira Stanhope @mirastan", "Mira Stanhope;handle=@mirastan"),
    ("By Oswin Bright For The Harbour Post", "Oswin Bright;agency=The Harbour Post"),
    (
        "Oswin Bright And Carla Fennimore For The Harbour Post On Sunday",
        "Oswin Bright;agency=The Harbour Post On Sunday · Carla Fennimore;agency=The Harbour Post On Sunday",
    ),
    ("By Rufus Talbot, PhD, RD", "Rufus Talbot"),
    ("Rufus Talbot Jr. and Ana-Maria Lusk", "Rufus Talbot Jr. · Ana-Maria Lusk"),
    ("By J.R. Kettering & Wanda Ousley", "J.R. Kettering · Wanda Ousley"),
    (
        "Pia Lindgren · WQX News · Posted: Oct 14, 2022 9:27 AM ET | Last Updated: 24 minutes ago",
        "Pia Lindgren;agency=WQX News · WQX News;kind=organization",
    ),
    ("Ravi Chandorkar / TNN / Updated: Oct 9, 2019, 12:33 IST", "Ravi Chandorkar;agency=TNN · TNN;kind=agency"),
    ("By Ravi Chandorkar, Hyderabad", "Ravi Chandorkar;location=Hyderabad"),
    ("By Ines Calloway in Nairobi", "Ines Calloway;location=Nairobi"),
    ("AFP, MANILA", "AFP;kind=agency;location=Manila"),
    ("Words by Ines Calloway, photos by Otto Brandvold", "Ines Calloway · Otto Brandvold;role=photographer"),
    ("Written by Ines Calloway; Edited by Otto Brandvold", "Ines Calloway · Otto Brandvold;role=editor"),
    ("Medically reviewed by Dr. Noor Haddadin", "Dr. Noor Haddadin;role=editor"),
    ("By Associated Press and Gwen Tolliver", "AP;kind=agency · Gwen Tolliver"),
    ("Guest", ""),
    ("admin", ""),
    ("Share this articleComments", ""),
    ("By", ""),
    ("Von Jens Wackernagel, dpa", "Jens Wackernagel;agency=dpa · dpa;kind=agency"),
    (
        "Von Jens Wackernagel und Aylin Sörensen, Berlin",
        "Jens Wackernagel;location=Berlin · Aylin Sörensen;location=Berlin",
    ),
    ("Ein Gastbeitrag von Dr. Petra Zum Felde", "Dr. Petra Zum Felde"),
    ("Text: Klara Ohnesorg, Fotos: Bruno Tietz", "Klara Ohnesorg · Bruno Tietz;role=photographer"),
    ("dpa/lni", "dpa;kind=agency"),
    ("Von Klara Ohnesorg\nLeitende Wirtschaftsredakteurin", "Klara Ohnesorg;job=Leitende Wirtschaftsredakteurin"),
    ("Autor: Redaktion Nordkurier.example", "Redaktion Nordkurier.example;kind=organization"),
    ("Par Élodie Vautrin avec AFP", "Élodie Vautrin;agency=AFP · AFP;kind=agency"),
    ("Par Élodie Vautrin et Marc de La Ferrière", "Élodie Vautrin · Marc de La Ferrière"),
    ("Por María Altozano y Juan Briceño", "María Altozano · Juan Briceño"),
    ("Por Juan Ortega y Gasquet", "Juan Ortega y Gasquet"),
    ("POR JOSÉ DE LA MADRIZ", "José de la Madriz"),
    ("Redacción / EFE", "Redacción;kind=organization · EFE;kind=agency"),
    ("di Chiara Montefalco", "Chiara Montefalco"),
    ("di Chiara Montefalco e Luca Dell'Orto", "Chiara Montefalco · Luca Dell'Orto"),
    (
        "Por Beatriz Sampaio e Caio do Vale, da Lusa",
        "Beatriz Sampaio;agency=Lusa · Caio do Vale;agency=Lusa · Lusa;kind=agency",
    ),
    ("Door Kees van der Molen en Anouk ter Brugge", "Kees van der Molen · Anouk ter Brugge"),
    ("DOOR KEES VAN DER MOLEN", "Kees van der Molen"),
    ("Av Ingrid Solbakken og Pål Nordskog", "Ingrid Solbakken · Pål Nordskog"),
    (
        "Tekst: Pål Nordskog Foto: Siv Aune / NTB",
        "Pål Nordskog · Siv Aune;role=photographer;agency=NTB · NTB;kind=agency;role=photographer",
    ),
    ("Af Mette Kjærgaard", "Mette Kjærgaard"),
    ("Autor: Jiří Havránek, ČTK", "Jiří Havránek;agency=ČTK · ČTK;kind=agency"),
    ("Автор: Олег Вершинин", "Олег Вершинин"),
    ("Текст: Анна Белозёрова, фото: Павел Рощин", "Анна Белозёрова · Павел Рощин;role=photographer"),
    ("Yazan: Deniz Karaağaç", "Deniz Karaağaç"),
    ("Penulis: Budi Harsono, Editor: Sari Wulan", "Budi Harsono · Sari Wulan;role=editor"),
    ("Tác giả: Trần Minh Khuê", "Trần Minh Khuê"),
    ("بقلم: سامر النجار", "سامر النجار"),
    ("한도윤 기자", "한도윤;role=reporter"),
    ("한도윤 기자 doyun@news.example", "한도윤;role=reporter;email=doyun@news.example"),
    ("한도윤·서가람 기자", "한도윤;role=reporter · 서가람;role=reporter"),
    ("記者林雅筑／台北報導", "林雅筑;role=reporter;location=台北"),
    ("（记者 周子墨 韩雪松）", "周子墨;role=reporter · 韩雪松;role=reporter"),
    ("责任编辑：周子墨", "周子墨;role=editor"),
    ("著者：沢村大地", "沢村大地"),
    ("[沢村大地，NetTimes]", "沢村大地;agency=NetTimes"),
    ("文・沢村大地\u3000写真・森川葵", "沢村大地 · 森川葵;role=photographer"),
]

MORE = [
    ("By DAvid brunnstrom", "David Brunnstrom"),
    ("By By Ann Bell", "Ann Bell"),
    ("Ann Bell, BA (Hons)", "Ann Bell"),
    ("Ann BELL in Paris and Tom ROE in Rome", "Ann Bell;location=Paris · Tom Roe;location=Rome"),
    ("Bell, Ann; Roe, Tom", "Ann Bell · Tom Roe"),
    ("van der Molen, Kees", "Kees van der Molen"),
    (
        "Ann Bell/AFP via Getty Images",
        "Ann Bell;agency=AFP;role=photographer · AFP;kind=agency;role=photographer",
    ),
    ("@AnnBell", ""),
    ("Updated by Ann Bell", "Ann Bell;role=editor"),
    ("First published by Ann Bell", ""),
    ("AJ PELL", "AJ Pell"),
    ("Jane Doe", "Jane Doe"),
    ("AP Technology Writer", "AP;kind=agency"),
    ("Institute for Harbour Science", "Institute for Harbour Science;kind=organization"),
    ("PETREL-Team", "PETREL-Team;kind=organization"),
    ("9Finch Staff", "9Finch Staff;kind=organization"),
    ("finch.example Redaktion", "finch.example Redaktion;kind=organization"),
    ("Executive Content Editor", ""),
    ("Hauke Brandis, MdB", "Hauke Brandis"),
    ("Hana You", "Hana You"),
    ("沢村 大地", "沢村 大地"),
    ("By Aerospace Writer Wilma Crake", "Wilma Crake;job=Aerospace Writer"),
    ("Wilma Crake AFP", "Wilma Crake;agency=AFP · AFP;kind=agency"),
    ("BY MARIA PETRA", "Maria Petra"),
    ("Por Paz Orellana en Puerto Nuevo", "Paz Orellana;location=Puerto Nuevo"),
    ("Svenja Kroll, Kultur und Wirtschaftsredakteurin", "Svenja Kroll;job=Kultur und Wirtschaftsredakteurin"),
    ("Kommentar: Klara Ohnesorg", "Klara Ohnesorg"),
    ("Will Smithers", "Will Smithers"),
    ("Son Ji-woo", "Son Ji-woo"),
    ("Min Le Thanh", "Min Le Thanh"),
    ("Mai Do", "Mai Do"),
    ("© 2024 AFP", "AFP;kind=agency"),
    ("dpa-infocom, dpa:220101-99-123456/2", "dpa;kind=agency"),
    ("(EFE) ab/cd/ef", "EFE;kind=agency"),
    ("mit Material von dpa", "dpa;kind=agency;role=contributor"),
    ("Posted on 3 May 2020 by Wilma Crake", "Wilma Crake"),
    ("January 3, 2020 By Wilma Crake", "Wilma Crake"),
    ("Publié le 3 mai 2020 à 14h30 par Solène Quéméner", "Solène Quéméner"),
    ("Von Hauke Brandis 3. Mai 2021, 12:30 Uhr", "Hauke Brandis"),
    ("By Wilma Crake, Health and Science Editor", "Wilma Crake;job=Health and Science Editor"),
    ("By Wilma Crake, Middle East Correspondent", "Wilma Crake;job=Middle East Correspondent"),
    ("By AP Sports Writer Wilma Crake", "Wilma Crake;agency=AP;job=Sports Writer"),
    ("BY WILMA CRAKE, Associated Press Writer", "Wilma Crake;agency=AP;job=Writer"),
    ("By Wilma Crake for The Associated Press", "Wilma Crake;agency=AP"),
    ("By Staff Reporter", "Staff Reporter;kind=organization"),
    (
        "By Wilma Crake (Reuters) and Otis Fell (AFP)",
        "Wilma Crake;agency=Reuters · Reuters;kind=agency · Otis Fell;agency=AFP · AFP;kind=agency",
    ),
    ("Author(s): Wilma Crake; Otis Fell", "Wilma Crake · Otis Fell"),
    ("Autor/in: Hauke Brandis", "Hauke Brandis"),
    ("Autor:in: Hauke Brandis", "Hauke Brandis"),
    ("Autorin: Svenja Kroll, Mitarbeit: Timo Vass", "Svenja Kroll · Timo Vass;role=contributor"),
    ("Propos recueillis par Solène Quéméner", "Solène Quéméner"),
    ("Por Lucía Barrientos, corresponsal", "Lucía Barrientos;job=corresponsal"),
    ("A cura di Ornella Bassani", "Ornella Bassani;role=editor"),
    ("Door Sjoerd Hoekema en Lieke van Asselt", "Sjoerd Hoekema · Lieke van Asselt"),
    ("Text: Åsa Hedvall Foto: Nils Brant", "Åsa Hedvall · Nils Brant;role=photographer"),
    ("Oprac. Zuzanna Gil, fot. Marek Wrona", "Zuzanna Gil · Marek Wrona;role=photographer"),
    ("Írta: Kovács Bíborka", "Kovács Bíborka"),
    ("Συντάκτης: Νίκος Αλεξίου", "Νίκος Αλεξίου"),
    ("Підготувала Оксана Гай", "Оксана Гай"),
    ("Teksti: Aino Räsälä, kuvat: Eero Muurinen", "Aino Räsälä · Eero Muurinen;role=photographer"),
    ("מאת יעל ברקוביץ", "יעל ברקוביץ"),
    ("लेखक: मीरा चौहान", "मीरा चौहान"),
    ("글=한도윤 사진=서가람", "한도윤 · 서가람;role=photographer"),
    ("取材・文：森川葵", "森川葵"),
    ("By <b>Wilma&amp;nbsp;Crake</b>", "Wilma Crake"),
    ("Wilma Crake @wcrake w.crake@dailyfinch.example", "Wilma Crake;email=w.crake@dailyfinch.example;handle=@wcrake"),
]

NOBODY = [
    "By Monday the river had risen",
    "By popular demand",
    "By the time they came",
    "Share prices fell on Tuesday",
    "Read more",
    "Sign up for our newsletter",
    "5 min read",
    "Monday, 24 June 2019",
    "Last Updated: 24 minutes ago",
    "Von Anfang an",
    "Von der Leyen spricht",
    "Di solito piove",
    "Por la tarde",
    "Par ailleurs",
    "Door de regen",
    "Av alle grunner",
    "Автор книги",
    "記者会見",
    "문 대통령은",
    "https://www.dailyfinch.example/by/ann",
    "New York",
    "Sponsored by Harbour Motors",
    "Unknown",
    "Super User",
    "Climate change",
    "Comments | Shares",
    "2019",
    "",
    " \u00a0\n",
]


@pytest.mark.parametrize(("text", "expected"), SHAPES)
def test_each_shape_of_the_grammar_is_read(text: str, expected: str, notation: Any) -> None:
    assert notation.show(parse_byline(text)) == notation.read(expected)


@pytest.mark.parametrize(("text", "expected"), MORE)
def test_more_shapes_are_read(text: str, expected: str, notation: Any) -> None:
    assert notation.show(parse_byline(text)) == notation.read(expected)


@pytest.mark.parametrize("text", NOBODY)
def test_text_that_names_nobody_gives_nobody(text: str) -> None:
    assert parse_byline(text) == ()


def test_the_printed_form_is_kept_beside_the_usual_one() -> None:
    person, agency = parse_byline("BY DEIRDRE VANCE, THE ASSOCIATED PRESS")
    assert (person.printed, agency.printed, agency.name) == ("DEIRDRE VANCE", "THE ASSOCIATED PRESS", "AP")


def test_a_person_named_twice_counts_once() -> None:
    assert [p.name for p in parse_byline("By Ann Bell | Ann Bell, Editor")] == ["Ann Bell"]


def test_a_text_longer_than_any_byline_names_nobody() -> None:
    assert parse_byline("By Ann Bell " + "and Ann Bell " * 100) == ()
