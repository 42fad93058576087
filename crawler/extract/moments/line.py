"""What a short line with a date says: when an article was published, or something else.

A line counts by its label ("Ngày đăng", "Cập nhật lúc"), or by holding little but a date. The
dates of events, deadlines, documents and of the site itself are none of an article's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from crawler.clean.text import one_line
from crawler.extract.dates import chosen_of, dated_line
from crawler.extract.moments.clock import clock_beside, without_clocks
from crawler.extract.moments.context import LABELS, PAPERS, Role, role_of
from crawler.extract.moments.forms import WEEKDAY, Written, dates_in
from crawler.extract.moments.relative import RELATIVE, names_today

_PLAIN_LETTERS = 34
"""What may stand beside a date that has no label: an author, a rubric, an office."""
_LABELLED_LETTERS = 60
_COMMA_LETTERS = 3
_KNOWN_WORDS = re.compile(
    rf"(?<![^\W\d_])(?:{WEEKDAY}|ngày|lúc|vào|giờ|phút|gmt|am|pm|sa|ch|số|lượt|xem|đọc|người|truy|cập|cỡ|chữ"
    r"|in|bài|viết|này|trang|gửi|email|chia|sẻ|font|size|view|views|count|a|tin|ảnh|quay|lại|bình|luận"
    r"|facebook|zalo|twitter|google|print|mail|hits|đã|được|mục|nghe|btv|ctv|pv|bbt|admin|by|on|at)"
    r"(?![^\W\d_])",
    re.IGNORECASE,
)
_TOOLS = re.compile(
    r"(?<![^\W\d_])(?:(?:tăng|giảm)(?:\scỡ)?\schữ|(?:độ\s)?tương\sphản(?:\scao)?|phóng\sto|thu\snhỏ"
    r"|lưu(?:\s(?:trang|tin|bài(?:\sviết)?))?|sao\schép(?:\sliên\skết)?|copy\slink|đánh\sgiá"
    r"|gửi\s(?:cho\s)?bạn\sbè|màu\s(?:chữ|nền)|giọng\sđọc|tải\sxuống|toàn\smàn\shình|bởi)(?![^\W\d_])",
    re.IGNORECASE,
)
"""Buttons of several words, whose words alone would say something else."""
_LETTERS = re.compile(r"[^\W\d_]")
_EVENT = re.compile(
    r"(?<!\w)(?:thời\s(?:gian|hạn|điểm)|địa\sđiểm|hạn|ban\shành|hiệu\slực|áp\sdụng|khai\s(?:mạc|giảng|trương)"
    r"|bế\smạc|diễn\sra|bắt\sđầu|kết\sthúc|dự\skiến|lịch(?!\ssử)|từ|đến|tới|trước|hết|tại|nộp|họp|sinh|cấp"
    r"|giấy\sphép|(?:ký\s)?hiệu|số\s?:?\s?\d+\s?/|(?:ký|họp|sinh|trả)\sngày|when|where|deadline|venue"
    r"|from|until|till|before|effective|expir\w+|licen[cs]e|due)(?!\w)"
)
_HALF_DAY = re.compile(r"(?:^|[^\d\s]\s)(?:sáng|trưa|chiều|tối|đêm)\s(?:ngày\s)?$", re.IGNORECASE)
"""Beside no clock: "Sáng ngày 16/11/2026"."""
_PLACE = re.compile(r"(?P<name>[^,|:()\d]{2,40}),\s*ngày\s?$", re.IGNORECASE)
"""The head of a letter: "Hà Giang, ngày 16 tháng 10 năm 2026"."""
_PARTS = re.compile(r"[|:,;()–—-]")
_DAY = re.compile(r"(?<!\w)ngày(?!\w)", re.IGNORECASE)
_PAPER = re.compile(rf"(?<!\w)(?:{PAPERS})(?!\w)", re.IGNORECASE)
_FILL = re.compile(
    rf"(?:[\s,.|()\[\]–—-]|(?<![^\W\d_])(?:{WEEKDAY}|ngày|lúc|vào|hồi)(?![^\W\d_]))+$",
    re.IGNORECASE,
)
_OPEN_LABEL = re.compile(r"(?P<word>[^\W\d_]+)\)?\s?:$")
_KNOWN_LABELS = frozenset({"ngày", "lúc", "date", "time", "giờ", "on", "tin"})
_OF_SITE = re.compile(
    r"(?<!\w)(?:trang(?:\s(?:web|tin|chủ|này|thông\stin(?:\sđiện\stử)?))*|website|site|cổng(?:\s\w+){1,5}|dữ\sliệu"
    r"|hệ\sthống|phần\smềm|page)\s(?:được\s|đã\s|này\s|was\s|is\s)*(?:cập\snhật|nâng\scấp|(?:last\s)?updated)",
    re.IGNORECASE,
)
_REPRINTED = re.compile(r"(?<!\w)trên\s(?:công\s)?(?:báo|tạp\schí|trang|cổng)(?!\w)", re.IGNORECASE)
_ASKED = re.compile(r"(?<!\w)(?:gửi|hỏi)(?!\w)", re.IGNORECASE)
_ANSWERED = re.compile(r"(?:trả\slời|giải\sđáp|hồi\sđáp|answered)\D{0,12}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DateLine:
    """A line that may say when an article was published."""

    text: str
    """With the label that stands before it, if one does."""
    role: Role
    """Never `foreign`."""
    day: date
    """As it reads day first, to compare it with others."""
    has_clock: bool
    letters: int
    """How many stand beside date, clock, label and counters."""
    weekday: bool = False
    """Whether the day is named, as calendars in a page's head do."""
    asked: bool = False
    """Whether it is the date of a question."""
    answered: bool = False

    @property
    def is_bare(self) -> bool:
        """Tell whether little but a date stands in it."""
        return self.letters <= _PLAIN_LETTERS

    @property
    def is_date(self) -> bool:
        """Tell whether nothing but a date stands in it."""
        return self.letters == 0


def read_line(text: str, label: str = "") -> DateLine | None:
    """Judge a short line; `label` is what stands before it in a cell or element of its own.

    None for a line without a full date, and for the dates of anything but the article.
    """
    line = dated_line(f"{label} {text}" if label else text)
    dates = dates_in(line)
    found = chosen_of(line, dates)
    if found is None:
        return None
    role = role_of(line, dates, dates.index(found))
    letters = _letters_beside(line, dates)
    if letters > _LABELLED_LETTERS or _is_foreign(line, found, role):
        return None
    before = line[: found.start]
    return DateLine(
        text=line,
        role=role,
        day=found.read("dmy"),
        has_clock=clock_beside(line, found.start, found.end) is not None,
        letters=letters,
        weekday=found.weekday is not None,
        asked=bool(_ASKED.search(before)),
        answered=bool(_ANSWERED.search(before)),
    )


def is_relative_line(text: str) -> bool:
    """Tell a line of little but a date that counts back, "2 tuần trước"; today needs none."""
    line = one_line(text)
    if not RELATIVE.search(line) or names_today(line):
        return False
    rest = LABELS.sub("", RELATIVE.sub("", line))
    return len(_LETTERS.findall(_KNOWN_WORDS.sub("", rest))) <= _PLAIN_LETTERS // 3


def _letters_beside(line: str, dates: list[Written]) -> int:
    for one in reversed(dates):
        line = f"{line[: one.start]} {line[one.end :]}"
    rest = _KNOWN_WORDS.sub(" ", _TOOLS.sub(" ", LABELS.sub(" ", without_clocks(line))))
    return len(_LETTERS.findall(rest))


def _is_foreign(line: str, found: Written, role: Role) -> bool:
    before, after = line[: found.start], line[found.end :]
    if role == "foreign" or _OF_SITE.search(before):
        return True
    labels = [*LABELS.finditer(before)]
    events = [*_EVENT.finditer(_plain_case(before))]
    if _REPRINTED.search(before) or (_PAPER.search(before) and role != "published"):
        return True
    if labels:
        # "Thời gian đăng: …" is a publication's, "Đăng ký trước ngày …" is not
        return bool(events) and events[-1].start() > labels[-1].start()
    if events or _EVENT.search(after) or _HALF_DAY.search(before) or _names_place(before):
        return True
    if _is_day_of(before):
        return True
    opened = _OPEN_LABEL.search(_FILL.sub("", without_clocks(before)))
    if opened and opened["word"].lower() not in _KNOWN_LABELS:
        return True
    after = one_line(without_clocks(after))
    beside = len(_LETTERS.findall(_KNOWN_WORDS.sub("", after)))
    # "Ngày 20/11/2026, Sở tổ chức"
    return after.startswith(",") and beside > _COMMA_LETTERS and not LABELS.search(after)


def _plain_case(text: str) -> str:
    """Write the first letter small, and a line of capitals: else a capital is a name's."""
    return text.lower() if text.isupper() else text[:1].lower() + text[1:]


def _is_day_of(before: str) -> bool:
    """Tell the day of something: "Ngày thi 30/10/2026", "Giá vàng ngày 16/11/2026"."""
    part = _PARTS.split(without_clocks(before).rstrip(" :|"))[-1]
    found = _DAY.search(part)
    if found is None:
        return False
    told = [word for word in _KNOWN_WORDS.sub(" ", part[found.end() :]).split() if word.isalpha()]
    above = part[: found.start()].split()[-1:]
    return bool(told) or any(
        word[0].islower() and bool(_KNOWN_WORDS.sub("", word)) for word in above
    )


def _names_place(before: str) -> bool:
    found = _PLACE.search(before)
    if found is None:
        return False
    name = found["name"].strip(" -–—.")
    if re.fullmatch(WEEKDAY, name, re.IGNORECASE):
        return False
    return all(word[0].isupper() for word in name.split() if word[0].isalpha())
