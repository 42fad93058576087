"""One door from a saved page to an article, and what a run is told about the odd ones."""

from __future__ import annotations

from datetime import datetime, timedelta

from crawler.extract.draft import Entry, Found, Moment
from crawler.extract.page import Page
from crawler.reading import Reading, read, read_list
from store.model import VIETNAM
from tests.pages import NOW, SITE, page, reading, source

URL = f"{SITE}/vi/news/tin/bai-viet-12.html"
BODY = '<h1 class="title">Tiêu đề</h1><div id="news-bodyhtml"><p>Nội dung bài viết.</p></div>'


def listed(at: datetime) -> Entry:
    return Entry(
        url=URL,
        title="Tiêu đề trên danh sách",
        date=Found(Moment(at=at, precision="minute", raw=""), "css:.ngay"),
    )


def read_with(body: str, entry: Entry | None) -> Reading:
    return read(page(body), source("nukeviet"), entry=entry, now=NOW)


def test_date_of_the_list_stands_in_where_the_page_has_none() -> None:
    at = datetime(2026, 11, 20, 9, 15, tzinfo=VIETNAM)
    got = read_with(BODY, listed(at))
    assert got.sighting is not None
    assert (got.sighting.article.published, got.sighting.article.published_from) == (at, "listing")
    assert got.sighting.article.provenance["published"] == "css:.ngay"
    assert got.doubts == ("article/summary/missing",)


def test_date_of_the_page_wins_over_the_list() -> None:
    shown = '<div class="news_column"><span class="h5">19/11/2026 08:00</span></div>'
    got = read_with(BODY + shown, listed(datetime(2026, 11, 20, 9, 15, tzinfo=VIETNAM)))
    assert got.sighting is not None
    assert got.sighting.article.published == datetime(2026, 11, 19, 8, 0, tzinfo=VIETNAM)


def test_date_in_the_future_gives_way_to_the_list_and_is_counted() -> None:
    shown = '<div class="news_column"><span class="h5">19/11/2062 08:00</span></div>'
    at = datetime(2026, 11, 20, 9, 15, tzinfo=VIETNAM)
    got = read_with(BODY + shown, listed(at))
    assert got.sighting is not None
    assert got.sighting.article.published == at
    assert "article/date/future" in got.doubts


def test_date_that_nothing_tells_is_the_moment_it_was_first_seen() -> None:
    got = read_with(BODY, None)
    assert got.sighting is not None
    assert (got.sighting.article.published, got.sighting.article.published_from) == (
        NOW,
        "first-seen",
    )
    assert "article/date/missing" in got.doubts


def test_title_of_the_list_stands_in_where_the_page_has_none() -> None:
    got = read_with('<div id="news-bodyhtml">Nội dung</div>', listed(NOW - timedelta(days=1)))
    assert got.sighting is not None
    assert got.sighting.article.title == "Tiêu đề trên danh sách"


def test_title_of_the_list_stands_in_where_the_page_names_but_its_section() -> None:
    body = '<title>Tin tức</title><div id="news-bodyhtml">Nội dung</div>'
    got = read_with(body, listed(NOW - timedelta(days=1)))
    assert got.sighting is not None
    assert got.sighting.article.title == "Tiêu đề trên danh sách"


def test_date_within_every_title_of_a_list_is_no_part_of_them() -> None:
    rows = "".join(
        f'<div class="news_column"><h3><a href="/vi/news/tin/bai-viet-{n}.html">Họp giao ban tại xã'
        f" Mường {n} ({n}/11/2026)</a></h3></div>"
        for n in (18, 19, 20)
    )
    found = read_list(page(rows), source("nukeviet"))
    assert [entry.title for entry in found.entries] == [
        f"Họp giao ban tại xã Mường {n}" for n in (18, 19, 20)
    ]


def test_lead_of_the_list_is_never_taken_for_the_page_s() -> None:
    entry = Entry(url=URL, title="Tiêu đề", summary="Lời dẫn trên danh sách")
    with_entry, without = read_with(BODY, entry), read_with(BODY, None)
    assert with_entry.sighting is not None
    assert without.sighting is not None
    assert with_entry.sighting.article.content_hash == without.sighting.article.content_hash


def test_empty_page_is_refused_with_the_reason() -> None:
    got = read(Page(url=URL, body=b""), source("nukeviet"), entry=None, now=NOW)
    assert got.sighting is None
    assert got.refusal is not None
    assert got.refusal.reason == "no-title"
    assert {"article/title/missing", "article/body/missing"} <= set(got.doubts)


def test_changed_layout_is_survived_and_counted() -> None:
    text = "".join(
        f"<p>Đoạn văn thứ {n} của bài viết này khá dài, " + "có nội dung. " * 8 + "</p>"
        for n in "123"
    )
    got = reading(
        f"<h1>Hội nghị tổng kết công tác</h1><div class='giao-dien-moi'>{text}</div>",
        family="nukeviet",
    )
    assert got.sighting is not None
    assert len(got.sighting.article.body_text.split("\n\n")) == 3
    assert "article/body/general" in got.doubts


def test_canonical_link_names_the_article_unless_it_leaves_the_host_or_the_article() -> None:
    def named(href: str) -> str:
        got = reading(
            BODY, family="nukeviet", head=f'<link rel="canonical" href="{href}">', url=URL
        )
        return got.draft.url

    assert named("/vi/news/tin/slug-moi-12.html") == f"{SITE}/vi/news/tin/slug-moi-12.html"
    assert named("http://khac.example.vn/vi/news/tin/bai-viet-12.html") == URL
    assert named(f"{SITE}/") == URL
    assert named(f"{SITE}/vi/news/") == URL
    assert named("http://[") == URL


TEXT = "".join(
    f"<p>Đoạn thứ {word} của bài viết nói về hội nghị chuyển đổi số của tỉnh trong tháng này.</p>"
    for word in ("nhất", "hai", "ba", "tư", "năm")
)
WHOLE = f'<h1 class="title">Tiêu đề bài viết</h1><div id="news-bodyhtml">{TEXT}</div>'


def audited(markup: str, *, head: str = "") -> Reading:
    return read(page(markup, head=head), source("nukeviet"), entry=None, now=NOW, audit=True)


def test_an_audit_tells_how_far_the_general_reader_agrees_with_the_recipe() -> None:
    got = audited(WHOLE)
    assert got.sighting is not None
    assert got.sighting.article.confidence == 1.0
    assert "article/body/audited" in got.doubts
    assert "article/body/disagree" not in got.doubts


def test_a_recipe_that_reads_another_text_than_the_general_reader_is_a_doubt() -> None:
    teaser = '<div id="news-bodyhtml">Đọc tiếp trên trang của chúng tôi.</div>'
    got = audited(f'<h1 class="title">Tiêu đề bài viết</h1>{teaser}<div class="a">{TEXT}</div>')
    assert got.sighting is not None
    assert got.sighting.article.confidence == 0.0
    assert "article/body/disagree" in got.doubts


def test_the_general_reader_is_not_asked_where_a_rule_found_the_body() -> None:
    got = read(page(WHOLE), source("nukeviet"), entry=None, now=NOW)
    assert got.sighting is not None
    assert got.sighting.article.confidence is None


def test_a_page_of_another_cms_than_the_recipe_names_is_a_doubt_of_an_audit() -> None:
    got = audited(WHOLE, head='<meta name="generator" content="WordPress 6.1">')
    assert "article/family/changed" in got.doubts
    assert "article/family/changed" not in audited(WHOLE).doubts


def test_a_source_without_a_family_is_read_by_the_family_that_its_page_proves() -> None:
    head = '<meta name="generator" content="NukeViet v4.5">'
    got = read(page(WHOLE, head=head), source("generic"), entry=None, now=NOW)
    assert got.family == "nukeviet"
    assert got.evidence == ("generator 'NukeViet v4.5'", "'id=\"news-bodyhtml\"' in the page")
    assert got.draft.body_html is not None
    assert got.draft.body_html.rule == "css:#news-bodyhtml"
