"""Why a list is not proposed, and what is doubtful about a recipe: tables of codes in words."""

from __future__ import annotations

from collections.abc import Mapping

NOT_CHOSEN: Mapping[str, tuple[str, str]] = {
    "covered": ("đã có trong một danh sách rộng hơn", "all of it stands in a wider list"),
    "documents": ("văn bản, không phải tin", "documents, no news"),
    "procedures": ("thủ tục, hỏi đáp, dịch vụ công", "procedures and questions"),
    "media": ("ảnh, video", "pictures and films"),
    "office": ("giới thiệu, tổ chức, liên hệ", "about the office"),
    "foreign": ("không phải tiếng Việt", "not in Vietnamese"),
    "oldest": ("bài cũ đứng trước", "oldest articles first"),
    "mixed": ("bài không xếp theo ngày", "not ordered by date"),
    "not-named": ("không được nêu tên", "others were named"),
}
"""Code → Vietnamese, English."""

DOUBTS: Mapping[str, tuple[str, str]] = {
    "no-family": (
        "không nhận ra hệ quản trị nội dung; trang được đọc bằng bộ đọc chung",
        "no CMS was recognised; the general reader reads the pages",
    ),
    "no-dates": ("danh sách không ghi ngày", "no list shows a date"),
    "not-news": (
        "có danh sách được chọn không giống tin mới nhất đứng trước",
        "a chosen list does not look like news, newest first",
    ),
    "list-is-article": (
        "địa chỉ danh sách có dạng địa chỉ bài; đặt `article`",
        "a list's address has the form of an article's; set `article`",
    ),
    "no-article": ("chưa đọc được bài nào", "no article could be read"),
    "one-article": ("chỉ đọc được một bài", "only one article could be read"),
    "title": (
        "tiêu đề trên bài khác với trên danh sách; xem tinso try, sửa `title` trong [select]",
        "page and list show other titles; see tinso try, mend `title` in [select]",
    ),
    "date": (
        "ngày trên bài khác với trên danh sách; xem tinso try, sửa `date` trong [select]",
        "page and list show other dates; see tinso try, mend `date` in [select]",
    ),
    "no-date": (
        "không thấy ngày đăng; xem tinso try, sửa `date` trong [select]",
        "no date was found; see tinso try, mend `date` in [select]",
    ),
    "body": (
        "bài không có phần thân; xem tinso try, sửa `body` trong [select]",
        "an article has no body; see tinso try, mend `body` in [select]",
    ),
    "place": (
        "máy chủ và trang không nói cùng một nơi; xem lại id và tên",
        "host and pages name different places; look at the id and the name",
    ),
    "shadows": (
        "đã có công thức khác cùng id; công thức này sẽ được dùng thay",
        "another recipe has this id; this one goes before it",
    ),
    "no-cases": (
        "không có thư mục tests/cases nên không ghi ca kiểm thử: thêm --cases",
        "there is no tests/cases, so no cases are written: give --cases",
    ),
}
"""Code → Vietnamese, English."""


def said(table: Mapping[str, tuple[str, str]], code: str) -> str:
    """Say what a code means, in both languages."""
    return " / ".join(table[code])
