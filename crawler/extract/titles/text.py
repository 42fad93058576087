"""The words of a title: what skins glue to them is taken off, and nothing of its own."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from crawler.clean.text import one_line
from crawler.extract.select import Element, text_of

_MAX_CHARS = 1000
_TAIL_CHARS = 120
_MOST_CUTS = 8
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_START = re.compile(r"^(?:[Nn]ull|NULL|undefined)\s+(?=\S)|^[\s|»>•*]+")
_DATE = r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}"
_CLOCK = r"\d{1,2}\s?(?::|h|giờ)\s?\d{2}(?::\d{2})?(?:\s?phút)?(?:\s?[AP]M|\s?SA|\s?CH)?"
_WEEKDAY = r"(?:(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật|t[2-7]|cn)\s?[,-]?\s?)?"
_MOMENT = rf"(?:{_WEEKDAY}{_DATE}[\s,|–-]{{0,4}}{_CLOCK}|{_CLOCK}[\s,|–-]{{0,4}}{_WEEKDAY}{_DATE})"
_COUNTED = r"(?:lượt|lần)\s(?:xem|đọc|truy cập)"
_COUNT = rf"(?:số\s)?{_COUNTED}|(?:đã xem|views?|hits)"
_BUTTONS = (
    r"a[+-]?|in(?: trang| bài(?: viết)?| ấn)?|print|email|pdf|gửi (?:mail|email|bài)"
    r"|chia sẻ(?: facebook)?|nghe(?: đọc)?(?: bài(?: viết)?)?|đọc bài(?: viết)?|facebook|zalo"
    r"|tweet|like|share"
)
_LABEL = (
    r"(?:ngày đăng|đăng (?:ngày|lúc)|cập nhật(?: lúc| ngày)?|ngày cập nhật|xuất bản(?: lúc| ngày)?)"
)
_GLUED = re.compile(
    r"\s*(?:"
    rf"[\[(|–-]{{0,2}}\s*(?:{_COUNT})\s?:\s?[\d.,]{{1,12}}\s*[\])]?"
    rf"|[\[(|]\s*(?:{_COUNT})\s[\d.,]{{1,12}}\s*[\])]?"
    rf"|[\[(|]\s*[\d.,]{{1,12}}\s(?:{_COUNT})\s*[\])]?"
    r"|[\[(]\s?\d{1,6}\s(?:bình luận|phản hồi|ý kiến|comments?|replies)\s?[\])]"
    r"|xem với c[ỡở] chữ.{0,20}|(?:cỡ chữ|font size)\s?:?(?:\s?a[+-]?){0,4}"
    r"|(?:\s(?:a[+-]?)){2,4}(?:\sin)?"
    r"|[\[(]\s?(?:in(?: trang| bài viết)?|print|email|pdf)\s?[\])]"
    r"|\s(?:in trang|in bài viết|chia sẻ facebook|gửi email)"
    rf"|[|–(\[-]?\s*{_LABEL}\s?:?\s?(?:{_MOMENT}|{_DATE})\s*[)\]]?"
    r"|[\s|»>•]+"
    r")$",
    re.IGNORECASE,
)
"""No title ends like this."""
_LIKELY = re.compile(
    rf"\s*[|–(\[-]\s*(?:ngày )?{_MOMENT}\s*[)\]]?$|\s{_MOMENT}$"
    rf"|\s+[–-]\s*(?:{_COUNT})\s[\d.,]{{1,12}}$|\s+[–-]\s*[\d.,]{{1,12}}\s(?:{_COUNT})$",
    re.IGNORECASE,
)
"""Hardly a title ends like this: cut but where another place repeats it."""
_UNLIKELY = re.compile(
    r"\s*(?:[(\[](?!(?:19|20)\d\d\D)\d{1,5}[)\]]"
    rf"|(?:[(\[]|\s[–|-])\s*\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:199|20\d)\d\s*[)\]]?"
    rf"|\s(?:{_COUNT})\s[\d.,]{{1,12}}|\s[\d.,]{{1,12}}\s(?:{_COUNTED})|\s(?:mới|new|hot))$",
    re.IGNORECASE,
)
"""A title may well end like this: cut where it stands apart, or another place leaves it out."""
_ENDS = re.compile(
    r"(?:[\d.,:+)\]\s|»>•-]|xem|đọc|truy cập|views?|hits|chữ.{0,20}|size|\sa|\sin|trang|viết|email"
    r"|facebook|phút|[ap]m|sa|ch|mới|new|hot)$",
    re.IGNORECASE,
)
"""How whatever may be cut ends: it is slow to search, and few titles end so."""
_ENDS_CHARS = 24
_GOES_ON = re.compile(
    r"(?:^|\s)(?:lúc|vào|từ|đến|tới|trước|sau|ngày|hồi|hạn|và|hết|qua|sáng|chiều|tối)[\s,–-]*$",
    re.IGNORECASE,
)
"""What stands before a moment that belongs to the sentence."""
_RANGE = re.compile(r"(?:[/.-]\d{2,4}|(?<!\d)\d{1,2})\s*[)\]]?\s*$")
"""What stands before a dash and a date that end a range."""
_INLINE = frozenset(
    {"span", "small", "i", "em", "b", "font", "label", "sup", "sub", "time", "strong"}
)
_LEAST_ALIKE = 3


def tidy_title(text: str, said: Sequence[str] = (), apart: Sequence[str] = ()) -> str:
    """Take off a title what skins glue to it: counters, buttons, dates, the literal "null".

    `said` are wordings of the title elsewhere on the page: a number or a date at the end that one
    of them repeats is the title's own. `apart` are the texts of elements within the title's: what
    may be its own is cut only there, or where `said` leaves it out; of a range never.
    """
    title = one_line(text[: 4 * _MAX_CHARS])[:_MAX_CHARS]
    for _ in range(2):  # escaped twice: `&amp;quot;`
        if "&" in title and _ENTITY.search(title):
            title = html.unescape(title)
    title = one_line(_TAG.sub(" ", title)) if "<" in title else title
    for _ in range(_MOST_CUTS):
        cut = _cut(title, said, apart)
        if not cut or cut == title:
            break
        title = cut
    return title


def is_tidy(text: str) -> bool:
    """Tell whether nothing of a line can be cut, whatever stands elsewhere: a quick look."""
    if "&" in text or "<" in text or len(text) > _MAX_CHARS or _START.search(text):
        return False
    if not _ENDS.search(text[-_ENDS_CHARS:]):
        return True
    tail = max(0, len(text) - _TAIL_CHARS)
    return not any(form.search(text, tail) for form in (_GLUED, _LIKELY, _UNLIKELY))


def pieces_apart(node: Element | str) -> list[str]:
    """List the texts of the small elements within a title's element, for `tidy_title`."""
    if isinstance(node, str):
        return []
    return [
        one_line(text_of(part))
        for part in node.iter(*_INLINE)
        if part is not node and not len(part)
    ]


def without_tails(titles: Sequence[str]) -> list[str]:
    """Cut the date or number that nearly all titles of one list end with: the skin's, no title's.

    Shape: the titles in their order; as they were where fewer than three, or only some, end so.
    """
    cut = [_without(title, _UNLIKELY.search(title)) for title in titles]
    alike = sum(short != title for short, title in zip(cut, titles, strict=True))
    if alike < _LEAST_ALIKE or alike < 0.8 * len(titles):
        return list(titles)
    return cut


def _cut(title: str, said: Sequence[str], apart: Sequence[str]) -> str:
    title = _START.sub("", title)
    if not _ENDS.search(title[-_ENDS_CHARS:]):
        return title.strip()
    tail = max(0, len(title) - _TAIL_CHARS)
    title = (title[:tail] + _GLUED.sub("", title[tail:])).strip()
    for pattern in (_LIKELY, _UNLIKELY):
        found = pattern.search(title, max(0, len(title) - _TAIL_CHARS))
        if found is None or any(title in wording for wording in said):
            continue
        if pattern is _UNLIKELY and not _is_glued(title, found, said, apart):
            continue
        title = _without(title, found)
    return title


def _without(title: str, tail: re.Match[str] | None) -> str:
    """Cut a tail off, but where what is left asks for it."""
    if tail is None:
        return title
    left, mark = title[: tail.start()], tail[0].strip()[:1]
    if mark not in "([" and _GOES_ON.search(left):
        return title
    if mark in "–-" and _RANGE.search(left):
        return title
    return left.strip() or title


def _is_glued(title: str, tail: re.Match[str], said: Sequence[str], apart: Sequence[str]) -> bool:
    """Tell whether a tail stands apart, or another wording of the title does without it."""
    bare = tail[0].strip(" –|-")
    if any(piece.strip(" –|-") in {bare, bare.strip("()[]")} for piece in apart if piece):
        return True
    short = title[: tail.start()].strip()
    return any(_told(short, wording) for wording in said)


def _told(short: str, wording: str) -> bool:
    """Tell whether a wording is `short`, alone or beside the name of a site."""
    if not wording.startswith(short):
        return wording.endswith(short) and not wording[: -len(short)].strip()[-1:].isalnum()
    rest = wording[len(short) :].strip()
    return not rest or not (rest[0].isalnum() or rest[0] in ",.;:(")
