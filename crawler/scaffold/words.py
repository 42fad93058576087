"""What the words of a menu tell of the page behind a link: news, or something else. Pure."""

from __future__ import annotations

import re
from typing import Literal
from urllib.parse import unquote, urlsplit

from store.text import words

Kind = Literal["news", "notices", "documents", "procedures", "media", "office", "foreign", "other"]

NEWS = 2
"""Pages of more weight are of news, by their words."""
_WORDS: tuple[tuple[Kind, int, str], ...] = (
    # Said first because their words stand in news, too: "văn bản chỉ đạo", "thủ tục hành chính".
    (
        "foreign",
        -5,
        r"english|en|en us|en gb|web english|chinese|lao|facts and figures?|news events",
    ),
    (
        "documents",
        -4,
        r"van ban|tai lieu|bieu mau|an pham|du thao|lay y kien|gop y|bao cao|cong bao",
    ),
    ("documents", -4, r"quy pham phap luat|vbqppl|vbpl|cong khai|ngan sach|quyet dinh|cong van"),
    ("documents", -3, r"chi dao dieu hanh|quy hoach|ke hoach|chien luoc|thong ke|so lieu|du an"),
    (
        "procedures",
        -4,
        r"thu tuc|tthc|dich vu cong|dvc|mot cua|hoi dap|cau hoi|hoi va dap|faq|tra cuu",
    ),
    ("procedures", -4, r"phan anh|kien nghi|khieu nai|to cao|dau thau|dau gia|dang ky|bieu quyet"),
    ("media", -4, r"video|videos|clip|audio|podcast|truyen hinh|hinh anh|thu vien anh|album"),
    ("media", -4, r"infographics?|multimedia|gallery|bo anh|phong su anh"),
    ("office", -5, r"gioi thieu|co cau|to chuc|bo may|chuc nang|nhiem vu|lanh dao|danh ba"),
    (
        "office",
        -5,
        r"lich (?:cong tac|lam viec|tiep)|so do|sitemap|site map|lien he|lien ket|tuyen dung",
    ),
    (
        "office",
        -5,
        r"dang nhap|login|dang ky|tim kiem|search|rss|thu dien tu|email|ban do|quang cao",
    ),
    (
        "office",
        -5,
        r"phong ban|don vi truc thuoc|nguoi phat ngon|thoi tiet|ty gia|trang chu|trang nhat",
    ),
    ("news", 5, r"tin tuc(?: su kien)?|tin tuc chung|tintuc|danh sach tin|tin hoat dong"),
    ("news", 4, r"tin (?:trong )?nganh|hoat dong (?:cua )?(?:so|nganh|don vi)|tin (?:trong )?tinh"),
    ("news", 3, r"su kien|thoi su|tin moi|tin noi bat|hoat dong|tin dia phuong|ban tin|news|blog"),
    ("news", 3, r"chuyen doi so|buu chinh|vien thong|cong nghe thong tin|cntt|an toan thong tin"),
    ("news", 3, r"an ninh mang|bao chi|xuat ban|truyen thong|thong tin co so|thong tin doi ngoai"),
    ("news", 3, r"khoa hoc|cong nghe|doi moi sang tao|khoi nghiep|so huu tri tue|nghien cuu"),
    (
        "news",
        3,
        r"kinh te so|xa hoi so|chinh quyen so|chinh phu so|do thi thong minh|cai cach hanh chinh",
    ),
    ("news", 3, r"tin (?:\w+ ){0,3}\w+"),
    ("notices", 1, r"thong bao|thong tin tuyen truyen|tuyen truyen|thong tin can biet"),
)
"""Kind, weight, and the folded words that tell it; the first row that is found counts."""

_PATTERNS = [
    (kind, weight, re.compile(rf"(?<![a-z0-9])(?:{told})(?![a-z0-9])"))
    for kind, weight, told in _WORDS
]
_LISTS_IN_PATH = re.compile(
    r"/(?:category|chuyen-?muc|danh-?muc|the-loai|danh-?sach|listing)s?[/.?-]|[?&](?:cat|cate|cid)\w*=",
    re.IGNORECASE,
)
_IN_A_LIST_S_PATH = 1


def judge(name: str, url: str) -> tuple[Kind, int]:
    """Tell what a link leads to by its words, else by its address; `other` for what neither tells.

    Shape: kind, weight; above 0 for pages of news, below for pages that hold none.
    """
    path = unquote(urlsplit(url).path)
    in_list = _IN_A_LIST_S_PATH if _LISTS_IN_PATH.search(url) else 0
    for said in (name, path):
        folded = " ".join(words(said))
        for kind, weight, pattern in _PATTERNS:
            if pattern.search(folded):
                return kind, weight + (in_list if weight > 0 else 0)
    return "other", in_list


def is_foreign(url: str) -> bool:
    """Tell whether an address says that its page is not in Vietnamese."""
    return bool(re.search(r"/(?:en|eng|english|en-us|en-gb|cn|zh|lo|fr|ja|ko)(?:/|$)", url + "/"))
