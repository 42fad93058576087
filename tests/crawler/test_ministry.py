"""The ministry's portal: three forms of address, dates on print pages, provinces in titles."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from crawler.recipes import BUNDLED
from store.model import Article, Run, show_published
from tests.crawler.sites import Answer, Route, Site

Crawl = Callable[..., Run]
Stored = Callable[[], list[Article]]
Web = Callable[[dict[str, Route]], Site]

HOST = "http://mic.gov.vn"
LIST = "/mic_2020/Pages/ChuyenMuc/1753/Chuyen-doi-so.html"
ITEMS = {
    105071: ("Điện Biên: Hội nghị tổng kết công tác năm 2012", "dien-bien", "dien-bien"),
    105072: ("Bến tre: Tập huấn quản lý báo chí", "ben-tre", "vinh-long"),
    105073: ("TP.HCM: Khai mạc tuần lễ chuyển đổi số", "ho-chi-minh", "ho-chi-minh"),
    105074: ("Bộ trưởng làm việc với các doanh nghiệp viễn thông", None, None),
    105075: ("Hòa bình: khát vọng qua những con tem", None, None),
}
OLD = "/Pages/TinTuc/tinchitiet.aspx?tintucid={}"
MIDDLE = "/mic_2020/Pages/TinTuc/{}/Mot-ten-bai.html"
NEW = "/mot-ten-bai-197{}.htm"
FORMS = (OLD, MIDDLE, NEW)


def item(number: int) -> Answer:
    title, _, _ = ITEMS[number]
    lines = "".join(
        f"<p>Bộ và các Sở trao đổi việc {title.lower()}, phần {n}, với nhiều đại biểu dự.</p>"
        for n in range(4)
    )
    return Answer(
        f"<html><body><form><div id=news_content><h1>{title}</h1>"
        f"<div id=divArticleContent>{lines}</div></div></form></body></html>"
    )


def print_page(number: int) -> Answer:
    return Answer(
        f"<html><body><h1>{ITEMS[number][0]}</h1><p>1/{number - 105070}/2013 8:32:34 AM</p>"
        "<p>Nội dung.</p></body></html>"
    )


def portal(forms: tuple[str, ...]) -> Callable[[str], Route | None]:
    links = "".join(
        f"<li><h3><a href='{form.format(number)}'>{ITEMS[number][0]}</a></h3></li>"
        for number in ITEMS
        for form in forms
    )
    page = Answer(f"<html><ul class=listnews>{links}</ul></html>")

    def answer(path: str) -> Route | None:
        local = urlsplit(path).path
        if local == LIST:
            return page
        if local.endswith(("printpage.aspx", "tinchitiet.aspx")):
            made = print_page if "print" in local else item
            return lambda whole: made(int(re.findall(r"\d{6}", whole)[-1]))
        number = re.findall(r"/(\d{6})/|-197(\d{6})\.", local)
        return item(int("".join(number[0]))) if number else None

    return answer


class Portal(dict[str, Route]):
    def __init__(self, forms: tuple[str, ...]) -> None:
        super().__init__()
        self.answer = portal(forms)

    def get(self, path: str, otherwise: Route | None = None) -> Route | None:  # type: ignore[override]
        return self.answer(path) or otherwise


@pytest.fixture
def ministry(recipes: Path) -> str:
    """The bundled recipe, over plain http, and quick."""
    text = (BUNDLED / "trung-uong" / "mic.toml").read_text(encoding="utf-8")
    text = text.replace("https://mic.gov.vn", HOST).replace("successor", "# successor")
    file = recipes / "trung-uong" / "mic.toml"
    file.parent.mkdir()
    file.write_text(f"{text}\n[pace]\ndelay_seconds = 0.01\n", encoding="utf-8")
    return "trung-uong/mic"


def test_a_ministry_s_item_is_one_article_with_the_date_of_its_print_page(
    ministry: str, crawl: Crawl, stored: Stored, web: Web
) -> None:
    site = web({})
    site.routes = Portal(FORMS)
    with site.running():
        run = crawl(ministry)
        assert (run.state, run.complete) == ("ok", True)
        first = stored()
        for forms in ((NEW,), (MIDDLE,), (OLD,)):
            site.routes = Portal(forms)
            begun = len(site.asked)
            crawl(ministry)
            assert len(site.asked) - begun == 1
        crawl(ministry, full=True)
    assert {a.title: (a.province, a.province_now) for a in first} == {
        title: (province, now) for title, province, now in ITEMS.values()
    }
    assert {show_published(a) for a in first} == {
        f"2013-01-{number - 105070:02d}T08:32:34+07:00" for number in ITEMS
    }
    assert {a.published_from for a in first} == {"print"}
    assert {a.province_from for a in first} == {"title", None}
    assert stored() == first
