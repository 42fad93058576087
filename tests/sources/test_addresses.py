"""The addresses that were seen on a source's site are articles, and its list pages are none."""

from __future__ import annotations

import pytest

from crawler.recipe import BUNDLED, Source, load_sources

SOURCES = load_sources((BUNDLED,))
SEEN = {
    "dien-bien/tttt": "/vi/news/Bao-chi-Xuat-ban/Giao-ban-bao-chi-thang-1-va-hop-bao-3686.html",
    "trung-uong/mic": "/mic_2020/Pages/TinTuc/105071/dien-Bien--Hoi-nghi-tong-ket-nam-2012.html",
    "binh-dinh/tttt": "/vi/news/tin-tong-hop/732-732.html",
    "binh-phuoc/tttt": "/vi/stttt/chuong-trinh-muc-tieu-quoc-gia/mot-so-ket-qua-2497.html",
    "cao-bang/khcn": "/index.php?language=vi&nv=news&op=Khoa-hoc-cong-nghe/So-Khoa-hoc-va-3313",
    "dong-nai/khcn": "/vi/news/khoa-hoc-va-cong-nghe/trien-khai-cong-tac-quan-ly-546.html",
    "quang-ninh/tttt": "/quang-ninh-nhan-co-dang-cai-to-chuc-hoi-nghi-nam-2018/",
    "hai-phong/portal": "/hoi-nghi-cac-trung-tam-khu-vuc-phia-bac-nam-2024.html",
    "bac-ninh/tttt": "/news/-/details/57420/hoi-nghi-trien-khai-cong-tac-chi-ao-quan-ly",
    "gia-lai/tttt": "/index.php?option=com_content&view=article&id=95",
    "tuyen-quang/khcn": "/tin-tuc-su-kien/cong-nghe/34-21026.html",
    "ha-noi/tttt": "/cong-nghe-thong-tin/-/view_content/4416594-chien-luoc-phat-trien.html",
}


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.id)
def test_address_that_was_seen_is_an_article_of_its_source(source: Source) -> None:
    assert source.is_article(source.recipe.site + SEEN[source.id])


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.id)
def test_list_page_is_no_article(source: Source) -> None:
    assert not [url for url in source.listing_urls if source.is_article(url)]


@pytest.mark.parametrize(
    "path",
    [
        "/mic_2020/Pages/TinTuc/155777/Hau-Giang-phat-dong-huong-ung.html",
        "/Pages/TinTuc/155777/Hau-Giang-phat-dong-huong-ung.html",
        "/mic_2020/Pages/TinTuc/tinchitiet.aspx?tintucid=155777",
        "/hau-giang-phat-dong-huong-ung-197155777.htm",
    ],
)
def test_ministry_s_item_has_one_number_under_all_its_addresses(path: str) -> None:
    ministry = next(source for source in SOURCES if source.id == "trung-uong/mic")
    assert ministry.key_of(f"https://mic.gov.vn{path}") == "155777"
