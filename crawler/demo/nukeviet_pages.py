"""The pages of the NukeViet demo portal, in the shape of theme `default` of 4.5."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from html import escape

from crawler.demo.markup import table, weekday, write_body
from crawler.demo.nukeviet_frame import frame
from crawler.demo.piece import Photo, Piece
from crawler.demo.portal import Portal, Request

MODULE = "/vi/news/"
PER_PAGE = 20
RELATED = 5
_ACCOUNT = "quantri"


def home(portal: Portal, request: Request) -> str:
    """Show the newest of each category."""
    boxes = "\n".join(
        f'<div class="news-catbox-single"><h2><a href="/vi/news/{category}/">{name}</a></h2>\n'
        + _related(
            portal, [piece for piece in request.pieces if piece.category == category][:RELATED]
        )
        + "</div>"
        for category, name in portal.sections.items()
    )
    return frame(portal, request, title=portal.name, head="", main=boxes)


def missing(portal: Portal, request: Request) -> str:
    """Say that there is no such page."""
    main = '<div class="nv-infodie text-center"><h2>Error 404: Not Found</h2></div>'
    return frame(portal, request, title="Thông báo lỗi", head="", main=main)


def listing(
    portal: Portal,
    request: Request,
    *,
    title: str,
    start: str,
    pieces: Sequence[Piece],
    page: int,
    last: int,
) -> str:
    """Show one page of a list, with the next older titles under it."""
    end = page * PER_PAGE
    shown, older = pieces[end - PER_PAGE : end], pieces[end : end + RELATED]
    entries = "\n".join(
        _entry(portal, piece, featured=page == 1 and index == 0)
        for index, piece in enumerate(shown)
    )
    others = f"<h4>Các tin khác</h4>\n{_related(portal, older)}" if older else ""
    main = (
        f'<div class="news_column">\n{entries}\n</div>\n'
        f'<div class="related-news">{others}</div>\n{_pager(title, start, page, last)}'
    )
    suffix = f" - Trang {page}" if page > 1 else ""
    trail = ((MODULE, "Tin tức"), (start, title)) if start != MODULE else ((MODULE, title),)
    return frame(portal, request, title=title + suffix, head="", main=main, trail=trail)


def article(portal: Portal, request: Request, piece: Piece) -> str:
    """Show one article."""
    title = escape(piece.spelt(piece.title))
    main = "\n".join(
        (
            '<div class="news_column panel panel-default" itemtype="http://schema.org/NewsArticle"'
            ' itemscope><div class="panel-body">',
            f'<h1 class="title margin-bottom-lg" itemprop="headline">{title}</h1>',
            _microdata(piece),
            '<div class="row margin-bottom-lg"><div class="col-md-12"><span class="h5">'
            f"{weekday(piece.published)} - {piece.published:%d/%m/%Y %H:%M}</span></div>"
            '<div class="col-md-12"><ul class="list-inline text-right">'
            '<li><a class="dimgray" title="In ra" href="#"><em class="fa fa-print"></em></a></li>'
            "</ul></div></div>",
            '<div class="clearfix">',
            _lead_picture(portal, piece),
            f'<div class="hometext m-bottom" itemprop="description">'
            f"{escape(piece.spelt(piece.lead))}</div>",
            "</div>",
            '<div id="news-bodyhtml" class="bodytext margin-bottom-lg">',
            write_body(piece, picture=lambda photo: _picture(portal, piece, photo), table=table)
            or "<p>&nbsp;</p>",
            "</div>",
            _attachments(portal, piece),
            _signs(piece),
            "</div></div>",
            _tags(portal, piece),
            _rating(piece),
            _others(portal, request, piece),
        )
    )
    head = (
        '<meta property="og:type" content="article">\n'
        f'<meta property="og:title" content="{title}">\n'
        '<meta property="article:published_time"'
        f' content="{piece.published:%Y-%m-%d+07%H:%M:%S}">\n'
        f'<link rel="canonical" href="{request.base}{portal.path_of(piece)}">\n'
    )
    rubric = (f"{MODULE}{piece.category}/", portal.sections[piece.category])
    trail = ((MODULE, "Tin tức"), rubric)
    return frame(portal, request, title=piece.title, head=head, main=main, trail=trail)


def _entry(portal: Portal, piece: Piece, *, featured: bool) -> str:
    path, title = portal.path_of(piece), escape(piece.spelt(piece.title))
    level = "h2" if featured else "h3"
    picture = ""
    if piece.photos:
        source = portal.photo_path(piece, piece.photos[0]).replace("/uploads/", "/assets/", 1)
        picture = (
            f'<a href="{path}" title="{title}"><img alt="{title}" src="{source}" width="120"'
            ' class="img-thumbnail pull-left imghome" /></a>\n'
        )
    return f"""<div class="panel panel-default">
<div class="panel-body{" featured" if featured else ""}">
{picture}<{level}><a href="{path}" title="{title}">{title}</a></{level}>
<div class="text-muted"><ul class="list-unstyled list-inline">
<li><em class="fa fa-clock-o">&nbsp;</em> {piece.published:%d/%m/%Y %H:%M:%S}</li>
<li><em class="fa fa-eye">&nbsp;</em> Đã xem: {piece.number % 311}</li>
<li><em class="fa fa-comment-o">&nbsp;</em> Phản hồi: 0</li>
</ul></div>
{escape(piece.spelt(piece.lead))}
</div></div>"""


def _pager(title: str, start: str, page: int, last: int) -> str:
    if last < 2:
        return ""

    def link(number: int, words: str) -> str:
        if not 1 <= number <= last:
            return f'<li class="disabled"><a href="javascript:void(0)">{words}</a></li>'
        if number == page:
            return f'<li class="active"><a href="javascript:void(0)">{words}</a></li>'
        path = start if number == 1 else f"{start}page-{number}/"
        relation = "next" if number > page else "prev"
        hint = f"{title} - Trang {number}" if number > 1 else title
        return f'<li><a rel="{relation}" title="{hint}" href="{path}">{words}</a></li>'

    links = "".join(link(number, str(number)) for number in range(1, last + 1))
    return (
        '<div class="text-center"><ul class="pagination">'
        f"{link(page - 1, '&laquo;')}{links}{link(page + 1, '&raquo;')}</ul></div>"
    )


def _related(portal: Portal, pieces: Sequence[Piece]) -> str:
    items = "\n".join(
        f'<li><em class="fa fa-angle-right">&nbsp;</em><a href="{portal.path_of(piece)}"'
        f' title="{escape(piece.title)}">{escape(piece.title)}</a>'
        f" <em>({piece.published:%d/%m/%Y})</em></li>"
        for piece in pieces
    )
    return f'<ul class="related list-inline">\n{items}\n</ul>\n'


def _microdata(piece: Piece) -> str:
    """Give the hidden values: the account as author, the last edit as the date of publication."""
    saved = piece.published + timedelta(days=1 if piece.edited else 0, minutes=piece.number % 90)
    return (
        '<div class="hidden hide d-none" itemprop="author" itemtype="http://schema.org/Person"'
        f' itemscope><span itemprop="name">{_ACCOUNT}</span></div>\n'
        f'<span class="hidden hide d-none" itemprop="datePublished">{saved.isoformat()}</span>\n'
        f'<span class="hidden hide d-none" itemprop="dateModified">{saved.isoformat()}</span>'
    )


def _lead_picture(portal: Portal, piece: Piece) -> str:
    if piece.picture is None:
        return ""
    caption = escape(piece.picture.caption)
    return (
        f'<figure class="article center"><img alt="{caption}"'
        f' src="{portal.photo_path(piece, piece.picture)}" width="480" class="img-thumbnail" />'
        f"<figcaption>{caption}</figcaption></figure>"
    )


def _picture(portal: Portal, piece: Piece, photo: Photo) -> str:
    """Write a picture as the editor of the day did: as a figure, or centred with an `em` below."""
    source, caption = portal.photo_path(piece, photo), escape(photo.caption)
    if piece.number % 2:
        return (
            f'<figure class="image" style="display:inline-block"><img alt="" src="{source}"'
            f' width="480" /><figcaption>{caption}</figcaption></figure>'
        )
    return (
        f'<div style="text-align:center"><img alt="" src="{source}" style="width: 480px;" />'
        f"<br  />\n<em>{caption}</em></div>"
    )


def _attachments(portal: Portal, piece: Piece) -> str:
    items = "\n".join(
        f'<div class="list-group-item"><a href="{escape(portal.attached_path(piece, index))}"'
        f' title="Tập tin {index + 1} {escape(file.title)}" download>Tập tin {index + 1}:'
        f" <strong>{escape(file.title)}</strong></a></div>"
        for index, file in enumerate(piece.attached)
    )
    if not items:
        return ""
    return (
        '<h3 class="newh3"><em class="fa fa-download">&nbsp;</em>Tập tin đính kèm</h3>\n'
        f'<div class="list-group news-download-file">\n{items}\n</div>'
    )


def _signs(piece: Piece) -> str:
    lines = (("Tác giả:", piece.byline), ("Nguồn tin:", piece.source_credit))
    return (
        '<div class="margin-bottom-lg">'
        + "\n".join(
            f'<p class="h5 text-right"><strong>{words} </strong>{escape(name)}</p>'
            for words, name in lines
            if name
        )
        + "</div>"
    )


def _tags(portal: Portal, piece: Piece) -> str:
    tag = portal.sections[piece.category].lower()
    return (
        '<div class="news_column panel panel-default"><div class="panel-body"><div class="h5">'
        '<em class="fa fa-tags">&nbsp;</em><strong>Tags: </strong>'
        f'<a title="{tag}" href="/vi/news/tag/{tag}"><em>{tag}</em></a></div></div></div>'
    )


def _rating(piece: Piece) -> str:
    return (
        '<div class="news_column panel panel-default"><div class="panel-body">'
        '<form id="form3B" action=""><div class="h5 clearfix"><p id="stringrating">'
        f"Tổng số điểm của bài viết là: {piece.number % 5} trong 1 đánh giá</p>"
        '<span itemprop="ratingValue" class="hidden hide d-none">5</span>'
        "<span>Click để đánh giá bài viết</span></div></form></div></div>"
    )


def _others(portal: Portal, request: Request, piece: Piece) -> str:
    kin = [other for other in request.pieces if other.category == piece.category]
    place = kin.index(piece)
    newer, older = kin[max(0, place - RELATED) : place], kin[place + 1 : place + 1 + RELATED]
    return (
        '<div class="news_column panel panel-default"><div class="panel-body other-news">'
        f'<p class="h3"><strong>Những tin mới hơn</strong></p>\n{_related(portal, newer)}'
        f'<p class="h3"><strong>Những tin cũ hơn</strong></p>\n{_related(portal, older)}'
        "</div></div>"
    )
