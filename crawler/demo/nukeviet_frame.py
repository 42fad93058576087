"""What stands around every page of the NukeViet demo portal: head, menu, side blocks, foot."""

from __future__ import annotations

from html import escape

from crawler.demo.markup import weekday
from crawler.demo.portal import Portal, Request

Trail = tuple[tuple[str, str], ...]
"""Address and name of each step."""


def frame(
    portal: Portal, request: Request, *, title: str, head: str, main: str, trail: Trail = ()
) -> str:
    """Put what all pages share around `main`; `trail` leads to the page from the start."""
    menu = "\n".join(
        f'<li><a title="{name}" href="/vi/news/{category}/">{name}</a></li>'
        for category, name in portal.sections.items()
    )
    return f"""<!DOCTYPE html>
<html lang="vi" xmlns="http://www.w3.org/1999/xhtml">
<head>
<title>{escape(title)}</title>
<meta name="description" content="{escape(title)} - {portal.name}">
<meta name="author" content="{portal.name}">
<meta name="generator" content="NukeViet v4.5">
<meta http-equiv="Content-Type" content="text/html; charset=utf-8">
{head}</head>
<body>
<div class="section-header-bar"><span class="current-time">{weekday(request.now)},
 {request.now:%d/%m/%Y}</span> <a href="/admin/">Quản trị</a></div>
<header><div class="logo"><a href="/vi/"><span class="site_name">{portal.name}</span></a></div>
</header>
<nav class="navbar"><ul class="nav navbar-nav"><li><a href="/vi/">Trang nhất</a></li>
<li><a href="/vi/news/">Tin tức</a></li>
{menu}
</ul></nav>
{_breadcrumbs(trail)}
<div class="row"><div class="col-sm-16 col-md-18">
{main}
</div>
<div class="col-sm-8 col-md-6">
{_side_block(portal, request)}
<div class="panel panel-primary"><div class="panel-heading">Thống kê truy cập</div>
<div class="panel-body">Đang truy cập 3<br>Hôm nay 214<br>Tổng lượt truy cập 98.112</div></div>
</div></div>
<footer><p>&copy; {portal.name}. Mọi tên người, tên bản và số liệu trên cổng này đều là hư cấu.</p>
</footer>
</body>
</html>
"""


def _side_block(portal: Portal, request: Request) -> str:
    """Repeat links of the newest articles in another shape, as side blocks do."""
    items = "\n".join(
        f'<li class="clearfix"><a class="show" href="{portal.path_of(piece)}"'
        f' title="{escape(piece.title)}">{escape(piece.title)}</a></li>'
        for piece in request.pieces[:4]
    )
    return (
        '<div class="panel panel-primary"><div class="panel-heading">Tin mới</div>'
        f'<div class="panel-body"><ul class="block_groups list-none">\n{items}\n</ul></div></div>'
    )


def _breadcrumbs(trail: Trail) -> str:
    """Write the trail twice, as the theme does: hidden for machines, empty for a script to fill."""
    steps = "".join(
        '<li itemprop="itemListElement" itemscope itemtype="https://schema.org/ListItem">'
        f'<a href="{path}" itemprop="item" title="{name}"><span itemprop="name">{name}</span></a>'
        f'<i class="hidden hide d-none" itemprop="position" content="{place}"></i></li>'
        for place, (path, name) in enumerate((("/vi/", "Trang nhất"), *trail), start=1)
    )
    return (
        '<div class="breadcrumbs-wrap"><ul class="subs-breadcrumbs"></ul>'
        '<ul class="temp-breadcrumbs breadcrumbs hidden" itemscope'
        f' itemtype="https://schema.org/BreadcrumbList">{steps}</ul></div>'
    )
