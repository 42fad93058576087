"""The pages of the old ASP.NET demo portal: layout tables, hardly a class, a few long ids."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from html import escape

from crawler.demo.markup import cut, table, weekday, write_body
from crawler.demo.piece import Photo, Piece
from crawler.demo.portal import Portal, Request

PER_PAGE = 10
OTHERS = 5
_HOLDER = "ctl00_cphNoiDung"
_LAYOUT = 'border="0" cellpadding="0" cellspacing="0" width="100%"'
_STYLE = "\n".join(
    f".ms-o{number} {{ font-family: Arial; font-size: {8 + number % 9}pt; color: #0{number:05d} }}"
    for number in range(24)
)
"""Long enough to push the declaration of the charset behind the first kilobyte."""


def home(portal: Portal, request: Request) -> str:
    """Show the newest of each category."""
    boxes = "\n".join(
        f'<tr><td bgcolor="#d6e3f3"><b><a href="/TinTuc/DanhSach.aspx?cat={number}">{name}</a></b>'
        "</td></tr>\n<tr><td>"
        + _links(portal, [p for p in request.pieces if p.category == category][:OTHERS])
        + "</td></tr>"
        for number, (category, name) in enumerate(portal.sections.items(), start=1)
    )
    return _frame(portal, request, title=portal.name, main=f"<table {_LAYOUT}>{boxes}</table>")


def missing(portal: Portal, request: Request) -> str:
    """Say that there is no such page."""
    main = "<font color=red>Trang bạn tìm không có hoặc đã được gỡ bỏ.</font>"
    return _frame(portal, request, title="Thông báo", main=main)


def listing(
    portal: Portal,
    request: Request,
    *,
    title: str,
    number: int,
    pieces: Sequence[Piece],
    page: int,
) -> str:
    """Show one page of a list."""
    end = page * PER_PAGE
    rows = "\n".join(
        f"<tr><td>{_entry(portal, piece, index)}</td></tr>"
        for index, piece in enumerate(pieces[end - PER_PAGE : end])
    )
    pager = _pager(number, page, -(-len(pieces) // PER_PAGE))
    main = (
        f"<table {_LAYOUT}>"
        f'<tr><td><span id="{_HOLDER}_lblChuyenMuc"><b>{title}</b></span></td></tr>\n'
        f'<tr><td><table id="{_HOLDER}_dlDanhSach" {_LAYOUT}>\n'
        f"{rows or '<tr><td>Chưa có tin.</td></tr>'}\n</table></td></tr>\n"
        f'<tr><td align="right">{pager}</td></tr></table>'
    )
    return _frame(portal, request, title=title, main=main)


def article(portal: Portal, request: Request, piece: Piece) -> str:
    """Show one article, its date only where the portal has the time."""
    title = escape(piece.spelt(piece.title), quote=False)
    date = ""
    if piece.precision == "minute":
        date = (
            f'<span id="{_HOLDER}_lblNgayDang"><font color="gray" size="1">Cập nhật lúc'
            f" {piece.published:%H:%M} ngày {piece.published:%d/%m/%Y}</font></span>"
        )
    rows = (
        f'<span id="{_HOLDER}_lblChuyenMuc">{portal.sections[piece.category]}</span>',
        f'<span id="{_HOLDER}_lblTieuDe"><b><font size="4">{title}</font></b></span>',
        date,
        f'<div id="{_HOLDER}_pnlNoiDung">\n{_body(portal, piece)}\n</div>',
        _attachments(portal, piece),
        f"<b>Các tin đã đưa:</b>{_links(portal, _older(request, piece))}",
    )
    main = "\n".join(f"<tr><td>{row}</td></tr>" for row in rows if row)
    return _frame(portal, request, title=portal.name, main=f"<table {_LAYOUT}>{main}</table>")


def _frame(portal: Portal, request: Request, *, title: str, main: str) -> str:
    menu = "\n".join(
        f'<td align="center"><a href="/TinTuc/DanhSach.aspx?cat={number}">{name}</a></td>'
        for number, name in enumerate(portal.sections.values(), start=1)
    )
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" \
"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml">
<head><style type="text/css">
{_STYLE}
</style>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8" /><title>
{escape(title, quote=False)}
</title></head>
<body leftmargin="0" topmargin="0">
<form name="aspnetForm" method="post" action="{escape(request.path)}" id="aspnetForm">
<div><input type="hidden" name="__VIEWSTATE" id="__VIEWSTATE" value="{_view_state(main)}" /></div>
<table {_LAYOUT}>
<tr><td bgcolor="#003399"><font color="white" size="5">{portal.name}</font></td></tr>
<tr><td align="right"><span id="ctl00_lblHomNay">{_today(request.now)}</span></td></tr>
<tr><td><table {_LAYOUT}><tr><td align="center"><a href="/Default.aspx">Trang chủ</a></td>
{menu}
</tr></table></td></tr>
<tr><td><table {_LAYOUT}><tr>
<td width="180" valign="top"><table {_LAYOUT}>
<tr><td bgcolor="#d6e3f3"><b>Tin nổi bật</b></td></tr>
<tr><td>{_links(portal, request.pieces[2:5], dated=False)}</td></tr>
<tr><td><a href="/QuanTri/DangNhap.aspx">Quản trị</a></td></tr>
<tr><td>Lượt truy cập: 1.204.377<br />Đang online: 8</td></tr>
</table></td>
<td valign="top">
{main}
</td></tr></table></td></tr>
<tr><td align="center"><font size="1">{portal.name}<br />
Nội dung trên cổng này là hư cấu, dùng để chạy thử.</font></td></tr>
</table>
</form>
</body>
</html>
"""


def _today(now: datetime) -> str:
    """Shape: `Hôm nay, thứ Ba, ngày 24/11/2026`."""
    first, last = weekday(now).split()
    day = f"{first.lower()} {last.capitalize()}" if first == "Thứ" else "Chủ nhật"
    return f"Hôm nay, {day}, ngày {now:%d/%m/%Y}"


def _view_state(page: str) -> str:
    """Make a hidden field that is long and differs from page to page, as Web Forms' does."""
    seed = sha256(page.encode()).digest()
    state = b"".join(sha256(seed + bytes([n])).digest() for n in range(12))
    return base64.b64encode(state).decode()


def _entry(portal: Portal, piece: Piece, index: int) -> str:
    item = f"{_HOLDER}_dlDanhSach_ctl{index:02d}"
    picture = ""
    if piece.picture:
        picture = (
            f'<td width="130" valign="top"><a href="ChiTiet.aspx?id={piece.number}"><img border="0"'
            f' src="{portal.photo_path(piece, piece.picture)}" width="120" /></a></td>'
        )
    lead = escape(cut(piece.spelt(piece.lead), 200), quote=False)
    return (
        f'<table id="{item}_tblTin" {_LAYOUT}><tr>{picture}<td valign="top">'
        f'<a id="{item}_lnkTieuDe" href="ChiTiet.aspx?id={piece.number}"><b>'
        f"{escape(piece.spelt(piece.title), quote=False)}</b></a>"
        f' <span id="{item}_lblNgay"><font color="gray">({piece.published:%d/%m/%Y})</font></span>'
        f'<br /><span id="{item}_lblTomTat">{lead}</span></td></tr></table>'
    )


def _pager(number: int, page: int, last: int) -> str:
    links = []
    for other in range(1, last + 1):
        address = f"DanhSach.aspx?cat={number}&amp;page={other}"
        links.append(f"<b>{other}</b>" if other == page else f'<a href="{address}">{other}</a>')
    if page < last:
        address = f"DanhSach.aspx?cat={number}&amp;page={page + 1}"
        links.append(f'<a id="{_HOLDER}_lnkTrangSau" href="{address}">Trang sau</a>')
    return "&nbsp;".join(links) if last > 1 else ""


def _body(portal: Portal, piece: Piece) -> str:
    """Write the lead in bold, the lead once more, the body, who signs it, and the rating's line."""
    lead = escape(piece.spelt(piece.lead), quote=False)
    leads = f'<p align="justify"><b>{lead}</b></p>\n<p align="justify">{lead}</p>\n' if lead else ""
    picture = _picture(portal, piece, piece.picture) if piece.picture else ""
    text = write_body(piece, picture=lambda photo: _picture(portal, piece, photo), table=table)
    signs = "\n".join(
        f'<p align="right"><b>{escape(sign, quote=False)}</b></p>'
        for sign in (piece.byline, piece.organisation)
        if sign
    )
    return f"{leads}{picture}\n{text}\n{signs}\n<p>ĐÁNH GIÁ BÀI VIẾT( 0)</p>"


def _picture(portal: Portal, piece: Piece, photo: Photo) -> str:
    return (
        '<table border="0" align="center" width="490"><tr><td align="center"><img border="0"'
        f' src="{portal.photo_path(piece, photo)}" width="480" /></td></tr>\n'
        f'<tr><td align="center"><i>{escape(photo.caption, quote=False)}</i></td></tr></table>'
    )


def _attachments(portal: Portal, piece: Piece) -> str:
    links = "<br />\n".join(
        f'<a href="{portal.attached_path(piece, index)}">{escape(file.title, quote=False)}</a>'
        for index, file in enumerate(piece.attached)
    )
    if not links:
        return ""
    return f'<div id="{_HOLDER}_pnlTapTin"><i>Tập tin đính kèm:</i><br />\n{links}</div>'


def _older(request: Request, piece: Piece) -> list[Piece]:
    kin = [other for other in request.pieces if other.category == piece.category]
    place = kin.index(piece)
    return kin[place + 1 : place + 1 + OTHERS]


def _links(portal: Portal, pieces: Sequence[Piece], *, dated: bool = True) -> str:
    items = "\n".join(
        f'<tr><td>- <a href="{portal.path_of(piece)}">{escape(piece.title, quote=False)}</a>'
        f"{f' ({piece.published:%d/%m/%Y})' if dated else ''}</td></tr>"
        for piece in pieces
    )
    return f"<table {_LAYOUT}>{items}</table>"
