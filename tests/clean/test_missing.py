"""Notices that a page is not there, and news that only sound like one."""

from __future__ import annotations

import pytest

from crawler.clean.missing import says_missing
from tests.pages import reading


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Không tìm thấy trang", "Mời bạn dùng ô tìm kiếm."),
        ("Error 404: Not Found", ""),
        ("Thông báo", "Trang bạn yêu cầu không tồn tại hoặc đã bị xóa."),
        ("Trạng thái", "Bài viết này không còn tồn tại trên hệ thống."),
        ("Lỗi", "Đường dẫn bạn truy cập không tồn tại. Xin thử lại sau."),
        ("Bài viết không tồn tại hoặc đã bị xóa", "Xin vui lòng quay lại trang chủ"),
        ("Thông báo", "Nội dung này hiện không còn trên hệ thống. Quý vị quay lại trang chủ."),
        ("Đã có lỗi xảy ra", "Xin lỗi, hệ thống đang bận, vui lòng thử lại sau."),
        ("Sở Thông tin và Truyền thông", "Tin bài không có hoặc chưa được xuất bản."),
    ],
)
def test_a_notice_of_a_missing_page_is_told(title: str, text: str) -> None:
    assert says_missing(title, text)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Quyết định số 404/QĐ-UBND về thi đua", "Quyết định có hiệu lực từ ngày ký."),
        ("Cảnh báo trang web giả mạo", "Trang giả mạo đã bị chặn từ sáng nay."),
        ("Xóa 404 điểm lõm sóng", "Đến nay, điểm lõm sóng không còn tồn tại ở ba huyện."),
    ],
)
def test_news_that_sound_like_one_are_news(title: str, text: str) -> None:
    assert not says_missing(title, text)


def test_a_page_that_says_it_is_missing_is_no_article() -> None:
    got = reading(
        "<h1>Không tìm thấy trang</h1><div class='content'><p>Trang bạn tìm không tồn tại hoặc đã"
        " được chuyển sang địa chỉ khác. Mời bạn về trang chủ.</p></div>"
    )
    assert got.refusal is not None
    assert got.refusal.reason == "soft-404"


def test_a_dated_article_is_kept_whatever_it_says() -> None:
    got = reading(
        "<h1>Không tìm thấy nội dung xấu độc trên cổng</h1><p>Ngày đăng: 20/11/2026 09:15</p>"
        "<div class='content'><p>Đoàn kiểm tra đã xem ba trăm trang trong hai tuần và không"
        " tìm thấy nội dung nào phải gỡ.</p></div>"
    )
    assert got.sighting is not None
