"""The lead beside a body that a family's rule names, where its rule for leads finds none."""

from __future__ import annotations

import pytest

from crawler.extract.draft import Found
from tests.pages import reading

LEAD = "Từ ngày 01/12, người dân có thể nộp hồ sơ cấp lại giấy phép bưu chính hoàn toàn trên mạng."
HEAD = (
    '<h1 class="article-title">Cấp lại giấy phép bưu chính</h1>'
    '<div class="article-date">20/11/2026</div>'
)
PICTURE = '<div><img src="/a.jpg"><p align="center">Ảnh: Minh Đức</p></div>'
FIRST = "Hồ sơ gồm đơn theo mẫu và bản chụp giấy phép cũ, nộp tại cổng dịch vụ công của tỉnh."
BODY = (
    f'<div class="ms-rtestate-field"><p>{FIRST}</p>'
    "<p>Thời hạn giải quyết rút từ 10 xuống còn 5 ngày làm việc kể từ ngày nhận đủ hồ sơ.</p></div>"
)


def lead_of(body: str) -> Found[str] | None:
    return reading(body, family="sharepoint").draft.summary


@pytest.mark.parametrize(
    "body",
    [
        f"<div>{HEAD}<p>{LEAD}</p>{BODY}</div>",
        f'<div>{HEAD}<div class="gioithieu"><b>{LEAD}</b></div><div>{BODY}</div></div>',
        f"<div><div>{HEAD}</div><div><div>{LEAD}</div></div><div><div>{BODY}</div></div></div>",
        f"<div>{HEAD}{PICTURE}<div>{LEAD}</div>{BODY}</div>",
    ],
)
def test_paragraph_between_title_and_body_is_the_lead(body: str) -> None:
    assert lead_of(body) == Found(LEAD, "above the body")


@pytest.mark.parametrize(
    "between",
    [
        "",
        '<p>Lượt xem: 12</p><div><a href="/in">In bài viết</a></div>',
        f'<ul><li><a href="/b.html">{LEAD}</a></li></ul>',
        f'<div class="related"><p>{LEAD}</p></div>',
        f"<div hidden><p>{LEAD}</p></div>",
    ],
)
def test_counters_links_and_boxes_between_title_and_body_are_no_lead(between: str) -> None:
    assert lead_of(f"<div>{HEAD}{between}{BODY}</div>") is None


def test_what_stands_above_the_title_is_no_lead() -> None:
    assert lead_of(f"<div><p>{LEAD}</p>{HEAD}{BODY}</div>") is None


def test_lead_that_the_body_repeats_is_cut_from_it() -> None:
    again = BODY.replace("<p>", f"<p>{LEAD}</p><p>", 1)
    got = reading(f"<div>{HEAD}<p>{LEAD}</p>{again}</div>", family="sharepoint")
    assert got.draft.body_text.startswith(FIRST)
