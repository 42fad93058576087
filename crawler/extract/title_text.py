"""The words of a title: what skins glue to them, and what is no title at all."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from functools import lru_cache

from crawler.clean.text import one_line
from store.provinces import provinces, provinces_now
from store.text import words

_MAX_CHARS = 1000
_TAIL_CHARS = 120
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_START = re.compile(r"^(?:null|undefined)\s+(?=\S)|^[\s|»>•*]+")
_DATE = r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}"
_CLOCK = r"\d{1,2}\s?(?::|h|giờ)\s?\d{2}(?::\d{2})?(?:\s?phút)?(?:\s?[AP]M|\s?SA|\s?CH)?"
_WEEKDAY = r"(?:(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật|t[2-7]|cn)\s?[,-]?\s?)?"
_MOMENT = rf"(?:{_WEEKDAY}{_DATE}[\s,|–-]{{0,4}}{_CLOCK}|{_CLOCK}[\s,|–-]{{0,4}}{_WEEKDAY}{_DATE})"
_COUNT = r"(?:số\s)?(?:lượt|lần)\s(?:xem|đọc|truy cập)|(?:đã xem|views?|hits)"
_BUTTONS = (
    r"a[+-]?|in(?: trang| bài(?: viết)?| ấn)?|print|email|pdf|gửi (?:mail|email|bài)"
    r"|chia sẻ(?: facebook)?|nghe(?: đọc)?(?: bài(?: viết)?)?|đọc bài(?: viết)?|facebook|zalo"
    r"|tweet|like|share"
)
_GLUED = re.compile(
    r"\s*(?:"
    rf"[\[(|–-]{{0,2}}\s*(?:{_COUNT})\s?:?\s?[\d.,]{{1,12}}\s*[\])]?"
    rf"|[\[(|–-]{{0,2}}\s*[\d.,]{{1,12}}\s(?:{_COUNT})\s*[\])]?"
    r"|xem với c[ỡở] chữ.{0,20}|(?:cỡ chữ|font size)\s?:?(?:\s?a[+-]?){0,4}"
    r"|(?:\s(?:a[+-]?)){2,4}(?:\sin)?"
    r"|[\[(]\s?(?:in(?: trang| bài viết)?|print|email|pdf)\s?[\])]"
    r"|\s(?:in trang|in bài viết|chia sẻ facebook|gửi email)"
    r"|\s*[|–(\[-]\s*(?:(?:ngày )?(?:đăng|cập nhật|xuất bản)(?: lúc| ngày)?\s?:?\s?)?"
    rf"{_MOMENT}\s*[)\]]?"
    rf"|\s*(?:ngày đăng|đăng (?:ngày|lúc)|cập nhật(?: lúc| ngày)?|ngày cập nhật)\s?:?\s?"
    rf"(?:{_MOMENT}|{_DATE})"
    rf"|\s{_MOMENT}"
    r"|[\s|»>•]+"
    r")$",
    re.IGNORECASE,
)
_GLUE_END = re.compile(
    r"(?:[\d.,:+)\]\s|»>•-]|xem|đọc|truy cập|views?|hits|chữ.{0,20}|size|\sa|\sin|trang|viết|email"
    r"|facebook|phút|[ap]m|sa|ch)$",
    re.IGNORECASE,
)
"""How anything of `_GLUED` ends, in step with it: it is slow to search, and few titles end so."""
_GLUE_END_CHARS = 24
_GLUED_MAYBE = re.compile(
    r"\s*(?:[(\[](?!(?:19|20)\d\d\D)\d{1,5}[)\]]"
    r"|(?:[(\[]|\s[–|-])\s*\d{1,2}[/.-]\d{1,2}[/.-](?:199|20\d)\d\s*[)\]]?)$"
)
"""A part's number or a date of the title itself, where the page's meta repeat it."""

_SEPARATOR = re.compile(r"\s+(?:[|–—»•:]|-{1,2}|::|>{1,2}|/)\s+|\s*\|\s*")
_SECTIONS = """
tin tức, tin tức sự kiện, tin tức và sự kiện, tin sự kiện, sự kiện, tin, tin bài, tin mới, tin ngành
tin nổi bật, tin hoạt động, hoạt động, tin tổng hợp, tin tức tổng hợp, tin trong ngành
tin địa phương, tin trong tỉnh, tin trong nước, tin tức hoạt động, tin hoạt động của sở
tin hoạt động sở, thông tin, hoạt động ngành, hoạt động của sở, tin nội bộ, thời sự, chuyên mục
danh mục, thông báo, giới thiệu
bài viết, nội dung, nội dung chi tiết, nội dung bài viết, chi tiết, chi tiết tin, chi tiết tin tức
chi tiết bài viết, chi tiết bài viết tin tức, chi tiết nội dung, tin chi tiết, trang chi tiết
xem tin, xem chi tiết, thông tin chi tiết, xuất bản thông tin, trang chủ, home, home page, untitled
news, news detail, article, post, details, văn bản, liên hệ, tiêu điểm, menu, sitemap, video
tin liên quan, bài viết liên quan, các tin khác, tin khác, tin cùng chuyên mục, tin đã đưa
các tin đã đưa, tin mới nhất, tin đọc nhiều, xem nhiều, đọc nhiều, bình luận, gửi bình luận
thống kê truy cập, lượt truy cập, số lượt truy cập, liên kết website, liên kết web, liên kết
hình ảnh hoạt động, thư viện ảnh, thư viện video, video clip, đăng nhập, tìm kiếm, ý kiến bạn đọc
thăm dò ý kiến, văn bản mới, thông báo mới, quảng cáo, góp ý, bản đồ, hệ thống văn bản, ấn phẩm
thủ tục hành chính, skip to main content, skip ribbon commands, truy cập nội dung luôn
chuyển đổi số, chỉ đạo điều hành, văn bản chỉ đạo điều hành, cải cách hành chính, đảng đoàn thể
khoa học và công nghệ, khoa học công nghệ, tin khoa học công nghệ, thông tin và truyền thông
bưu chính viễn thông, báo chí xuất bản, thông tin báo chí xuất bản, công nghệ thông tin
thông tin tuyên truyền
"""
_SECTION_KEYS = frozenset(" ".join(words(name)) for name in re.split(r"[,\n]", _SECTIONS) if name)
_OFFICE = re.compile(
    r"(?:chao mung (?:ban )?(?:den )?(?:voi )?)?"
    r"(?:(?:cong|trang|website|web|he thong|chuyen trang)(?: thong tin| tin)?(?: giao tiep)?"
    r"(?: tong hop)?(?: dien tu| ttdt| tt dt)?(?: cua)?(?: |$))?"
    r"(?:(?:so|ubnd|uy ban nhan dan|bo|cuc|chi cuc|trung tam|van phong|tinh|thanh pho|huyen|ban"
    r"|quan|thi xa|xa|phuong)"
    r"(?: (?:thong tin|va|truyen thong|tttt|tt|khoa hoc|cong nghe|kh|cn|khcn|buu chinh|vien thong"
    r"|bcvt|tinh|thanh pho|tp|nhan dan|doi moi sang tao|chuyen doi so|dien tu|cntt|cntt tt"
    r"|ke hoach|dau tu|van hoa|the thao|du lich|tai chinh|giao duc|dao tao|y te|noi vu|tu phap"
    r"|xay dung|giao thong|van tai|nong nghiep|phat trien|nong thon|cong thuong|lao dong"
    r"|thuong binh|xa hoi|tai nguyen|moi truong|ngoai vu|dan toc|ton giao"
    r"|cua|ubnd|so|huyen|quan|thi xa|xa|phuong)){0,9}(?: (?P<name>[a-z]+(?: [a-z]+){0,3}))?)?"
)
_OFFICE_MAX_WORDS = 16


def tidy_title(text: str, said: Sequence[str] = ()) -> str:
    """Take off a title what skins glue to it: counters, buttons, dates, the literal "null".

    `said` are wordings of the title elsewhere on the page; a number in brackets or a date at the
    end that one of them repeats is the title's own.
    """
    title = one_line(text[: 4 * _MAX_CHARS])[:_MAX_CHARS]
    for _ in range(2):  # escaped twice: `&amp;quot;`
        if "&" in title and _ENTITY.search(title):
            title = html.unescape(title)
    title = one_line(_TAG.sub(" ", title)) if "<" in title else title
    while (cut := _cut(title, said)) and cut != title:
        title = cut
    return title


def is_no_title(text: str, site_name: str = "") -> bool:
    """Tell whether a text names a section, a site or an office, as no title of news does."""
    key = key_of(text)
    return not key or key in _SECTION_KEYS or _names_office(key, site_name)


def is_office(text: str, site_name: str = "") -> bool:
    """Tell whether a text is nothing but the name of a site or of an office."""
    return _names_office(key_of(text), site_name)


def _names_office(key: str, site_name: str) -> bool:
    if site_name and key == key_of(site_name):
        return True
    return key.count(" ") < _OFFICE_MAX_WORDS and is_office_key(key)


def key_of(text: str) -> str:
    """Fold a text to its words, for comparing."""
    return " ".join(words(text))


def parts_of(title: str) -> list[str]:
    """List a title and what is left of it when parts at its ends are cut at separators."""
    cuts = [found.span() for found in _SEPARATOR.finditer(title)][:6]
    made = [title]
    made += [title[:start] for start, _ in reversed(cuts)]
    made += [title[end:] for _, end in cuts]
    return [part.strip() for part in dict.fromkeys(made) if part.strip()]


@lru_cache(2000)
def is_office_key(key: str) -> bool:
    """Tell whether a folded text (`key_of`) is made of an office's words and a place's name."""
    found = _OFFICE.fullmatch(key)
    return found is not None and (not found["name"] or found["name"] in _place_names())


@lru_cache(1)
def _place_names() -> frozenset[str]:
    names = {place.name for place in provinces().values()}
    names |= {place.name for place in provinces_now().values()}
    return frozenset({" ".join(words(name)) for name in names} | {"viet nam"})


def _cut(title: str, said: Sequence[str]) -> str:
    title = _START.sub("", title)
    cut = title
    if _GLUE_END.search(title[-_GLUE_END_CHARS:]):
        tail = max(0, len(title) - _TAIL_CHARS)
        cut = title[:tail] + _GLUED.sub("", title[tail:])
    maybe = _GLUED_MAYBE.search(cut)
    if maybe and not any(cut in wording for wording in said):
        cut = cut[: maybe.start()]
    return cut.strip()
