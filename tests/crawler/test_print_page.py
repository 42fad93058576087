"""A date that only the print page knows is fetched from there; others cost no request more."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from crawler.extract.page import Page
from crawler.reading import read_print
from crawler.recipe import Recipe, Source
from store.model import Article, Run, local_time
from tests.crawler.sites import Answer, Site, article, listing, write_recipe

Crawl = Callable[..., Run]
Stored = Callable[[], list[Article]]

UNDATED = Answer(
    "<html lang=vi><title>Tin</title><h1>Hội nghị giao ban báo chí</h1><div class=noidung>"
    "<p>Sở tổ chức hội nghị giao ban báo chí với các cơ quan trên địa bàn.</p></div></html>"
)
PRINTED = Answer(
    "<html><body><h1>Hội nghị giao ban báo chí</h1><div class=ngay>18/11/2026 16:45</div>"
    "<p>Sở tổ chức hội nghị giao ban báo chí.</p></body></html>"
)


def site(print_page: Answer) -> Site:
    return Site(
        {
            "/": listing(2, 1),
            "/tin/2.html": UNDATED,
            "/tin/1.html": article(1),
            "/in.aspx": print_page,
        }
    )


def written(folder: Path, url: str) -> str:
    return write_recipe(folder, url, more='print = "/in.aspx?id={key}"\n')


def test_a_date_that_only_the_print_page_knows_is_taken_from_it(
    recipes: Path, crawl: Crawl, stored: Stored
) -> None:
    made = site(PRINTED)
    with made.running():
        run = crawl(written(recipes, made.url))
    assert run.state == "ok"
    dates = {a.url[-6:]: (a.published_from, local_time(a.published)) for a in stored()}
    assert dates["2.html"][0] == "print"
    assert f"{dates['2.html'][1]:%d/%m/%Y %H:%M}" == "18/11/2026 16:45"
    assert dates["1.html"][0] == "page"
    assert [path for path in made.paths if path.startswith("/in.aspx")] == ["/in.aspx?id=2"]


@pytest.mark.parametrize("answer", [Answer("", 500), Answer("404", 404), Answer("<p>Trống</p>")])
def test_an_article_is_kept_though_its_print_page_fails(
    answer: Answer, recipes: Path, crawl: Crawl, stored: Stored
) -> None:
    made = site(answer)
    with made.running():
        run = crawl(written(recipes, made.url))
    assert run.state in {"ok", "partial"}
    assert {a.published_from for a in stored()} == {"page", "first-seen"}


def test_the_ministry_s_print_page_writes_the_month_first() -> None:
    recipe = Recipe(name="Bộ", site="https://bo.example.vn", listings=("/",), family="sharepoint")
    page = Page(
        url="https://bo.example.vn/pages/tintuc/printpage.aspx?tintucID=7",
        body="<html><h1>Tiêu đề bài</h1><p>10/3/2008 8:32:34 AM</p><p>Nội dung.</p>".encode(),
    )
    found = read_print(page, Source("trung-uong/thu", recipe))
    assert found is not None
    assert f"{local_time(found[0].value.at):%d/%m/%Y %H:%M}" == "03/10/2008 08:32"
    assert found[1] == "print"


def test_nukeviet_s_print_page_has_the_module_s_own_address() -> None:
    recipe = Recipe(name="Sở", site="https://so.example.vn", listings=("/",), family="nukeviet")
    source = Source("dien-bien/thu", recipe)
    told = source.print_url("https://so.example.vn/vi/news/tin-tuc/mot-bai-12.html")
    assert told == "https://so.example.vn/vi/news/print/tin-tuc/mot-bai-12.html"


def test_a_print_page_without_the_number_s_place_is_a_fault_of_the_recipe() -> None:
    with pytest.raises(ValueError, match="is no print page"):
        Recipe(name="Sở", site="https://so.example.vn", listings=("/",), print="/in.aspx")
