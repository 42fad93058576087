"""Where a text ends on a page that no rule knows: behind its own end, before the page's foot."""

from __future__ import annotations

import pytest

from tests.pages import article

TITLE = "Ngày hội đọc sách của học sinh vùng lòng hồ"
LEAD = (
    "Sáng 14/11, hơn 300 học sinh bốn trường ven hồ dự ngày hội đọc sách tại nhà văn hóa xã Nậm Sỏ."
)
NEXT = "Mỗi em được mượn ba quyển mang về nhà trong một tháng, thẻ mượn do thư viện huyện cấp sẵn."
CONTACT = (
    "Phụ huynh cần thêm thông tin xin gọi thư viện huyện, điện thoại: 0213 3877 120 giờ hành chính."
)
FOOT = (
    '<div class="duoi"><p>Thư viện huyện Nậm Sỏ, tổ 3 thị trấn. Hotline: 0213 3877 120</p>'
    "<p>Chịu trách nhiệm nội dung: Giám đốc Thư viện Lò Văn Pọm</p></div>"
)


def text_of(inner: str, foot: str = FOOT) -> list[str]:
    got = article(f"<div><h1>{TITLE}</h1><div>14/11/2026 09:20</div>{inner}</div>{foot}")
    return [*filter(None, (got.summary or "", *got.body_text.split("\n\n")))]


@pytest.mark.parametrize(
    "foot",
    [
        FOOT,
        "<div>Tổ 3 thị trấn Nậm Sỏ - Điện thoại: (0213) 3877.120 - thuvien@nso.example.vn</div>",
        "<div><div>Cơ quan chủ quản: Ủy ban nhân dân huyện Nậm Sỏ</div></div>",
    ],
)
def test_foot_of_the_page_is_no_end_of_a_short_text(foot: str) -> None:
    assert text_of(f"<p>{LEAD}</p>", foot) == [LEAD]
    assert text_of(f"<div><p>{LEAD}</p><p>{NEXT}</p>{foot}</div>", "") == [LEAD, NEXT]


def test_telephone_at_the_end_of_a_notice_is_its_text() -> None:
    assert text_of(f"<div><p>{LEAD}</p><p>{NEXT}</p><p>{CONTACT}</p></div>")[-1] == CONTACT


def test_long_line_that_says_when_and_who_opens_no_text() -> None:
    line = "Đăng lúc: Thứ bảy - 14/11/2026 09:20 - Người đăng bài viết: thuvien"
    assert text_of(f"<div><div>{line}</div><div>{LEAD}</div><div>{NEXT}</div></div>") == [
        LEAD,
        NEXT,
    ]


def test_invitation_to_what_the_article_shows_is_its_text() -> None:
    shown = "Mời bạn đọc xem lịch mượn sách của bốn trường qua đồ họa dưới đây."
    asked = "Mời bạn đọc gửi ý kiến về hộp thư của thư viện."
    assert text_of(f"<div><p>{LEAD}</p><p>{shown}</p></div>")[-1] == shown
    assert text_of(f"<div><p>{LEAD}</p><p>{NEXT}</p></div><div><p>{asked}</p></div>")[-1] == NEXT


def test_box_of_other_news_is_no_text_where_a_page_of_pictures_says_little() -> None:
    pictures = "".join(
        f'<figure><a href="/anh/{n}.jpg"><img src="/anh/{n}.jpg"></a>'
        f"<figcaption>Góc đọc số {n} của ngày hội</figcaption></figure>"
        for n in range(4)
    )
    rows = "".join(
        f"<div><p>Trường vùng hồ số {n} nhận thêm sách và bàn ghế của nhà hảo tâm miền xuôi lên</p>"
        f"<span>{n}/10/2026</span></div>"
        for n in range(10, 24)
    )
    page = f'<p>{LEAD}</p>{pictures}</div><div class="others"><h3>Chùm ảnh mới</h3>{rows}'
    assert text_of(page) == [LEAD]
    got = article(f"<div><h1>{TITLE}</h1><div>14/11/2026</div>{page}</div>")
    assert [image.caption for image in got.images] == [
        f"Góc đọc số {n} của ngày hội" for n in range(4)
    ]


@pytest.mark.parametrize(
    "end",
    [
        ["Thực hiện: Lò Thị Hằng - Vàng A Sử", "Thiết kế: Quang Huy"],
        ["Bài viết: Lò Thị Hằng - Vàng A Sử", "Đồ họa, kỹ thuật: Quang Huy, Ngọc Mai"],
    ],
)
def test_who_designed_the_page_signs_behind_the_authors(end: list[str]) -> None:
    lines = "".join(f"<p>{line}</p>" for line in (LEAD, NEXT, *end))
    got = article(f"<div><h1>{TITLE}</h1><div>14/11/2026</div><div>{lines}</div></div>")
    assert got.body_text == f"{LEAD}\n\n{NEXT}"
    assert got.byline == "Lò Thị Hằng - Vàng A Sử"


def test_what_a_design_is_for_is_text() -> None:
    line = "Thiết kế: tủ sách lưu động làm bằng gỗ keo, xếp gọn lên thuyền."
    assert text_of(f"<div><p>{LEAD}</p><p>{NEXT}</p><p>{line}</p></div>")[-1] == line
