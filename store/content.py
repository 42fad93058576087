"""What of an article is its content: the words and files that its readers would miss.

Markup, blanks, typographic forms of one sign, and what moves by itself on a page (counters, clocks,
lists of other news) are none. Both the hash of the content and the judgement whether a publisher
edited it are made of what this module leaves.
"""

from __future__ import annotations

import hashlib
import html
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from urllib.parse import urlsplit

from store.model import Article, Attachment, Image, local_time
from store.text import words

_INLINE = re.compile(
    r"</?(?:a|abbr|b|cite|code|del|em|i|ins|q|s|small|span|strong|sub|sup|u|font|img)\b[^>]*>",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^>]*>")
_LINK = re.compile(r"<a\b[^>]*>(.*?)</a>", re.IGNORECASE | re.DOTALL)
_HREF = re.compile(r'\shref="([^"]*)"', re.IGNORECASE)
_LINKED = re.compile("\x01[^\x01\x02\n]*\x02")
_LEADS = re.compile("\x03([^\x02\n]*)\x02")
_MARKS = re.compile("\x01|\x03[^\x02\n]*\x02|\x02")
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|zip|rar|7z)\b", re.IGNORECASE)
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")

_ONE_SIGN = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»″＂", '"'),
        **dict.fromkeys("‘’‚‛′`´＇", "'"),
        **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
        **dict.fromkeys("•·∙●▪◦", "·"),
        "…": "...",
        "：": ":",
        "；": ";",
        "，": ",",
        "（": "(",
        "）": ")",
        "\u00d0": "Đ",
        "\u00f0": "đ",
        "\u0111": "đ",
        "\u0110": "Đ",
    }
)
"""Sign → the form that stands for all that look alike; editors and themes swap them."""

_DIGIT = re.compile(r"\d")
_LONGEST = 80
"""Of a line that moves by itself, or heads others."""
_SEGMENTS = re.compile(r"[|()\[\]·\t]|\s-\s|\s{3,}")
_COUNT = r"\d+(?: \d+)*(?: ?[km])?"
_COUNTED = (
    r"(?:(?:tong|so|tong so|so nguoi) )?(?:(?:luot|lan) (?:xem|doc|truy cap|tai(?: ve| xuong)?"
    r"|thich|nghe|chia se|binh luan|danh gia|binh chon)(?: bai(?: viet)?| tin| trang)?"
    r"|(?:da )?(?:xem|doc)|nguoi (?:xem|doc)|views?|view count|hits|page ?views?|binh luan|y kien"
    r"|comments?|thich|likes?|chia se|shares?)"
    r"|(?:tong |so |luot |khach |nguoi |thanh vien )*(?:dang )?(?:truy cap|online|truc tuyen)"
)
_DATED = (
    r"(?:\d+|h|g|gio|phut|giay|ngay|thang|nam|luc|vao|thu|hai|ba|tu|sau|bay|chu|nhat|am|pm|sa|ch"
    r"|sang|trua|chieu|toi|gmt|utc|la)"
)
_MOVING = re.compile(
    rf"(?:{_COUNTED}) {_COUNT}(?: lan| luot| nguoi)?|{_COUNT} (?:{_COUNTED})"
    rf"|tong so diem cua bai viet la {_COUNT} trong {_COUNT} danh gia"
    rf"|xep hang {_COUNT}(?: phieu bau)?|danh gia(?: bai viet)? {_COUNT}(?: phieu| luot| sao)?"
    rf"|{_COUNT} (?:phieu(?: bau)?|binh chon|danh gia|votes?)"
    r"|(?:(?:lan|ngay|gio|thoi gian) )?(?:cap nhat|chinh sua|sua(?: doi)?|last (?:updated|modified)"
    r"|updated|modified|bay gio|hien tai|hom nay|bay gio la)(?: (?:lan )?cuoi(?: cung)?| moi nhat"
    rf"| on| at)?(?: {_DATED})*"
    rf"|{_COUNT} (?:giay|phut|gio|ngay|tuan|thang|nam) truoc|hom qua(?: {_DATED})*"
    r"|(?:thu \w+ |chu nhat )?(?:ngay )?\d\d? \d\d? \d{4} \d\d? \d\d \d\d"
    r"|\d\d? \d\d \d\d(?: [ap]m)?"
)
"""What a page counts or times by itself, alone in a line or between two bars, as folded words."""
_COUNTER_AMID = re.compile(
    r"(?:số\s*)?(?:lượt|lần)\s*(?:xem|đọc|truy cập|tải)\s*:\s*\d[\d.,]*", re.IGNORECASE
)
_COUNTED_ALONE = re.compile(_COUNTED)
_COUNT_ALONE = re.compile(_COUNT)
_HEADS_OTHERS = re.compile(
    r"(?:cac )?(?:tin|bai|thong bao|van ban|su kien|hoat dong)(?: tuc| viet| bai)?"
    r" (?:khac|lien quan|cung chuyen muc|moi(?: hon| nhat)?|cu hon|da dua|da dang|doc nhieu"
    r"|xem nhieu|noi bat)|cung chuyen muc|doc nhieu|xem nhieu"
    r"|(?:co the )?ban (?:co the )?quan tam|related (?:news|articles|posts)|other news"
)
_MORE = re.compile(r"(?:xem|doc|tham khao) them|tu khoa|the|tags?|chu de")
_TURNS = re.compile(r"[«»‹›←→]|(?:bài|tin)\s+(?:trước|sau|kế tiếp)|previous|next", re.IGNORECASE)
"""What a link says that turns to the article before or behind."""
_DATE_ALONE = re.compile(
    r"(?:(?:thu (?:hai|ba|tu|nam|sau|bay|\d)|chu nhat) )?(?:ngay )?"
    r"(\d\d?) (?:thang )?(\d\d?) (?:nam )?(\d{4})"
)

_PASSING = re.compile(
    r"(?:\w*token|t|ts|time|timestamp|expires?|sig|signature|nonce|_|rnd|rand|random|r|nocache"
    r"|cache|checkss|s|sid|sess\w*|phpsessid|jsessionid|auth|p_auth|p_p_auth|policy|key-pair-id"
    r"|x-amz-[\w-]+|x-goog-[\w-]+|awsaccesskeyid|googleaccessid|se|sp|sv|sr|skoid|utm_\w+)",
    re.IGNORECASE,
)
"""Query keys of an address that name a visit or a permission, not the file there."""
SESSION_IN_PATH = re.compile(r";jsessionid=[^/?#]*|/\([A-Z]\([^/?#]*\)\)", re.IGNORECASE)
"""Of Java, and of ASP.NET without cookies: `/(S(lit3py55t21z5v55vlm25s55))/`."""
_SIZE = re.compile(
    r"[-_@]?(?:\d{2,4}x\d{2,4}|\d{2,4}w|[23]x|scaled|thumb(?:nail)?)$", re.IGNORECASE
)


def content_hash(
    *, title: str, summary: str | None, body_html: str, attachments: Sequence[Attachment]
) -> str:
    """Hash the content: its words and its files, not its markup nor what moves by itself."""
    parts = (
        told(title),
        told(summary or ""),
        told("\n".join(lines_of(body_html))),
        *sorted(file_name(file.url) for file in attachments),
    )
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def is_edit(new: Article, old: Article) -> bool:
    """Tell whether a publisher changed the content between two readings of an article.

    A line that one reading cut as boilerplate, and the calendar of the days of the readings, make
    no difference. Of an article that moved to another address, files are told by their last name.
    """
    if new.content_hash == old.content_hash:
        return False
    moved = urlsplit(new.url).path != urlsplit(old.url).path
    seen = (old.first_seen, old.updated, old.changed, new.changed)
    days = {local_time(moment).date() for moment in seen}
    cut = (*new.cut, *old.cut)
    return _content(new, cut, days, moved) != _content(old, cut, days, moved)


def is_shown_alike(new: Article, old: Article) -> bool:
    """Tell whether two readings of one content also show the same pictures, lead to the same pages
    and cut the same.

    Which size or copy of a picture a site serves, visits in addresses, and numbers in what was cut
    do not count.
    """
    return (
        _pictures(new.images) == _pictures(old.images)
        and _pictures_in(new.body_html) == _pictures_in(old.body_html)
        and _links_in(new.body_html) == _links_in(old.body_html)
        and _numberless(new.cut) == _numberless(old.cut)
    )


def lines_of(body_html: str) -> list[str]:
    """Return the lines of a sanitised body, without those that move by themselves.

    Those are counters, clocks, and the links below a heading of other news.
    """
    plain = (_MARKS.sub("", line) for line in _marked_lines(body_html))
    return [line for line in map(_still, _without_counts(plain)) if line]


def told(text: str) -> str:
    """Write a text without blanks and unseen signs, each sign in one form; NFC."""
    one = unicodedata.normalize("NFC", _UNSEEN.sub("", text)).translate(_ONE_SIGN)
    return "".join(one.split())


def file_name(url: str) -> str:
    """Name the file at an address: its path, and what of its query is not a visit's."""
    parts = urlsplit(url)
    path = SESSION_IN_PATH.sub("", parts.path)
    pairs = sorted(pair for pair in parts.query.split("&") if not _is_passing(pair))
    return f"{path}?{'&'.join(pairs)}" if any(pairs) else path


def _content(
    article: Article, cut: Iterable[str], days: Iterable[date], moved: bool
) -> tuple[object, ...]:
    calendar = set(days)
    lines = (line for line in lines_of(article.body_html) if _day_alone(line) not in calendar)
    text = told("\n".join(lines))
    for line in cut:
        text = text.replace(told(line), "")
    files = (file_name(file.url) for file in article.attachments)
    named = sorted(name.rpartition("/")[2] if moved else name for name in files)
    return told(article.title), told(article.summary or ""), text, named


def _marked_lines(body_html: str) -> list[str]:
    """Return the lines of a body without those that lead to other articles, links marked."""
    marked = _LINK.sub(_mark_link, body_html)
    text = html.unescape(_TAG.sub("\n", _INLINE.sub("", marked)))
    lines = (line for line in map(str.strip, text.split("\n")) if line)
    return list(_without_others(lines))


def _mark_link(found: re.Match[str]) -> str:
    """Mark the words of a link to another page, and note where it leads; those of a link to a file
    are content."""
    if _FILE.search(found[0]):
        return found[0]
    href = _HREF.search(found[0])
    leads = file_name(html.unescape(href[1])) if href else ""
    return f"\x01{_TAG.sub(' ', found[1])}\x03{html.escape(leads)}\x02"


def _links_in(body_html: str) -> list[str]:
    """Return where the links of a body lead, beside those to other articles."""
    return [found for line in _marked_lines(body_html) for found in _LEADS.findall(line)]


def _without_others(lines: Iterable[str]) -> Iterator[str]:
    """Leave out links to other articles: those behind a heading of such, with the heading, and
    those that turn to the next one."""
    heading: str | None = None
    inside = False
    for line in lines:
        said = _short(_LINKED.sub("", line))
        if _is_linked(line, said) and (heading or inside or _MORE.fullmatch(said)):
            heading, inside = None, bool(heading or inside)
            continue
        if heading:
            yield heading
        heads = said and (_HEADS_OTHERS.fullmatch(said) or _MORE.fullmatch(said))
        heading, inside = line if heads else None, False
        if not heads and not (_is_linked(line, said) and _TURNS.search(_LEADS.sub("", line))):
            yield line
    if heading:
        yield heading


def _is_linked(line: str, said: str) -> bool:
    """Tell whether a line is all links; `said` is what it says beside them."""
    rest = len(_LINKED.sub("", line)) < _LONGEST and not re.search("[a-z]{2}", said)
    return "\x01" in line and (rest or bool(_MORE.fullmatch(said)))


def _without_counts(lines: Iterable[str]) -> Iterator[str]:
    """Leave out what is counted where name and number stand in two lines."""
    waiting: str | None = None
    for line in lines:
        said = _short(line)
        if waiting is not None and _COUNT_ALONE.fullmatch(said):
            waiting = None
            continue
        if waiting is not None:
            yield waiting
        waiting = line if _COUNTED_ALONE.fullmatch(said) else None
        if waiting is None:
            yield line
    if waiting is not None:
        yield waiting


def _still(line: str) -> str:
    """Take out of a line what moves by itself."""
    if not _DIGIT.search(line):
        return line
    line = _COUNTER_AMID.sub("", line.translate(_ONE_SIGN)).strip()
    if _moves(line):
        return ""
    parts = _SEGMENTS.split(line)
    still = [part for part in parts if not _moves(part)]
    return line if len(still) == len(parts) else " ".join(still).strip()


def _moves(text: str) -> bool:
    return bool(_DIGIT.search(text) and _MOVING.fullmatch(_short(text)))


def _short(text: str) -> str:
    """Fold the words of a short text; of a long one none, for it is neither counter nor heading."""
    return " ".join(words(text)) if len(text) < _LONGEST else ""


def _day_alone(line: str) -> date | None:
    """Return the day that is all that a line says; None for any other line."""
    found = _DATE_ALONE.fullmatch(_short(line)) if _DIGIT.search(line) else None
    if found is None:
        return None
    day, month, year = map(int, found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _is_passing(pair: str) -> bool:
    return bool(_PASSING.fullmatch(pair.partition("=")[0]))


def _pictures(images: Iterable[Image]) -> list[tuple[str, str]]:
    return [(_picture_name(image.url), told(image.caption or "")) for image in images]


def _pictures_in(body_html: str) -> list[str]:
    sources = re.findall(r'<img\b[^>]*?\bsrc="([^"]*)"', body_html)
    return [_picture_name(html.unescape(source)) for source in sources]


def _picture_name(url: str) -> str:
    """Name a picture by its file, whatever its size and the host that serves it."""
    last = urlsplit(url).path.rstrip("/").rpartition("/")[2].lower()
    stem, dot, _ = last.rpartition(".")
    return _SIZE.sub("", stem) if dot and stem else file_name(url)


def _numberless(cut: Iterable[str]) -> list[str]:
    return [re.sub(r"\d+", "0", told(line)) for line in cut]
