"""Liferay in the skins of offices: lists whose rows no rule knows, addresses below the host."""

from __future__ import annotations

import pytest

from crawler.families import family_named
from crawler.reading import read_list
from store.model import VIETNAM
from tests.pages import SITE, page, source

ADDRESS = family_named("liferay").article_address
ROWS = "".join(
    f'<div class="dong-tin"><a href="/-/bai-viet-thu-{n}-cua-so">Bài viết thứ {n} của Sở</a>'
    f" <i>{n}/11/2026</i></div>"
    for n in (20, 19, 18)
)
PAGER = (
    '<ul class="pagination"><li class="active"><span><span class="sr-only">Trang</span>1</span>'
    '</li><li><a href="/tin?_x_cur=2"><span class="sr-only">Trang</span>2</a></li></ul>'
)


@pytest.mark.parametrize("path", ["/-/bai-viet-thu-hai", "/web/so/-/bai-viet-thu-hai", "/nid/12"])
def test_an_article_may_stand_right_below_the_host(path: str) -> None:
    assert ADDRESS.search(SITE + path)


def test_rows_that_lead_to_no_article_do_not_hide_the_list() -> None:
    body = f'<section class="portlet-asset-publisher">{ROWS}{PAGER}</section>'
    found = read_list(page(body, url=f"{SITE}/tin"), source("liferay"))
    dates = [entry.date.value.at.astimezone(VIETNAM).day for entry in found.entries if entry.date]
    assert (dates, found.next_url) == ([20, 19, 18], f"{SITE}/tin?_x_cur=2")
