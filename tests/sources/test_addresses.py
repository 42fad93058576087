"""The addresses that were seen on a source's site are articles, and its list pages are none."""

from __future__ import annotations

import pytest

from crawler.clean.urls import canonical
from crawler.recipe import Source
from crawler.recipes import BUNDLED, load_sources
from tests.sources.evidence import evidence_of

SOURCES = {source.id: source for source in load_sources((BUNDLED,))}
EACH = pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)


@EACH
def test_the_page_that_a_recipe_was_seen_by_is_its_own(source: Source) -> None:
    evidence = evidence_of(source)
    if evidence is None or evidence.url is None:
        return
    host = evidence.url.split("/")[2].removeprefix("www.").removesuffix(":443")
    assert host in {own.removeprefix("www.") for own in source.hosts}
    if evidence.of_article:
        assert source.is_article(canonical(evidence.url))


@EACH
def test_list_page_is_no_article(source: Source) -> None:
    assert not [url for url in source.listing_urls if source.is_article(canonical(url))]


@pytest.mark.parametrize(
    ("source_id", "url", "key"),
    [
        (
            "cao-bang/khcn",
            "http://khcncaobang.gov.vn/index.php?language=vi&nv=news&op=Khoa-hoc-cong-nghe/So-3313",
            "3313",
        ),
        (
            "dien-bien/khcn",
            "http://skhcndienbien.gov.vn/portal/pages/2022-12-14/Hoi-dong-tu-vanrwjf7qci63bu.aspx",
            None,
        ),
        (
            "gia-lai/tttt",
            "http://tttt.gialai.gov.vn/index.php?view=article&id=7214:tin&Itemid=119",
            "7214",
        ),
        ("ha-nam/tttt", "http://hanam.gov.vn/stttt/Pages/bo-tttt-so-ket-cong-tac-2019.aspx", None),
        ("quang-tri/khcn", "http://dostquangtri.gov.vn/?details=5718&menuID=32&CongID=1", "5718"),
        (
            "quang-tri/khcn",
            "https://sokhcn.quangtri.gov.vn/chi-tiet-tin/-/view-article/1/1663228888354/1663239191717",
            "1663239191717",
        ),
        (
            "bac-kan/tttt",
            "https://ict.backan.gov.vn:443/Pages/cong-nghe-thong-tin-542/dau-an-184b6580ea58c55b.aspx",
            "184b6580ea58c55b",
        ),
        (
            "yen-bai/portal",
            "https://yenbai.gov.vn/noidung/tintuc/Pages/chi-tiet-tin-tuc.aspx?ItemID=8465&l=Tin+++&lv=11",
            "8465",
        ),
        # One number in two tables: the list's name is part of it.
        ("ben-tre/khcn", "http://dost-bentre.gov.vn/tin-tuc/148/tin", "tin-tuc/148"),
        (
            "ben-tre/khcn",
            "http://dost-bentre.gov.vn/chi-tiet-thong-bao/148/tin",
            "chi-tiet-thong-bao/148",
        ),
        (
            "vinh-phuc/tttt",
            "http://sotttt.vinhphuc.gov.vn/ct/cms/tintuc/Lists/VanPhongSo/View_Detail.aspx?ItemID=81",
            "VanPhongSo/81",
        ),
    ],
)
def test_an_article_is_known_by_its_number_on_each_host(
    source_id: str, url: str, key: str | None
) -> None:
    source = SOURCES[source_id]
    assert source.is_article(canonical(url))
    assert source.key_of(canonical(url)) == key


@pytest.mark.parametrize(
    ("source_id", "url"),
    [
        ("ha-nam/tttt", "https://hanam.gov.vn/Pages/tinh-uy-lam-viec-voi-cac-so-nganh.aspx"),
        (
            "binh-phuoc/tttt",
            "https://binhphuoc.gov.vn/vi/news/tin-tuc/cung-cap-thong-tin-35454.html",
        ),
        (
            "ninh-thuan/tttt",
            "http://www.ninhthuan.gov.vn/News/Pages/Ky-niem-60-nam-Chien-thang.aspx",
        ),
        ("ninh-thuan/tttt", "https://www.ninhthuan.gov.vn/chinhquyen/sotttt/Pages/default.aspx"),
        (
            "lam-dong/tttt",
            "http://w3.lamdong.gov.vn/vi-VN/a/sotnmt/tin-tuc/Pages/Tin-so-12-nam-20.aspx",
        ),
        ("hung-yen/khcn", "http://khcnhungyen.gov.vn/gioi-thieu/lich-su-phat-trien-21"),
        ("trung-uong/mic", "https://mic.gov.vn/print/news-197104991.htm"),
        ("trung-uong/mic", "https://mic.gov.vn/pages/tintuc/printpage.aspx?tintucID=103314"),
        (
            "trung-uong/mic",
            "https://mic.gov.vn/mic_2020/Pages/ChuyenMuc/PhanTrang/1753/10/Chuyen.html",
        ),
    ],
)
def test_pages_of_others_and_copies_to_print_are_no_articles(source_id: str, url: str) -> None:
    assert not SOURCES[source_id].is_article(canonical(url))


@pytest.mark.parametrize(
    "url",
    [
        "https://mic.gov.vn/mic_2020/Pages/TinTuc/155777/Hau-Giang-phat-dong-huong-ung.html",
        "http://www.mic.gov.vn/Pages/TinTuc/155777/Hau-Giang-phat-dong-huong-ung.html",
        "https://mic.gov.vn/mic_2020/Pages/TinTuc/155777/mot-ten-khac.html",
        "https://mic.gov.vn/mic_2020/Pages/TinTuc/tinchitiet.aspx?tintucid=155777",
        "https://mic.gov.vn:443/Pages/TinTuc/tinchitiet.aspx?tintucID=155777",
        "https://mic.gov.vn/hau-giang-phat-dong-huong-ung-197155777.htm",
        "https://www.mic.gov.vn/hau-giang-phat-dong-huong-ung-197155777.htm?utm_source=x",
    ],
)
def test_a_ministry_s_item_is_one_article_and_has_one_print_page(url: str) -> None:
    ministry = SOURCES["trung-uong/mic"]
    address = canonical(url)
    assert ministry.is_article(address)
    assert ministry.key_of(address) == "155777"
    assert (
        ministry.print_url(address)
        == "https://mic.gov.vn/pages/tintuc/printpage.aspx?tintucID=155777"
    )
