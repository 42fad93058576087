"""`tinso sources add` as a person and a program meet it, also on sites that are no portals."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import tinso
from crawler.recipes import read_recipe
from tests.crawler.sites import Answer, Route, Site, write_recipe
from tests.scaffold.simulated import SIMULATIONS

JOOMLA = SIMULATIONS[0]
ID = "son-la/thu"
Add = Callable[..., Result]


@pytest.fixture
def add(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Add:
    """Run `tinso sources add` with a folder of recipes of its own."""
    (tmp_path / "sources").mkdir()
    monkeypatch.setenv("TINSO_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TINSO_SOURCES", str(tmp_path / "sources"))
    monkeypatch.delenv("TINSO_CONTACT", raising=False)
    monkeypatch.setenv("COLUMNS", "80")

    def run(*args: str, answers: str = "") -> Result:
        told = ["sources", "add", *args, "--cases", str(tmp_path / "cases")]
        return CliRunner().invoke(tinso.main, told, input=answers)

    return run


def written(folder: Path) -> list[str]:
    return sorted(
        str(path.relative_to(folder))
        for name in ("sources", "cases")
        for path in (folder / name).rglob("*")
        if path.is_file()
    )


def saved(folder: Path, pages: Mapping[str, str], site: str = "https://stttt.sonla.gov.vn") -> str:
    """Write a folder of saved pages with its index, the first page first."""
    folder.mkdir()
    lines = []
    for number, (path, body) in enumerate(pages.items()):
        (folder / f"{number}.html").write_text(body, encoding="utf-8")
        lines.append(f"{number}.html\t{site}{path}\n")
    (folder / "addresses.tsv").write_text("".join(lines), encoding="utf-8")
    return str(folder)


def joomla_pages(**changed: str) -> dict[str, str]:
    paths = ["/", *JOOMLA.lists, *(truth.path for truth in JOOMLA.articles[:4])]
    pages = {path: JOOMLA.page(JOOMLA, path, {}) or "" for path in paths}
    return {
        path: body.replace("TỈNH SƠN LA", changed.get("name", "TỈNH SƠN LA"))
        for path, body in pages.items()
    }


def document(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_a_site_becomes_a_recipe_and_three_cases(add: Add, tmp_path: Path) -> None:
    with JOOMLA.site().running() as site:
        result = add(site.url, "--id", ID, "--yes")
        again = add(site.url, "--id", ID, "--yes")
    assert result.exit_code == 0, result.output
    assert written(tmp_path) == [
        *(
            f"cases/joomla/{case}/{file}"
            for case in ("article-son-la-thu-1", "article-son-la-thu-2", "list-son-la-thu")
            for file in ("expected.json", "meta.json", "page.html")
        ),
        "sources/son-la/thu.toml",
    ]
    for said in ("joomla", JOOMLA.articles[0].title, "20/11/2026"[-4:], "unconfirmed"):
        assert said in result.stdout
    assert again.exit_code == 2
    assert "is the host of 'son-la/thu' already" in again.stderr


def test_a_person_chooses_the_lists_and_the_id(add: Add, tmp_path: Path) -> None:
    with JOOMLA.site().running() as site:
        result = add(site.url, answers=f"9\n2\n{ID}\n")
    assert result.exit_code == 0, result.output
    recipe = (tmp_path / "sources" / f"{ID}.toml").read_text(encoding="utf-8")
    assert 'listings = ["/cong-nghe-thong-tin"]' in recipe


def test_a_person_who_says_nothing_writes_nothing(add: Add, tmp_path: Path) -> None:
    with JOOMLA.site().running() as site:
        assert add(site.url).exit_code == 1
    assert written(tmp_path) == []


def test_a_program_gets_the_proposal_and_nothing_is_written_without_yes(
    add: Add, tmp_path: Path
) -> None:
    with JOOMLA.site().running() as site:
        found = document(add(site.url, "--json"))
    assert (found["id"], found["family"], found["charset"]) == ("son-la/tttt", "joomla", "utf-8")
    assert [one["url"].removeprefix(site.url) for one in found["lists"] if one["chosen"]] == [
        *JOOMLA.lists
    ]
    assert found["lists"][0]["entries"][0]["title"] == JOOMLA.articles[0].title
    assert found["files"] == []
    assert written(tmp_path) == []


@pytest.mark.parametrize("start", [JOOMLA.lists[1], JOOMLA.articles[3].path])
def test_a_list_or_an_article_does_as_well_as_the_site(add: Add, start: str) -> None:
    with JOOMLA.site().running() as site:
        found = document(add(f"{site.url}{start}", "--json"))
    chosen = {one["url"].removeprefix(site.url) for one in found["lists"] if one["chosen"]}
    assert chosen == set(JOOMLA.lists)


def test_a_list_that_is_named_is_taken_alone(add: Add) -> None:
    with JOOMLA.site().running() as site:
        found = document(add(site.url, "--list", "/van-ban-phap-quy", "--json"))
    chosen = [one["url"].removeprefix(site.url) for one in found["lists"] if one["chosen"]]
    assert chosen == ["/van-ban-phap-quy"]
    assert "not-news" in found["doubts"]


def test_saved_pages_do_as_well(add: Add, tmp_path: Path) -> None:
    result = add(saved(tmp_path / "saved", joomla_pages()), "--id", ID, "--yes")
    assert result.exit_code == 0, result.output
    source = read_recipe(tmp_path / "sources" / f"{ID}.toml", root=tmp_path / "sources")
    assert source.recipe.site == "https://stttt.sonla.gov.vn"
    assert source.recipe.listings == JOOMLA.lists
    assert len(written(tmp_path)) == 10


def test_one_saved_list_gives_a_recipe_that_says_what_it_lacks(add: Add, tmp_path: Path) -> None:
    file = tmp_path / "trang.html"
    file.write_text(joomla_pages()[JOOMLA.lists[0]], encoding="utf-8")
    url = f"https://stttt.sonla.gov.vn{JOOMLA.lists[0]}"
    found = document(add(str(file), "--url", url, "--id", ID, "--yes", "--json"))
    assert "no-article" in found["doubts"]
    assert found["recipe"].startswith(f"# Seen, no article: {url} (")
    assert len(found["files"]) == 4


@pytest.mark.parametrize(
    ("index", "said"),
    [
        (None, "has no addresses.tsv"),
        ("trang.html https://so.example.vn/\n", "line 1: no file and address"),
        ("khong-co.html\thttps://so.example.vn/\n", "khong-co.html"),
        ("# chưa có gì\n", "names no page"),
    ],
)
def test_a_folder_without_a_good_index_is_told(
    add: Add, tmp_path: Path, index: str | None, said: str
) -> None:
    folder = tmp_path / "saved"
    folder.mkdir()
    if index is not None:
        (folder / "addresses.tsv").write_text(index, encoding="utf-8")
    result = add(str(folder), "--yes")
    assert result.exit_code == 2
    assert said in result.stderr


def test_names_that_would_break_the_file_do_not(add: Add, tmp_path: Path) -> None:
    name = "Sở \"TT\\TT'\n[select]\nbody = 'x'\u2028 \x7f]]"
    result = add(saved(tmp_path / "saved", joomla_pages()), "--id", ID, "--name", name, "--yes")
    assert result.exit_code == 0, result.output
    source = read_recipe(tmp_path / "sources" / f"{ID}.toml", root=tmp_path / "sources")
    assert source.recipe.name == "Sở \"TT\\TT' [select] body = 'x' ]]"
    assert source.recipe.select.body == ()


def no_site(route: Route, **more: Route) -> Site:
    return Site({"/": route, **more})


LOGIN = "<html><title>Đăng nhập</title><form><input type=password name=p></form></html>"
PARKED = (
    "<html><title>stttt.vn is for sale</title><h1>Buy this domain</h1><a href=/a>Ads</a></html>"
)
ENGLISH = "<html lang=en><title>News</title><h1>News</h1>" + "".join(
    f"<div class=item><h3><a href='/news/{n}-the-department-held-a-conference'>The department held "
    f"conference number {n}</a></h3><span class=date>{n + 1:02d}/11/2026</span></div>"
    for n in range(12, 2, -1)
)
NO_PORTALS: Mapping[str, tuple[Site, str]] = {
    "picture": (no_site(Answer(b"\x89PNG\r\n" * 9, content_type="image/png")), "is no page"),
    "huge": (no_site(Answer("<html>" + "<p>xin chào</p>" * 700_000)), "no list of articles"),
    "too big": (no_site(Answer(b"<p>" + b"x" * (20 * 1024 * 1024))), "is larger than"),
    "login": (no_site(Answer(LOGIN)), "it asks for a login"),
    "parked": (no_site(Answer(PARKED)), "no list of articles was found"),
    "gone": (no_site(Answer("404", 404)), "answered 404"),
    "elsewhere": (
        no_site(Answer("", 302, headers={"Location": "http://127.0.0.3:9/"})),
        "leads to another host: http://127.0.0.3:9/",
    ),
    "foreign": (no_site(Answer(ENGLISH)), "not in Vietnamese"),
    "empty": (no_site(Answer("")), "answered with nothing"),
    "forbidden": (
        no_site(
            Answer(LOGIN),
            **{"/robots.txt": Answer("User-agent: *\nDisallow: /", content_type="text/plain")},
        ),
        "is forbidden by robots.txt",
    ),
}


@pytest.mark.parametrize("what", NO_PORTALS)
def test_what_is_no_portal_is_told_and_nothing_is_written(
    add: Add, tmp_path: Path, what: str
) -> None:
    site, said = NO_PORTALS[what]
    with site.running():
        result = add(site.url, "--id", ID, "--yes")
    assert result.exit_code == 1, result.output
    assert said in " ".join(result.stderr.split())
    assert "Traceback" not in result.output
    assert written(tmp_path) == []


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("http://10.0.0.1/",), "TINSO_CONTACT"),
        (("ftp://so.example.vn/",), "is no web address"),
        (("http://a b/",), "is no web address"),
        (("http://[::1",), "is no web address"),
        (("http://so.example.vn:99999/",), "is no web address"),
        (("http://127.0.0.1:9/", "--list", "javascript:alert(1)"), "is no web address"),
        (("http://127.0.0.1:9/", "--list", "http://127.0.0.2/"), "is not on 127.0.0.1:9"),
        (("http://127.0.0.1:9/", "--id", "son-la"), "'<province>/<department>'"),
        (("khong-co.html",), "neither a file that can be read nor a web address"),
        (("https://dic.gov.vn/vi/news/",), "is the host of 'dien-bien/tttt' already"),
        (("https://a.example.vn/", "https://b.example.vn/"), "one address at a time"),
        (("http://127.0.0.1:9/", "--to", "/khong/co"), "no folder of recipes"),
        ((), "Missing argument"),
    ],
)
def test_wrong_use_exits_with_2_and_asks_for_nothing(
    add: Add, args: tuple[str, ...], said: str
) -> None:
    result = add(*args, "--yes")
    assert result.exit_code == 2, result.output
    assert said in result.stderr


def test_a_private_address_is_not_asked(add: Add, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TINSO_CONTACT", "ai@example.org")
    result = add("http://10.0.0.1/", "--yes")
    assert result.exit_code == 1
    assert "leads to a private address" in result.stderr


def test_an_id_that_is_not_sure_or_not_free_is_asked_for(add: Add, tmp_path: Path) -> None:
    write_recipe(tmp_path / "sources", "http://127.0.0.1:9", source="son-la/tttt")
    with JOOMLA.site().running() as site:
        taken = add(site.url, "--yes")
        bad = add(site.url, "--yes", "--id", "sơn la/tttt")
    assert taken.exit_code == bad.exit_code == 2
    assert "the id 'son-la/tttt' belongs to" in taken.stderr
    assert "--id" in taken.stderr
    assert "'sơn la/tttt'" in bad.stderr
    nameless = {
        p: b.replace("SƠN LA", "?").replace("Sơn La", "?") for p, b in joomla_pages().items()
    }
    unknown = add(saved(tmp_path / "saved", nameless, "https://so.example.vn"), "--yes")
    assert unknown.exit_code == 2
    assert "nothing tells which province" in unknown.stderr
    assert written(tmp_path) == ["sources/son-la/tttt.toml"]


def test_a_department_that_ended_is_told_with_its_heir(add: Add, tmp_path: Path) -> None:
    folder = saved(tmp_path / "saved", joomla_pages())
    found = document(add(folder, "--yes", "--json"))
    head, *recipe = found["recipe"].splitlines()
    article = f"https://stttt.sonla.gov.vn{JOOMLA.articles[0].path}"
    assert re.fullmatch(rf"# Seen: {re.escape(article)} \(20\d\d-\d\d\); list: seen", head)
    assert found["id"] == "son-la/tttt"
    assert "until = 2025-02-28" in recipe
    assert 'successor = "son-la/khcn"' in recipe


def test_a_list_that_is_named_and_gone_is_told(add: Add) -> None:
    with JOOMLA.site().running() as site:
        result = add(site.url, "--list", "/khong-co", "--yes", "--id", ID)
    assert result.exit_code == 1
    assert "/khong-co answered 404" in result.stderr


def test_a_file_that_is_there_stays_as_it_is(add: Add, tmp_path: Path) -> None:
    there = tmp_path / "cases" / "joomla" / "list-son-la-thu" / "page.html"
    there.parent.mkdir(parents=True)
    there.write_text("của người khác", encoding="utf-8")
    result = add(saved(tmp_path / "saved", joomla_pages()), "--id", ID, "--yes")
    assert result.exit_code == 2
    assert "is there already" in result.stderr
    assert written(tmp_path) == ["cases/joomla/list-son-la-thu/page.html"]
    assert there.read_text(encoding="utf-8") == "của người khác"


def postname_site() -> Site:
    """WordPress whose lists and articles all stand right below the host, with an index of maps."""
    titles = (
        "Ra quân",
        *(f"Hội nghị chuyển đổi số lần thứ {n} của tỉnh" for n in range(20, 10, -1)),
    )
    slugs = (
        "ra-quan",
        *(f"hoi-nghi-chuyen-doi-so-lan-thu-{n}-cua-tinh" for n in range(20, 10, -1)),
    )
    menu = "".join(
        f"<li><a href='/{path}/'>{name}</a></li>"
        for path, name in (
            ("gioi-thieu", "Giới thiệu"),
            ("tin-tuc", "Tin tức"),
            ("doi-moi-sang-tao-va-khoi-nghiep", "Đổi mới sáng tạo"),
        )
    )
    head = "<link rel=stylesheet href='/wp-content/a.css'><link href='https://api.w.org/'>"

    def framed(title: str, main: str) -> Answer:
        name = "Sở Khoa học và Công nghệ tỉnh Phú Yên"
        return Answer(
            f"<html><head><title>{title} - {name}</title>{head}</head><body><nav class=menu><ul>"
            f"{menu}</ul></nav><main>{main}</main><footer>© {name}</footer></body></html>"
        )

    def rows(numbers: range) -> str:
        return "".join(
            f"<article class=post><h3><a href='/{slugs[n]}/'>{titles[n]}</a></h3>"
            f"<span class=ngay>{25 - n}/10/2026</span></article>"
            for n in numbers
        )

    text = "<p>Sáng nay, đông đảo bà con trong xã đã đến dự và nghe phổ biến.</p>" * 4
    routes: dict[str, Route] = {
        f"/{slug}/": framed(title, f"<h1>{title}</h1><p>{25 - n}/10/2026 08:30</p>{text}")
        for n, (slug, title) in enumerate(zip(slugs, titles, strict=True))
    }
    site = Site({})

    def xml(inside: str) -> Route:
        return Answer(inside.replace("SITE", site.url), content_type="text/xml")

    site.routes |= routes | {
        "/": framed("Trang chủ", rows(range(3))),
        "/tin-tuc/": framed("Tin tức", rows(range(6))),
        "/doi-moi-sang-tao-va-khoi-nghiep/": framed("Đổi mới sáng tạo", rows(range(6, 11))),
        "/gioi-thieu/": framed("Giới thiệu", "<p>Sở là cơ quan chuyên môn.</p>"),
        "/robots.txt": Answer(f"Sitemap: {site.url}/sitemap_index.xml", content_type="text/plain"),
        "/sitemap_index.xml": xml(
            "<sitemapindex><sitemap><loc>SITE/page-sitemap.xml</loc></sitemap>"
            "<sitemap><loc>SITE/post-sitemap1.xml</loc></sitemap>"
            "<sitemap><loc>SITE/post-sitemap2.xml</loc></sitemap></sitemapindex>"
        ),
        "/post-sitemap2.xml": xml(
            f"<urlset>{''.join(f'<url><loc>SITE/{slug}/</loc></url>' for slug in slugs)}</urlset>"
        ),
    }
    return site


def test_lists_and_articles_of_one_form_are_told_by_the_names_of_the_lists(add: Add) -> None:
    with postname_site().running() as site:
        found = document(add(site.url, "--json"))
    lists = ["/doi-moi-sang-tao-va-khoi-nghiep/", "/tin-tuc/"]
    chosen = sorted(one["url"].removeprefix(site.url) for one in found["lists"] if one["chosen"])
    assert (found["family"], chosen) == ("wordpress", lists)
    assert "list-is-article" not in found["doubts"]
    pattern = re.search(r"^article = [\"'](.*)[\"']$", found["recipe"], re.MULTILINE)
    assert pattern is not None
    assert [
        bool(re.search(pattern[1], f"http://a.vn{path}")) for path in (*lists, "/ra-quan/")
    ] == [
        False,
        False,
        True,
    ]


def test_the_newest_part_of_an_index_of_sitemaps_proves_it(add: Add) -> None:
    with postname_site().running() as site:
        found = document(add(site.url, "--json"))
    assert [one for one in site.paths if "sitemap" in one] == [
        "/sitemap_index.xml",
        "/post-sitemap2.xml",
    ]
    assert 'sitemap = "/sitemap_index.xml"' in found["recipe"]
    assert found["requests"] == len({*site.paths}) <= 15
