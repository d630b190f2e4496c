"""Chinese, Japanese and Korean bylines: `記者林雅筑／台北報導`, `文・沢村大地 写真・森川葵`, `한도윤 기자`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from newsclean.bylines.agencies import agency_of
from newsclean.bylines.grammar import MAX_CHARS, Reading, read_people
from newsclean.bylines.labels import vocabulary
from newsclean.bylines.names import is_cjk_name, is_name
from newsclean.bylines.text import is_cjk
from newsclean.model import Person, Role

_CJK = r"\u4e00-\u9fff\u3040-\u30ff\uac00-\ud7a3"
_SEPARATOR = re.compile(
    rf"[\n,，、;；|｜/／()（）\[\]【】〔〕]|(?<=[{_CJK}])\s+|\s+(?=[{_CJK}])|(?<=[\uac00-\ud7a3])·(?=[\uac00-\ud7a3])"
)
_SPACED_NAME = re.compile(r"([\u4e00-\u9fff]{2}) ([\u4e00-\u9fff]{1,2})")  # 沢村 大地, as Japan writes it
_SPACE = "\ue000"  # stands for the space in such a name while the text is cut
_SLASHED = re.compile(rf"(?<![{_CJK}])(文|撰文|图|圖|摄影|攝影|写真|撮影)\s?[/／｜|]\s?")  # 文/周子墨
_BOX = "□■●◎▲△◆○ "  # before a signature
_SIGN = "：:・／=＝●◎ "
_KANA = re.compile(r"[\u30a0-\u30ff]+")  # 記者イベント: an event for reporters
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}", re.ASCII)
_DATE = re.compile(r"[\d年月日時时分:：.\-년월일시 ]{6,40}(?:更新|公開|配信|発表|入力|수정)?|\d{1,2}日|\d{1,2}:\d\d")
_OTHERS = re.compile(r"외 ?\d{1,2}명|외|\d{1,2}명|영상|報導|报道|报导|報道|電|电")
_REPORTS = re.compile(r"([\u4e00-\u9fff]{2,4}?)(?:報導|报道|报导|電|电)")
_DESK = (
    *(
        "部",
        "社",
        "局",
        "网",
        "網",
        "台",
        "报",
        "報",
        "聞",
        "室",
        "班",
        "課",
        "新闻",
        "新聞",
        "频道",
        "頻道",
        "通信",
        "日报",
    ),
    *(
        "신문",
        "일보",
        "뉴스",
        "정치부",
        "경제부",
        "사회부",
        "문화부",
        "국제부",
        "체육부",
        "산업부",
        "편집부",
        "생활부",
        "전국부",
    ),
)
_MAX_HAN_NAME = 4
_MAX_DESK = 12  # characters
# 记者 with one of these behind it is another word: 记者会 is a press conference.
_BEFORE_NAMES = {"记者", "記者"}
_NO_LABEL_BEFORE = frozenset("会會们們团團席证證节節部室")


def read_cjk(text: str) -> Reading:
    """What a plain text with Chinese, Japanese or Korean letters says as a byline."""
    if len(text) > MAX_CHARS:
        return Reading()
    text = _SLASHED.sub(r"\1：", text)
    reader = _Reader()
    for part in _SEPARATOR.split(_joined(text.lstrip(_BOX))):
        if part.strip():
            reader.take(part.strip())
    understood = reader.complete or reader.labelled
    return Reading(tuple(reader.people) if understood else (), reader.complete, reader.labelled)


def _joined(text: str) -> str:
    """The text with the space in a Japanese name replaced, where the name stands alone or behind a Japanese label."""
    spaced = _SPACED_NAME.fullmatch(text)
    if spaced and spaced[1] not in vocabulary().cjk_labels and spaced[2] not in vocabulary().cjk_suffixes:
        return _SPACE.join(spaced.groups())
    for label in vocabulary().ja_labels:
        found = text.startswith(label) and text[len(label) : len(label) + 1] in _SIGN
        if found and (spaced := _SPACED_NAME.fullmatch(text[len(label) :].lstrip(_SIGN))):
            return f"{label}：{_SPACE.join(spaced.groups())}"
    return text


@dataclass(slots=True)
class _Reader:
    people: list[Person] = field(default_factory=list)
    role: Role | None = None
    agency: str | None = None
    complete: bool = True
    labelled: bool = False

    def take(self, part: str) -> None:
        if self._suffix(part):
            return
        rest = self._label(part)
        if rest and not self._known(rest):
            self.complete = False

    def _label(self, part: str) -> str:
        """Take a label off the front; what stands behind it."""
        for word, (role, colon) in vocabulary().cjk_labels.items():
            if part.startswith(word):
                rest = part[len(word) :]
                signed = rest[:1] in _SIGN if rest else not colon
                if (colon and not signed) or rest[:1] in _NO_LABEL_BEFORE or (not signed and _KANA.fullmatch(rest)):
                    continue
                self.role, self.labelled = role, True
                return rest.lstrip(_SIGN)
        return part

    def _suffix(self, part: str) -> bool:
        """`기자` behind names: it holds for all that have no role yet."""
        if part in vocabulary().cjk_labels:
            return False
        for word, role in vocabulary().cjk_suffixes.items():  # 선임기자 stands before 기자
            name = part.removesuffix(word).strip()
            is_outlet = len(name) > _MAX_HAN_NAME and word in _BEFORE_NAMES  # 新江日报·晨河点记者
            is_desk = (name.endswith(_DESK) or is_outlet) and len(name) <= _MAX_DESK
            if part.endswith(word) and is_desk:
                self.role, self.labelled, self.agency = role, True, name  # 光明日报记者: the names follow
                return True
            if part.endswith(word) and (not name or is_cjk_name(name)) and (name or self.people):
                if name:
                    self.people.append(Person(name, name, role=role))
                else:
                    self.people = [replace(p, role=role) if p.kind == "person" else p for p in self.people]
                self.labelled = True
                return True
        return False

    def _known(self, part: str) -> bool:
        """Record what the part says; False if it says nothing known."""
        if "=" in part:  # 서울=연합뉴스
            return not [p for p in part.split("=") if p and not self._known(p)]
        agency, report = agency_of(part), _REPORTS.fullmatch(part)
        if report or part in vocabulary().cities:
            place = report[1] if report else part
            self.people = [replace(p, location=p.location or place) for p in self.people]
        elif _DATE.fullmatch(part):
            pass  # words as short as names can stand beside it: a date tells no byline
        elif _EMAIL.fullmatch(part) and self.people:
            self.people[-1] = replace(self.people[-1], email=part)
        elif agency:
            self._give_agency(agency)
            self.people.append(Person(agency, part, "agency", self.role or "author"))
        elif is_cjk_name(part.replace(_SPACE, " ")) and not part.endswith(_DESK) and not _is_word(part):
            name = part.replace(_SPACE, " ")
            self.people.append(Person(name, name, role=self.role or "author", agency=self.agency))
        elif any(map(is_cjk, part)):
            return self._desk(part)
        else:
            return self._latin(part)
        return True

    def _desk(self, part: str) -> bool:
        if _OTHERS.fullmatch(part):
            return True
        if len(part) <= _MAX_DESK and part.endswith(_DESK) and not any(sign in part for sign in ":："):
            self._give_agency(part)
            self.people.append(Person(part, part, "organization", self.role or "author"))
            return True
        return False

    def _latin(self, part: str) -> bool:
        """A Latin word behind a name is the outlet; two are a name."""
        people = read_people(part).people if " " in part and is_name(part) else ()
        if people:
            self.people += (replace(p, role=self.role or p.role) for p in people)
        elif self.people and part.isalnum():
            self._give_agency(part)
        else:
            return False
        return True

    def _give_agency(self, agency: str) -> None:
        self.people = [replace(p, agency=p.agency or agency) if p.kind == "person" else p for p in self.people]


def _is_word(part: str) -> bool:
    """記者会見, 기자회견, 文章: words that begin with a label or a suffix, labels with no name, and words of pages."""
    known = vocabulary()
    begins = any(part.startswith(w) and len(w) > 1 for w in (*known.cjk_labels, *known.cjk_suffixes))
    return begins or part in known.cjk_suffixes or part in known.never
