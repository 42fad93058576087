"""What `tinso try` shows of one page: fields, rules, runners-up, doubts; to people and programs."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner
from rich.cells import cell_len

import tinso
from crawler.clean.article import Reason
from crawler.config import Config
from crawler.doubts import DOUBTS, REFUSALS, doubt_said
from crawler.extract.page import Page
from crawler.reading import read
from crawler.runners_up import MOST, Field, fields_of
from crawler.screen import show_trial
from crawler.trial import Trial, try_page
from tests.pages import NOW, SITE, page, source

ROOT = Path(__file__).parent.parent
FIELDS = [
    "title",
    "published",
    "summary",
    "body",
    "section",
    "byline",
    "dateline",
    "organisation",
    "source_credit",
    "images",
    "attachments",
]
TITLE = "Thả cá giống xuống hồ Pá Khoang"
TEXT = (
    "<p>Sáng nay, hơn hai tấn cá giống được thả xuống hồ để tái tạo nguồn lợi thủy sản, với sự "
    "tham gia của bà con các bản ven hồ, đoàn viên thanh niên và cán bộ khuyến nông của huyện.</p>"
    "<p>Ban quản lý hồ đề nghị người dân không dùng lưới mắt nhỏ trong sáu tháng tới, và báo ngay "
    "cho kiểm ngư khi thấy người đánh bắt bằng xung điện trên các nhánh suối đổ về hồ.</p>"
)
HEAD = '<meta name="generator" content="NukeViet v4.5">'
NUKEVIET = (
    f'<div class="news_column"><h1 class="title">{TITLE}</h1><em class="time">Thứ sáu - 20/11/2026 '
    '09:15</em><div class="hometext">Hồ thêm hai tấn cá.</div>'
    f'<div id="news-bodyhtml">{TEXT}<img src="/uploads/ho.jpg"></div></div>'
)
HOME = "http://ho.example.vn"
"""The site of the recipe `dien-bien/ho`."""
SAVED_URL = f"{SITE}/vi/news/tin/tha-ca-giong-12.html"


def fields(body: str, *, family: str = "nukeviet", head: str = "") -> dict[str, Field]:
    made, by = page(body, head=head), source(family)
    return fields_of(made, by, read(made, by, entry=None, now=NOW), now=NOW)


def others(field: Field) -> list[tuple[object, str]]:
    return [(found.value, found.rule) for found in field.runners_up]


Tried = Callable[..., Trial]


@pytest.fixture
def tried(tmp_path: Path) -> Tried:
    """Try a page that is saved in a file."""

    def tried(body: str, *, head: str = "", url: str | None = None, **asked: str) -> Trial:
        saved = tmp_path / "trang.html"
        saved.write_text(f"<html><head>{head}</head><body>{body}</body></html>", encoding="utf-8")
        recipes = tmp_path / "sources"
        (recipes / "dien-bien").mkdir(parents=True, exist_ok=True)
        (recipes / "dien-bien" / "ho.toml").write_text(
            f'name = "Sở"\nsite = "{HOME}"\nlistings = ["/"]\nfamily = "nukeviet"\n',
            encoding="utf-8",
        )
        config = Config(home=tmp_path, store=str(tmp_path / "tinso.db"), sources=str(recipes))
        return try_page(
            str(saved),
            url=url,
            source_id=asked.get("source_id"),
            family=asked.get("family"),
            config=config,
        )

    return tried


Screen = Callable[[Trial], str]


@pytest.fixture
def on_screen(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Screen:
    """Show it as in a terminal of 80 columns; both streams."""

    def on_screen(trial: Trial) -> str:
        monkeypatch.setenv("COLUMNS", "80")
        capsys.readouterr()
        show_trial(trial)
        shown = capsys.readouterr()
        return shown.out + shown.err

    return on_screen


# What else a page offers


def test_every_field_is_told_also_what_was_not_found() -> None:
    found = fields(NUKEVIET)
    assert list(found) == FIELDS
    assert found["byline"] == Field(value=None, rule=None)


def test_a_field_names_its_value_and_its_rule() -> None:
    found = fields(NUKEVIET)
    assert (found["title"].value, found["title"].rule) == (TITLE, "css:h1.title")
    assert (found["published"].value, found["published"].rule) == (
        "2026-11-20T09:15:00+07:00",
        "css:em.time",
    )
    assert str(found["body"].value).startswith("Sáng nay, hơn hai tấn cá")
    assert found["body"].rule == "css:#news-bodyhtml"


def test_another_candidate_of_the_family_is_a_runner_up_where_it_says_something_else() -> None:
    found = fields(NUKEVIET + '<div id="bodytext"><p>Đoạn của khung khác.</p></div>')
    assert ("Đoạn của khung khác.", "css:#bodytext") in others(found["body"])


def test_a_recipes_own_rule_comes_first_and_the_familys_is_the_runner_up() -> None:
    made = page(NUKEVIET + '<p class="ten">Tên khác của bài viết này</p>')
    by = source("nukeviet")
    by.own_rules = replace(by.own_rules, title=("p.ten",))
    found = fields_of(made, by, read(made, by, entry=None, now=NOW), now=NOW)["title"]
    assert (found.value, found.rule) == ("Tên khác của bài viết này", "css:p.ten")
    assert (TITLE, "css:h1.title") in others(found)


def test_what_says_the_same_but_for_case_and_blanks_is_no_runner_up() -> None:
    head = f'<meta property="og:title" content="{TITLE.upper().replace(" ", "  ")}">'
    assert others(fields(NUKEVIET, head=head)["title"]) == []


def test_the_name_of_the_site_beside_the_title_makes_no_other_title() -> None:
    made, by = page(NUKEVIET, title=f"{TITLE} - Tin tức - Sở Nông nghiệp"), source("nukeviet")
    found = fields_of(made, by, read(made, by, entry=None, now=NOW), now=NOW)
    assert others(found["title"]) == []


def test_a_title_that_the_meta_words_otherwise_is_a_runner_up() -> None:
    head = '<meta property="og:title" content="Hai tấn cá giống về hồ">'
    told = others(fields(NUKEVIET, head=head)["title"])
    assert ("Hai tấn cá giống về hồ", "css:meta[property='og:title']::attr(content)") in told


def test_a_date_for_programs_is_a_runner_up_of_the_one_that_is_shown() -> None:
    head = '<meta property="article:published_time" content="2026-11-18T08:00:00+07:00">'
    head += '<meta name="pubdate" content="2026-11-18T08:00:00+07:00">'
    (told,) = others(fields(NUKEVIET, head=head)["published"])
    assert told[0] == "2026-11-18T08:00:00+07:00"


def test_the_day_alone_of_the_date_that_was_taken_is_no_runner_up() -> None:
    head = '<meta name="pubdate" content="2026-11-20">'
    assert others(fields(NUKEVIET, head=head)["published"]) == []


def test_a_date_that_was_passed_over_is_told_beside_none() -> None:
    found = fields(NUKEVIET.replace("20/11/2026", "20/11/2036"))["published"]
    assert found.value is None
    assert ("2036-11-20T09:15:00+07:00", "css:em.time") in others(found)


def test_what_several_candidates_say_is_told_once_with_the_best_rule() -> None:
    body = NUKEVIET.replace('class="hometext"', 'class="x"')
    body += '<div class="hometext">Lời dẫn.</div>'
    body += '<div id="hometext"><h2>Lời khác.</h2></div>'
    found = fields(body)["summary"]
    assert (found.value, found.rule) == ("Lời dẫn.", "css:.hometext")
    assert others(found) == [("Lời khác.", "css:#hometext h2")]


def test_few_runners_up_are_told() -> None:
    metas = ("datecreated", "pubdate", "publishdate", "date")
    head = '<meta property="article:published_time" content="2026-11-01">'
    head += "".join(
        f'<meta name="{name}" content="2026-11-0{day}">' for day, name in enumerate(metas, 2)
    )
    body = NUKEVIET + "".join(
        f'<span class="h5">{day}/10/2026</span><time>{day}/10/2026</time>' for day in (7, 8)
    )
    body += '<div class="newsdetailmetatop"><p class="h5">1/9/2026</p></div>'
    body += '<div id="news_detail"><p class="time">2/9/2026</p></div>'
    body += (
        '<div class="header-details"><div class="title"><p class="small">3/9/2026</p></div></div>'
    )
    assert len(others(fields(body, head=head)["published"])) == MOST


def test_what_the_reading_cut_off_a_value_makes_no_runner_up() -> None:
    body = (
        f"<h1>{TITLE}</h1><div class='ArticleSummary'>(Mic.gov.vn) - Hồ thêm hai tấn cá.</div>"
        f"<div class='news-detail'><p class='sapo'>(Mic.gov.vn) -  Hồ thêm hai tấn cá.</p></div>"
        f"<div class='ArticleContent'>{TEXT}</div>"
    )
    found = fields(body, family="vnpt")
    assert (found["summary"].value, found["dateline"].value) == (
        "Hồ thêm hai tấn cá.",
        "Mic.gov.vn",
    )
    assert others(found["summary"]) == []


def test_pictures_and_files_name_the_rules_that_led_to_them() -> None:
    body = NUKEVIET.replace("</div></div>", '<a href="/tep/ke-hoach.pdf">Kế hoạch</a></div></div>')
    found = fields(f'<div id="imgpreview"><img src="/uploads/dau.jpg"></div>{body}')
    assert found["images"].rule == "css:#imgpreview img + css:#news-bodyhtml"
    assert found["attachments"].rule == "css:#news-bodyhtml"


def test_a_picture_of_another_candidate_is_a_runner_up() -> None:
    body = '<p id="imgpreview"><img src="/a.jpg"></p><p id="imghome"><img src="/b.jpg"></p>'
    (told,) = fields(body + NUKEVIET)["images"].runners_up
    assert [getattr(image, "url", "") for image in told.value] == [f"{SITE}/b.jpg"]
    assert told.rule == "css:#imghome img"


def test_a_page_that_is_nothing_has_every_field_and_no_value() -> None:
    made, by = Page(url=SAVED_URL, body=b"\0\xff%PDF"), source("nukeviet")
    found = fields_of(made, by, read(made, by, entry=None, now=NOW), now=NOW)
    assert list(found) == FIELDS
    assert {field.value for field in found.values()} == {None}


# Doubts in words


def codes_in_the_code() -> Iterator[str]:
    """Read off the code every doubt that a reading can have."""
    crawler = ROOT / "crawler"
    files = [crawler / "reading.py"]
    for folder in ("extract", "clean", "families"):
        files += sorted((crawler / folder).rglob("*.py"))
    for file in files:
        tree = ast.parse(file.read_text(encoding="utf-8"))
        names = [
            str(key.value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict)
            if [getattr(target, "id", "") for target in node.targets] == ["missing"]
            for key in node.value.keys
            if isinstance(key, ast.Constant)
        ]
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                if re.fullmatch(r"article/[\w-]+/[\w-]+", node.value):
                    yield node.value
            elif isinstance(node, ast.JoinedStr) and "article/" in ast.unparse(node):
                assert ast.unparse(node) == "f'article/{field}/missing'", file
                yield from (f"article/{name}/missing" for name in names)


def test_every_doubt_that_a_reading_can_have_is_said_in_both_languages() -> None:
    codes = set(codes_in_the_code())
    assert {"article/date/missing", "article/family/changed", "article/body/disagree"} <= codes
    assert codes == set(DOUBTS)
    for vietnamese, english in DOUBTS.values():
        assert not vietnamese.isascii()
        assert english.isascii()


def test_a_code_without_a_sentence_is_shown_as_it_is() -> None:
    assert doubt_said("article/body/odd") == "article/body/odd"


def test_every_reason_for_a_refusal_is_said_in_vietnamese() -> None:
    assert set(REFUSALS) == set(get_args(Reason))


def test_doubts_are_said_on_the_screen_with_their_codes(tried: Tried, on_screen: Screen) -> None:
    body = NUKEVIET.replace("20/11/2026", "20/11/2096").replace("hometext", "x")
    shown = " ".join(on_screen(tried(body, head=HEAD, url=SAVED_URL)).split())
    assert "ngày đọc được ở tương lai nên không dùng" in shown
    assert "lies in the future and was passed over (article/date/future)" in shown
    assert "no summary stands apart from the body (article/summary/missing)" in shown


def test_a_page_of_another_cms_than_the_recipes_is_doubted(tried: Tried) -> None:
    head = '<meta name="generator" content="WordPress 6.4">'
    trial = tried(NUKEVIET, head=head, url=SAVED_URL, source_id="dien-bien/ho")
    assert "article/family/changed" in trial.shown()["doubts"]


# On the screen


def row(shown: str, name: str) -> str:
    """Return the first line of a field's row."""
    return next(line for line in shown.splitlines() if re.match(rf"{name}\s", line)).rstrip()


def test_each_field_is_a_row_and_what_was_not_found_is_a_dash(
    tried: Tried, on_screen: Screen
) -> None:
    shown = on_screen(tried(NUKEVIET, head=HEAD, url=SAVED_URL))
    assert [name for name in FIELDS if row(shown, name)] == FIELDS
    assert row(shown, "title").endswith("  css:h1.title")
    assert row(shown, "byline").split() == ["byline", "—"]


def test_runners_up_stand_below_what_was_taken(tried: Tried, on_screen: Screen) -> None:
    head = f'{HEAD}<meta property="og:title" content="Hai tấn cá giống về hồ">'
    lines = on_screen(tried(NUKEVIET, head=head, url=SAVED_URL)).splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("title"))
    assert "hoặc / or" in lines[at + 1]
    assert "Hai tấn cá giống về hồ" in lines[at + 1]


def test_a_long_runner_up_begins_where_it_parts_from_what_was_taken(
    tried: Tried, on_screen: Screen
) -> None:
    more = "<p>Tác giả đoạn thêm là một người khác.</p>"
    body = f'{NUKEVIET}<div id="bodytext">{TEXT}{more}</div>'
    shown = " ".join(on_screen(tried(body, head=HEAD, url=SAVED_URL)).split())
    assert re.search(r"hoặc / or … .{10,80} Tác giả đoạn", shown)


def test_a_refused_page_shows_the_reason_and_the_fields_that_were_found(
    tried: Tried, on_screen: Screen
) -> None:
    trial = tried(f'<h1 class="title">{TITLE}</h1>', head=HEAD, url=SAVED_URL)
    shown = on_screen(trial)
    assert not trial.readable
    assert "Không có bài: không có chữ, ảnh hay tệp nào / no article: " in " ".join(shown.split())
    assert TITLE in row(shown, "title")
    assert row(shown, "body").split() == ["body", "—"]


LONG = {
    "a_long_word": NUKEVIET.replace("Hồ thêm", "Hồ" + "thêm" * 90),
    "a_long_address": NUKEVIET.replace("/ho.jpg", f"/{'ho-nuoc/' * 40}ho.jpg"),
    "a_long_body": NUKEVIET.replace(TEXT, TEXT * 40),
    "wide_letters": NUKEVIET.replace("Hồ thêm", "水" * 300),
    "many_pictures": NUKEVIET.replace(
        "</div></div>", "".join(f'<img src="/{n}.jpg">' for n in range(30)) + "</div></div>"
    ),
    "nothing": "",
}


@pytest.mark.parametrize("body", LONG.values(), ids=LONG)
@pytest.mark.parametrize("url", [None, f"{SITE}/vi/news/{'tin-' * 60}/bai-12.html"])
def test_no_line_is_wider_than_the_terminal(
    tried: Tried, on_screen: Screen, body: str, url: str | None
) -> None:
    shown = on_screen(tried(body, head=HEAD, url=url))
    assert max(map(cell_len, shown.splitlines())) <= 80


def test_many_pictures_are_counted_not_listed(tried: Tried, on_screen: Screen) -> None:
    shown = on_screen(tried(LONG["many_pictures"], head=HEAD, url=SAVED_URL))
    assert "… +27" in shown


HOSTILE = "\x1b[31mĐỏ\x1b]0;x\x07 \u202egnurT\u2066 [red]ngoặc[/red] \u009b2J[/]"


def test_what_a_page_says_never_commands_the_terminal(tried: Tried, on_screen: Screen) -> None:
    body = f"{NUKEVIET}<div id='hometext'><h2>{HOSTILE}</h2></div><h1>Tên {HOSTILE}</h1>"
    body = body.replace("Hồ thêm", f"Hồ {HOSTILE} thêm").replace("ho.jpg", f"{HOSTILE}.jpg")
    body = body.replace(TITLE, f"{TITLE} {HOSTILE}").replace("<p>Sáng", f"<p>{HOSTILE} Sáng")
    head = f'<meta name="generator" content="NukeViet {HOSTILE}"><title>{HOSTILE}</title>'
    trial = tried(body, head=head, url=SAVED_URL)
    shown = on_screen(trial)
    assert "[red]ngoặc[/red]" in shown
    for told in (shown, json.dumps(trial.shown(), ensure_ascii=False)):
        assert not re.findall("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u2069]", told)


# A page without address or recipe


SILENT = {
    "an_article": NUKEVIET.replace("</div></div>", '<a href="tep/k.pdf">Kế hoạch</a></div></div>'),
    "a_refused_page": f'<h1 class="title">{TITLE}</h1>',
    "a_page_without_a_title": "<p>Một dòng.</p>",
    "a_list": "".join(
        '<div class="news_column"><div class="panel"><div class="panel-body">'
        f'<h3><a href="/vi/news/tin/bai-so-{n}.html">Tin số {n}</a></h3></div></div></div>'
        for n in range(1, 4)
    ),
}


@pytest.mark.parametrize("body", SILENT.values(), ids=SILENT)
def test_no_stand_in_is_shown_for_what_is_not_known(
    tried: Tried, on_screen: Screen, body: str
) -> None:
    trial = tried(body, head=HEAD)
    for told in (on_screen(trial), json.dumps(trial.shown())):
        assert "saved.invalid" not in told
        assert "khong-cong-thuc" not in told


def test_a_page_without_an_address_is_called_by_its_file_and_a_hint_says_how_to_name_it(
    tried: Tried, on_screen: Screen
) -> None:
    shown = on_screen(tried(NUKEVIET, head=HEAD))
    assert "Trang / page: trang.html" in shown
    assert "--url" in shown
    assert "không có / none" in shown
    assert "/uploads/ho.jpg" in shown


def test_a_list_without_an_address_shows_where_its_entries_lie(
    tried: Tried, on_screen: Screen
) -> None:
    shown = on_screen(tried(SILENT["a_list"], head=HEAD))
    assert "Danh sách / list: 3 bài / articles" in shown
    assert "    /vi/news/tin/bai-so-2.html" in shown


def test_a_refusal_without_an_address_names_the_file(tried: Tried) -> None:
    refusal = tried(SILENT["a_refused_page"], head=HEAD).shown()["refusal"]
    assert refusal["message"] == "trang.html: neither text nor picture nor file was found"


def test_links_start_from_the_site_of_the_recipe_that_was_asked_for(tried: Tried) -> None:
    shown = tried(NUKEVIET, head=HEAD, source_id="dien-bien/ho").shown()
    assert shown["url"] is None
    assert shown["images"][0]["url"] == f"{HOME}/uploads/ho.jpg"


def test_a_page_that_names_its_own_address_needs_no_hint(tried: Tried, on_screen: Screen) -> None:
    trial = tried(NUKEVIET, head=f'{HEAD}<link rel="canonical" href="{SAVED_URL}">')
    assert trial.shown()["url"] == SAVED_URL
    assert "--url" not in on_screen(trial)


@pytest.mark.parametrize("own", ["http://[", "ftp://so.example.vn/a", "javascript:1", "http://u@/"])
def test_an_address_that_is_none_is_not_believed(tried: Tried, own: str) -> None:
    assert tried(NUKEVIET, head=f'{HEAD}<link rel="canonical" href="{own}">').shown()["url"] is None


def test_the_home_page_that_the_user_names_has_an_address(tried: Tried) -> None:
    trial = tried(NUKEVIET, head=HEAD, url=f"{HOME}/", source_id="dien-bien/ho")
    assert trial.shown()["url"] == f"{HOME}/"


# For programs


def test_the_document_has_each_field_with_rule_and_runners_up(tried: Tried) -> None:
    head = f'{HEAD}<meta property="og:title" content="Hai tấn cá giống về hồ">'
    shown = json.loads(json.dumps(tried(NUKEVIET, head=head, url=SAVED_URL).shown()))
    assert list(shown["fields"]) == FIELDS
    assert shown["fields"]["title"] == {
        "value": TITLE,
        "rule": "css:h1.title",
        "runners_up": [
            {
                "value": "Hai tấn cá giống về hồ",
                "rule": "css:meta[property='og:title']::attr(content)",
            }
        ],
    }
    assert shown["fields"]["images"]["value"] == shown["images"]
    assert shown["fields"]["published"]["value"] == shown["published"]


def test_the_document_keeps_the_articles_own_keys_and_says_its_doubts(tried: Tried) -> None:
    shown = tried(NUKEVIET.replace("hometext", "x"), head=HEAD, url=SAVED_URL).shown()
    assert (shown["url"], shown["file"], shown["family"]) == (SAVED_URL, "trang.html", "nukeviet")
    assert (shown["recipe"], shown["source"], shown["id"]) == (None, None, None)
    assert shown["title"] == TITLE
    assert shown["provenance"]["title"] == "css:h1.title"
    assert shown["doubts_said"] == [doubt_said(code) for code in shown["doubts"]]
    assert "article/summary/missing" in shown["doubts"]


def test_a_recipes_page_has_source_and_id(tried: Tried) -> None:
    shown = tried(NUKEVIET, head=HEAD, url=SAVED_URL).shown()
    named = tried(NUKEVIET, head=HEAD, url=SAVED_URL, source_id="dien-bien/ho").shown()
    assert shown["id"] is None
    assert (named["recipe"], named["source"]) == ("dien-bien/ho", "dien-bien/ho")
    assert named["id"]


def test_a_refused_page_exits_with_1_and_its_document_has_the_fields(tmp_path: Path) -> None:
    saved = tmp_path / "trang.html"
    saved.write_text(f'{HEAD}<h1 class="title">{TITLE}</h1>', encoding="utf-8")
    done = CliRunner().invoke(tinso.main, ["try", str(saved), "--json"])
    assert done.exit_code == 1
    shown = json.loads(done.stdout)
    assert shown["refusal"]["reason"] == "no-article"
    assert shown["fields"]["title"]["value"] == TITLE
    assert shown["fields"]["body"]["value"] is None
