"""What is decided on the way from a site to its recipe: each by plain data, without a network."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.extract.draft import Entry, Found, Listing, Moment, NextPage
from crawler.extract.page import Page
from crawler.recipe import Recipe, Select, Source
from crawler.scaffold import write
from crawler.scaffold.addresses import learn_pattern
from crawler.scaffold.lists import Link, Look, covers, look_at
from crawler.scaffold.place import place_of
from crawler.scaffold.rows import own_rows
from crawler.scaffold.toml import recipe_text
from crawler.scaffold.words import judge
from crawler.scaffold.write import Target, files_of, target_of, write_all
from store.errors import TinsoError, WrongUse

SITE = "https://so.example.vn"
DAY = datetime(2026, 11, 20, tzinfo=UTC)


# --- whose site it is


@pytest.mark.parametrize(
    ("host", "source_id"),
    [
        ("stttt.dienbien.gov.vn", "dien-bien/tttt"),
        ("sotttt.baria-vungtau.gov.vn", "ba-ria-vung-tau/tttt"),
        ("www.ict-lamdong.gov.vn", "lam-dong/tttt"),
        ("ict-hcm.gov.vn", "ho-chi-minh/tttt"),
        ("skhcn.hue.gov.vn", "thua-thien-hue/khcn"),
        ("dost-bentre.gov.vn", "ben-tre/khcn"),
        ("khcncaobang.gov.vn", "cao-bang/khcn"),
        ("www.laocai.gov.vn", "lao-cai/portal"),
        ("mst.gov.vn", "trung-uong/mst"),
        ("sct.dongnai.gov.vn", None),
        ("dic.gov.vn", None),
        ("127.0.0.1:8801", None),
    ],
)
def test_a_host_tells_whose_site_it_is_or_nothing(host: str, source_id: str | None) -> None:
    assert place_of(f"https://{host}/", []).id == source_id


@pytest.mark.parametrize(
    ("names", "source_id", "name"),
    [
        (
            ["SỞ THÔNG TIN VÀ TRUYỀN THÔNG TỈNH ĐIỆN BIÊN"],
            "dien-bien/tttt",
            "Sở Thông tin và Truyền thông tỉnh Điện Biên",
        ),
        (
            ["Cổng thông tin điện tử Sở Khoa học và Công nghệ Đà Nẵng"],
            "da-nang/khcn",
            "Sở Khoa học và Công nghệ thành phố Đà Nẵng",
        ),
        (
            ["Trang chủ - Sở KH&CN", "Sở Khoa học và Công nghệ", "UBND tỉnh Sơn La"],
            "son-la/khcn",
            "Sở Khoa học và Công nghệ tỉnh Sơn La",
        ),
        (
            ["Cổng thông tin điện tử tỉnh Gia Lai", "Sở Thông tin và Truyền thông quản lý"],
            "gia-lai/portal",
            "Cổng thông tin điện tử tỉnh Gia Lai",
        ),
        (["Bộ Khoa học và Công nghệ"], "trung-uong/mst", "Bộ Khoa học và Công nghệ"),
        (["Trang tin điện tử"], None, None),
    ],
)
def test_pages_tell_whose_site_it_is(
    names: list[str], source_id: str | None, name: str | None
) -> None:
    place = place_of("http://dic.gov.vn/", names)
    assert (place.id, place.name) == (source_id, name)


def test_a_host_and_pages_that_disagree_are_doubted() -> None:
    place = place_of("https://stttt.sonla.gov.vn/", ["Sở Khoa học và Công nghệ tỉnh Lai Châu"])
    assert place.doubts == (
        "province: host 'son-la', pages 'lai-chau'",
        "department: host 'tttt', pages 'khcn'",
    )


# --- which lists


@pytest.mark.parametrize(
    ("name", "url", "kind"),
    [
        ("Tin tức - Sự kiện", "/a", "news"),
        ("TIN HOẠT ĐỘNG CỦA SỞ", "/a", "news"),
        ("Chuyển đổi số", "/a", "news"),
        ("Văn bản chỉ đạo điều hành", "/a", "documents"),
        ("Thủ tục hành chính", "/a", "procedures"),
        ("Video hoạt động", "/a", "media"),
        ("Cơ cấu tổ chức", "/a", "office"),
        ("English", "/a", "foreign"),
        ("Thông báo", "/a", "notices"),
        ("Đảng - Đoàn thể", "/a", "other"),
        ("", "/tin-tuc-su-kien", "news"),
        ("", "/van-ban-phap-quy.html", "documents"),
    ],
)
def test_words_tell_news_from_everything_else(name: str, url: str, kind: str) -> None:
    found, weight = judge(name, f"{SITE}{url}")
    assert found == kind
    assert (weight > 0) == (kind in {"news", "notices"})


def look(path: str, ages: dict[str, int], *, goes_on: bool = True) -> Look:
    """A list of news; `ages` in days, by article."""
    entries = tuple(
        Entry(
            url=f"{SITE}/{name}",
            title=f"Hội nghị {name}",
            date=Found(Moment(at=DAY - timedelta(days=age), precision="day", raw=""), "css:x"),
        )
        for name, age in ages.items()
    )
    link = Link(url=f"{SITE}{path}", name="Tin tức")
    following = NextPage(f"{SITE}{path}?page=2") if goes_on else None
    return Look(
        link=link,
        page=Page(url=link.url, body=b""),
        listing=Listing(entries=entries, next_page=following, rows=len(entries), rule="css:x"),
        order="newest",
        vietnamese=True,
        kind="news",
    )


ALL = look("/tin", {"a": 1, "b": 2, "c": 3, "d": 4})


def test_a_list_of_all_news_covers_those_of_rubrics() -> None:
    assert covers(ALL, look("/so", {"a": 1, "c": 3, "older": 9}))


@pytest.mark.parametrize(
    "narrow",
    [
        look("/so", {"a": 1, "other": 2, "c": 3}),
        look("/so", {"older": 9, "oldest": 10}),
        look("/so", {"a": 1, "older": 9}),
    ],
    ids=["has another", "is all older", "shares but one"],
)
def test_a_list_that_may_hold_more_is_not_covered(narrow: Look) -> None:
    assert not covers(ALL, narrow)


def test_a_list_without_further_pages_covers_nothing() -> None:
    wide = replace(ALL, listing=replace(ALL.listing, next_page=None))
    assert not covers(wide, look("/so", {"a": 1, "c": 3}))


def test_a_list_of_documents_is_known_by_its_titles() -> None:
    rows = "".join(
        f"<li><h3><a href='/vb/chi-tiet/{n}'>Công văn số {n}/STTTT-VP về việc báo cáo</a></h3>"
        f"<span class=date>{n}/11/2026</span></li>"
        for n in range(20, 10, -1)
    )
    page = Page(url=f"{SITE}/moi", body=f"<html><ul>{rows}</ul></html>".encode())
    recipe = Recipe(name="Sở", site=SITE, listings=("/",), select=Select(entry=("li",)))
    source = Source("dien-bien/thu", recipe)
    seen = look_at(Link(url=page.url, name="Mới ban hành"), page, source)
    assert (len(seen.entries), seen.kind, seen.is_news) == (10, "documents", False)


# --- what differs from the family


@pytest.mark.parametrize(
    ("articles", "others", "pattern"),
    [
        (
            [f"{SITE}/tin/{n}.html" for n in range(5)],
            [f"{SITE}/tin/"],
            r"/tin/(?P<key>\d+)\.html$",
        ),
        (
            [f"{SITE}/Doc.aspx?muc=tin&so={n}" for n in range(5)],
            [f"{SITE}/Doc.aspx?muc=tin"],
            r"/Doc\.aspx\?muc=tin&so=(?P<key>\d+)$",
        ),
        (
            [f"{SITE}/{rubric}/bai-{n}" for n in range(5) for rubric in ("a", "b")],
            [f"{SITE}/a"],
            r"//[^/]+/[^/?#]+/[^/?#]+-(?P<key>\d+)/?$",
        ),
        (
            [f"{SITE}/{rubric}/mot-hai-ba-{n}-bon" for n in range(5) for rubric in ("a", "b")],
            [f"{SITE}/khoa-hoc-va-cong-nghe"],
            r"//[^/]+/[^/?#]+/(?:[^/?#-]+-){3,}[^/?#]+/?$",
        ),
        (
            [f"{SITE}/bai-viet/{name}" for name in (*"abcd", "mot-hai-ba-bon", "ra-quan")],
            [f"{SITE}/chuyen-muc/tin", f"{SITE}/gioi-thieu"],
            r"/bai-viet/[^/?#]+/?$",
        ),
        (
            [f"{SITE}/mot-hai-ba-{n}-bon/" for n in range(5)] + [f"{SITE}/ra-quan/"],
            [f"{SITE}/tin-tuc/", f"{SITE}/doi-moi-sang-tao/", f"{SITE}/chuyen-muc/tin/"],
            r"//[^/]+/(?!(?:doi-moi-sang-tao|tin-tuc)/?$)[^/?#]+/?$",
        ),
    ],
)
def test_the_form_of_addresses_is_learnt(
    articles: list[str], others: list[str], pattern: str
) -> None:
    assert learn_pattern(articles, others) == pattern


def test_two_forms_have_numbered_keys() -> None:
    urls = [f"{SITE}/tin/{n}.html" for n in range(5)] + [f"{SITE}/x?id={n}" for n in range(5)]
    pattern = learn_pattern(urls, [])
    assert pattern is not None
    assert pattern.count("(?P<key>") == pattern.count("(?P<key_2>") == 1


@pytest.mark.parametrize(
    ("articles", "others"),
    [
        ([f"{SITE}/{name}" for name in ("a", "b", "c", "d")], [f"{SITE}/gioi-thieu"]),
        ([f"{SITE}/tin/1.html", f"{SITE}/tin/2.html"], []),
        ([], []),
    ],
    ids=["menu has the same form", "too few", "none"],
)
def test_no_form_is_learnt_that_does_not_tell_articles(
    articles: list[str], others: list[str]
) -> None:
    assert learn_pattern(articles, others) is None


def test_rows_are_named_by_their_own_class_not_by_one_of_the_frame() -> None:
    rows = "".join(
        f"<div class='row tin-muc'><a href='/x/-/asset_publisher/a/content/bai-viet-{n}'>"
        f"Hội nghị chuyển đổi số lần thứ {n}</a> <i class=luc>{n}/11/2026</i></div>"
        for n in range(20, 10, -1)
    )
    page = Page(url=f"{SITE}/tin", body=f"<html><div>{rows}</div></html>".encode())
    recipe = Recipe(name="Sở", site=SITE, listings=("/",), family="liferay")
    assert own_rows([page], Source("dien-bien/thu", recipe)) == {
        "entry": "div.tin-muc",
        "entry_date": "i.luc",
    }


# --- what is written


def test_a_recipe_is_toml_whatever_it_says() -> None:
    told = {"name": 'a"b\\', "listings": ["/x'y"], "article": r"\d+$", "select": {"title": "h1"}}
    assert recipe_text(told, head="Seen:\nx").splitlines() == [
        "# Seen: x",
        "name = 'a\"b\\'",
        """listings = ["/x'y"]""",
        r"article = '\d+$'",
        "",
        "[select]",
        'title = "h1"',
    ]


@pytest.fixture
def target(tmp_path: Path) -> Target:
    (tmp_path / "sources").mkdir()
    return Target(recipes=tmp_path / "sources", cases=tmp_path / "cases")


def test_without_a_folder_of_cases_only_the_recipe_is_written(tmp_path: Path) -> None:
    found = target_of(None, None, (tmp_path,), checkout=tmp_path / "tests")
    assert found == Target(recipes=tmp_path, cases=None)
    assert [*files_of(found, "dien-bien/x", "", {"joomla/list": {"page.html": b""}})] == [
        tmp_path / "dien-bien" / "x.toml"
    ]


def test_a_checkout_s_own_cases_are_taken(tmp_path: Path) -> None:
    assert target_of(None, None, (tmp_path,), checkout=tmp_path).cases == tmp_path


def test_what_cannot_be_written_whole_leaves_nothing(
    target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = files_of(target, "dien-bien/x", "a", {"joomla/list": {"page.html": b"x", "b": b"y"}})
    create = write._create

    def full(path: Path, content: bytes) -> None:
        if path.suffix == ".toml":
            raise OSError(28, "No space left on device", str(path))
        create(path, content)

    monkeypatch.setattr(write, "_create", full)
    with pytest.raises(TinsoError, match="nothing was written"):
        write_all(files)
    assert target.cases is not None
    assert not target.cases.exists()
    assert [*target.recipes.iterdir()] == []


def test_no_file_is_written_over(target: Target) -> None:
    files = files_of(target, "dien-bien/x", "a", {})
    write_all(files)
    with pytest.raises(WrongUse, match="is there already"):
        write_all(files)
