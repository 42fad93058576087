"""Lines behind a text that are none of it: the house's own, other news, the page's foot."""

from __future__ import annotations

import re

from crawler.extract.text.blocks import Block
from crawler.extract.text.look import MUCH_LINKED, linked_share
from crawler.extract.text.others import HEADING_OF_OTHERS, is_button

_HOUSE = re.compile(
    r"(?:[^.]{0,80}\s)?(?:ghi|dẫn)\s+rõ\s+nguồn\b.{0,120}"
    r"|(?:.{0,80}\s)?(?:bản\s+quyền\s+(?:thuộc|của)|thuộc\s+bản\s+quyền).{0,200}"
    r"|(?:©|copyright\b).{0,120}|.{0,80}all\s+rights\s+reserved.{0,20}"
    r"|(?!.*\b(?:dưới\s+đây|sau\s+đây|(?:qua|trong)\s+(?:đồ\s+họa|infographic|video|clip|chùm\s+ảnh))\b)"
    r"\W{0,3}(?:kính\s+)?mời\s+(?:quý\s+)?(?:bạn\s+đọc|độc\s+giả|quý\s+vị|các\s+bạn)\b.{0,160}"
    r"|(?:tệp|tập|file|tài\s+liệu)(?:\s+tin)?\s+đính\s+kèm.{0,120}|tải\s+(?:về|xuống)\s+tại\s+đây.{0,80}"
    r"|theo\s+dõi\s.{0,60}\strên\s(?:zalo|facebook|google|youtube).{0,40}|.{0,8}điểm\s+trung\s+bình.{0,60}"
    r"|(?:ngày\s+(?:đăng|cập\s+nhật)|đăng\s+(?:ngày|lúc)|cập\s+nhật)\s*:.{0,40}\d{4}.{0,20}"
    r"|nghe\s+bài\s+viết.{0,40}|quan\s+tâm\s+zalo.{0,80}|.{0,40}\bgiấy\s+phép(?:\s+\w+){0,3}\s+số\b.{0,200}|quảng\s+cáo",
    re.IGNORECASE,
)
"""Lines of the house behind a text: its rights, its licence, its invitations."""
_IMPRINT = re.compile(
    r"(?:.{0,160}\W)?(?:chịu\s+trách\s+nhiệm(?:\s+(?:nội\s+dung|xuất\s+bản|chính))?|(?:phó\s+)?tổng\s+biên\s+tập"
    r"|(?:phó\s+)?trưởng\s+ban\s+biên\s+tập|cơ\s+quan\s+chủ\s+quản|đơn\s+vị\s+(?:chủ\s+quản|quản\s+lý))\s*:.{0,160}"
    r"|(?:.{0,160}\W)?(?:điện\s+thoại|đt|tel|phone|fax|hotline|đường\s+dây\s+nóng)\W{0,3}\(?\+?\d[\d\s.()-]{6,}.{0,120}",
    re.IGNORECASE,
)
"""Lines of a page's foot: who answers for it, its telephone. A notice may end in one too."""


def closes(block: Block) -> bool:
    """Tell what ends a text wherever it stands."""
    if not block.text:
        return False
    return bool(
        HEADING_OF_OTHERS.fullmatch(block.text)
        or is_button(block)
        or _HOUSE.fullmatch(block.text)
        or linked_share(block) > MUCH_LINKED
    )


def is_imprint(block: Block) -> bool:
    """Tell what ends a text but where it stands among its own lines."""
    return bool(_IMPRINT.fullmatch(block.text))
