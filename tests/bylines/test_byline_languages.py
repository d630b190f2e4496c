"""parse_byline and is_byline in some thirty languages: what each prints over a story, and what only begins like it."""

from __future__ import annotations

from typing import Any

import pytest

from newsclean.bylines import is_byline, parse_byline

PEOPLE = {
    "en-small-prefix": ("By al-Nasser Bashir", "al-Nasser Bashir"),
    "en-job-then-place": (
        "By Corin Halloway, Sports Editor, Tern Rock",
        "Corin Halloway;job=Sports Editor;location=Tern Rock",
    ),
    "en-two-jobs": (
        "By Corin Halloway, Sports Editor, and Della Prout, Staff Writer",
        "Corin Halloway;job=Sports Editor · Della Prout;job=Staff Writer",
    ),
    "en-job-then-person-with-job": (
        "By Corin Halloway, Sports Editor, Della Prout, Photographer",
        "Corin Halloway;job=Sports Editor · Della Prout;job=Photographer",
    ),
    "en-date-first": ("16.09.2018 - Corin Halloway", "Corin Halloway"),
    "en-special-to": ("Della Prout, Special to the Marsh Courier", "Della Prout;agency=the Marsh Courier"),
    "en-agency-in-place": ("Associated Press in Tern Rock", "AP;kind=agency;location=Tern Rock"),
    "en-the-team": ("By the Marsh Courier Team", "Marsh Courier Team;kind=organization"),
    "en-initial-behind": ("By Corin H.", "Corin H."),
    "en-hyphen-place": ("By Della Prout in Stoke-under-Ham", "Della Prout;location=Stoke-under-Ham"),
    "de-blog": ("Blog Beitrag von Frauke Ölmann", "Frauke Ölmann"),
    "de-article": ("Ein Artikel von Frauke Ölmann", "Frauke Ölmann"),
    "de-created": ("Erstellt von Jörn-Uwe Platz am Dienstag 6. Mai 2014", "Jörn-Uwe Platz"),
    "de-saved": ("Gespeichert von Jörn-Uwe Platz am 24. Juli 2017 - 18:55", "Jörn-Uwe Platz"),
    "de-slashed-label": ("Autorin/Autor: Frauke Ölmann", "Frauke Ölmann"),
    "de-expert": ("Von Gartenblick-Experte Jörn Platz", "Jörn Platz;job=Gartenblick-Experte"),
    "de-picture-behind": (
        "Text von Frauke Ölmann    Illustration von Jörn Platz",
        "Frauke Ölmann · Jörn Platz;role=photographer",
    ),
    "de-translator": ("Übersetzung: Frauke Ölmann", "Frauke Ölmann;role=translator"),
    "de-broadcaster": (
        "Von Frauke Ölmann und Jörn Platz, KXR",
        "Frauke Ölmann;agency=KXR · Jörn Platz;agency=KXR · KXR;kind=organization",
    ),
    "de-research": ("Von Frauke Ölmann, Tallinn", "Frauke Ölmann;location=Tallinn"),
    "fr-collected": ("Propos recueillis par Maëlle Kervadec", "Maëlle Kervadec"),
    "fr-correspondent": (
        "Par Maëlle Kervadec, correspondante à Séoul",
        "Maëlle Kervadec;job=correspondante;location=Séoul",
    ),
    "fr-with-agency": ("Maëlle Kervadec (avec AFP)", "Maëlle Kervadec;agency=AFP · AFP;kind=agency"),
    "fr-translated": ("Traduit de l'anglais par Gaspard Loizeau", "Gaspard Loizeau;role=translator"),
    "es-envoy": ("Por Nuria Echevarne, enviada especial", "Nuria Echevarne;job=enviada especial"),
    "es-photos": ("Texto: Nuria Echevarne Fotos: Ramiro Ansúrez", "Nuria Echevarne · Ramiro Ansúrez;role=photographer"),
    "es-three": (
        "Nuria Echevarne, Ramiro Ansúrez y Pilar Quintás",
        "Nuria Echevarne · Ramiro Ansúrez · Pilar Quintás",
    ),
    "ca-text": ("Text: Mireia Sunyol", "Mireia Sunyol"),
    "sv-given-name": ("Per Hjortsberg", "Per Hjortsberg"),
    "pt-of-desk": ("Da Redação", "Da Redação;kind=organization"),
    "pt-with": ("Por Leandro Cascais, com Lusa", "Leandro Cascais;agency=Lusa · Lusa;kind=agency"),
    "it-of-the": (
        "dalla nostra corrispondente Ottavia Ferraboschi",
        "Ottavia Ferraboschi;job=dalla nostra corrispondente",
    ),
    "it-by": ("di Ottavia Ferraboschi - 3 maggio 2021", "Ottavia Ferraboschi"),
    "nl-from": ("Door onze verslaggever Wietse Bolt", "Wietse Bolt;job=onze verslaggever"),
    "nl-pictures": ("Tekst: Wietse Bolt Beeld: Femke ter Horst", "Wietse Bolt · Femke ter Horst;role=photographer"),
    "no-by": ("Skrevet av Torstein Hugås", "Torstein Hugås"),
    "da-by": ("Af Birgitte Sønderlev og Mads Thue", "Birgitte Sønderlev · Mads Thue"),
    "sv-by": ("Av Sixten Hjortsberg och Elsa Wrangby", "Sixten Hjortsberg · Elsa Wrangby"),
    "fi-writer": ("Kirjoittaja: Väinö Hietakangas", "Väinö Hietakangas"),
    "cs-by": ("Autoři: Zdenka Pospěchová, Radim Hloušek", "Zdenka Pospěchová · Radim Hloušek"),
    "sk-by": ("Autor: Ľubica Hronská", "Ľubica Hronská"),
    "pl-by": ("Autor: Bożena Kiełbik", "Bożena Kiełbik"),
    "hu-by": ("Írta: Szűcs Tihamér", "Szűcs Tihamér"),
    "ro-by": ("Autor: Ștefania Măgurean", "Ștefania Măgurean"),
    "hr-by": ("Piše: Domagoj Šubat", "Domagoj Šubat"),
    "sr-by": ("Аутор: Слободан Ђурашин", "Слободан Ђурашин"),
    "bg-by": ("Автор: Ралица Тодорчева", "Ралица Тодорчева"),
    "lt-by": ("Autorius: Gintaras Valuntas", "Gintaras Valuntas"),
    "tr-by": ("Haber: Gülşen Taşkıran Fotoğraf: Ufuk Dere", "Gülşen Taşkıran · Ufuk Dere;role=photographer"),
    "id-by": ("Oleh: Wulandari Saptono", "Wulandari Saptono"),
    "vi-by": ("Tác giả: Đặng Hoài Thư", "Đặng Hoài Thư"),
    "el-by": ("Γράφει ο Λεωνίδας Μπάρκας", "Λεωνίδας Μπάρκας"),
    "ru-by": ("Материал подготовила: Ульяна Вострикова", "Ульяна Вострикова"),
    "uk-by": ("Авторка: Соломія Гайдабура", "Соломія Гайдабура"),
    "ar-by": ("كتب: هيثم العوضي", "هيثم العوضي"),
    "he-by": ("מאת: עמית רוזנבלט", "עמית רוזנבלט"),
    "hi-by": ("लेखक: विनीता सोलंकी", "विनीता सोलंकी"),
    "zh-editor": ("责任编辑： 顾若兰", "顾若兰;role=editor"),
    "zh-two": ("记者：顾若兰、梁星河", "顾若兰;role=reporter · 梁星河;role=reporter"),
    "zh-outlet": (
        "光明新报记者 顾若兰 梁星河",
        "顾若兰;role=reporter;agency=光明新报 · 梁星河;role=reporter;agency=光明新报",
    ),
    "zh-outlet-box": ("□ 本报记者 顾若兰", "顾若兰;role=reporter"),
    "ja-spaced": ("柏原 夏帆", "柏原 夏帆"),
    "ja-label-spaced": ("翻訳：柏原 夏帆", "柏原 夏帆;role=translator"),
    "ko-two": ("배한솔, 류다온 기자", "배한솔;role=reporter · 류다온;role=reporter"),
}

NOBODY = {
    "en-section": "Nation And World",
    "en-see-all": "See All Stories",
    "en-about": "About The Author",
    "en-written": "Written by hand in the archive",
    "en-film": "Stand By Me",
    "de-section": "Wirtschaft & Politik",
    "de-person": "Zur Person",
    "de-on": "Von wegen ruhig",
    "de-bridge": "Von der Brücke bis zum Markt",
    "de-topics": "Themen bearbeiten",
    "fr-example": "Par exemple, la mairie",
    "fr-elsewhere": "Par ici la sortie",
    "es-morning": "Por la mañana temprano",
    "es-fear": "Por miedo a la lluvia",
    "pt-means": "Por meio de nota",
    "it-new": "Di nuovo al mare",
    "it-fact": "Di fatto chiuso",
    "nl-rain": "Door het raam",
    "no-all": "Av og til regner det",
    "da-course": "Af sted på tur",
    "sv-mistake": "Av misstag såldes huset",
    "pl-years": "Przez wiele lat",
    "cs-of": "Od rána prší",
    "tr-news": "Haber merkezi",
    "id-because": "Oleh karena itu",
    "vi-news": "Tin tức",
    "el-of": "Της ημέρας",
    "ru-author": "Автор неизвестен",
    "uk-since": "Від самого ранку",
    "zh-press": "记者会见厅",
    "ja-timeline": "記者タイムライン",
    "ja-event": "記者イベント",
    "ko-meeting": "기자 간담회",
}

LINES = {
    "en-date-first": "16.09.2018 - Corin Halloway",
    "en-date-first-slash": "03/05/2020 | Corin Halloway",
    "en-job-place": "By Corin Halloway, Sports Editor, Tern Rock",
    "de-article": "Ein Artikel von Frauke Ölmann | 27.01.2022 - 12:45",
    "de-blog": "Blog Beitrag von Frauke Ölmann",
    "fr-by": "Par Maëlle Kervadec, correspondante à Séoul",
    "es-by": "Por Nuria Echevarne, enviada especial",
    "pl-by": "Autor: Bożena Kiełbik",
    "hr-by": "Piše: Domagoj Šubat",
    "bg-by": "Автор: Ралица Тодорчева",
    "zh-editor": "责任编辑： 顾若兰",
    "ko-by": "배한솔, 류다온 기자",
}

SENTENCES = {
    "en-by-the": "By the harbour wall the crowd waited for the ferry",
    "en-by-night": "By Nightfall",
    "en-share": "Share prices of Halloway and Prout fell",
    "en-title": "Death by Chocolate",
    "en-quoted": "- Corin Halloway",
    "en-list-date": "17.11.2022 - Tern- Rock Hall",
    "en-score": "16.09.2018 - Tern Rock 2:1",
    "en-date-place": "16.09.2018 - London",
    "en-date-place-two": "16.09.2018 - New York",
    "de-from-beginning": "Von Beginn an war die Sache verloren",
    "de-from-to": "Von Montag bis Freitag geöffnet",
    "de-article-of": "Ein Artikel von gestern",
    "de-saved": "Gespeichert von allen, vergessen von niemandem",
    "fr-luck": "Par chance, personne ne dormait",
    "fr-one": "Par Une Nuit Sans Lune",
    "es-end": "Por Fin Es Viernes",
    "pt-hour": "Por Enquanto Não",
    "it-night": "Di Sera In Riva Al Mare",
    "nl-door": "Door Dik En Dun",
    "no-joy": "Av Glede Og Sorg",
    "sv-love": "Av Kärlek Till Havet",
    "da-fear": "Af Frygt For Regn",
    "pl-mistake": "Przez Pomyłkę",
    "cs-year": "Od Roku Nula",
    "hr-writes": "Piše se rujan, a more je toplo",
    "ru-book": "Автор Книги Неизвестен",
    "bg-author": "Автор на идеята е кметът",
    "tr-news": "Haber ajansları sustu",
    "id-sebab": "Oleh Sebab Itu",
    "ar-wrote": "كتب على الجدار كلمة واحدة ومضى",
    "he-from": "כתבה ארוכה על הנמל",
    "hi-author": "लेखक बनने की कहानी",
    "ja-event": "記者イベント",
    "ko-fact": "기자는 항구에 있었다",
}


@pytest.mark.parametrize(("text", "expected"), PEOPLE.values(), ids=PEOPLE)
def test_each_language_names_its_people(text: str, expected: str, notation: Any) -> None:
    assert notation.show(parse_byline(text)) == notation.read(expected)


@pytest.mark.parametrize("text", NOBODY.values(), ids=NOBODY)
def test_words_that_only_begin_like_a_byline_name_nobody(text: str) -> None:
    assert parse_byline(text) == ()


@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_a_line_in_each_language_is_a_byline(line: str) -> None:
    assert is_byline(line)


@pytest.mark.parametrize("line", SENTENCES.values(), ids=SENTENCES)
def test_a_sentence_or_a_title_in_each_language_is_none(line: str) -> None:
    assert not is_byline(line)
