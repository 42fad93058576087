"""The pages of the WordPress demo portal, in the shape of a classic theme of 6.1."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from html import escape

from crawler.demo.markup import cut, paragraph, table, write_body
from crawler.demo.piece import Photo, Piece, Table, slug
from crawler.demo.portal import Portal, Request

PER_PAGE = 10
_EXCERPT = 180


def home(portal: Portal, request: Request) -> str:
    """Show the newest articles."""
    main = "\n".join(_entry(portal, request, piece) for piece in request.pieces[:PER_PAGE])
    return _frame(portal, request, title=portal.name, head="", main=main)


def missing(portal: Portal, request: Request) -> str:
    """Say that there is no such page."""
    main = (
        '<section class="error-404 not-found"><h1 class="page-title">Không tìm thấy trang</h1>'
        "</section>"
    )
    return _frame(portal, request, title="Không tìm thấy trang", head="", main=main)


def listing(
    portal: Portal, request: Request, *, category: str, pieces: Sequence[Piece], page: int
) -> str:
    """Show one page of a list."""
    name = portal.sections[category]
    end = page * PER_PAGE
    entries = "\n".join(_entry(portal, request, piece) for piece in pieces[end - PER_PAGE : end])
    pager = _pager(f"{request.base}/chuyen-muc/{category}/", page, -(-len(pieces) // PER_PAGE))
    main = (
        f'<header class="page-header"><h1 class="page-title">Chuyên mục: <span>{name}</span></h1>'
        f"</header>\n{entries}\n{pager}"
    )
    return _frame(portal, request, title=name, head="", main=main)


def article(portal: Portal, request: Request, piece: Piece) -> str:
    """Show one article."""
    title = escape(piece.spelt(piece.title), quote=False)
    main = "\n".join(
        (
            f'<article id="post-{piece.number}" class="post-{piece.number} post type-post'
            f' status-publish format-standard hentry category-{piece.category}">',
            f'<header class="entry-header"><h1 class="entry-title">{title}</h1>',
            f'<div class="entry-meta">{_posted_on(portal, request, piece)}{_byline(request, piece)}'
            "</div></header>",
            _thumbnail(portal, request, piece),
            '<div class="entry-content">',
            _lead(piece),
            write_body(
                piece,
                picture=lambda photo: _picture(portal, request, piece, photo),
                table=_table,
            ),
            _file_blocks(portal, request, piece),
            _share_box(request, portal.path_of(piece)),
            "</div>",
            '<footer class="entry-footer"><span class="cat-links">Đăng trong'
            f' <a href="{request.base}/chuyen-muc/{piece.category}/" rel="category tag">'
            f"{portal.sections[piece.category]}</a></span></footer>",
            "</article>",
            _neighbours(portal, request, piece),
        )
    )
    address = f"{request.base}{portal.path_of(piece)}"
    head = (
        f'<link rel="canonical" href="{address}" />\n'
        f'<meta property="og:title" content="{escape(piece.title)}" />\n'
        '<meta property="article:published_time"'
        f' content="{piece.published.isoformat()}" />\n'
        f'<link rel="shortlink" href="{request.base}/?p={piece.number}" />\n'
    )
    return _frame(portal, request, title=piece.title, head=head, main=main)


def _frame(portal: Portal, request: Request, *, title: str, head: str, main: str) -> str:
    base = request.base
    menu = "\n".join(
        f'<li class="menu-item"><a href="{base}/chuyen-muc/{category}/">{name}</a></li>'
        for category, name in portal.sections.items()
    )
    recent = "\n".join(
        f'<li><a href="{base}{portal.path_of(piece)}">{escape(piece.title, quote=False)}</a></li>'
        for piece in request.pieces[:5]
    )
    return f"""<!doctype html>
<html lang="vi">
<head>
<meta charset="UTF-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<title>{escape(title, quote=False)} &#8211; {portal.name}</title>
<meta name="generator" content="WordPress 6.1.1" />
<link rel="https://api.w.org/" href="{base}/wp-json/" />
<link rel="stylesheet" href="{base}/wp-content/themes/cong-mau/style.css" media="all" />
{head}</head>
<body class="wp-embed-responsive">
<div id="page" class="site">
<header id="masthead" class="site-header"><p class="site-title"><a href="{base}/" rel="home">
{portal.name}</a></p>
<nav class="main-navigation"><ul id="primary-menu" class="menu">
{menu}
</ul></nav></header>
<div id="content" class="site-content"><div id="primary" class="content-area">
<main id="main" class="site-main">
{main}
</main></div></div>
<aside class="widget-area"><section class="widget widget_recent_entries">
<h2 class="widget-title">Bài viết mới</h2><ul>
{recent}
</ul></section>
<section class="widget widget_meta"><ul><li><a href="{base}/wp-admin/">Đăng nhập</a></li></ul>
</section></aside>
<footer id="colophon" class="site-footer"><div class="site-info">{portal.name}. Tên người, thôn xóm
và số liệu trên cổng này đều do tưởng tượng.</div></footer>
</div>
</body>
</html>
"""


def _entry(portal: Portal, request: Request, piece: Piece) -> str:
    address = f"{request.base}{portal.path_of(piece)}"
    title = escape(piece.spelt(piece.title), quote=False)
    picture = ""
    if piece.picture:
        source = f"{request.base}{portal.photo_path(piece, piece.picture)}"
        picture = (
            f'<a class="post-thumbnail" href="{address}" aria-hidden="true" tabindex="-1">'
            f'<img width="480" height="300" src="{source}" class="wp-post-image" alt="" /></a>\n'
        )
    excerpt = escape(cut(piece.spelt(piece.lead), _EXCERPT), quote=False)
    return f"""<article id="post-{piece.number}" class="post-{piece.number} post type-post hentry">
{picture}<header class="entry-header"><h2 class="entry-title"><a href="{address}" rel="bookmark">\
{title}</a></h2>
<div class="entry-meta">{_posted_on(portal, request, piece)}</div></header>
<div class="entry-summary"><p>{excerpt}</p></div>
</article>"""


def _posted_on(portal: Portal, request: Request, piece: Piece) -> str:
    changed = piece.published + timedelta(days=1 if piece.edited else 0, minutes=piece.number % 45)
    return (
        '<span class="posted-on"><span class="screen-reader-text">Đăng ngày</span>'
        f' <a href="{request.base}{portal.path_of(piece)}" rel="bookmark">'
        f'<time class="entry-date published" datetime="{piece.published.isoformat()}">'
        f"{piece.published:%d/%m/%Y}</time>"
        f'<time class="updated" datetime="{changed.isoformat()}">{changed:%d/%m/%Y}</time>'
        "</a></span>"
    )


def _byline(request: Request, piece: Piece) -> str:
    if piece.byline is None:
        return ""
    return (
        ' <span class="byline">bởi <span class="author vcard"><a class="url fn n" rel="author"'
        f' href="{request.base}/tac-gia/{slug(piece.byline)}/">{escape(piece.byline)}</a>'
        "</span></span>"
    )


def _thumbnail(portal: Portal, request: Request, piece: Piece) -> str:
    if piece.picture is None:
        return ""
    caption = escape(piece.picture.caption, quote=False)
    return (
        '<figure class="post-thumbnail"><img width="480" height="300"'
        f' src="{request.base}{portal.photo_path(piece, piece.picture)}" class="wp-post-image"'
        f' alt="" /><figcaption class="wp-caption-text">{caption}</figcaption></figure>'
    )


def _lead(piece: Piece) -> str:
    """Write the lead as what it is here, the first paragraph."""
    return paragraph(piece.spelt(piece.lead), piece.style) if piece.lead else ""


def _picture(portal: Portal, request: Request, piece: Piece, photo: Photo) -> str:
    """Write a picture as the block editor does, or as the classic one did."""
    source = f"{request.base}{portal.photo_path(piece, photo)}"
    caption = escape(photo.caption, quote=False)
    if piece.number % 2:
        return (
            f'<figure class="wp-block-image size-large"><img src="{source}" alt="" />'
            f'<figcaption class="wp-element-caption">{caption}</figcaption></figure>'
        )
    return (
        f'<div id="attachment_{piece.number}" style="width: 490px" class="wp-caption aligncenter">'
        f'<a href="{source}"><img class="size-full" src="{source}" alt="" width="480" /></a>'
        f'<p class="wp-caption-text">{caption}</p></div>'
    )


def _table(block: Table) -> str:
    return f'<figure class="wp-block-table">{table(block)}</figure>'


def _file_blocks(portal: Portal, request: Request, piece: Piece) -> str:
    blocks = []
    for index, file in enumerate(piece.attached):
        address = f"{request.base}{portal.attached_path(piece, index)}"
        blocks.append(
            f'<div class="wp-block-file"><a href="{address}">{escape(file.title)}</a>'
            f'<a href="{address}" class="wp-block-file__button" download>Tải xuống</a></div>'
        )
    return "\n".join(blocks)


def _share_box(request: Request, path: str) -> str:
    return (
        '<div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">Chia sẻ:</h3>'
        f'<ul><li><a href="{request.base}{path}?share=facebook" rel="nofollow">Facebook</a></li>'
        f'<li><a href="{request.base}{path}?share=zalo" rel="nofollow">Zalo</a></li></ul></div>'
    )


def _neighbours(portal: Portal, request: Request, piece: Piece) -> str:
    place = request.pieces.index(piece)
    older = request.pieces[place + 1 : place + 2]
    newer = request.pieces[max(0, place - 1) : place]
    links = "\n".join(
        f'<div class="nav-{words}">'
        f'<a href="{request.base}{portal.path_of(other)}" rel="{relation}">'
        f"{escape(other.title, quote=False)}</a></div>"
        for words, relation, others in (("previous", "prev", older), ("next", "next", newer))
        for other in others
    )
    return (
        '<nav class="navigation post-navigation" aria-label="Bài viết"><div class="nav-links">'
        f"{links}</div></nav>"
    )


def _pager(start: str, page: int, last: int) -> str:
    if last < 2:
        return ""

    def address(number: int) -> str:
        return start if number == 1 else f"{start}page/{number}/"

    links = [
        f'<span aria-current="page" class="page-numbers current">{number}</span>'
        if number == page
        else f'<a class="page-numbers" href="{address(number)}">{number}</a>'
        for number in range(1, last + 1)
    ]
    if page > 1:
        links.insert(0, f'<a class="prev page-numbers" href="{address(page - 1)}">Mới hơn</a>')
    if page < last:
        links.append(f'<a class="next page-numbers" href="{address(page + 1)}">Cũ hơn</a>')
    return (
        '<nav class="navigation pagination" aria-label="Bài viết"><div class="nav-links">'
        + "\n".join(links)
        + "</div></nav>"
    )
