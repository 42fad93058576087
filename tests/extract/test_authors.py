"""Who wrote an article of a site that nobody prepared: elements near it that are called author."""

from __future__ import annotations

import pytest

from tests.pages import SITE, article

TITLE = "Tập huấn chuyển đổi số cho cán bộ xã, phường trên địa bàn tỉnh"
TEXT = "".join(
    f"<p>Sáng ngày 18/11, đoạn thứ {n} nói rằng Sở đã tổ chức hội nghị tập huấn chuyển đổi số cho "
    "cán bộ xã, phường trên địa bàn toàn tỉnh với sự tham gia của hơn 200 đại biểu.</p>"
    for n in ("một", "hai", "ba")
)


def byline(*, above: str = "", below: str = "", around: str = "", head: str = "") -> str | None:
    markup = (
        f"<div class=trang><div class=bai><h1>{TITLE}</h1><div class=meta>{above}"
        f"<span>20/11/2026 09:15</span></div><div class=nd>{TEXT}</div>{below}</div>{around}</div>"
    )
    return article(markup, head=head, url=f"{SITE}/tin/bai-viet-mau-123.html").byline


@pytest.mark.parametrize(
    ("markup", "name"),
    [
        ("<span class=author>Minh Đức</span>", "Minh Đức"),
        ("<a class='author cl_green'>Minh Đức</a>", "Minh Đức"),
        ("<div class=article__author><a href=/author>LÊ HOÀNG</a></div>", "LÊ HOÀNG"),
        ("<p class=tac-gia>Tác giả: Minh Đức</p>", "Minh Đức"),
        ("<span class=detail-head__author>Minh Đức thực hiện</span>", "Minh Đức"),
        ("<div class=article-author-wrapper><p><span><a>N. Huyền</a></span></p></div>", "N. Huyền"),
        ("<div class=article-author><a>Thạch Hồng/VOV-ĐBSCL</a></div>", "Thạch Hồng"),
        ('<div class="by">Mỹ Hạnh • 08:30 11/06/2024 • 5 phút đọc</div>', "Mỹ Hạnh"),
        ("<a rel=author href=/x>Minh Đức</a>", "Minh Đức"),
        ("<div class=authors><a>Minh Đức</a><a>Thu Hà</a></div>", "Minh Đức, Thu Hà"),
        ("<span>Tác giả: Hoài Thu</span>", "Hoài Thu"),
        ("<div><b>Người viết:</b> <span>Hoài Thu</span></div>", "Hoài Thu"),
        ("<div class=author>admin</div>", None),
        ("<div class=author>Super User</div>", None),
        ("<div class=author>VNPT Portal</div>", None),
        ("<div class=author>Ông nói rằng hội nghị đã thành công</div>", None),
    ],
)
def test_element_that_is_called_author_names_it(markup: str, name: str | None) -> None:
    assert byline(above=markup) == name
    assert byline(below=markup) == name


def test_hidden_author_is_an_account() -> None:
    assert byline(above="<div class='author hidden'>Minh Đức</div>") is None


@pytest.mark.parametrize(
    "around",
    [
        "<div class=tin-khac><div class=author>Thu Hà</div></div>",
        "<div class=comments><div class=comment-author>Thu Hà</div></div>",
        "<ul><li><a href=/tin/2>Một tin khác</a><span class=author>Thu Hà</span></li></ul>",
        "<aside><span class=author>Thu Hà</span></aside>",
        "<div class=author-list><p class=author>Thu Hà</p></div>",
    ],
)
def test_authors_of_comments_and_other_news_are_not_the_articles(around: str) -> None:
    assert byline(around=around) is None


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ('{"@type": "Person", "name": "N. Huyền"}', "N. Huyền"),
        ('[{"@type": "Person", "name": "Minh Đức"}]', "Minh Đức"),
        ('"Minh Đức"', "Minh Đức"),
        ('{"@type": "Person", "name": "admin"}', None),
        ('{"@type": "Organization", "name": "Sở Thông Tin"}', None),
        ("[[]]", None),
        ("null", None),
    ],
)
def test_person_that_json_ld_names_is_the_author(author: str, name: str | None) -> None:
    written = f'{{"@type": "NewsArticle", "author": {author}}}'
    head = f'<script type="application/ld+json">{written}</script>'
    assert byline(head=head) == name


def test_author_below_the_text_goes_before_what_json_ld_says() -> None:
    written = '{"@type": "NewsArticle", "author": {"@type": "Person", "name": "Thu Hà"}}'
    head = f'<script type="application/ld+json">{written}</script>'
    assert byline(below="<p style='text-align:right'>Minh Đức</p>", head=head) == "Minh Đức"
