"""DNN: its own ids beside those of news modules, forms of address, pagers."""

from __future__ import annotations

import pytest

from crawler.extract.key import key_in
from crawler.families import family_named
from crawler.reading import read_list, recognise
from store.model import VIETNAM
from tests.pages import SITE, article, page, source

ADDRESS = family_named("dnn").article_address
URL = f"{SITE}/Tintuc/tabid/60/ItemId/12/Default.aspx"
BODY = "Sở Khoa học và Công nghệ tổ chức hội nghị tổng kết công tác năm."


def module(fields: str) -> str:
    """Write an article's page with what every DNN page has around it."""
    return (
        '<span id="dnn_dnnCURRENTDATE_lblDate">24/11/2026</span>'
        '<div class="DnnModule"><span id="dnn_ctr9_dnnTITLE_lblTitle" class="Head">Thông báo mời '
        'thầu gói số 5</span><div id="dnn_ctr9_HtmlModule_lblContent"><p>Địa chỉ của Sở</p></div>'
        f'</div><div id="dnn_ContentPane"><div class="DnnModule">{fields}</div></div>'
    )


@pytest.mark.parametrize(
    ("title", "date", "text"),
    [
        ("lblTieuDe", "lblNgayDang", "lblNoiDung"),
        ("lblHeadlines", "lblNewsDate", "lblContent"),
        ("lblTitle", "lblDate", "lblBody"),
        ("newsTitle", "lblNgay", "newsContent"),
        ("lblTitle", "lblPublishDate", "divContent"),
    ],
)
def test_fields_are_known_by_the_ends_of_ids_but_those_of_dnn_itself_are_not(
    title: str, date: str, text: str
) -> None:
    start = "dnn_ctr12_View_"
    got = article(
        module(
            f'<span id="{start}{title}">Hội nghị tổng kết</span>'
            f'<span id="{start}{date}">20/11/2026</span><div id="{start}{text}"><p>{BODY}</p></div>'
        ),
        family="dnn",
        url=URL,
    )
    assert (got.title, got.body_text) == ("Hội nghị tổng kết", BODY)
    assert (got.published.astimezone(VIETNAM).day, got.published_from) == (20, "page")


def test_heads_of_modules_and_todays_date_are_no_fields_of_an_article() -> None:
    fields = f'<h1>Hội nghị tổng kết</h1><div class="Normal"><p>{BODY}</p></div>'
    got = article(module(fields), family="dnn", url=URL)
    assert (got.title, got.published_from) == ("Hội nghị tổng kết", "first-seen")
    assert got.body_text == BODY


def test_text_is_the_normal_span_of_an_old_skin() -> None:
    got = article(
        f"""<div id="dnn_ContentPane"><div class="contentmain"><span class="Head">Hội nghị tổng kết
        </span><span class="Normal"><p>{BODY}</p></span></div></div>""",
        family="dnn",
        url=URL,
    )
    assert (got.title, got.body_text) == ("Hội nghị tổng kết", BODY)


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("/Default.aspx?tabid=86&articleType=ArticleView&articleId=512", "512"),
        ("/Tin/tabid/86/articleType/ArticleView/articleId/512/Ten-bai.aspx", "512"),
        ("/tin-tuc/artmid/571/articleid/1320/ten-bai", "1320"),
        ("/Default.aspx?tabid=60&ItemId=9", "9"),
        ("/Tintuc/tabid/60/ItemId/9/language/vi-VN/Default.aspx", "9"),
        ("/tintuc.aspx?newsid=77&cateID=3", "77"),
        ("/vi/tin-tuc/hoi-nghi-tong-ket-4418", "4418"),
        ("/tin-tuc/hoi-nghi-tong-ket-cong-tac-nam.aspx", None),
    ],
)
def test_number_is_read_from_every_form_of_address(path: str, key: str | None) -> None:
    assert ADDRESS.search(SITE + path)
    assert key_in(ADDRESS, SITE + path) == key


@pytest.mark.parametrize(
    "path",
    [
        "/Tin-tuc/tabid/86/Default.aspx",
        "/Tin-tuc/tabid/86/currentpage/2/Default.aspx",
        "/Tin-tuc/tabid/86/ctl/Login/Default.aspx?ctl=Login&id=4",
        "/tin-tuc",
        "/rss.aspx?TabId=86&id=4",
    ],
)
def test_lists_pages_of_lists_and_logins_are_no_articles(path: str) -> None:
    assert not ADDRESS.search(SITE + path)


def test_pager_that_says_next_in_vietnamese_is_followed() -> None:
    pager = (
        '<table class="PagingTable"><tr><td><a href="/Tin/tabid/86/currentpage/1/Default.aspx">'
        'Trang trước</a> <a href="/Tin/tabid/86/currentpage/3/Default.aspx">Trang sau</a></td></tr>'
        "</table>"
    )
    got = read_list(page(pager, url=f"{SITE}/Tin/tabid/86/currentpage/2/"), source("dnn"))
    assert got.next_url == f"{SITE}/Tin/tabid/86/currentpage/3/Default.aspx"


def test_lists_of_other_news_without_link_class_are_read_row_by_row() -> None:
    row = (
        '<tr><td><a id="dnn_ctr5_dl_hplTitle_{0}" href="/Tin/tabid/60/ItemId/{0}/Default.aspx">Tin '
        'số {0} của Sở</a> <span id="dnn_ctr5_dl_lblNgay_{0}">1{0}/11/2026</span></td></tr>'
    )
    rows = "".join(map(row.format, (1, 2)))
    got = read_list(page(f"<table>{rows}</table>", url=f"{SITE}/Tin/"), source("dnn"))
    assert [
        (entry.title, entry.date.value.at.day if entry.date else 0) for entry in got.entries
    ] == [
        ("Tin số 1 của Sở", 11),
        ("Tin số 2 của Sở", 12),
    ]


@pytest.mark.parametrize(
    "sign",
    [
        '<div id="dnn_ctr12_ContentPane"></div>',
        '<script src="/DesktopModules/DDRMenu/menu.js"></script>',
        '<link href="/Portals/_default/default.css">',
        '<input name="__dnnVariable" type="hidden">',
    ],
)
def test_it_is_recognised_by_its_folders_and_ids(sign: str) -> None:
    assert recognise(page(sign))[0].name == "dnn"
