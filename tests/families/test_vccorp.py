"""VCCorp: boxes in the body, the order of its dates, the numbers in its addresses."""

from __future__ import annotations

from datetime import datetime

import pytest

from crawler.extract.key import key_in
from crawler.families import family_named
from crawler.reading import read_list, recognise
from store.model import VIETNAM
from tests.pages import SITE, article, page, source

ADDRESS = family_named("vccorp").article_address
URL = f"{SITE}/hoi-nghi-tong-ket-102261120160342777.htm"
BODY = "Sở Khoa học và Công nghệ tổ chức hội nghị tổng kết công tác năm."


def detail(text: str, *, time: str = "20/11/2026 18:52") -> str:
    """Write an article's page; `text` stands in the body, below its first paragraph."""
    return (
        '<h1 data-role="title">Hội nghị tổng kết</h1>'
        f'<div data-role="publishdate" title="11/21/2026 6:52:00 PM">{time}</div>'
        f'<div class="detail-content" data-role="content"><p>{BODY}</p>{text}</div>'
    )


@pytest.mark.parametrize("kind", ["content", "Photo", "quote", ""])
def test_words_of_a_box_are_text(kind: str) -> None:
    box = (
        f'<div class="VCSortableInPreviewMode" type="{kind}"><p>Hội nghị có 70 người dự.</p></div>'
    )
    got = article(detail(box), family="vccorp", url=URL)
    assert got.body_text == f"{BODY}\n\nHội nghị có 70 người dự."


@pytest.mark.parametrize(
    "kind", ["RelatedOneNews", "RelatedNewsBox", "RelatedNews", "link-content-footer"]
)
def test_boxes_of_other_news_are_no_text(kind: str) -> None:
    box = (
        f'<div class="VCSortableInPreviewMode" type="{kind}"><h4><a href="/b-1.htm">Tin khác</a>'
        "</h4><p>Tóm tắt của tin khác trong một dòng.</p></div>"
    )
    assert article(detail(box), family="vccorp", url=URL).body_text == BODY


@pytest.mark.parametrize(
    ("shown", "at"),
    [
        ("20/11/2026 18:52", datetime(2026, 11, 20, 18, 52, tzinfo=VIETNAM)),
        ("05/03/2026 15:34", datetime(2026, 3, 5, 15, 34, tzinfo=VIETNAM)),
        ("20-11-2026 - 00:01 AM", datetime(2026, 11, 20, 0, 1, tzinfo=VIETNAM)),
        ("20-11-2026 - 15:34 PM", datetime(2026, 11, 20, 15, 34, tzinfo=VIETNAM)),
        ("20/11/2026 08:00 GMT+7", datetime(2026, 11, 20, 8, 0, tzinfo=VIETNAM)),
    ],
)
def test_date_is_the_text_and_not_the_title_attribute(shown: str, at: datetime) -> None:
    assert article(detail("", time=shown), family="vccorp", url=URL).published == at


def row(attribute: str, shown: str) -> str:
    """Write an entry of a list."""
    return (
        '<div class="box-category-item"><h3><a data-type="title" href="/hoi-nghi-102261105143012901'
        f'.htm">Hội nghị tổng kết</a></h3><span class="time-ago" title="{attribute}">{shown}</span>'
        "</div>"
    )


@pytest.mark.parametrize(
    ("attribute", "shown"),
    [
        ("11/5/2026 3:34:00 PM", "05/11/2026 15:34"),
        ("11/5/2026 3:34:00 PM", ""),
        ("11/5/2026 3:34:00 PM", "5 giờ trước"),
        ("2026-11-05T15:34:00", "5 giờ trước"),
    ],
)
def test_title_attribute_of_a_list_is_month_first(attribute: str, shown: str) -> None:
    (entry,) = read_list(page(row(attribute, shown)), source("vccorp")).entries
    assert entry.date
    assert entry.date.value.at == datetime(2026, 11, 5, 15, 34, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("/kinh-te/hoi-nghi-102261120160342777.htm", "102261120160342777"),
        ("/hoi-nghi-188261119174408812.chn", "188261119174408812"),
        ("/hoi-nghi-20261112163120938.htm", "20261112163120938"),
        ("/hoi-nghi-197146226.htm", "146226"),
    ],
)
def test_key_is_the_number_of_the_address(path: str, key: str) -> None:
    assert key_in(ADDRESS, SITE + path) == key


@pytest.mark.parametrize(
    "path", ["/kinh-te.htm", "/chinh-sach-bao-mat-98.htm", "/vi-mo/trang-2.chn"]
)
def test_rubrics_and_policies_are_no_articles(path: str) -> None:
    assert not ADDRESS.search(SITE + path)


@pytest.mark.parametrize(
    "sign",
    [
        '<div class="VCSortableInPreviewMode" type="Photo"></div>',
        '<h2 data-role="sapo">Tóm tắt</h2>',
        '<div class="box-category-item"></div>',
    ],
)
def test_it_is_recognised_by_its_boxes_and_roles(sign: str) -> None:
    assert recognise(page(sign))[0].name == "vccorp"


def test_order_of_its_attributes_is_known_where_no_recipe_names_it() -> None:
    rows = "".join(
        f'<div class="box-category-item"><a class="box-category-link-title" data-type="title"'
        f' href="/bai-viet-so-{day}-10226030515341000{day}.htm">Bài viết số {day} về chuyển đổi số'
        f'</a><span class="time-ago" title="3/{day}/2026 3:34:00 PM"></span></div>'
        for day in (4, 5)
    )
    marks = '<i class="VCSortableInPreviewMode" data-role="sapo"></i><img src="//a.mediacdn.vn/b">'
    got = read_list(page(marks + rows, url=f"{SITE}/chinh-tri.htm"), source("generic"))
    days = [entry.date.value.at.date().isoformat() for entry in got.entries if entry.date]
    assert days == ["2026-03-04", "2026-03-05"]
    listed = detail("", time="").replace("11/21/2026", "3/5/2026") + marks
    found = article(listed, url=URL)
    assert found.published == datetime(2026, 3, 5, 18, 52, tzinfo=VIETNAM)
