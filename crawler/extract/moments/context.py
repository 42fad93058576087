"""What stands around a date and says whose it is: the publication's, an edit's, a decree's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from crawler.extract.moments.forms import Written

Role = Literal["published", "plain", "edited", "foreign"]
"""Best first; `foreign` is no date of this page: a decree's, a period's, a deadline."""

_HOUR = r"(?:\d{1,2}\s?(?::|h|g|giờ)\s?(?:\d\d(?:\s?phút|['’′])?)?[,\s]*)?"
_RANGE = re.compile(
    rf"\s*(?:lúc\s)?{_HOUR}\s*(?:[-–—]|đến|tới|to)\s*(?:hết\s+)?(?:lúc\s)?{_HOUR}(?:ngày\s+)?$",
    re.IGNORECASE,
)
_REACH = 90
_PART_OF_RANGE = re.compile(
    r"(?<![\w/:.-])\d{1,2}(?:[/.-]\d{1,2})?"
    r"(?:\s?(?:và|đến|tới|&)\s?|(?<=\d[/.-]\d)\s?[-–—]\s?|(?<=\d[/.-]\d\d)\s?[-–—]\s?)(?:hết\s)?"
    r"(?:ngày\s)?$"
    r"|(?:ngày|từ|\()\s?\d{1,2}\s?[-–—,]\s?$",
    re.IGNORECASE,
)
PAPERS = (
    r"nghị\s(?:định|quyết)|quyết\sđịnh|thông\stư|chỉ\sthị|công\s(?:văn|điện|ước)|luật|pháp\slệnh"
    r"|sắc\slệnh|giấy\s(?:phép|mời)|hợp\sđồng|tờ\strình"
)
_PAPER = re.compile(
    rf"(?:{PAPERS})\b[^.;:|]{{0,60}}?\b(?:ký\s|ban\shành\s)?ngày\s?$", re.IGNORECASE
)
_NUMBER = re.compile(
    r"\d{1,6}(?:/\d{4})?\s?/\s?[A-ZĐ][\wĐđ&-]{1,20}[,\s]{0,2}(?:\(?\w{0,6}\s?){0,2}$"
)
_NOT_OURS = re.compile(
    r"(?<!\w)(?:(?:ban\shành|hiệu\slực|hết\shạn|hạn\s(?:cuối|nộp|chót)|bắt\sđầu|kết\sthúc|sinh\sngày"
    r"|ngày\s(?:sinh|cấp|ký|họp|in)|ký|khởi\scông|thành\slập|in\s(?:lúc|trang|bài|ngày)|printed(?:\son)?)"
    r"(?:\s(?:lúc|vào|từ|kể\stừ|ngày))*[\s:(|]{0,4}"
    r"|(?:hôm\snay|bây\sgiờ|hiện\stại)\D{0,30}|(?:trước|sau|hết|từ|đến|tới)\s(?:hết\s)?ngày\s?)$",
    re.IGNORECASE,
)
LABELS = re.compile(
    r"(?P<published>\bđăng(?!\s(?:ký|kí|kiểm|nhập|cai|quang|đàn|trên|ở|tại|trong))\b(?:\s(?:bởi|tải))?|xuất\sbản"
    r"|publish(?:ed)?|posted|được\sviết|(?:ngày|lúc)\s(?:tạo|viết|gửi|đưa|trả\slời)|đưa\stin|submitted|created"
    r"|phát\s(?:hành|lúc))"
    r"|(?P<edited>cập\snhật(?:\slần\scuối)?|chỉnh\ssửa|sửa\slần|sửa\s(?:đổi|lúc|ngày)|updated|modified|edited)",
    re.IGNORECASE,
)


def role_of(line: str, dates: Sequence[Written], index: int) -> Role:
    """Say what the date at `index` of a line's dates is."""
    date = dates[index]
    floor = dates[index - 1].end if index else 0
    if index and _RANGE.fullmatch(line[floor : date.start]):
        return "foreign"
    if index + 1 < len(dates) and _RANGE.fullmatch(line[date.end : dates[index + 1].start]):
        return "foreign"
    before = line[max(floor, date.start - _REACH) : date.start]
    for alien in (_PART_OF_RANGE, _NUMBER, _PAPER, _NOT_OURS):
        if alien.search(before):
            return "foreign"
    labels = [*LABELS.finditer(before)]
    if not labels:
        return "plain"
    return "published" if labels[-1]["published"] else "edited"
