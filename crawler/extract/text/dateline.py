"""The agency and the date that open a lead: "(Mic.gov.vn) - Ngày 11/01/2013, …"."""

from __future__ import annotations

import re

from crawler.clean.text import one_line
from crawler.extract.dates import read_moment
from crawler.extract.draft import Moment

_DASH = r"\s*[-–—]+\s*"
_NO_NAME = (
    r"(?:Ảnh|Hình|Tiếp|Kỳ|Bài|Phần|Xem|Trích|Theo|Nguồn|Video|Clip|Tin|Ghi|Bản|Dự|Kèm|Ban hành)\b"
)
_DATE = r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}"
_CAPITALS = r"(?:[A-ZĐ]{3,10}|[A-ZĐ]{2,8}(?:&[A-ZĐ]{1,8})+)(?:\s[A-ZĐ]{2,4})?"
_MIXED = r"[A-Z]{2,6}[a-z]\w{2,12}|[A-Z][a-z]+[A-Z]\w{2,12}"
_AGENCY = rf"(?:[\w-]+(?:\.[\w-]+)+|{_CAPITALS}|{_MIXED})"
_PLACE = r"[^\W\d_]{1,9}(?:[ -]+[^\W\d_]{1,9}){0,3}"
_DATELINE = re.compile(
    rf"\s*(?:{_DATE}\s*)?(?:"
    rf"[(\[]\s*(?P<bracketed>(?=[^()\[\]]*[.A-ZĐ]{{2}}|[^()\[\]]*\.\w)(?!\s*[Ảả]nh)[^()\[\]\d]{{2,40}})"
    rf"\s*[)\]](?:{_DASH}|\s*:\s*|\s+|$)"
    rf"|\(\s*(?P<named>(?!{_NO_NAME})[A-ZĐ][^()\d]{{2,30}})\s*\){_DASH}"
    rf"|(?P<placed>{_PLACE}\s\((?:{_CAPITALS})[^()]{{0,12}}\)){_DASH}"
    rf"|(?P<bare>{_AGENCY})(?:\s+[-–—]+\s*|\s*[–—]+\s+|\s*[-–—]\s+)"
    rf")"
)
_LEAD_DATE = re.compile(
    rf"\s*(?:(?:vào\s+)?(?:sáng|trưa|chiều|tối|đêm)?\s*(?:nay|qua)?,?\s*(?:vào\s+)?(?:ngày\s+)?)"
    rf"(?P<date>{_DATE}|\d{{1,2}}\s+tháng\s+\d{{1,2}}(?:\s+năm|,)?\s+\d{{4}})\s*(?P<next>.?)",
    re.IGNORECASE,
)


def split_dateline(text: str) -> tuple[str, int] | None:
    """Find the agency at the start of a lead.

    Shape: its name without brackets, and how many characters of `text` the dateline takes, dash
    and blanks included. None when the text opens with a word of its own.
    """
    found = _DATELINE.match(text)
    if found is None:
        return None
    if found["bare"] and text[found.end() :][:1].islower():
        return None  # "VNPT - đơn vị …" goes on: it is the sentence's own word
    if text.lstrip().startswith("[") and not re.search(r"[-–—:]\s*$", found[0]):
        return None  # "[Video] …", "[Hỏi đáp] …"
    if found["placed"] and not _is_place(found["placed"]):
        return None
    name = one_line(found["bracketed"] or found["named"] or found["placed"] or found["bare"])
    return (name, found.end()) if name else None


def _is_place(text: str) -> bool:
    """Tell whether the words before the bracket are a place's: each has a capital."""
    return all(word[:1].isupper() for word in re.split(r"[ -]+", text.partition(" (")[0]))


def lead_moment(text: str) -> Moment | None:
    """Read the day of the event that a lead opens with: the best known day of its news.

    None when the date stands anywhere later, or opens a range: those are dates of decrees,
    periods and plans.
    """
    dateline = split_dateline(text)
    dated = re.match(rf"\s*({_DATE})\s*\(", text)
    if dateline and dated:
        return _day(dated[1])
    found = _LEAD_DATE.match(text[dateline[1] :] if dateline else text)
    if found is None or found["next"] in {"-", "–", "—", "/"}:
        return None
    rest = text[(dateline[1] if dateline else 0) + found.end("date") :].lstrip()
    return None if re.match(r"(?:đến|tới|là)\b", rest) else _day(found["date"])


def _day(text: str) -> Moment | None:
    moment = read_moment(text)
    if moment is None:
        return None
    at = moment.at.replace(hour=0, minute=0, second=0)
    return Moment(at=at, precision="day", raw=moment.raw)
