"""Three sites in shapes that the demo portals do not have, with the truth about their articles."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import parse_qsl

from store.model import VIETNAM
from store.text import words
from tests.crawler.sites import Answer, Route, Site

NEWEST = datetime(2026, 11, 20, 15, 40, tzinfo=VIETNAM)
PER_PAGE = 6

_TITLES = (
    "Tập huấn kỹ năng số cho tổ công nghệ cộng đồng xã Mường Lạn",
    "Khai trương trung tâm điều hành thông minh của thành phố",
    "Ra quân",
    "Đoàn kiểm tra làm việc với các doanh nghiệp viễn thông trên địa bàn",
    "Hội nghị sơ kết sáu tháng phong trào bình dân học vụ số",
    "Bưu điện tỉnh mở điểm giao dịch thứ một trăm hai mươi",
    "Xử lý ba trang mạng giả danh cơ quan nhà nước",
    "Sóng di động về với bản xa nhất của huyện biên giới",
    "Trao giải cuộc thi viết về người tốt việc tốt năm 2026",
    "Phát thanh thông minh thay loa dây ở mười lăm xã",
    "Diễn tập ứng phó sự cố an toàn thông tin quý bốn",
    "Đưa nông sản lên sàn: bài học từ hợp tác xã Tân Thành",
    "Lấy ý kiến doanh nghiệp về cột ăng ten dùng chung",
    "Gặp mặt các nhà báo nhân ngày hội đọc sách",
    "Bàn giao máy tính cho trường nội trú Nậm Pồ",
    "Chữ ký số cá nhân: cấp miễn phí đến hết năm",
)
_SENTENCES = (
    "Sáng nay, đại diện các phòng chuyên môn và hơn bảy mươi cán bộ xã có mặt từ rất sớm.",
    "Theo ban tổ chức, phần thực hành chiếm hai phần ba thời gian vì bà con cần làm được ngay.",
    "Ông Lò Văn Chính cho biết đường truyền đã ổn định trở lại sau đợt mưa lớn giữa tháng.",
    "Kinh phí lấy từ nguồn sự nghiệp và phần đóng góp của ba doanh nghiệp trên địa bàn.",
    "Các đại biểu đề nghị sớm có hướng dẫn thống nhất để các xã không phải làm hai lần sổ sách.",
    "Lãnh đạo Sở ghi nhận, giao bộ phận chuyên môn trả lời bằng văn bản trước ngày mùng năm.",
    "Kết quả sẽ được đăng tải công khai để người dân theo dõi và góp ý trong ba mươi ngày.",
)
_SLUG_OF = str.maketrans({",": "", ":": "", ".": ""})


@dataclass(frozen=True, slots=True)
class Truth:
    number: int
    rubric: str
    title: str
    published: datetime
    path: str

    @property
    def paragraphs(self) -> list[str]:
        start = self.number % len(_SENTENCES)
        pool = _SENTENCES[start:] + _SENTENCES[:start]
        return [" ".join(pool[:3]), " ".join(pool[3:5]), pool[5]]


@dataclass(frozen=True, slots=True)
class Simulation:
    name: str
    family: str
    department: str
    """The id that a survey should propose."""
    lists: tuple[str, ...]
    """Paths of the lists of news."""
    articles: tuple[Truth, ...]
    page: Callable[[Simulation, str, Mapping[str, str]], str | None]
    headers: Mapping[str, str]

    def site(self) -> Site:
        site = Site({})
        site.routes = _Routes(self)
        return site

    def answer(self, target: str) -> Answer:
        path, _, query = target.partition("?")
        body = self.page(self, path, dict(parse_qsl(query)))
        if body is None:
            return Answer("<html><title>404</title><body>Không tìm thấy trang</body></html>", 404)
        return Answer(body, headers=self.headers)

    def of(self, rubric: str) -> list[Truth]:
        return [truth for truth in self.articles if truth.rubric == rubric]


class _Routes(dict[str, Route]):
    def __init__(self, simulation: Simulation) -> None:
        super().__init__()
        self.simulation = simulation

    def get(self, path: str, default: object = None) -> Route:
        return self.simulation.answer


def _slug(title: str) -> str:
    return "-".join(words(title.translate(_SLUG_OF)))


def _truths(rubrics: tuple[str, ...], path: str) -> tuple[Truth, ...]:
    found = []
    for index in range(len(_TITLES)):
        rubric = rubrics[index % len(rubrics)]
        number = 1400 - 7 * index
        title = _TITLES[index]
        at = NEWEST - timedelta(days=3 * index, minutes=37 * index)
        place = path.format(rubric=rubric, number=number, slug=_slug(title))
        found.append(Truth(number, rubric, title, at, place))
    return tuple(found)


def _turned(truths: list[Truth], query: Mapping[str, str], key: str, by: int) -> tuple[int, int]:
    """Shape: the first of the page, and the number of pages."""
    told = query.get(key, "0" if by > 1 else "1")
    page = int(told) // by if by > 1 else int(told) - 1
    return page * PER_PAGE, -(-len(truths) // PER_PAGE)


# --- a Joomla 3 blog -------------------------------------------------------------------------

_J_MENU = (
    ("/", "Trang chủ"),
    ("/gioi-thieu", "Giới thiệu"),
    ("/tin-tuc-su-kien", "Tin tức - Sự kiện"),
    ("/cong-nghe-thong-tin", "Công nghệ thông tin"),
    ("/van-ban-phap-quy", "Văn bản pháp quy"),
    ("/thu-vien-anh", "Thư viện ảnh"),
    ("/lien-he", "Liên hệ"),
)
_J_MONTHS = "Tháng {0.month:02d}"


def _joomla(sim: Simulation, path: str, query: Mapping[str, str]) -> str | None:
    if path == "/":
        main = "<h2>Tin nổi bật</h2>" + "".join(
            f'<div class="newsflash"><h4 class="newsflash-title"><a href="{t.path}">{t.title}</a>'
            f"</h4><p>{t.paragraphs[0]}</p></div>"
            for t in sim.articles[:4]
        )
        return _joomla_frame(sim, "Sở Thông tin và Truyền thông tỉnh Sơn La", main, path)
    for rubric, name in (
        ("tin-tuc-su-kien", "Tin tức - Sự kiện"),
        ("cong-nghe-thong-tin", "Công nghệ thông tin"),
    ):
        if path == f"/{rubric}":
            return _joomla_blog(sim, rubric, name, query)
    for truth in sim.articles:
        if truth.path == path:
            return _joomla_article(sim, truth)
    if path == "/van-ban-phap-quy":
        rows = "".join(
            f'<tr><td class="list-title"><a href="/van-ban-phap-quy/{900 + n}-quyet-dinh-so-{n}-qd-'
            f'stttt">Quyết định số {n}/QĐ-STTTT về việc ban hành quy chế</a></td>'
            f'<td class="list-date">0{n}/10/2026</td></tr>'
            for n in range(1, 9)
        )
        table = f'<table class="category table"><tbody>{rows}</tbody></table>'
        return _joomla_frame(
            sim, "Văn bản pháp quy", f'<div class="category-list">{table}</div>', path
        )
    if path in {"/gioi-thieu", "/lien-he", "/thu-vien-anh"}:
        text = "<p>Sở là cơ quan chuyên môn thuộc Ủy ban nhân dân tỉnh.</p>" * 3
        return _joomla_frame(sim, "Giới thiệu", f'<div class="item-page">{text}</div>', path)
    return None


def _joomla_info(truth: Truth, label: str) -> str:
    at = truth.published
    return (
        '<dl class="article-info muted"><dt class="article-info-term">Chi tiết</dt>'
        '<dd class="createdby" itemprop="author">Viết bởi <span itemprop="name">Super User</span>'
        f'</dd><dd class="published"><span class="icon-calendar"></span>'
        f'<time datetime="{at.isoformat()}" itemprop="datePublished">{label} '
        f"{at.day:02d} {_J_MONTHS.format(at)} {at.year}</time></dd>"
        f'<dd class="hits">Lượt xem: {truth.number}</dd></dl>'
    )


def _joomla_blog(sim: Simulation, rubric: str, name: str, query: Mapping[str, str]) -> str:
    truths = sim.of(rubric)
    start, pages = _turned(truths, query, "start", PER_PAGE)
    items = "".join(
        f'<div class="items-row"><div class="span12"><div class="item column-1"'
        f' itemprop="blogPost" itemscope itemtype="https://schema.org/BlogPosting">'
        f'<div class="page-header"><h2 itemprop="name"><a href="{t.path}" itemprop="url">{t.title}'
        f"</a></h2></div>{_joomla_info(t, 'Được đăng:')}<p>{t.paragraphs[0]}</p>"
        f'<p class="readmore"><a class="btn" href="{t.path}">Đọc thêm...</a></p></div></div></div>'
        for t in truths[start : start + PER_PAGE]
    )
    pager = "".join(
        f'<li><a href="/{rubric}?start={n * PER_PAGE}" class="pagenav">{n + 1}</a></li>'
        if n * PER_PAGE != start
        else f'<li class="active"><a>{n + 1}</a></li>'
        for n in range(pages)
    )
    after = start + PER_PAGE
    more = (
        f'<li class="pagination-next"><a title="Tiếp theo" href="/{rubric}?start={after}"'
        ' class="pagenav">Tiếp theo</a></li>'
        if after < len(truths)
        else ""
    )
    main = (
        f'<div class="blog" itemscope itemtype="https://schema.org/Blog"><h2>{name}</h2>{items}'
        f'<div class="pagination"><p class="counter pull-right">Trang 1 / {pages}</p>'
        f"<ul>{pager}{more}</ul></div></div>"
    )
    feed = (
        f'<link href="/{rubric}?format=feed&amp;type=rss" rel="alternate"'
        ' type="application/rss+xml" title="RSS 2.0">'
    )
    return _joomla_frame(sim, name, main, f"/{rubric}", feed)


def _joomla_article(sim: Simulation, truth: Truth) -> str:
    text = "".join(f"<p>{line}</p>" for line in truth.paragraphs)
    main = (
        '<div class="item-page" itemscope itemtype="https://schema.org/Article">'
        f'<div class="page-header"><h2 itemprop="headline">{truth.title}</h2></div>'
        f"{_joomla_info(truth, 'Được đăng:')}"
        f'<div itemprop="articleBody">{text}</div>'
        '<ul class="pager pagenav"><li class="next"><a href="/" rel="next">Tiếp theo</a></li></ul>'
        "</div>"
    )
    return _joomla_frame(sim, truth.title, main, truth.path)


def _joomla_frame(sim: Simulation, title: str, main: str, path: str, head: str = "") -> str:
    menu = "".join(f'<li><a href="{url}">{name}</a></li>' for url, name in _J_MENU)
    popular = "".join(
        f'<li itemscope><a href="{t.path}" itemprop="url"><span itemprop="name">{t.title}</span>'
        "</a>"
        "</li>"
        for t in sim.articles[8:12]
    )
    return (
        '<!DOCTYPE html><html lang="vi-vn" dir="ltr"><head><meta charset="utf-8">'
        '<meta name="generator" content="Joomla! - Open Source Content Management">'
        f"<title>{title}</title>{head}"
        '<script src="/media/jui/js/jquery.min.js"></script></head><body class="site com_content">'
        '<header><a class="brand" href="/">SỞ THÔNG TIN VÀ TRUYỀN THÔNG TỈNH SƠN LA</a></header>'
        f'<ul class="nav menu nav-pills">{menu}</ul><main id="content">{main}</main>'
        f'<div id="aside"><h3>Xem nhiều</h3><ul class="mostread">{popular}</ul></div>'
        "<footer>© 2026 Sở Thông tin và Truyền thông tỉnh Sơn La. Thứ tư, 25/11/2026</footer>"
        "</body></html>"
    )


# --- a Liferay portal of departments ---------------------------------------------------------

_L_MENU = (
    ("/web/so-khcn/gioi-thieu", "Giới thiệu chung"),
    ("/web/so-khcn/tin-hoat-dong", "Tin hoạt động"),
    ("/web/so-khcn/nghien-cuu-ung-dung", "Nghiên cứu - Ứng dụng"),
    ("/web/so-khcn/van-ban", "Văn bản chỉ đạo điều hành"),
    ("/web/so-khcn/thu-tuc-hanh-chinh", "Thủ tục hành chính"),
    ("/web/so-khcn/hoi-dap", "Hỏi đáp"),
    ("/web/en/home", "English"),
)
_L_STATE = "p_p_id=101_INSTANCE_x7Qe&p_p_lifecycle=0&_101_INSTANCE_x7Qe_cur="


def _liferay(sim: Simulation, path: str, query: Mapping[str, str]) -> str | None:
    name = "Sở Khoa học và Công nghệ tỉnh Cà Mau"
    if path == "/":
        boxes = "".join(
            f'<div class="home-news"><a href="{t.path}?redirect=%2F">{t.title}</a></div>'
            for t in sim.articles[:5]
        )
        return _liferay_frame(sim, name, f'<section class="portlet">{boxes}</section>')
    for rubric, title in (
        ("tin-hoat-dong", "Tin hoạt động"),
        ("nghien-cuu-ung-dung", "Nghiên cứu - Ứng dụng"),
    ):
        if path == f"/web/so-khcn/{rubric}":
            return _liferay_list(sim, rubric, title, query)
    for truth in sim.articles:
        if path == truth.path:
            return _liferay_article(sim, truth)
    if path == "/web/so-khcn/van-ban":
        rows = "".join(
            f'<tr><td><a href="/web/so-khcn/van-ban/-/asset_publisher/v1/content/cong-van-so-{n}">'
            f"Công văn số {n}/SKHCN-VP về chế độ báo cáo</a></td><td>1{n}/11/2026</td></tr>"
            for n in range(1, 8)
        )
        return _liferay_frame(sim, "Văn bản", f"<table class='table-data'>{rows}</table>")
    if path.startswith("/web/"):
        return _liferay_frame(sim, "Giới thiệu", "<p>Trang đang được cập nhật nội dung.</p>")
    return None


def _liferay_list(sim: Simulation, rubric: str, title: str, query: Mapping[str, str]) -> str:
    truths = sim.of(rubric)
    start, pages = _turned(truths, query, "_101_INSTANCE_x7Qe_cur", 1)
    items = "".join(
        f'<div class="tin-item clearfix"><a class="tin-anh" href="{t.path}?inheritRedirect=false">'
        f'<img src="/documents/10180/{t.number}.jpg" alt=""></a>'
        f'<a class="tin-tieude" href="{t.path}?inheritRedirect=false">{t.title}</a>'
        f'<span class="tin-ngay">({t.published:%d/%m/%Y %H:%M})</span>'
        f'<div class="tin-trichdan">{t.paragraphs[0]}</div></div>'
        for t in truths[start : start + PER_PAGE]
    )
    base = f"/web/so-khcn/{rubric}?{_L_STATE}"
    number = start // PER_PAGE + 1
    pager = "".join(
        f'<li class="{"active" if n == number else ""}"><a href="{base}{n}">{n}</a></li>'
        for n in range(1, pages + 1)
    )
    main = (
        f'<section class="portlet portlet-asset-publisher"><h1 class="portlet-title">{title}</h1>'
        f'<div class="portlet-body">{items}<ul class="pagination">{pager}</ul></div></section>'
    )
    return _liferay_frame(sim, title, main)


def _liferay_article(sim: Simulation, truth: Truth) -> str:
    text = "".join(f'<p style="text-align:justify">{line}</p>' for line in truth.paragraphs)
    others = "".join(
        f'<li><a href="{t.path}">{t.title}</a> <span>({t.published:%d/%m/%Y})</span></li>'
        for t in sim.articles[-3:]
    )
    main = (
        '<div class="asset-full-content"><h3 class="asset-title">Chi tiết tin</h3>'
        f'<div class="tin-chitiet"><div class="tin-chitiet-tieude">{truth.title}</div>'
        '<div class="tin-chitiet-ngay">Ngày đăng: '
        f"{truth.published:%H:%M} {truth.published:%d/%m/%Y}"
        f'</div><div class="journal-content-article">{text}</div></div>'
        f'<div class="tin-khac"><h4>Tin khác</h4><ul>{others}</ul></div></div>'
    )
    return _liferay_frame(sim, "Chi tiết tin", main)


def _liferay_frame(sim: Simulation, title: str, main: str) -> str:
    menu = "".join(f'<li><a href="{url}"><span>{name}</span></a></li>' for url, name in _L_MENU)
    return (
        '<!DOCTYPE html><html class="ltr" dir="ltr" lang="vi-VN"><head><meta charset="UTF-8">'
        f"<title>{title} - Sở Khoa học và Công nghệ tỉnh Cà Mau</title>"
        "<script>var Liferay={};Liferay.ThemeDisplay={};</script></head><body>"
        '<div class="banner">Cổng thông tin điện tử Sở Khoa học và Công nghệ tỉnh Cà Mau '
        '<span class="today">Thứ Tư, 25/11/2026</span></div>'
        f'<nav><ul>{menu}</ul></nav><div id="content">{main}</div>'
        '<div class="journal-content-article">Đơn vị chủ quản: Sở Khoa học và Công nghệ Cà Mau. '
        "Địa chỉ: số 1, đường Ngô Quyền. Điện thoại: 0290 3 831 000</div></body></html>"
    )


# --- a home-made site on Laravel -------------------------------------------------------------

_V_MENU = (
    ("/trang/co-cau-to-chuc-cua-so", "Cơ cấu tổ chức"),
    ("/chuyen-muc/tin-trong-tinh", "Tin trong tỉnh"),
    ("/chuyen-muc/chuyen-doi-so", "Chuyển đổi số"),
    ("/chuyen-muc/an-toan-mang", "An toàn mạng"),
    ("/van-ban", "Văn bản"),
    ("/video", "Video"),
    ("/en", "English"),
)


def _laravel(sim: Simulation, path: str, query: Mapping[str, str]) -> str | None:
    if path == "/":
        cards = "".join(_laravel_card(t, dated=False) for t in sim.articles[:6])
        return _laravel_frame(sim, "Trang chủ", f'<div class="row g-3">{cards}</div>')
    for rubric, name in (
        ("tin-trong-tinh", "Tin trong tỉnh"),
        ("chuyen-doi-so", "Chuyển đổi số"),
        ("an-toan-mang", "An toàn mạng"),
    ):
        if path == f"/chuyen-muc/{rubric}":
            truths = sim.of(rubric)
            start, pages = _turned(truths, query, "page", 1)
            cards = "".join(_laravel_card(t, dated=True) for t in truths[start : start + PER_PAGE])
            number = start // PER_PAGE + 1
            pager = "".join(
                f'<li class="page-item{" active" if n == number else ""}">'
                f'<a class="page-link" href="/chuyen-muc/{rubric}?page={n}">{n}</a></li>'
                for n in range(1, pages + 1)
            )
            main = (
                f'<h1>{name}</h1><div class="row g-3">{cards}</div>'
                f'<ul class="pagination">{pager}</ul>'
            )
            return _laravel_frame(sim, name, main)
    for truth in sim.articles:
        if path == truth.path:
            return _laravel_article(sim, truth)
    if path in {"/van-ban", "/video", "/en", "/trang/co-cau-to-chuc-cua-so"}:
        return _laravel_frame(
            sim, "Sở", "<p>Nội dung đang được cập nhật, mời bạn quay lại sau.</p>"
        )
    return None


def _laravel_card(truth: Truth, *, dated: bool) -> str:
    at = truth.published
    date = f'<div class="small text-muted"><i class="bi bi-clock"></i> {at:%d-%m-%Y}</div>'
    return (
        f'<div class="col-md-4"><div class="card h-100"><a href="{truth.path}">'
        f'<img class="card-img-top" src="/storage/{truth.number}.webp" alt="{truth.title}"></a>'
        '<div class="card-body">'
        f'<a class="stretched-link fw-bold" href="{truth.path}">{truth.title}</a>'
        f'{date if dated else ""}<p class="card-text">{truth.paragraphs[0][:80]}…</p></div></div>'
        "</div>"
    )


def _laravel_article(sim: Simulation, truth: Truth) -> str:
    text = "".join(f"<p>{line}</p>" for line in truth.paragraphs)
    at = truth.published
    also = "".join(
        f'<li><a href="{t.path}">{t.title}</a><small>{t.published:%d-%m-%Y}</small></li>'
        for t in sim.articles[1:4]
    )
    main = (
        '<nav aria-label="breadcrumb"><ol class="breadcrumb"><li><a href="/">Trang chủ</a></li>'
        f'<li><a href="/chuyen-muc/{truth.rubric}">Chuyên mục</a></li></ol></nav>'
        f'<h1 class="display-6">{truth.title}</h1><div class="meta"><span>Ban biên tập</span> · '
        f"<span>{at:%H:%M}, ngày {at:%d-%m-%Y}</span> · <span>{truth.number} lượt xem</span></div>"
        f'<div class="ck-content">{text}</div><div class="also"><h5>Bài viết liên quan</h5>'
        f"<ul>{also}</ul></div>"
    )
    return _laravel_frame(sim, truth.title, main)


def _laravel_frame(sim: Simulation, title: str, main: str) -> str:
    menu = "".join(f'<a class="nav-link" href="{url}">{name}</a>' for url, name in _V_MENU)
    return (
        '<!doctype html><html lang="vi"><head><meta charset="utf-8">'
        '<meta name="csrf-token" content="kq1"><link rel="stylesheet" href="/build/assets/app.css">'
        f"<title>{title} | Sở TT&amp;TT Bình Định</title></head><body>"
        '<nav class="navbar"><a class="navbar-brand" href="/">Sở Thông tin và Truyền thông tỉnh '
        f'Bình Định</a>{menu}</nav><div class="container">{main}</div>'
        "<footer>Bản quyền thuộc Sở Thông tin và Truyền thông tỉnh Bình Định</footer></body></html>"
    )


SIMULATIONS = (
    Simulation(
        name="joomla",
        family="joomla",
        department="son-la/tttt",
        lists=("/tin-tuc-su-kien", "/cong-nghe-thong-tin"),
        articles=_truths(("tin-tuc-su-kien", "cong-nghe-thong-tin"), "/{rubric}/{number}-{slug}"),
        page=_joomla,
        headers={},
    ),
    Simulation(
        name="liferay",
        family="liferay",
        department="ca-mau/khcn",
        lists=("/web/so-khcn/tin-hoat-dong", "/web/so-khcn/nghien-cuu-ung-dung"),
        articles=_truths(
            ("tin-hoat-dong", "nghien-cuu-ung-dung"),
            "/web/so-khcn/{rubric}/-/asset_publisher/x7Qe/content/{slug}",
        ),
        page=_liferay,
        headers={"Liferay-Portal": "Liferay Portal Community Edition"},
    ),
    Simulation(
        name="laravel",
        family="generic",
        department="binh-dinh/tttt",
        lists=(
            "/chuyen-muc/tin-trong-tinh",
            "/chuyen-muc/chuyen-doi-so",
            "/chuyen-muc/an-toan-mang",
        ),
        articles=_truths(("tin-trong-tinh", "chuyen-doi-so", "an-toan-mang"), "/bai-viet/{slug}"),
        page=_laravel,
        headers={"Set-Cookie": "laravel_session=x; path=/; httponly"},
    ),
)
