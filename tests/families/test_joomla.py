"""Joomla from 1.5 to 5, templates on T3, and the extension K2."""

from __future__ import annotations

from datetime import datetime

import pytest

from crawler.extract.key import key_in
from crawler.extract.page import Page
from crawler.families import family_named
from crawler.reading import read_list, recognise
from store.model import VIETNAM
from tests.pages import SITE, article, page, source

ADDRESS = family_named("joomla").article_address
URL = f"{SITE}/tin-tuc/12-hoi-nghi-tong-ket"
BODY = "Sở Thông tin và Truyền thông tổ chức hội nghị tổng kết công tác năm."
INFO = '<dl class="article-info muted">{}</dl>'
PUBLISHED = (
    '<dd class="published"><time datetime="2026-11-20T09:15:00+07:00" itemprop="datePublished">'
    "Được đăng: 20 Tháng 11 2026</time></dd>"
)


def item_page(info: str = PUBLISHED, *, head: str = "", text: str = f"<p>{BODY}</p>") -> str:
    """Write an article as 3.x does."""
    return (
        f'<div class="item-page" itemscope itemtype="https://schema.org/Article">{head}'
        '<div class="page-header"><h2 itemprop="headline">Hội nghị tổng kết</h2></div>'
        f'{INFO.format(info)}<div itemprop="articleBody">{text}</div></div>'
    )


def test_title_is_not_the_page_heading_with_the_name_of_the_menu() -> None:
    heading = '<div class="page-header"><h1>Tin tức của Sở</h1></div>'
    got = article(item_page(head=heading), family="joomla", url=URL)
    assert got.title == "Hội nghị tổng kết"


def test_title_of_4_is_the_h2_below_a_page_heading_and_the_h1_without_one() -> None:
    body = f'<div class="com-content-article__body"><p>{BODY}</p></div>'
    heading = '<div class="page-header"><h1>{}</h1></div>'
    with_heading = heading.format("Tin tức của Sở") + (
        '<div class="page-header"><h2>Hội nghị tổng kết</h2></div>'
    )
    for headings in (with_heading, heading.format("Hội nghị tổng kết")):
        got = article(
            f'<div class="com-content-article item-page">{headings}{body}</div>',
            family="joomla",
            url=URL,
        )
        assert (got.title, got.body_text) == ("Hội nghị tổng kết", BODY)


def test_minute_is_taken_from_the_attribute_where_the_day_alone_is_shown() -> None:
    got = article(item_page(), family="joomla", url=URL)
    assert got.published == datetime(2026, 11, 20, 9, 15, tzinfo=VIETNAM)
    assert got.published_precision == "minute"


def test_published_counts_before_created_and_modified_never() -> None:
    created = '<dd class="create"><time datetime="2026-11-18T08:00:00+07:00">18/11/2026</time></dd>'
    modified = '<dd class="modified"><time datetime="2026-11-22T08:00:00+07:00">22</time></dd>'
    got = article(item_page(modified + created + PUBLISHED), family="joomla", url=URL)
    assert got.published == datetime(2026, 11, 20, 9, 15, tzinfo=VIETNAM)
    got = article(item_page(modified + created), family="joomla", url=URL)
    assert got.published == datetime(2026, 11, 18, 8, 0, tzinfo=VIETNAM)
    got = article(item_page(modified), family="joomla", url=URL)
    assert got.published_from == "first-seen"


@pytest.mark.parametrize(
    ("shown", "byline"),
    [
        ('Viết bởi <span itemprop="name">Minh Đức</span>', "Minh Đức"),
        ("Viết bởi Minh Đức", "Minh Đức"),
        ('Written by: <a href="/contact/3"><span itemprop="name">Minh Đức</span></a>', "Minh Đức"),
        ('Viết bởi <span itemprop="name">Super User</span>', None),
        ("Viết bởi Administrator", None),
        ("Viết bởi admin", None),
        ('Written by <span itemprop="name">sotttt_dienbien</span>', None),
    ],
)
def test_author_is_told_without_label_and_accounts_are_nobody(
    shown: str, byline: str | None
) -> None:
    info = f'<dd class="createdby" itemprop="author">{shown}</dd>{PUBLISHED}'
    assert article(item_page(info), family="joomla", url=URL).byline == byline


@pytest.mark.parametrize(
    "shown",
    [
        'Chuyên mục: <a href="/tin-tuc">Báo chí</a>',
        'Chuyên mục: <span itemprop="genre">Báo chí</span>',
        "Chuyên mục: Báo chí",
        "Category: Báo chí",
    ],
)
def test_rubric_is_told_without_its_label(shown: str) -> None:
    info = (
        '<dd class="parent-category-name">Chuyên mục cha: <a href="/tin">Tin</a></dd>'
        f'<dd class="category-name">{shown}</dd>{PUBLISHED}'
    )
    assert article(item_page(info), family="joomla", url=URL).section == "Báo chí"


def test_rubric_comes_from_the_breadcrumb_but_never_the_home_page() -> None:
    start, end = '<ul class="breadcrumb"><li>Bạn đang ở:</li>', "<li>Hội nghị tổng kết</li></ul>"
    home, tin = '<li><a href="/">Trang chủ</a></li>', '<li><a href="/tin">Tin tức</a></li>'
    for crumbs, section in ((start + home + tin + end, "Tin tức"), (start + home + end, None)):
        assert article(crumbs + item_page(), family="joomla", url=URL).section == section


def test_introduction_belongs_to_the_body_in_k2_and_what_stands_around_it_does_not() -> None:
    got = article(
        f"""<div id="k2Container" class="itemView"><div class="itemHeader">
        <span class="itemDateCreated">Thứ sáu, 20 Tháng 11 2026 09:15</span>
        <h2 class="itemTitle">Hội nghị tổng kết</h2></div>
        <div class="itemBody"><div class="itemImageBlock"><span class="itemImage">
        <a class="modal" href="/media/k2/items/cache/0a_XL.jpg"><img
        src="/media/k2/items/cache/0a_L.jpg"></a></span>
        <span class="itemImageCaption">Quang cảnh</span></div>
        <div class="itemIntroText"><p>Lời dẫn của bài.</p></div>
        <div class="itemFullText"><p>{BODY}</p></div>
        <div class="itemContentFooter"><span class="itemHits">Đã đọc 3 lần</span>
        <span class="itemDateModified">Sửa lần cuối 21 Tháng 11 2026</span></div></div></div>""",
        family="joomla",
        url=f"{SITE}/tin-tuc/item/12-hoi-nghi-tong-ket.html",
    )
    assert got.body_text == f"Lời dẫn của bài.\n\n{BODY}"
    assert got.published == datetime(2026, 11, 20, 9, 15, tzinfo=VIETNAM)
    assert [(image.url, image.caption) for image in got.images] == [
        (f"{SITE}/media/k2/items/cache/0a_XL.jpg", "Quang cảnh")
    ]


def test_what_other_templates_put_into_the_body_of_k2_is_none_of_it() -> None:
    inner = "".join(
        f'<div class="{name}"><h3>Khung</h3><a href="/tin-tuc/item/9-cuoc-thi">Cuộc thi</a></div>'
        for name in ("itemLinks", "itemSocialSharing", "itemAuthorLatest", "itemRelated")
    )
    got = article(
        f"""<div id="k2Container" class="itemView"><div class="itemBody">
        <div class="itemHeader"><span class="itemDateCreated">Thứ sáu, 20 Tháng 11 2026</span>
        <h2 class="itemTitle">Hội nghị tổng kết</h2></div>
        <div class="itemFullText"><p>{BODY}</p></div>{inner}
        <div class="itemNavigation"><a class="itemNext" href="/tin-tuc/item/13-a">Tập huấn</a></div>
        </div></div>""",
        family="joomla",
        url=f"{SITE}/tin-tuc/item/12-hoi-nghi-tong-ket.html",
    )
    assert (got.title, got.body_text) == ("Hội nghị tổng kết", BODY)


def test_headings_of_the_text_stay_where_2_5_has_no_element_for_it() -> None:
    got = article(
        f"""<div class="item-page"><h1>Tin tức của Sở</h1><h2>Hội nghị tổng kết</h2>
        {INFO.format('<dd class="published">Được đăng ngày Thứ sáu, 20 Tháng 11 2026 09:15</dd>')}
        <h2>Kết quả</h2><p>{BODY}</p>
        <ul class="pagenav"><li><a href="/tin-tuc/11-cu">Trang trước</a></li></ul></div>""",
        family="joomla",
        url=URL,
    )
    assert (got.title, got.body_text) == ("Hội nghị tổng kết", f"Kết quả\n\n{BODY}")
    assert got.published == datetime(2026, 11, 20, 9, 15, tzinfo=VIETNAM)


def test_template_on_t3_is_read() -> None:
    got = article(
        f"""<div class="item-page"><article itemscope><meta itemprop="inLanguage" content="vi">
        <header class="article-header clearfix"><h1 class="article-title"
        itemprop="headline"><a href="/x">Hội nghị tổng kết</a></h1></header>
        <aside class="article-aside clearfix">{INFO.format(PUBLISHED)}</aside>
        <section class="article-content clearfix" itemprop="articleBody"><p>{BODY}</p></section>
        </article></div>""",
        family="joomla",
        url=URL,
    )
    assert (got.title, got.body_text) == ("Hội nghị tổng kết", BODY)


def test_caption_that_a_script_would_write_is_read() -> None:
    text = f'<p><img class="caption" title="Quang cảnh" src="/images/a.jpg"></p><p>{BODY}</p>'
    got = article(item_page(text=text), family="joomla", url=URL)
    assert [(image.url, image.caption) for image in got.images] == [
        (f"{SITE}/images/a.jpg", "Quang cảnh")
    ]


def test_note_of_the_media_manager_is_no_part_of_a_picture_address() -> None:
    text = f'<img src="/images/a.jpg#joomlaImage://local-images/a.jpg?width=9"><p>{BODY}</p>'
    got = article(item_page(text=text), family="joomla", url=URL)
    assert [image.url for image in got.images] == [f"{SITE}/images/a.jpg"]


def test_words_in_place_of_a_hidden_mail_address_are_no_text() -> None:
    text = f'<p>{BODY}</p><p>Hộp thư: <span id="cloak1">Bạn cần bật JavaScript.</span></p>'
    assert article(item_page(text=text), family="joomla", url=URL).body_text == (
        f"{BODY}\n\nHộp thư:"
    )


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("/tin-tuc/12-hoi-nghi.html", "12"),
        ("/index.php/tin-tuc/12-hoi-nghi", "12"),
        ("/vi/tin-tuc/3-bao-chi/12-hoi-nghi", "12"),
        ("/tin-tuc/12-tin-t-c", "12"),
        ("/component/content/article/3-bao-chi/12-hoi-nghi?Itemid=101", "12"),
        ("/12-hoi-nghi-tong-ket-nam", "12"),
        ("/index.php?option=com_content&view=article&id=12:hoi-nghi&catid=3:tin&Itemid=5", "12"),
        ("/index.php?option=com_content&view=article&catid=3&id=12&Itemid=5", "12"),
        ("/tin-tuc/item/12-hoi-nghi.html", "item/12"),
        ("/index.php/component/k2/item/12-hoi-nghi", "item/12"),
        ("/index.php?option=com_k2&view=item&id=12:hoi-nghi&Itemid=5", "item/12"),
        ("/index.php?option=com_k2&id=12:hoi-nghi&view=item", "item/12"),
        ("/tin-tuc/hoi-nghi-tong-ket-cong-tac", None),
        ("/vi/tin-tuc/hoi-nghi-tong-ket-cong-tac", None),
    ],
)
def test_article_is_told_by_its_address_with_the_number_if_there_is_one(
    url: str, key: str | None
) -> None:
    assert ADDRESS.search(SITE + url)
    assert key_in(ADDRESS, SITE + url) == key


@pytest.mark.parametrize(
    "url",
    [
        "/tin-tuc",
        "/index.php/tin-tuc",
        "/8-tin-tuc",
        "/index.php/8-tin-tuc",
        "/tin-tuc?start=10",
        "/tin-tuc/12-hoi-nghi?start=1",
        "/tin-tuc/12-hoi-nghi?tmpl=component&print=1&page=",
        "/tin-tuc/12-hoi-nghi?format=pdf",
        "/tin-tuc?format=feed&type=rss",
        "/component/mailto/?tmpl=component&template=protostar&link=1a2b",
        "/component/tags/tag/chuyen-doi-so",
        "/component/content/category/8-tin-tuc",
        "/tin-tuc/itemlist/category/6-so-huu-tri-tue",
        "/tin-tuc/itemlist/user/44-ban-tin",
        "/tin-tuc/item/download/52_9f0b2c",
        "/index.php?option=com_content&view=category&layout=blog&id=5&Itemid=12",
        "/index.php?option=com_k2&view=itemlist&layout=category&id=5&Itemid=12",
        "/index.php?option=com_weblinks&view=article&id=5:x",
    ],
)
def test_lists_copies_and_other_components_are_no_articles(url: str) -> None:
    assert not ADDRESS.search(SITE + url)


def test_same_number_in_k2_and_in_joomla_is_two_articles() -> None:
    one = article(item_page(), family="joomla", url=f"{SITE}/tin-tuc/12-hoi-nghi")
    other = article(item_page(), family="joomla", url=f"{SITE}/tin-tuc/item/12-hoi-nghi")
    assert one.id != other.id


def test_one_article_has_one_key_under_any_menu() -> None:
    urls = ("/tin-tuc/12-hoi-nghi", "/index.php/bao-chi/12-ten-moi.html")
    one, other = (article(item_page(), family="joomla", url=SITE + url) for url in urls)
    assert one.id == other.id


def test_links_below_a_blog_are_entries_of_its_page() -> None:
    listing = read_list(
        page(
            """<div class="blog" itemscope><div class="items-leading"><div class="leading-0"
            itemprop="blogPost"><div class="page-header"><h2><a href="/tin/12-mot">Bài một</a></h2>
            </div><p>Lời dẫn.</p></div></div><div class="items-more"><ol><li><a
            href="/tin/11-hai">Bài hai</a></li></ol></div><div class="cat-children"><h3><a
            href="/tin/3-con">Chuyên mục con</a></h3></div></div>""",
            url=f"{SITE}/tin",
        ),
        source("joomla"),
    )
    assert [(entry.title, entry.summary) for entry in listing.entries] == [
        ("Bài một", "Lời dẫn."),
        ("Bài hai", None),
    ]
    assert listing.rows == 2


def test_title_that_is_no_link_goes_with_the_link_to_read_more() -> None:
    listing = read_list(
        page(
            """<div class="blog"><div class="item" itemprop="blogPost"><div class="page-header">
            <h2 itemprop="name">Bài một</h2></div><dl class="article-info"><dd
            class="category-name"><a href="/tin/3-con">Tin</a></dd></dl><p>Lời dẫn.</p>
            <p class="readmore"><a class="btn" href="/tin/12-mot">Xem thêm: Bài một</a></p></div>
            </div>""",
            url=f"{SITE}/tin",
        ),
        source("joomla"),
    )
    assert [(entry.url, entry.title) for entry in listing.entries] == [
        (f"{SITE}/tin/12-mot", "Bài một")
    ]


def test_last_page_has_no_next_one() -> None:
    listing = read_list(
        page(
            """<table class="category"><tbody><tr><td class="list-title"><a
            href="/tin/12-mot">Bài một</a></td></tr></tbody></table><div class="pagination">
            <ul class="pagination-list"><li><a class="pagenav" title="Trước" href="/tin"><span
            class="icon-previous"></span></a></li><li><a class="pagenav" href="/tin">1</a></li>
            <li class="active"><a>2</a></li><li class="disabled"><a><span
            class="icon-next"></span></a></li></ul></div>""",
            url=f"{SITE}/tin?start=5",
        ),
        source("joomla"),
    )
    assert len(listing.entries) == 1
    assert listing.next_url is None


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ('<meta name="generator" content="Joomla! 1.5 - Open Source Content Management">', ""),
        ('<script class="joomla-script-options new">{}</script>', ""),
        ('<script src="/media/jui/js/jquery.min.js"></script>', ""),
        ("", '<img src="/components/com_k2/images/a.png">'),
    ],
)
def test_joomla_is_recognised_with_or_without_its_generator(head: str, body: str) -> None:
    family, evidence = recognise(page(body, head=head))
    assert (family.name, len(evidence) > 0) == ("joomla", True)


def test_k2_is_recognised_by_its_header() -> None:
    made = Page(url=f"{SITE}/", body=b"", headers={"X-Content-Powered-By": "K2 v2.8.0"})
    assert recognise(made)[0].name == "joomla"


def test_link_to_a_page_of_another_joomla_proves_nothing() -> None:
    link = '<a href="http://xa.example.vn/index.php?option=com_content&amp;view=article&amp;id=1">'
    assert recognise(page(link))[0].name == "generic"


def test_author_of_k2_is_read_beside_the_text_as_well() -> None:
    got = article(
        '<div class="itemView"><span class="itemDateCreated">Thứ sáu, 20 Tháng 11 2026 09:15</span>'
        '<h2 class="itemTitle">Giao ban báo chí</h2>'
        '<span class="itemAuthor">Viết bởi <a>Minh Đức</a></span>'
        '<div class="itemBody"><div class="itemFullText"><p>Sở giao ban.</p></div></div></div>',
        family="joomla",
        url=f"{SITE}/tin/item/12-giao-ban",
    )
    assert got.byline == "Minh Đức"
