"""What is no title: names of sites, offices and sections; and how wordings are compared."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

from crawler.extract.titles.credit import is_credit, names_place, without_address
from store.provinces import provinces, provinces_now
from store.text import fold, words

_SEPARATOR = re.compile(r"\s+(?:[|–—»•:]|-{1,2}|::|>{1,2}|/)\s+|\s*\|\s*")
_UNSPACED = re.compile(r"\s*[_|｜]+\s*|\s*--?\s*|\s+[–—:：]\s+")
"""What parts the names in titles of a script that writes no blanks."""
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_LEAST_IDEOGRAPHS = 6
_WORD = re.compile(rf"[a-z0-9]+|{_IDEOGRAPH.pattern}|[^\W_]+?(?={_IDEOGRAPH.pattern}|[\W_]|$)")
_BESIDE_A_HOST = re.compile(
    r"(?:bao|tapchi|tintuc|tin|trang|cong|thongtin|dientu|online|news|portal|the|tv|com|vn|net|org)*"
)
_NO_NAMES = frozenset({"www", "com", "net", "org", "gov", "edu", "vn"})

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
thông tin tuyên truyền, lấy ý kiến, lấy ý kiến dự thảo, lấy ý kiến dự thảo văn bản, dự thảo văn bản
văn bản lấy ý kiến, góp ý dự thảo, góp ý dự thảo văn bản, lấy ý kiến góp ý dự thảo, bản in
tin tức liên quan, tin bài liên quan, các tin liên quan, bài liên quan, tin tức khác, tin bài khác
các tin bài khác, bài viết khác, tin mới hơn, tin cũ hơn, các tin mới hơn, các tin cũ hơn
tin bài mới hơn, tin bài cũ hơn, tin tức mới, tin tức mới nhất, bài viết mới
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


def is_no_title(text: str, site_name: str = "") -> bool:
    """Tell whether a text names a section, a site or an office, as no title of news does.

    So does one of several names that separators part: "Sở Y tế > Tin tức > Chi tiết".
    """
    key = key_of(text)
    if not key or key in _SECTION_KEYS or is_office(text, site_name) or is_credit(text):
        return True
    pieces = [piece for piece in _SEPARATOR.split(text) if piece.strip()]
    return len(pieces) > 1 and all(
        key_of(piece) in _SECTION_KEYS or is_office(piece, site_name) for piece in pieces
    )


def is_office(text: str, site_name: str = "") -> bool:
    """Tell whether a text is nothing but the name of a site or of an office."""
    bare = without_address(text)
    if bare != text and (not bare or is_office(bare, site_name)):
        return True
    return _names_office(key_of(text), site_name) or names_place(text)


def _names_office(key: str, site_name: str) -> bool:
    if site_name and key == key_of(site_name):
        return True
    return key.count(" ") < _OFFICE_MAX_WORDS and is_office_key(key)


def names_host(text: str, url: str) -> bool:
    """Tell whether a text is the name that a page's address bears: "VTC News" on vtcnews.vn."""
    squeezed = "".join(words(text))
    host = urlsplit(url).hostname or ""
    for label in host.split("."):
        label = label.replace("-", "")
        if len(label) < 3 or label in _NO_NAMES or label not in squeezed:
            continue
        if _BESIDE_A_HOST.fullmatch(squeezed.replace(label, "", 1)):
            return True
    return False


def key_of(text: str) -> str:
    """Fold a text to its words, for comparing; each ideograph is a word."""
    if text.isascii():
        return " ".join(words(text))
    return " ".join(_WORD.findall(fold(text)))


def is_long_enough(text: str, least_chars: int) -> bool:
    """Tell whether a text can be a title by its length: ideographs say more a letter."""
    return len(text) >= least_chars or len(_IDEOGRAPH.findall(text)) >= _LEAST_IDEOGRAPHS


def parts_of(title: str) -> list[str]:
    """List a title and what is left of it when parts at its ends are cut at separators."""
    unspaced = len(_IDEOGRAPH.findall(title)) >= _LEAST_IDEOGRAPHS
    cuts = [found.span() for found in (_UNSPACED if unspaced else _SEPARATOR).finditer(title)][:6]
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
