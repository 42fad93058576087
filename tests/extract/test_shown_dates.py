"""The date that a page of no known CMS shows: which lines say it, and which say something else."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.extract.moments.line import read_line
from crawler.extract.page import Page
from crawler.reading import read
from store.model import VIETNAM
from tests.pages import SITE, source

FETCHED = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
TITLE = "Tập huấn chuyển đổi số cho cán bộ xã"
HEADING = f"<h2>{TITLE}</h2>"
TEXT = (
    "<div><p>Sáng ngày 18/11, tại Hội trường trung tâm tỉnh, Sở đã tổ chức hội nghị tập huấn chuyển"
    " đổi số cho cán bộ xã, phường trên địa bàn toàn tỉnh.</p><p>Phát biểu tại hội nghị, ông Nguyễn"
    " Văn An nhấn mạnh vai trò của người đứng đầu trong việc thúc đẩy ứng dụng công nghệ thông tin"
    " tại cơ sở.</p><p>Các học viên được giới thiệu về nền tảng số quốc gia và kỹ năng bảo đảm an"
    " toàn thông tin cho người dân trên địa bàn.</p></div>"
)
FOOT = '<div class="chan">Bản quyền của Sở. Giấy phép số 12/GP-TTĐT ngày 03/02/2015</div>'
OTHER = '<a href="/tin/b-2.html">Đoàn công tác của tỉnh kiểm tra tiến độ dự án</a>'


def shown(body: str, *, title: str = TITLE, url: str = f"{SITE}/tin/a-1.html") -> str | None:
    """Read the date of a page of no family; None where the page shows none."""
    markup = f"<html><head><title>{title}</title></head><body>{body}{FOOT}</body></html>"
    page = Page(url=url, body=markup.encode(), fetched=FETCHED)
    got = read(page, source(), entry=None, now=FETCHED)
    assert got.sighting is not None, got.refusal
    found = got.sighting.article
    if found.published_from == "first-seen":
        return None
    local = found.published.astimezone(VIETNAM)
    return f"{local:%Y-%m-%d}" + (f" {local:%H:%M}" if found.published_precision != "day" else "")


SAYS_WHEN = {
    "Ngày đăng: 20/11/2026": "published",
    "Thời gian đăng: 20/11/2026 09:15": "published",
    "Đăng bởi: Ban biên tập - Ngày: 20/11/2026 - Lượt xem: 1.234": "published",
    "Người gửi: Nguyễn Văn Hải - Ngày gửi: 28/10/2021": "published",
    "Phát lúc 07h30' ngày 05/10/2021": "published",
    "Ngày phát hành: 20/11/2026": "published",
    "Cập nhật 28/12/2018 15:49 Xem với cỡ chữ": "edited",
    "Thứ Sáu, ngày 20 tháng 11 năm 2026": "plain",
    "CN, ngày 22 tháng 11 năm 2026": "plain",
    "Ngày: 20/11/2026": "plain",
    "9:15 sáng ngày 16/11/2026": "plain",
    "Mai Nguyễn26/04/2026 - 06:48": "plain",
    "20/11/2026BTV": "plain",
    "Lịch sử | 20/11/2026": "plain",
    "Thứ sáu, 13/10/2023 08:10 Theo dõi trên Google News": "plain",
    "on December 27, 2014 at 12:06 PM, updated December 27, 2014 at 12:10 PM": "plain",
}
OF_SOMETHING_ELSE = (
    "Thời gian: 08h00 ngày 16/11/2026",
    "Thời gian tổ chức: 08h00 ngày 16/11/2026",
    "THỜI GIAN: 08H00 NGÀY 16/11/2026",
    "Thời gian: từ 08h00 ngày 16/11/2026 đến 17h00 ngày 20/11/2026",
    "Thời gian: Từ ngày 16/11/2026 – hết ngày 20/11/2026",
    "Thời hạn nhận hồ sơ: 17h00 ngày 30/10/2026",
    "Hạn nộp: 30/10/2026",
    "Đăng ký trước ngày 20/11/2026",
    "Địa điểm: Hội trường, 16/11/2026",
    "Ngày ban hành: 16/10/2026",
    "Ngày ban hành | 16/10/2026",
    "Ngày hiệu lực: 16/10/2026",
    "Hà Giang, ngày 16 tháng 10 năm 2026",
    "TP. Hồ Chí Minh, ngày 16/10/2026",
    "Số: 12/KH-STTTT, 16/10/2026",
    "Sáng 16/11/2026",
    "Chiều ngày 16/11/2026",
    "Khai mạc 16/11/2026",
    "Ngày 20/11/2026, Sở tổ chức hội nghị",
    "Trang được cập nhật lần cuối: 24/11/2026",
    "Website cập nhật ngày 24/11/2026",
    "Giấy phép số 12/GP-TTĐT ngày 03/02/2015",
    "Giấy chứng nhận đăng ký kinh doanh cấp ngày 03/02/2015",
    "Deadline: 30 October 2026",
    "Ngày thi: 30/10/2026",
    "Ngày tiếp nhận 30/10/2026",
    "Giá vàng ngày 16/11/2026",
    "Ảnh chụp ngày 16/11/2026",
    "Luật Đất đai sửa đổi 18/01/2024",
    "(Bài đăng trên Báo Nhân Dân ngày 12/10/2025)",
    "Thời gian tải trang 22/11/2026 10:11",
)


@pytest.mark.parametrize(("line", "role"), SAYS_WHEN.items())
def test_line_that_says_when_is_known_by_its_words(line: str, role: str) -> None:
    found = read_line(line)
    assert found is not None
    assert (found.role, found.is_bare) == (role, True)


@pytest.mark.parametrize("line", OF_SOMETHING_ELSE)
def test_dates_of_events_deadlines_and_documents_are_no_article_s(line: str) -> None:
    assert read_line(line) is None
    assert shown(f"{HEADING}<p>{line}</p>{TEXT}") is None


@pytest.mark.parametrize("line", OF_SOMETHING_ELSE)
def test_date_above_the_title_is_not_beaten_by_an_event_s_below(line: str) -> None:
    above = "<p>10/11/2026 08:00</p>"
    assert shown(f"<div>{above}{HEADING}<p>{line}</p>{TEXT}</div>") == "2026-11-10 08:00"


@pytest.mark.parametrize(
    "pair",
    [
        "<div><div>{}</div><div>{}</div></div>",
        "<p><b>{}</b></p><p>{}</p>",
        "<dl><dt>{}</dt><dd>{}</dd></dl>",
        "<table><tr><td>{}</td><td>{}</td></tr></table>",
        "<div><span>{}</span> <span>{}</span></div>",
    ],
)
@pytest.mark.parametrize(
    ("label", "day"),
    [
        ("Ngày đăng:", "2026-10-16"),
        ("Ngày ban hành", None),
        ("Ngày thi", None),
        ("Thời gian:", None),
    ],
)
def test_label_in_an_element_of_its_own_is_the_date_s(
    pair: str, label: str, day: str | None
) -> None:
    assert shown(f"<div>{HEADING}{pair.format(label, '16/10/2026')}{TEXT}</div>") == day


@pytest.mark.parametrize("glued", ["null ", "| ", "» "])
def test_what_is_glued_to_the_title_does_not_hide_it(glued: str) -> None:
    body = f"<div><h2>{glued}{TITLE}</h2><p>20/11/2026 09:15</p>{TEXT}</div>"
    assert shown(body) == "2026-11-20 09:15"


def test_date_behind_the_way_to_the_page_counts() -> None:
    way = '<a href="/">Trang chủ</a> → <a href="/de-tai">Đề tài, dự án</a>'
    assert shown(f"<div><div>{way} (26-12-2017)</div>{HEADING}{TEXT}</div>") == "2017-12-26"
    calendar = f"<div><div>{way} Thứ tư, 25/11/2026</div>{HEADING}{TEXT}</div>"
    assert shown(calendar) is None


def test_today_s_date_above_the_title_is_a_calendar_s() -> None:
    assert shown(f"<div><p>Thứ ba, 24/11/2026</p>{HEADING}{TEXT}</div>") is None
    assert shown(f"<div><p>Thứ hai, 23/11/2026</p>{HEADING}{TEXT}</div>") == "2026-11-23"


def test_link_around_a_date_alone_is_an_archive_s() -> None:
    date = '<div><a href="/2020/10/20/">20 Tháng Mười, 2020</a></div>'
    assert shown(f"<div>{HEADING}{date}{TEXT}</div>") == "2020-10-20"
    other = '<div><a href="/b"><span>20 Tháng Mười, 2020</span><h4>Một tin khác</h4></a></div>'
    assert shown(f"<div>{HEADING}{other}{TEXT}</div>") is None


def test_date_beside_buttons_counts() -> None:
    date = '<div>14/08/2024 18:11:00<a href="#a">Xem cỡ chữ</a><a href="#b">Đọc bài viết</a></div>'
    assert shown(f"<div>{HEADING}{date}{TEXT}</div>") == "2024-08-14 18:11"


@pytest.mark.parametrize(
    ("line", "at"),
    [
        ("Hôm qua, 10:20", "2026-11-23 10:20"),
        ("2 tuần trước", "2026-11-10"),
        ('<span title="20/11/2026 08:15">4 ngày trước</span>', "2026-11-20 08:15"),
        ('<span title="20/01/2026 08:15">4 ngày trước</span>', "2026-11-20"),
        ("Hôm nay", None),
        ("Hôm qua 1.668", None),
    ],
)
def test_date_that_counts_back_is_read_between_title_and_text(line: str, at: str | None) -> None:
    assert shown(f"<div>{HEADING}<div>{line}</div>{TEXT}</div>") == at


def test_clock_in_an_element_of_its_own_is_the_date_s() -> None:
    items = "<ul><li>quantri</li><li>18 Tháng Mười Một, 2022</li><li>4:12 chiều</li></ul>"
    assert shown(f"<div>{HEADING}{items}{TEXT}</div>") == "2022-11-18 16:12"


@pytest.mark.parametrize("date", ["19/11/2026 08:11", "19/11/2026 08:11 BTV"])
def test_date_alone_below_the_text_counts(date: str) -> None:
    body = f"<div>{HEADING}{TEXT}<p align=right>{date}</p></div>"
    assert shown(body) == "2026-11-19 08:11"


@pytest.mark.parametrize(
    "below",
    [
        "<p>Hà Giang, ngày 19 tháng 11 năm 2026</p>",
        "<p>19/11/2026</p><p>21/11/2026</p>",
        "<div><p>Nguyễn A</p><p>22/11/2026 10:11</p><p>Bài viết rất hay và bổ ích lắm</p></div>",
        f"<div><p>{OTHER}</p><p>22/11/2026</p></div>",
        "<div><b>Bạn đọc</b><p>22/11/2026 10:11</p><p>Hay</p></div>",
        "<div><p>Lan Anh</p><p>Đăng lúc 22/11/2026 10:11</p><p>Bài viết rất hay</p></div>",
        "<div><h4>Thông báo</h4><div><p>Về việc nghỉ</p><p>Ngày đăng: 02/09/2026</p></div></div>",
        "<p>Trang được cập nhật lần cuối: 23/11/2026</p>",
        "<p>Cập nhật: 24/11/2026</p>",
    ],
)
def test_other_dates_below_the_text_do_not(below: str) -> None:
    assert shown(f"<div>{HEADING}{TEXT}{below}</div>") is None


def test_answer_s_date_is_that_of_question_and_answer() -> None:
    asked, text = "<div>Ngày gửi: 28/10/2021</div>", TEXT
    body = f"<div>{HEADING}{asked}{text}<div>Trả lời (05/11/2021)</div>{text}</div>"
    assert shown(f"<div>{HEADING}{asked}{text}</div>") == "2021-10-28"
    assert shown(body.replace(text, "<p>Giấy tờ bị mất thì làm thế nào?</p>", 1)) == "2021-11-05"


def test_names_of_the_title_s_own_surroundings_are_no_frame() -> None:
    widget = '<div class="x-widget x-widget-{}"><div>{}</div></div>'
    body = widget.format("title", HEADING) + widget.format("info", "<p>18/11/2022</p>")
    assert shown(f'<div class="main">{body}{TEXT}</div>') == "2022-11-18"
    side = '<div class="widget"><p>18/11/2022</p></div>'
    assert shown(f'<div class="main">{HEADING}{side}{TEXT}</div>') is None


def test_name_that_side_lists_share_is_read_at_the_title() -> None:
    side = f'<div>{OTHER}<p class="date_time">27/01/2023</p></div>'
    own = '<div class="date_time">29/1/2023</div>'
    assert shown(f"{side}<div>{HEADING}{own}{TEXT}</div>") == "2023-01-29"
    assert shown(f"{side}<div>{HEADING}{TEXT}</div>{side}") is None


def test_what_a_class_hides_is_not_shown() -> None:
    hidden = '<span class="hidden hide d-none">2026-11-21T16:40:00+07:00</span>'
    assert shown(f"<div>{HEADING}{hidden}{TEXT}</div>") is None


@pytest.mark.parametrize(
    ("line", "at"),
    [
        ("14/08/2024 18:11", "2024-08-14 18:11"),
        ("Ngày đăng: 14/08/2024", "2024-08-14"),
        ("Thời gian: 14/08/2024", None),
        ("24/11/2026", None),
    ],
)
def test_without_a_title_on_the_page_a_line_above_the_text_may_say_when(
    line: str, at: str | None
) -> None:
    assert shown(f"<div><p>{line}</p>{TEXT}</div>", title="Chi tiết tin của đơn vị") == at


def test_lines_of_several_others_say_nothing() -> None:
    others = "".join(f"<p>Ngày đăng: {day}/08/2024</p><p>Văn Nam</p>" for day in (11, 12))
    assert shown(f"<div>{HEADING}{TEXT}{others}</div>") is None


@pytest.mark.parametrize(("kind", "day"), [("node", "2020-12-15"), ("comment", None)])
def test_foot_of_an_article_is_no_frame(kind: str, day: str | None) -> None:
    foot = "<footer>Gửi bởi Ban biên tập vào 15 Tháng 12 2020</footer>"
    assert shown(f'<div>{HEADING}<article class="{kind}">{foot}{TEXT}</article></div>') == day


def test_day_before_an_agency_that_is_lifted_out_of_the_text_counts() -> None:
    text = TEXT.replace("Sáng ngày", "23/05/2023 (sotttt.example.gov.vn) – Sáng ngày")
    assert shown(f"<div>{HEADING}{text}</div>") == "2023-05-23"


def test_days_of_a_schedule_are_none_of_publication() -> None:
    days = "<p>Ngày 16/11/2026</p><p>- 8h00: Giao ban</p><p>Ngày 17/11/2026</p><p>- 8h00: Đi xã</p>"
    assert shown(f"<div>{HEADING}{days}{TEXT}</div>") is None
    assert shown(f"<div>{HEADING}<p>14/11/2026 09:15</p>{days}{TEXT}</div>") == "2026-11-14 09:15"


@pytest.mark.parametrize(
    "line",
    [
        '<a href="/2026/10/14">14 Tháng Mười, 2026</a>',
        '<a href="/2026/10/14">14 Tháng Mười, 2026</a> <a href="/author/x">Ban Biên Tập</a>',
        'Posted on <a href="/2026/10/14">14 Tháng Mười, 2026</a> by <a href="/author/x">admin</a>',
        '<a href="/2026/10/14">14 Tháng Mười, 2026</a> bởi <a href="/author/x">admin</a>',
        '<a href="/2026/10/14">14 Tháng Mười, 2026</a> | <a href="/muc">Tin tức</a>'
        f' | <a href="#respond">Để lại bình luận cho bài viết {TITLE}</a>',
        "14/10/2026 A+ A- | Đọc bài viết | In",
        "A+ A- | Đọc bài viết | Tương phản | Tăng cỡ chữ | Giảm cỡ chữ | Lưu bài viết | 14/10/2026",
        "14/10/2026 | Độ tương phản cao | Phóng to | Thu nhỏ | Sao chép liên kết | Gửi cho bạn bè",
    ],
)
def test_links_and_tools_beside_a_date_do_not_hide_it(line: str) -> None:
    assert shown(f"<div>{HEADING}<div>{line}</div>{TEXT}</div>") == "2026-10-14"


def test_rubric_behind_a_date_right_below_the_title_does_not_hide_it() -> None:
    line = '<p><span>19/11/2026</span> | <a href="/muc/9">Thông cáo báo chí</a></p>'
    assert shown(f"{HEADING}{line}{TEXT}") == "2026-11-19"
    assert shown(f"{HEADING}<p>Bài viết của Lò Văn Pọm</p>{line}{TEXT}") is None


def test_picture_of_a_button_in_a_centred_page_of_tables_has_no_caption() -> None:
    rows = "".join(
        f"<tr><td colspan=2>{cell}</td></tr>"
        for cell in ("Viết bởi Lò Văn Pọm", "Thứ năm, 19 Tháng 11 2026 09:12", TEXT)
    )
    button = '<a href="/in?id=3"><img src="/in.png"></a>'
    body = f"<table><tr><td>{TITLE}</td><td>{button}</td></tr></table><table>{rows}</table>"
    edited = "<p>Lần cập nhật cuối ( Thứ năm, 19 Tháng 11 2026 15:40 )</p>"
    assert shown(f'<div align="center">{body}{edited}</div>') == "2026-11-19 09:12"


def test_date_in_a_link_beside_the_title_of_other_news_is_that_one_s() -> None:
    line = f'<a href="/2026/10/14">14/10/2026</a> {OTHER}'
    assert shown(f"<div>{HEADING}<div>{line}</div>{TEXT}</div>") is None


DAY = "16/11/2026"
EVENTS = (
    f'{HEADING}<div class="sukien"><p>{DAY}</p><p>Hội nghị chuyển đổi số</p></div>{TEXT}',
    f'{HEADING}<div class="event-card"><p>{DAY}</p></div>{TEXT}',
    f'<table><tr><td>{HEADING}</td><td class="lich">{DAY}</td></tr></table>{TEXT}',
    f'<div class="event-item"><div>{DAY}</div>{HEADING}<p>Hội trường tỉnh</p></div>{TEXT}',
    f"{HEADING}<div><b>{DAY}</b><p>Địa điểm: Hội trường tỉnh</p></div>{TEXT}",
    f"{HEADING}<div><h4>Lịch công tác</h4><b>{DAY}</b></div>{TEXT}",
    f'{HEADING}<div class="event"><time datetime="2026-11-16">{DAY}</time></div>{TEXT}',
    f'{HEADING}<div class="event"><span class="publish-date">{DAY}</span></div>{TEXT}',
    f'<div>{HEADING}{TEXT}</div><div><div class="event"><span>{DAY}</span></div></div>',
)


@pytest.mark.parametrize("body", EVENTS)
def test_day_in_the_card_of_an_event_is_none_of_publication(body: str) -> None:
    assert shown(body) is None


@pytest.mark.parametrize(
    "body",
    [
        f'<div class="su-kien">{HEADING}<p>{DAY}</p>{TEXT}</div>',
        f'{HEADING}<div class="tin-tuc-su-kien"><p>{DAY}</p></div>{TEXT}',
        f'{HEADING}<div class="event-card"><p>Ngày đăng: {DAY}</p></div>{TEXT}',
        f"<div>{HEADING}<p>{DAY}</p><p>Địa điểm: Hội trường tỉnh</p>{TEXT}</div>",
    ],
)
def test_sections_called_after_events_hold_news_with_dates_of_their_own(body: str) -> None:
    assert shown(body) == "2026-11-16"


def test_a_link_to_the_page_in_a_box_is_not_its_title() -> None:
    box = f'<ul><li><a href="/tin/a-1.html">{TITLE}</a></li><li>{OTHER}</li></ul>'
    text = "Sáng nay, tại nhà văn hóa xã, đông đảo bà con đã đến dự và nghe phổ biến. " * 4
    shows = (
        f"<td><span>{TITLE}</span><br><span>Cập nhật: 20/11/2026 3:40:00 CH</span><br>{text}</td>"
    )
    assert shown(f"<table><tr><td>{box}</td>{shows}</tr></table>") == "2026-11-20 15:40"
