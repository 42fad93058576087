"""The last lines of a text that are not text: who wrote it, which office, where it came from.

Pages without fields of their own for these (the ministry's portal until 2020) end the body with
"Minh Đức", "Sở TT&TT Điện Biên", "Theo TTXVN" and a rating line, and open it with "(Mic.gov.vn) -".
A line is taken for a signature only where it cannot be a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from crawler.extract.beside.accounts import is_account, is_role
from store.provinces import province_in_title
from store.text import fold

_OFFICE_MAX_CHARS = 80
_PERSON_MAX_CHARS = 40
_CREDIT_MAX_CHARS = 80

_LEFTOVER = re.compile(
    r"đánh giá bài viết\s*\(.*\)[\s\d]*|đánh giá\s*:.*|tổng số điểm của bài viết.*"
    r"|(?:số )?(?:lượt|lần) (?:xem|đọc|truy cập)\s*:?\s*[\d., ]*|đã xem\s*:?\s*[\d., ]*"
    r"|[\d.,]{1,12} (?:lượt|lần) (?:xem|đọc)|thống kê truy cập|(?:(?:a[+-]?|\|)\s?){2,6}|\./\."
    r"|(?:email|in|pdf|tweet|facebook|zalo|print)"
    r"(?:[\s|,.]+(?:email|in|pdf|tweet|print|facebook|zalo))*\.?"
    r"|<<?\s*quay lại|« quay lại|in trang"
    r"|in bài viết|gửi (?:email|bình luận|cho bạn bè)"
    r"|chia sẻ(?: facebook)?|xem với cỡ chữ.*|description: .:\\.*|\s*",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"(?:sở|trung tâm|tt|văn phòng|vp|phòng|cục|chi cục|tổng cục|vụ|viện|ban|báo|tạp chí|đài|cổng"
    r"|ubnd|hđnd|bộ|thanh tra|bưu điện|bưu chính|tỉnh đoàn|tỉnh ủy|thành ủy|huyện ủy|ttxvn"
    r"|thông tấn xã"
    r"|hội (?:nhà báo|nông dân|liên hiệp|cựu|chữ thập|tin học)"
    r"|công an|trường|viettel|vnpt|mobifone|đại học)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\(?\s*(?:(?:tin|bài|ảnh|tác giả(?: bài viết)?|người viết|thực hiện|biên tập|tổng hợp"
    r"|viết bởi)"
    r"(?:\s*(?:,|và|&|/|-)?\s*(?:tin|bài|ảnh|viết))*)\s*:\s*(?P<name>.+?)\s*\)?",
    re.IGNORECASE,
)
_CRAFT = re.compile(
    r"\W{0,2}(?:(?:thiết kế|đồ h[oọ]ạ?a?|trình bày|kỹ thuật|quay phim"
    r"|dựng(?: phim)?|đạo diễn|video|clip)"
    r"(?:\s*(?:,|và|&|/|-)?\s*))+:\s*(?P<name>.+?)\W*",
    re.IGNORECASE,
)
"""Who made what is not the text: "Thiết kế: Hoàng Minh"."""
_PHOTO = re.compile(r"\(?\s*(?:nguồn\s+)?ảnh\s*(?:minh h[oọ]a)?\s*[:(-]", re.IGNORECASE)
_CREDIT = re.compile(
    r"\(?\s*(?:nguồn(?:\s+tin)?\s*:|theo\s*:?\s)\s*(?P<name>[^()]+?)\s*\)?", re.IGNORECASE
)
_THEO = re.compile(r"\(?\s*theo\s(?!\s*:)", re.IGNORECASE)
_ROLE = re.compile(
    r"(?P<person>[^–—(,|-]+?)\s*(?:[–—,]|\s-|-\s)\s*(?:nguyên\s+|quyền\s+|q\.\s*)?(?:phó\s+)?"
    r"(?:giám đốc|tổng giám đốc|chánh|trưởng|chủ tịch|bí thư|viện trưởng|cục trưởng|vụ trưởng"
    r"|chuyên viên|bộ trưởng|thứ trưởng)\b[^.:;]{0,60}",
    re.IGNORECASE,
)
_WITH_SOURCE = re.compile(
    r"(?P<person>[^–—(,|/-]+?)\s*(?:[–—(,/]|\s-|-\s)\s*"
    r"(?P<source>theo\s[^()]+?|(?:TTXVN|VOV|VTV)[\w .-]{0,12})\s*\)?",
    re.IGNORECASE,
)
_AFTER_PERSON = re.compile(
    r"\s+(?:tổng hợp|sưu tầm|thực hiện|biên tập|và \d{1,2} (?:tác giả|người) khác)$", re.IGNORECASE
)
_BOTH = re.compile(r"(?P<person>[^–—(,|-]+?)\s*(?:[–—(,|]|\s-|-\s)\s*(?P<office>[^()]+?)\s*\)?")
_IN_BRACKETS = re.compile(r"(?P<person>[^()]+?)\s*\((?-i:[A-ZĐ])[^()]{1,24}\)")
"""A name with the post or the office of who bears it: "Lê Thị Hạnh (CC LĐTBXH)"."""
_NAME_WORD = re.compile(
    r"[^\W\d_]+(?:[.’'ʼ][^\W\d_]*)*|&|và|-|–|\((?:tổng hợp|th|t/h|sưu tầm|ctv|pv|bbt)\)",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.;:!?…,]\s*[”\"')]*$|\./\.$")
_MEDIA_WORD = re.compile(
    r"(?:báo|tạp chí|trang|cổng|đài|website|kênh|bộ|sở|cục|ubnd|tổng hợp)$", re.IGNORECASE
)
_NOT_A_NAME = re.compile(
    r"(?:tin (?:liên quan|khác|mới|bài|tức|nổi bật)|bài (?:viết|liên quan|khác)|các|những|video|xem"
    r"|chia sẻ|in|gửi|về|trang|ảnh|đọc|bình luận|từ khóa|tags?|thông (?:tin|báo|cáo)|văn bản"
    r"|liên (?:hệ|kết|quan)|mới nhất|nơi nhận|danh (?:mục|sách)|cùng|chuyên|hình ảnh|trở|quay"
    r"|đầu trang|lượt|thứ (?:hai|ba|tư|năm|sáu|bảy)|ngày|kết (?:luận|quả)|một số|chương|mục|điều"
    r"|khoản|phần|phụ lục|bảng|biểu|kính|trân trọng|từ ngữ)\b",
    re.IGNORECASE,
)
_NOT_A_SOURCE = re.compile(
    r"(?:nghị (?:định|quyết)|quyết định|thông (?:tư|báo)|chỉ thị|kế hoạch|luật|bộ luật"
    r"|công (?:văn|điện)|điều|khoản|quy (?:định|chế|hoạch)|văn bản|báo cáo|tờ trình"
    r"|hướng dẫn|chương trình|đề án)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"(?:việt nam|trung quốc|hàn quốc|nhật bản|thái lan|hoa kỳ|ấn độ|campuchia|liên bang nga"
    r"|(?:quần đảo )?(?:hoàng sa|trường sa)|biển đông|tây nguyên"
    r"|(?:tây|đông|bắc|nam|trung)(?: trung)? bộ|đông nam (?:á|bộ)|châu (?:á|âu|phi|mỹ))",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"\W*(?:đã ký|(?:kt|tm|tl|tuq|q)\..{0,60}|(?:phó )?(?:tổng )?(?:giám đốc|chủ tịch|cục trưởng"
    r"|bộ trưởng|thứ trưởng|viện trưởng|chánh văn phòng|chánh thanh tra|trưởng (?:phòng|ban))"
    r"(?: sở| ubnd.{0,30})?)(?:\s*\(?đã ký\)?)?\W*",
    re.IGNORECASE,
)
_PEOPLE = re.compile(r"\s*[,&/]\s*|\s+[–-]\s*|\s*–\s+|\s+và\s+")
_MOST_PEOPLE = 3
_BYLINES = frozenset({"ban bien tap", "bbt", "pv", "phong vien", "ctv", "th", "tong hop"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """What the last lines of a text say; None for what they do not."""

    byline: str | None = None
    organisation: str | None = None
    source_credit: str | None = None
    lines: int = 0
    """How many of the last lines it takes."""


def read_signature(lines: Sequence[str]) -> Signature:
    """Read the end of `lines`, upwards, until a line is text again."""
    found: dict[str, str] = {}
    taken = 0
    for place in range(len(lines) - 1, -1, -1):
        parts = _parts(lines[place])
        if parts is None and not found and place and _credits_photo_below(lines, place):
            parts = {}
        if parts is None or found.keys() & parts.keys():
            break
        found |= parts
        taken += 1
    above = lines[len(lines) - taken - 1] if taken < len(lines) else ""
    if "byline" in found and _opens_a_list(above):
        return _only_leftovers(lines)
    return Signature(
        byline=found.get("byline"),
        organisation=found.get("organisation"),
        source_credit=found.get("source_credit"),
        lines=taken,
    )


def _credits_photo_below(lines: Sequence[str], place: int) -> bool:
    """Tell whether a line is the photographer's, below the one of the author."""
    return bool(_PHOTO.match(lines[place])) and bool((_parts(lines[place - 1]) or {}).get("byline"))


def is_leftover(line: str) -> bool:
    """Tell whether a line is no text but what skins print under one: counters, buttons."""
    return bool(_LEFTOVER.fullmatch(line))


def is_signature(line: str) -> bool:
    """Tell whether a line standing alone after a text belongs to its signature."""
    return _parts(line) is not None


def _parts(line: str) -> dict[str, str] | None:
    """Name what a line says; empty for one that says nothing, None for a line of text."""
    line = line.removesuffix("./.").rstrip() if len(line) <= _CREDIT_MAX_CHARS else line
    if _LEFTOVER.fullmatch(line) or is_role(line) or _is_craft(line):
        return {}
    if _is_desk(line):
        return {"byline": line}
    if _is_office(line):
        return {"organisation": line.strip("()– -")}
    credited = _CREDIT.fullmatch(line)
    if credited and is_role(credited["name"]) and "//" not in line:
        return {}
    credit = _credit(line)
    if credit:
        return {"source_credit": credit}
    label = _LABEL.fullmatch(line)
    if label and not _PHOTO.match(line) and len(label["name"]) <= _OFFICE_MAX_CHARS:
        if is_account(label["name"]):
            return {}
        return _parts(label["name"]) or {"byline": label["name"]}
    if both := _person_of_office(line):
        return both
    if is_person(line) and " theo " not in f" {line.lower()}":
        return {"byline": line}
    return _person_and_more(line) if len(line) <= _CREDIT_MAX_CHARS else None


def _is_craft(line: str) -> bool:
    found = _CRAFT.fullmatch(line) if len(line) <= _CREDIT_MAX_CHARS else None
    return found is not None and all(map(is_person, _PEOPLE.split(found["name"])))


def _person_and_more(line: str) -> dict[str, str] | None:
    """Name what a line says of a person and, behind it, of a source, a post or an office."""
    alone = _AFTER_PERSON.sub("", line)
    if alone != line and is_person(alone):
        return {"byline": alone}
    sourced = _WITH_SOURCE.fullmatch(line)
    if sourced and is_person(sourced["person"]):
        source = _credit(sourced["source"]) or sourced["source"]
        return {"byline": sourced["person"], "source_credit": source}
    posted = _ROLE.fullmatch(line)
    if posted and is_person(posted["person"]):
        return {"byline": line}
    bracket = _IN_BRACKETS.fullmatch(line)
    if bracket and " " in bracket["person"] and is_person(bracket["person"]):
        return {"byline": bracket["person"]}
    people = _PEOPLE.split(line)
    if 1 < len(people) <= _MOST_PEOPLE and all(" " in one and is_person(one) for one in people):
        return {"byline": line}
    return None


def _person_of_office(line: str) -> dict[str, str] | None:
    both = _BOTH.fullmatch(line) if len(line) <= _CREDIT_MAX_CHARS else None
    if both and is_person(both["person"]) and _is_office(both["office"]):
        return {"byline": both["person"], "organisation": both["office"]}
    return None


def is_person(line: str) -> bool:
    """Tell a name from a sentence: two to six words, each with a capital, no full stop."""
    if _is_desk(line):
        return True
    words = line.split()
    if not 1 <= len(words) <= 6 or len(line) > _PERSON_MAX_CHARS or _OFFICE.match(line):
        return False
    if len(words) == 1 and "." not in line.strip("."):
        return False
    if _PLACE.match(line) and all(map(_PLACE.fullmatch, _PEOPLE.split(line))):
        return False
    if _NOT_A_NAME.match(line) or province_in_title(f"{line}:") or line.endswith(":"):
        return False
    return all(
        _NAME_WORD.fullmatch(word.rstrip(","))
        and (word[0].isupper() or not word[0].isalpha() or word == "và")
        for word in _join_brackets(words)
    )


def _is_desk(line: str) -> bool:
    """Tell what stands for an author where none is named: the editors, a correspondent."""
    return fold(line).strip("(). ") in _BYLINES


def _join_brackets(words: list[str]) -> list[str]:
    """Keep "(tổng hợp)" together."""
    joined = " ".join(words)
    head, bracket, rest = joined.partition(" (")
    return [*head.split(), f"({rest}"] if bracket else words


def _is_office(line: str) -> bool:
    return (
        len(line) <= _OFFICE_MAX_CHARS
        and bool(_OFFICE.match(line.lstrip("( ")))
        and (line.lstrip("( ")[:1].isupper())
        and not _SENTENCE_END.search(line)
        and len(line.split()) >= 2 - line.isupper()
        and 4 * sum(word[0].isupper() for word in line.split()) >= len(line.split())
        and not re.search(
            r"\d{3,}|\s(?:đã|sẽ|được|tổ chức|và các|là|có|về|cho|với|tại|theo)\s",
            line,
            re.IGNORECASE,
        )
    )


def _credit(line: str) -> str | None:
    credit = _CREDIT.fullmatch(line)
    if credit is None or len(line) > _CREDIT_MAX_CHARS or _PHOTO.match(line):
        return None
    name = credit["name"].strip()
    words = name.split()
    if _SENTENCE_END.search(name) or not words or (is_role(name) and "//" not in name):
        return None
    if _THEO.match(line):
        if _NOT_A_SOURCE.match(name):
            return None
        named = words[0][0].isupper() or _MEDIA_WORD.match(words[0]) or "." in words[0]
        if not named or len(words) > 7 or (not any(c.isupper() for c in name) and "." not in name):
            return None
    return name


def _opens_a_list(above: str) -> bool:
    """Tell whether the line above makes the names below it part of the text.

    As a list's does, or the post of who signed a decree.
    """
    return above.rstrip().endswith(":") or is_person(above) or bool(_SIGNED.fullmatch(above))


def _only_leftovers(lines: Sequence[str]) -> Signature:
    taken = 0
    for line in reversed(lines):
        if not _LEFTOVER.fullmatch(line):
            break
        taken += 1
    return Signature(lines=taken)
