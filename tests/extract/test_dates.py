"""Every form of date that was seen on a Vietnamese site, and what looks like a date but is none."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

import pytest

from crawler.extract.dates import Order, read_moment
from crawler.extract.text.dateline import lead_moment

TO_THE_MINUTE = {
    "Thứ hai - 05/02/2018 22:44": "2018-02-05T22:44:00+07:00",
    "Thứ sáu -  20/11/2026 09:15": "2026-11-20T09:15:00+07:00",
    "CN, 20/11/2026 09:15": "2026-11-20T09:15:00+07:00",
    "15/07/2013 08:54:28": "2013-07-15T08:54:28+07:00",
    "16:03 23/02/2026": "2026-02-23T16:03:00+07:00",
    "Thứ ba, 19/01/2021 09:15": "2021-01-19T09:15:00+07:00",
    "14:29, Thứ Hai, 28-8-2023": "2023-08-28T14:29:00+07:00",
    "14:29 Thứ 2, 28/8/2023": "2023-08-28T14:29:00+07:00",
    "Ngày cập nhật: 29/08/2023 02:41:20": "2023-08-29T02:41:20+07:00",
    "Cập nhật 28/12/2018 15:49 Xem với cỡ chữ": "2018-12-28T15:49:00+07:00",
    "(15:38 | 27/11/2018)": "2018-11-27T15:38:00+07:00",
    "(05:33 20/01/2017)": "2017-01-20T05:33:00+07:00",
    "- 14:59 21/02/2020": "2020-02-21T14:59:00+07:00",
    "28/01/2019 08:30 Số lượt xem: 234": "2019-01-28T08:30:00+07:00",
    "Đăng bài thanhsang T6, 01/09/2017 - 08:58": "2017-09-01T08:58:00+07:00",
    "10:20 03/07/2019": "2019-07-03T10:20:00+07:00",
    "28/03/2021 16:44": "2021-03-28T16:44:00+07:00",
    "19/07/2013 04:45:00 PM": "2013-07-19T16:45:00+07:00",
    "19-11-2026 05:10:00 PM": "2026-11-19T17:10:00+07:00",
    "25/11/2022 11:06:26 SA": "2022-11-25T11:06:26+07:00",
    "09/05/2025 3:25 CH": "2025-05-09T15:25:00+07:00",
    "12-11-2023 9:15 CH": "2023-11-12T21:15:00+07:00",
    "12/11/2023 09:15 SA": "2023-11-12T09:15:00+07:00",
    "Thứ ba, 25 Tháng tư 2017 11:27": "2017-04-25T11:27:00+07:00",
    "Được viết ngày Thứ sáu, 20 Tháng 11 2026 09:15": "2026-11-20T09:15:00+07:00",
    "05/02/2018 | 10:30 AM": "2018-02-05T10:30:00+07:00",
    "24/03/2022 | 05:57 PM": "2022-03-24T17:57:00+07:00",
    "20/11/2026 12:30 AM": "2026-11-20T00:30:00+07:00",
    "20/11/2026 12:15 PM": "2026-11-20T12:15:00+07:00",
    "Thứ tư, 20/10/2020 | 14:30:00 PM": "2020-10-20T14:30:00+07:00",
    "01/02/2020 00:01 AM": "2020-02-01T00:01:00+07:00",
    "Cập nhật lúc 14:30 ngày 3/9/2021": "2021-09-03T14:30:00+07:00",
    "14h30 ngày 3/9/2021": "2021-09-03T14:30:00+07:00",
    "ngày 3/9/2021 lúc 14 giờ 30 phút": "2021-09-03T14:30:00+07:00",
    "Thứ Sáu, 12/01/2024, 08:05 (GMT+7)": "2024-01-12T08:05:00+07:00",
    "Đăng lúc: 09:15:22 12/11/2023": "2023-11-12T09:15:22+07:00",
    "Thứ tư, 05/02/2020, 11:00": "2020-02-05T11:00:00+07:00",
    "(Thứ hai, 03/02/2020 00:53)": "2020-02-03T00:53:00+07:00",
    "13:32 23/03/2020": "2020-03-23T13:32:00+07:00",
    "- 07/03/2026 08:47": "2026-03-07T08:47:00+07:00",
    "November 20, 2026 9:15 am": "2026-11-20T09:15:00+07:00",
    "Tue, 05 Feb 2018 22:44:00 GMT": "2018-02-05T22:44:00+00:00",
    "Phát lúc 07h30' ngày 05/10/2021": "2021-10-05T07:30:00+07:00",
    "March, 14/2026 - 07:20": "2026-03-14T07:20:00+07:00",
    "2019年09月09日 18:13:22": "2019-09-09T18:13:22+07:00",
    "Ngày đăng: 20/11/26 - 09:15": "2026-11-20T09:15:00+07:00",
    "2026-11-20 00:00:00 +00:00": "2026-11-20T00:00:00+00:00",
    "2026-11-20T09:15:00+07:00": "2026-11-20T09:15:00+07:00",
    "2026-11-20T02:15:00Z": "2026-11-20T02:15:00+00:00",
    "2026-11-20T09:15:00": "2026-11-20T09:15:00+07:00",
    "2026-03-05T15:34:00.000 +07:00": "2026-03-05T15:34:00+07:00",
    "2026-11-20+0709:15:00": "2026-11-20T09:15:00+07:00",
    "2026-11-20+07:0009:15:00": "2026-11-20T09:15:00+07:00",
    "2026-11-20ICT09:15:00": "2026-11-20T09:15:00+07:00",
}
TO_THE_DAY = {
    "Ngày đăng: 05-05-2021": "2021-05-05",
    "Ngày đăng : 07/01/2021": "2021-01-07",
    "Đăng ngày: 12/03/2021": "2021-03-12",
    "Ngày đăng bài: 25/03/2015": "2015-03-25",
    "( Cập nhật lúc: 08/01/2024  )": "2024-01-08",
    "Cập nhật: Thứ Ba, ngày 14/01/2020": "2020-01-14",
    "(26-12-2017)": "2017-12-26",
    "Ngày 22-01-2024 Lượt xem 53": "2024-01-22",
    "Submitted by Ban biên tập on 18 October 2019": "2019-10-18",
    "23/05/2023 (sotttt.angiang.gov.vn) –": "2023-05-23",
    "24/02/2021": "2021-02-24",
    "/portal/pages/2023-08-07/": "2023-08-07",
    "2021-3-5": "2021-03-05",
    "Ngày 11/01/2013": "2013-01-11",
    "20 Tháng Mười 2020": "2020-10-20",
    "20 Tháng Mười Một 2020": "2020-11-20",
    "20 tháng mười hai, 2020": "2020-12-20",
    "Được đăng: 20 Tháng 11 2026": "2026-11-20",
    "ngày 05 tháng 11 năm 2026": "2026-11-05",
    "Chủ nhật, ngày 4 tháng 3 năm 2019": "2019-03-04",
    "05 Th2, 2018": "2018-02-05",
    "3.9.2021": "2021-09-03",
    "24/03/2022 | 12:00 AM": "2022-03-24",
    "Ngày đăng 24/03/2022 | View count: 15": "2022-03-24",
    "Publish date 24/03/2022": "2022-03-24",
    "20/11/2026 24:00": "2026-11-20",
    "Chuyên mục: Tin tức | Ngày đăng: 20/11/26": "2026-11-20",
    "Cập nhật lúc 20-11-26": "2026-11-20",
}
NO_DATE = (
    "",
    "2018",
    "15",
    "năm 2012",
    "2017-2012",
    "Sáng 26/12",
    "Tháng 5/2020",
    "31/02/2020",
    "28/8/1945- 28/8/2019",
    "từ 01/5/2020 đến ngày 30/6/2020",
    "từ 08h00 ngày 16/11/2026 đến 17h00 ngày 20/11/2026",
    "16/11/2026 08:00 - 20/11/2026 17:00",
    "20/11/26",
    "Phiên bản 1/2/20",
    "Ngày đăng: 1/2/20/3",
    "192.168.10.2020",
    "0215 3852 206",
    "8 giờ trước",
    "Thứ hai",
)


@pytest.mark.parametrize(("text", "moment"), TO_THE_MINUTE.items())
def test_date_with_a_clock_is_read_to_the_minute(text: str, moment: str) -> None:
    found = read_moment(text)
    assert found is not None
    assert (found.at.isoformat(), found.precision) == (moment, "minute")


@pytest.mark.parametrize(("text", "day"), TO_THE_DAY.items())
def test_date_without_a_clock_is_read_to_the_day(text: str, day: str) -> None:
    found = read_moment(text)
    assert found is not None
    assert (found.at.isoformat(), found.precision) == (f"{day}T00:00:00+07:00", "day")


@pytest.mark.parametrize("text", NO_DATE)
def test_what_is_no_full_date_is_none(text: str) -> None:
    assert read_moment(text) is None


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("10/11/2008 8:32:34 AM", "dmy", "2008-11-10"),
        ("10/11/2008 8:32:34 AM", "mdy", "2008-10-11"),
        ("10/23/2008 8:32:34 AM", "dmy", "2008-10-23"),
        ("3/5/2026 3:34:00 PM", "mdy", "2026-03-05"),
    ],
)
def test_order_is_the_given_one_unless_it_cannot_be(text: str, order: Order, day: str) -> None:
    found = read_moment(text, order=order)
    assert found is not None
    assert found.at.date().isoformat() == day


def test_marks_written_apart_do_not_matter() -> None:
    found = read_moment(unicodedata.normalize("NFD", "ngày 4 tháng chín năm 2019"))
    assert found is not None
    assert found.at.date().isoformat() == "2019-09-04"


@pytest.mark.parametrize(
    ("text", "at", "precision"),
    [
        ("8 giờ trước", "2026-11-20T00:00:00+07:00", "day"),
        ("2 tuần trước", "2026-11-06T00:00:00+07:00", "day"),
        ("một giờ trước", "2026-11-20T00:00:00+07:00", "day"),
        ("Hôm qua, 10:20", "2026-11-19T10:20:00+07:00", "minute"),
        ("Hôm nay", "2026-11-20T00:00:00+07:00", "day"),
    ],
)
def test_relative_date_counts_from_the_reference(text: str, at: str, precision: str) -> None:
    found = read_moment(text, reference=datetime(2026, 11, 20, 5, 0, tzinfo=UTC))
    assert found is not None
    assert (found.at.isoformat(), found.precision) == (at, precision)


def test_words_that_the_date_was_read_from_are_kept() -> None:
    found = read_moment("Ngày đăng: 05/02/2018 22:44, lượt xem 5")
    assert found is not None
    assert found.raw == "05/02/2018 22:44"


@pytest.mark.parametrize(
    "lead",
    [
        "Ngày 11/01/2013, Sở Thông tin và Truyền thông tổ chức hội nghị",
        "(Mic.gov.vn) - Ngày 11/01/2013, Sở tổ chức hội nghị",
        "DIC - Sáng 11/01/2013, tại thành phố Điện Biên Phủ",
        "Chiều ngày 11/1/2013, Sở tổ chức hội nghị",
        "Vào ngày 11 tháng 01 năm 2013, Sở tổ chức hội nghị",
        "11/01/2013 (sotttt.angiang.gov.vn) – Sở tổ chức hội nghị",
    ],
)
def test_day_that_opens_a_lead_counts(lead: str) -> None:
    found = lead_moment(lead)
    assert found is not None
    assert (found.at.date().isoformat(), found.precision) == ("2013-01-11", "day")


@pytest.mark.parametrize(
    "lead",
    [
        "Thực hiện Quyết định số 859/QĐ-UBND ngày 9/10/2026 của UBND tỉnh",
        "Căn cứ Nghị định số 55/2025/NĐ-CP ngày 02/3/2025 của Chính phủ",
        "Ngày 11/01, Sở tổ chức hội nghị tổng kết năm 2012",
        "Ngày 11/01/2013 - 15/01/2013, Sở tổ chức lớp tập huấn",
        "Từ ngày 11/01/2013 đến ngày 15/01/2013, Sở tổ chức lớp tập huấn",
        "Ngày 11/01/2013 đến ngày 15/01/2013, Sở tổ chức lớp tập huấn",
        "Trong năm 2012, ngành đã đạt kết quả",
        "Quyết định 12/12/2012 có hiệu lực",
        "Hội nghị diễn ra ngày 11/01/2013",
        "Ngày 18/11/2020 là ngày ban hành Quyết định 749 của Thủ tướng Chính phủ.",
        "",
    ],
)
def test_dates_of_decrees_periods_and_later_sentences_do_not(lead: str) -> None:
    assert lead_moment(lead) is None
