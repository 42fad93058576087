"""WebSphere Portal: what its addresses name, and which date is the article's."""

from __future__ import annotations

import pytest

from crawler.extract.key import key_in
from crawler.families import family_named
from crawler.reading import read_list, recognise
from store.model import VIETNAM
from tests.pages import SITE, article, page, source

ADDRESS = family_named("websphere").article_address
GUID = "5c1e7a90-33d2-4b6f-9e21-6fa04d7be811"
URL = f"{SITE}/wps/portal/Home/chi-tiet-tin-tuc/{GUID}"
STATE = "!ut/p/z1/04_Sj9CPykssy0xPLMnMz0vMAfIjo8ziDVCAo4FTkJGTsYGBu7OJfjhYgQ"
BODY = "Sở Khoa học và Công nghệ tổ chức hội nghị tổng kết công tác năm."


@pytest.mark.parametrize(
    ("path", "key"),
    [
        (f"/wps/portal/Home/2018/tin-chi-tiet/sa-+tin+tuc/{GUID}", GUID),
        (f"/wps/portal/Home/chi-tiet-tin-tuc/{GUID}/{STATE}/", GUID),
        ("/wps/portal/Home/detail/tin-tuc/nganh/hoi-nghi", "tin-tuc/nganh/hoi-nghi"),
        (f"/wps/portal/Home/detail/tin-tuc/hoi-nghi/{STATE}/", "tin-tuc/hoi-nghi"),
        (
            f"/wps/portal/Home/tin/{STATE}/?WCM_GLOBAL_CONTEXT=/wps/wcm/connect/so/tin/hoi-nghi",
            "/wps/wcm/connect/so/tin/hoi-nghi",
        ),
        ("/wps/portal/so?urile=wcm:path:/so/tin/hoi-nghi&current=true", "/so/tin/hoi-nghi"),
        ("/wps/portal/so?uri=wcm%3Apath%3A/so/tin/hoi-nghi", "/so/tin/hoi-nghi"),
    ],
)
def test_key_is_what_stays_of_an_address_whatever_the_state(path: str, key: str) -> None:
    assert key_in(ADDRESS, SITE + path) == key


@pytest.mark.parametrize("path", ["/wps/portal/Home/tin-tuc", f"/wps/portal/Home/tin/{STATE}/"])
def test_a_state_alone_names_no_article(path: str) -> None:
    assert not ADDRESS.search(SITE + path)


@pytest.mark.parametrize("name", ["date", "news-date", "publish-date"])
def test_date_is_not_one_of_other_news(name: str) -> None:
    got = article(
        f"""<div class="wpthemeMain"><div class="wpthemeControlBody"><ul>
        <li><a href="/x">Tin khác của Sở</a>
        <span class="{name}">10/11/2026</span></li></ul><h1>Hội nghị tổng kết</h1>
        <div class="{name}">Đăng ngày: 20/11/2026</div>
        <div class="noidung"><p>{BODY}</p></div></div></div>""",
        family="websphere",
        url=URL,
    )
    assert (got.published.astimezone(VIETNAM).day, got.published_from) == (20, "page")


def test_words_for_the_blind_in_portlet_heads_are_neither_title_nor_text() -> None:
    got = article(
        f"""<div class="wpthemeMain"><h1 class="wpthemeAltText">Trình xem nội dung web</h1>
        <h1>Hội nghị tổng kết</h1><div class="news-content">
        <span class="wpthemeAltText">Menu thành phần</span><p>{BODY}</p></div></div>""",
        family="websphere",
        url=URL,
    )
    assert (got.title, got.body_text) == ("Hội nghị tổng kết", BODY)


def test_rows_of_an_old_portlet_are_entries() -> None:
    row = (
        f'<tr><td><a href="{URL[:-1]}{{0}}">Tin số {{0}} của Sở</a>'
        " <em>(1{0}/11/2026)</em></td></tr>"
    )
    rows = "".join(map(row.format, (1, 2)))
    body = f'<div class="wpsPortletBody"><table>{rows}</table></div>'
    got = read_list(page(body, url=f"{SITE}/wps/portal/Home/tin-tuc"), source("websphere"))
    assert [(entry.title, bool(entry.date)) for entry in got.entries] == [
        ("Tin số 1 của Sở", True),
        ("Tin số 2 của Sở", True),
    ]


@pytest.mark.parametrize(
    "sign",
    [
        '<link href="/wps/contenthandler/theme.css">',
        '<a href="/wps/portal/Home">Trang chủ</a>',
        '<td class="wpsPortletBody"></td>',
        "<script>var ibmPortalConfig = {};</script>",
    ],
)
def test_it_is_recognised_by_its_paths_and_classes(sign: str) -> None:
    assert recognise(page(sign))[0].name == "websphere"
