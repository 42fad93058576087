"""Drupal 7 to 11: nodes, their fields, and lists made by Views."""

from __future__ import annotations

from datetime import datetime

import pytest

from crawler.extract.key import key_in
from crawler.extract.page import Page
from crawler.families import family_named
from crawler.reading import read_list, recognise
from store.model import VIETNAM, Attachment
from tests.pages import SITE, article, page, source

ADDRESS = family_named("drupal").article_address
URL = f"{SITE}/node/12"
BODY = "Sở Thông tin và Truyền thông tổ chức hội nghị tổng kết công tác năm."
FIELD = (
    '<div class="field field-name-{} field-type-{}">{}<div class="field-items"><div '
    'class="field-item even">{}</div></div></div>'
)
TEXT = FIELD.format("body", "text-with-summary", "", f"<p>{BODY}</p>")
RDF = '<span property="dc:date dc:created" content="2026-11-05T16:20:00+07:00">{}</span>'


def node(content: str = TEXT, *, meta: str = "", after: str = "") -> str:
    """Write a node as 7 does in Bartik."""
    return (
        '<h1 class="title" id="page-title">Hội nghị tổng kết</h1><div id="block-system-main">'
        f'<div id="node-12" class="node node-article node-full">{meta}'
        f'<div class="content clearfix">{content}</div>{after}</div></div>'
    )


def submitted(words: str) -> str:
    return f'<div class="meta submitted">{words}</div>'


@pytest.mark.parametrize(
    "words",
    [
        RDF.format("Submitted by admin on Thu, 11/05/2026 - 16:20"),
        "Submitted by admin on Thu, 11/05/2026 - 16:20",
        'Được gửi bởi <span class="username">admin</span> vào T5, 05/11/2026 - 16:20',
        "Đăng bài thanhsang Thứ 5, 05/11/2026 - 16:20",
        "Được gửi bởi admin vào Thứ năm, 05 Tháng 11 2026 - 16:20",
    ],
)
def test_date_is_read_in_both_orders_and_the_account_is_no_author(words: str) -> None:
    got = article(node(meta=submitted(words)), family="drupal", url=URL)
    assert got.published == datetime(2026, 11, 5, 16, 20, tzinfo=VIETNAM)
    assert got.byline is None


def test_author_is_the_last_line_of_a_text_whose_node_knows_its_account_alone() -> None:
    more = "<p>Hội nghị biểu dương mười tập thể của ngành.</p><p><b>LÒ THỊ HẰNG</b></p>"
    text = FIELD.format("body", "text-with-summary", "", f"<p>{BODY}</p>{more}")
    got = article(node(text, meta=submitted("Submitted by admin")), family="drupal", url=URL)
    assert got.byline == "LÒ THỊ HẰNG"
    assert got.body_text == f"{BODY}\n\nHội nghị biểu dương mười tập thể của ngành."


def test_date_of_a_comment_is_not_the_date_of_the_node() -> None:
    comment = f'<div id="comments"><div class="comment">{submitted(RDF.format("x"))}</div></div>'
    got = article(node(after=comment), family="drupal", url=URL)
    assert got.published_from == "first-seen"


def test_labels_comments_tags_and_links_are_no_text() -> None:
    tags = '<h3 class="field-label">Tags: </h3><ul class="links"><li><a href="/t">số</a></li></ul>'
    label = '<div class="field-label">Nội dung:&nbsp;</div>'
    got = article(
        node(
            FIELD.format("body", "text-with-summary", label, f"<p>{BODY}</p>")
            + f'<div class="field field-type-taxonomy-term-reference field-name-field-tags">{tags}'
            "</div>",
            after='<div id="comments"><p>Bình luận rất dài của một người đọc nào đó.</p></div>',
        ),
        family="drupal",
        url=URL,
    )
    assert got.body_text == BODY
    assert got.section is None


def test_own_fields_are_known_by_their_labels() -> None:
    def field(label: str, value: str) -> str:
        return FIELD.format(
            "field-x9", "text", f'<div class="field-label">{label}:&nbsp;</div>', value
        )

    got = article(
        node(
            field("Tác giả", "Minh Đức")
            + field("Nguồn", "Báo Điện Biên Phủ")
            + field("Chuyên mục", "Chuyển đổi số")
            + field("Ngày đăng", "20/11/2026 - 09:15")
            + TEXT,
            meta=submitted("Submitted by admin on Sat, 11/21/2026 - 10:00"),
        ),
        family="drupal",
        url=URL,
    )
    assert (got.byline, got.source_credit) == ("Minh Đức", "Báo Điện Biên Phủ")
    assert got.section == "Chuyển đổi số"
    assert got.published == datetime(2026, 11, 20, 9, 15, tzinfo=VIETNAM)
    assert got.body_text == BODY


def test_own_fields_of_8_are_known_by_their_machine_names() -> None:
    def field(name: str, value: str) -> str:
        return (
            f'<div class="field field--name-field-{name} field--type-string field__item">{value}'
            "</div>"
        )

    got = article(
        f"""<h1 class="title page-title"><span>Hội nghị tổng kết</span></h1>
        <article data-history-node-id="12" class="node node--type-tin node--view-mode-full">
        <div class="node__content">{field("tac-gia", "Minh Đức")}{field("nguon", "TTXVN")}
        {field("chuyen-muc", '<a href="/cds">Chuyển đổi số</a>')}
        <div class="clearfix text-formatted field field--name-body field__item"><p>{BODY}</p></div>
        </div></article>""",
        family="drupal",
        url=URL,
    )
    assert (got.byline, got.source_credit, got.section) == ("Minh Đức", "TTXVN", "Chuyển đổi số")
    assert got.body_text == BODY


def test_text_of_a_block_is_not_the_body_however_long() -> None:
    block = f'<div class="block"><div class="field field--name-body"><p>{BODY * 9}</p></div></div>'
    got = article(
        f"""{block}<h1 class="page-title">Hội nghị tổng kết</h1>
        <article class="node node--view-mode-full"><div class="node__content">
        <div class="field field--name-body field__item"><p>{BODY}</p></div></div></article>""",
        family="drupal",
        url=URL,
    )
    assert got.body_text == BODY


def test_breadcrumb_gives_the_rubric_but_never_the_home_page_or_the_list_of_all_nodes() -> None:
    def crumbs(*links: str) -> str:
        items = "".join(f'<li><a href="{link}">Mục {link}</a></li>' for link in links)
        return f'<nav class="breadcrumb"><ol>{items}</ol></nav>'

    for links, section in (
        (("/", "/tin-tuc"), "Mục /tin-tuc"),
        (("/",), None),
        (("/", "/node"), None),
    ):
        got = article(crumbs(*links) + node(), family="drupal", url=URL)
        assert got.section == section


def test_original_is_taken_for_the_copy_in_a_style() -> None:
    image = '<img src="/sites/default/files/styles/large/public/field/image/a.jpg?itok=xY12">'
    got = article(node(FIELD.format("field-image", "image", "", image) + TEXT), family="drupal")
    assert [image.url for image in got.images] == [f"{SITE}/sites/default/files/field/image/a.jpg"]


def test_files_have_the_length_that_their_links_tell() -> None:
    table = (
        '<table class="sticky-enabled"><thead><tr><th>Attachment</th><th>Size</th></tr></thead>'
        '<tbody><tr><td><span class="file"><img src="/modules/file/icons/application-pdf.png"> <a'
        ' href="/sites/default/files/a.pdf" type="application/pdf; length=845311">Kế hoạch</a>'
        "</span></td><td>825.5 KB</td></tr></tbody></table>"
    )
    got = article(node(TEXT + FIELD.format("field-tep", "file", "", table)), family="drupal")
    assert got.attachments == (
        Attachment(
            url=f"{SITE}/sites/default/files/a.pdf",
            title="Kế hoạch",
            media_type="application/pdf",
            size_bytes=845311,
        ),
    )
    assert got.body_text == BODY


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("/node/12", "12"),
        ("/vi/node/12", "12"),
        ("/?q=node/12", "12"),
        ("/index.php?q=vi/node/12", "12"),
        ("/content/thong-bao", None),
        ("/tin-tuc/hoi-nghi-tong-ket", None),
        ("/vi/tin-tuc/su-kien/hoi-nghi-tong-ket-0", None),
        ("/tin-tuc-su-kien/dien-bien-hoi-nghi-tong-ket.html", None),
        ("/hoi-nghi-tong-ket-cong-tac-nam", None),
    ],
)
def test_node_is_told_by_its_number_or_its_alias(url: str, key: str | None) -> None:
    assert ADDRESS.search(SITE + url)
    assert key_in(ADDRESS, SITE + url) == key


@pytest.mark.parametrize(
    "url",
    [
        "/",
        "/node",
        "/node?page=1",
        "/node/12/edit",
        "/node/add/article",
        "/tin-tuc",
        "/tin-tuc-su-kien",
        "/vi/tin-tuc-su-kien",
        "/tin-tuc/hoat-dong-cua-so?page=2",
        "/taxonomy/term/5",
        "/chuyen-muc/hoat-dong-cua-so",
        "/user/1",
        "/users/ban-bien-tap-so",
        "/search/node/hoi-nghi-tong-ket",
        "/comment/reply/12",
        "/print/12",
        "/rss.xml",
        "/sites/default/files/ke-hoach-nam-2026.pdf",
    ],
)
def test_lists_accounts_and_files_are_no_nodes(url: str) -> None:
    assert not ADDRESS.search(SITE + url)


def row(number: int, title: str) -> str:
    return (
        '<div class="views-row"><div class="views-field views-field-title"><span '
        f'class="field-content"><a href="/node/{number}">{title}</a></span></div></div>'
    )


def test_rows_of_boxes_around_the_list_are_no_entries() -> None:
    def view(rows: str) -> str:
        return f'<div class="view"><div class="view-content">{rows}</div></div>'

    listing = read_list(
        page(
            f'<div class="region-sidebar-first">{view(row(1, "Đọc nhiều"))}</div>'
            f'<div class="region-content"><div class="block">{view(row(2, "Tiêu điểm"))}</div>'
            f'<div id="block-system-main">{view(row(3, "Bài ba") + row(4, "Bài bốn"))}</div></div>',
            url=f"{SITE}/tin-tuc",
        ),
        source("drupal"),
    )
    assert [entry.title for entry in listing.entries] == ["Bài ba", "Bài bốn"]


def test_date_of_creation_is_listed_and_not_that_of_the_last_change() -> None:
    dates = (
        '<div class="views-field views-field-changed">T2, 23/11/2026 - 08:00</div>'
        '<div class="views-field views-field-created">T6, 20/11/2026 - 09:15</div>'
    )
    rows = row(3, "Bài ba").replace("</span></div></div>", f"</span></div>{dates}</div>")
    listing = read_list(
        page(f'<div class="view-content">{rows}</div>', url=f"{SITE}/tin-tuc"), source("drupal")
    )
    found = listing.entries[0].date
    assert found is not None
    assert found.value.at == datetime(2026, 11, 20, 9, 15, tzinfo=VIETNAM)


def test_table_of_views_is_read_without_its_head() -> None:
    listing = read_list(
        page(
            """<div id="block-system-main"><div class="view-content"><table class="views-table
            cols-2"><thead><tr><th class="views-field views-field-title"><a
            href="/tin-tuc?order=title&amp;sort=asc">Tiêu đề</a></th></tr></thead><tbody><tr
            class="odd"><td class="views-field views-field-title"><a href="/node/3">Bài ba</a></td>
            <td class="views-field views-field-created">20/11/2026</td></tr></tbody></table></div>
            <ul class="pager"><li class="pager-next"><a href="/tin-tuc?page=1">sau ›</a></li></ul>
            </div>""",
            url=f"{SITE}/tin-tuc",
        ),
        source("drupal"),
    )
    assert [entry.title for entry in listing.entries] == ["Bài ba"]
    assert listing.entries[0].date is not None
    assert listing.next_url == f"{SITE}/tin-tuc?page=1"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ('<meta name="Generator" content="Drupal 7 (http://drupal.org)">', ""),
        ("<script>jQuery.extend(Drupal.settings, {});</script>", ""),
        ('<script data-drupal-selector="drupal-settings-json">{}</script>', ""),
        ("", '<img src="/sites/default/files/a.jpg">'),
    ],
)
def test_drupal_is_recognised_with_or_without_its_generator(head: str, body: str) -> None:
    family, evidence = recognise(page(body, head=head))
    assert (family.name, len(evidence) > 0) == ("drupal", True)


def test_drupal_is_recognised_by_its_header() -> None:
    made = Page(url=f"{SITE}/", body=b"", headers={"X-Generator": "Drupal 7 (http://drupal.org)"})
    assert recognise(made)[0].name == "drupal"


def test_link_to_a_file_of_another_drupal_proves_nothing() -> None:
    link = '<a href="http://bo.example.vn/sites/default/files/a.pdf">a</a>'
    assert recognise(page(link))[0].name == "generic"


def test_picture_in_a_field_beside_the_body_is_the_articles() -> None:
    got = article(
        '<main><h1>Giao ban báo chí</h1><article class="node node--type-article">'
        '<div class="node__content"><div class="field field--name-field-image">'
        '<img src="/sites/default/files/styles/large/public/a.jpg"></div>'
        '<div class="field field--name-body"><p>Sở tổ chức hội nghị giao ban.</p></div>'
        "</div></article></main>",
        family="drupal",
        url=f"{SITE}/node/12",
    )
    assert [image.url for image in got.images] == [f"{SITE}/sites/default/files/a.jpg"]


def test_a_short_alias_beside_others_is_an_entry() -> None:
    rows = "".join(
        row(0, title).replace("/node/0", f"/tin-tuc/{alias}")
        for title, alias in (
            ("Hội nghị tổng kết", "hoi-nghi-tong-ket"),
            ("Ra quân", "ra-quan"),
            ("Bàn giao máy tính", "ban-giao-may-tinh"),
            ("Giới thiệu", "../gioi-thieu"),
        )
    )
    listing = read_list(
        page(f'<div class="view-content">{rows}</div>', url=f"{SITE}/tin-tuc"), source("drupal")
    )
    assert [entry.title for entry in listing.entries] == [
        "Hội nghị tổng kết",
        "Ra quân",
        "Bàn giao máy tính",
    ]
