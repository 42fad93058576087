"""What was odd about a reading, said to people: tables of codes, each with its sentences."""

from __future__ import annotations

from collections.abc import Mapping

from crawler.clean.article import Reason

AUDITED = "article/body/audited"
"""Says that a comparison was made, not that anything is odd."""

DOUBTS: Mapping[str, tuple[str, str]] = {
    "article/title/missing": (
        "không tìm thấy tiêu đề",
        "no title was found",
    ),
    "article/summary/missing": (
        "không có tóm tắt đặt riêng khỏi phần thân",
        "no summary stands apart from the body",
    ),
    "article/body/missing": (
        "không tìm thấy phần thân bài",
        "no body was found",
    ),
    "article/body/general": (
        "không luật nào tìm thấy phần thân; bộ đọc chung đã tìm ra",
        "no rule found the body; the general reader did",
    ),
    AUDITED: (
        "đã đối chiếu phần thân với bộ đọc chung",
        "the body was compared with the general reader's",
    ),
    "article/body/disagree": (
        "các cách đọc cho ra những phần thân khác nhau; hãy so với trang gốc",
        "the readers disagree about the body; compare it with the page",
    ),
    "article/date/missing": (
        "không rõ ngày đăng; lấy lúc thấy bài lần đầu",
        "no date was found; the moment of the first crawl stands in",
    ),
    "article/date/future": (
        "ngày đọc được ở tương lai nên không dùng",
        "a date that was read lies in the future and was passed over",
    ),
    "article/date/ancient": (
        "ngày đọc được có trước năm 1995 nên không dùng",
        "a date that was read lies before 1995 and was passed over",
    ),
    "article/family/changed": (
        "trang mang dấu vết của hệ quản trị khác với công thức; trang có thể đã đổi phần mềm",
        "the page bears the traces of another CMS than the recipe's; the site may have moved to it",
    ),
}
"""Code, as `crawler.reading` counts it → Vietnamese, English."""

REFUSALS: Mapping[Reason, str] = {
    "no-title": "không tìm thấy tiêu đề",
    "no-url": "địa chỉ của bài không hợp lệ",
    "no-article": "không có chữ, ảnh hay tệp nào",
    "soft-404": "trang báo rằng nội dung không tồn tại",
}
"""Why there is no article, in Vietnamese; the refusal's own message says it in English."""


def doubt_said(code: str) -> str:
    """Say a code in Vietnamese, then in English; one that is not in the table is shown as it is."""
    return " / ".join(DOUBTS.get(code, (code,)))
