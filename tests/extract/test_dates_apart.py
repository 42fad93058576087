"""Dates that stand apart: in pieces, beside other news, in feet, above titles, among widgets."""

from __future__ import annotations

import pytest

from crawler.extract.moments.general import general_published
from crawler.extract.page import Page
from tests.extract.test_shown_dates import FETCHED, HEADING, OTHER, TEXT, TITLE, shown
from tests.pages import SITE


@pytest.mark.parametrize(
    ("line", "at"),
    [
        ("<span>21:30 - 05/03/2026</span><span>3 phút đọc</span>", "2026-03-05 21:30"),
        ("<span>An</span><span>21:30 - 05/03/2026</span><i>3 phút đọc</i>", "2026-03-05 21:30"),
        ("<span>05/03/2026</span><span>21:30</span>", "2026-03-05 21:30"),
        ("<span>21:30</span><span>05/03/2026</span>", "2026-03-05 21:30"),
        ("<span>05/03/2026</span><span>210</span>", "2026-03-05"),
        ("21:30 - 05/03/2026<i class=e></i>210", "2026-03-05 21:30"),
        ("<b>15</b><span>Tháng 01</span><em>2025</em>", "2025-01-15"),
        ("<div>15</div><div>Tháng 01</div><div>2025</div>", "2025-01-15"),
        ("<b>1</b>5/01/2025", "2025-01-15"),
        ("<div>15</div><div>20</div><div>2025</div>", None),
        ("<span>Số 15</span><span>2025</span>", None),
    ],
)
def test_neighbours_that_style_alone_sets_apart_are_read_apart(line: str, at: str | None) -> None:
    assert shown(f"<div>{HEADING}<div>{line}</div>{TEXT}</div>") == at


def test_pieces_of_a_date_above_the_title_are_one() -> None:
    pieces = "<div><b>15</b><span>Tháng 01</span><em>2025</em></div>"
    assert shown(f"<div>{pieces}{HEADING}{TEXT}</div>") == "2025-01-15"


TIME = '<time datetime="2026-11-10T01:00:00Z">10/11/2026</time>'


@pytest.mark.parametrize(
    "others",
    [
        f"<div><h3>Có thể bạn quan tâm</h3><div><div><p>Một tin</p>{TIME}</div></div></div>",
        f"<div><article><h4>{OTHER}</h4><p>Lời dẫn</p>{TIME}</article></div>",
        f"<div><p>{OTHER}</p>{TIME}</div>",
    ],
)
def test_time_of_other_news_is_not_the_article_s(others: str) -> None:
    assert shown(f"<main><article>{HEADING}{TEXT}</article>{others}</main>") is None
    line = "<div>19 tháng 8, 2025 - 08:00</div>"
    body = f"<main><article>{HEADING}{line}{TEXT}</article>{others}</main>"
    assert shown(body) == "2025-08-19 08:00"


def test_labelled_line_at_the_title_beats_a_time_elsewhere() -> None:
    line = "<p>Ngày đăng: 19/08/2025</p>"
    assert shown(f"<div>{HEADING}{line}{TEXT}</div><div>{TIME}</div>") == "2025-08-19"


def test_time_behind_a_heading_of_others_in_another_column_stays() -> None:
    column = "<div><h3>Tin mới nhất</h3><ul><li>Một tin</li></ul></div>"
    own = f"<div>{HEADING}{TIME}{TEXT}</div>"
    assert shown(f"<div>{column}{own}</div>") == "2026-11-10 08:00"


def test_time_in_the_article_s_own_foot_stays_behind_an_empty_box_of_others() -> None:
    box = "<div><h3>Tin liên quan</h3></div>"
    body = f"<article>{HEADING}{TEXT}{box}<footer>{TIME}</footer></article>"
    assert shown(body) == "2026-11-10 08:00"


def test_edit_in_the_page_s_foot_is_no_publication() -> None:
    title = "Phường Tân Phú"
    foot = f"<div><footer>{title}, 12 Nguyễn Trãi. Ngày cập nhật cuối: 20/11/2026</footer></div>"
    listed = "<dl><dt>Ngày đăng</dt><dd>10/10/2024 09:00</dd></dl>"
    assert by_title(f"<div>{listed}</div>{TEXT}{foot}", title) == "2024-10-10 09:00"
    assert by_title(f"{TEXT}{foot}", title) is None


def by_title(body: str, title: str) -> str | None:
    page = Page(url=f"{SITE}/a", body=f"<html><body>{body}</body></html>".encode(), fetched=FETCHED)
    dated = general_published(page, title=title)
    return f"{dated[0].value.at:%Y-%m-%d %H:%M}" if dated else None


def test_label_of_a_publication_far_above_beats_an_edit() -> None:
    listed = "<div><p>Ngày đăng: 10/10/2024</p></div><p>Một</p><p>Hai</p><p>Ba</p><p>Bốn</p>"
    edit = "<p>Cập nhật: 20/11/2026</p>"
    assert shown(f"{listed}<div>{HEADING}{edit}{TEXT}</div>") == "2024-10-10"
    assert shown(f"<div>{HEADING}{edit}{TEXT}</div>") == "2026-11-20"


DAY = '<h2 class="{}"><span>Thứ Tư, 5 tháng 3, 2025</span></h2>'
POST = f'<div class="post"><h3>{TITLE}</h3>{TEXT}{{}}</div>'


@pytest.mark.parametrize("name", ["date-header", "entry-header", "post-meta-header", "x"])
def test_heading_that_is_a_date_right_above_the_title_counts(name: str) -> None:
    assert shown(f"<div>{DAY.format(name)}{POST.format('')}</div>") == "2025-03-05"


def test_head_of_the_page_with_a_date_does_not_count() -> None:
    head = '<div class="header"><h2>Thứ Tư, 5 tháng 3, 2025</h2></div>'
    assert shown(f"<div>{head}{POST.format('')}</div>") is None


def test_microformat_is_read_like_time() -> None:
    foot = '<div class="post-footer">lúc <abbr class="published" title="{}">20:14</abbr></div>'
    iso = foot.format("2025-03-05T20:14:00+07:00")
    assert shown(f"<div>{POST.format(iso)}</div>") == "2025-03-05 20:14"
    assert shown(f"<div>{DAY.format('date-header')}{POST.format(iso)}</div>") == "2025-03-05 20:14"
    assert shown(f"<div>{POST.format(foot.format('Hôm nọ'))}</div>") is None
    assert shown(f"<div>{POST.format(iso + iso.replace('03-05', '03-06'))}</div>") is None


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("elementor-widget elementor-widget-post-info", "2022-11-18"),
        ("wp-block-widget-group", "2022-11-18"),
        ("elementor-widget-sidebar", None),
        ("widget", None),
        ("cookie-notice", None),
        ("popup", None),
        ("modal fade", None),
        ("off-canvas", None),
    ],
)
def test_builder_s_widgets_are_no_side_boxes_and_popups_are(name: str, day: str | None) -> None:
    box = f'<div class="{name}"><p>18/11/2022</p></div>'
    assert shown(f'<div class="main">{HEADING}{box}{TEXT}</div>') == day


@pytest.mark.parametrize(
    ("line", "at"),
    [
        ("Ngày: 05/03/2026 - Giờ: 21:30", "2026-03-05 21:30"),
        ("Giờ: 21:30 - Ngày: 05/03/2026", "2026-03-05 21:30"),
        ("Đăng bởi: admin | Ngày: 05/03/26", "2026-03-05"),
        ("Hồ sơ: admin | Ngày: 05/03/26", None),
    ],
)
def test_labels_of_clock_and_short_day_are_known(line: str, at: str | None) -> None:
    assert shown(f"<div>{HEADING}<p>{line}</p>{TEXT}</div>") == at
