"""Our own topics, as readers see them; `crawler/topics.toml` has the wordings that tell them."""

from __future__ import annotations

TOPICS = {
    "an-toan-thong-tin": "An toàn thông tin",
    "bao-chi-xuat-ban": "Báo chí – Xuất bản",
    "buu-chinh": "Bưu chính",
    "chuyen-doi-so": "Chuyển đổi số",
    "cong-nghe-thong-tin": "Công nghệ thông tin",
    "khoa-hoc-cong-nghe": "Khoa học – Công nghệ",
    "thong-tin-co-so": "Thông tin cơ sở",
    "vien-thong": "Viễn thông",
}
"""Slug → name, by slug."""
