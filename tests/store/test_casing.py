"""Titles in capitals: each word is written as the body, a name or a table has it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.casing import readable_title

BODY = (
    "Sáng 20/11, Sở Thông tin và Truyền thông tỉnh Điện Biên tập huấn kỹ năng số cho cán bộ xã"
    " Mường Phăng. Phó Giám đốc Sở Trần Văn Hà dự; tỉnh giữ vững hòa bình, ổn định.\n\n"
    "Lớp học do VNPT Điện Biên phối hợp mở tại cơ sở."
)


@pytest.mark.parametrize(
    ("title", "readable"),
    [
        (
            "SỞ THÔNG TIN VÀ TRUYỀN THÔNG TỈNH ĐIỆN BIÊN TẬP HUẤN KỸ NĂNG SỐ",
            "Sở Thông tin và Truyền thông tỉnh Điện Biên tập huấn kỹ năng số",
        ),
        ("LẮP ĐẶT 20 CỤM LOA KHÔNG DÂY", "Lắp đặt 20 cụm loa không dây"),
        (
            "HỌP QUÝ IV: UBND TỈNH GIA LAI – 10 NĂM XÂY DỰNG (2005 – 2015)",
            "Họp quý IV: UBND tỉnh Gia Lai – 10 năm xây dựng (2005 – 2015)",
        ),
        (
            "ĐẠI HỘI ĐẢNG BỘ LẦN THỨ XIII VÀ VI PHẠM Ở XÃ MƯỜNG PHĂNG",
            "Đại hội Đảng bộ lần thứ XIII và vi phạm ở xã Mường Phăng",
        ),
        (
            "SỞ KH&CN TP.HCM, VNPT TRIỂN KHAI 135/QĐ-TTG VỀ ATTT",
            "Sở KH&CN TP.HCM, VNPT triển khai 135/QĐ-TTG về ATTT",
        ),
        ("HÒA BÌNH: CHUYỂN ĐỔI SỐ Ở CƠ SỞ", "Hòa Bình: Chuyển đổi số ở cơ sở"),
        ("GIỮ VỮNG HÒA BÌNH VÙNG BIÊN", "Giữ vững hòa bình vùng biên"),
        ("THỪA THIÊN HUẾ HỌP BCĐ CNTT", "Thừa Thiên Huế họp BCĐ CNTT"),
        ("BÀ RỊA - VŨNG TÀU HỌP BÁO", "Bà Rịa - Vũng Tàu họp báo"),
        ("PHÒNG, CHỐNG COVID-19 TẠI ĐIỆN BIÊN", "Phòng, chống COVID-19 tại Điện Biên"),
        ("CUỘC THI “TIẾNG HÁT VÙNG CAO”", "Cuộc thi “Tiếng hát vùng cao”"),
    ],
)
def test_capitals_become_readable(title: str, readable: str) -> None:
    assert readable_title(title, BODY) == readable


@pytest.mark.parametrize(
    ("title", "readable"),
    [
        ("BAN HÀNH THÔNG TƯ VỀ ĐẦU TƯ", "Ban hành thông tư về đầu tư"),
        ("CÁCH MẠNG CÔNG NGHIỆP LẦN THỨ TƯ", "Cách mạng công nghiệp lần thứ tư"),
        ("TRIỂN KHAI CHỈ THỊ CỦA TƯ ĐẢNG", "Triển khai chỉ thị của TƯ Đảng"),
        ("AI CŨNG CÓ THỂ DÙNG AI", "Ai cũng có thể dùng AI"),
        ("BỘ CHỈ SỐ VÀ BAN TỔ CHỨC", "Bộ chỉ số và ban tổ chức"),
    ],
)
def test_word_that_may_be_an_acronym_is_read_by_its_neighbours(title: str, readable: str) -> None:
    assert readable_title(title, "") == readable


@pytest.mark.parametrize(
    ("title", "readable"),
    [
        ("CUỘC THI VIẾT THƯ UPU LẦN THỨ 52", "Cuộc thi viết thư UPU lần thứ 52"),
        ("LỪA ĐẢO QUA OTP VÀ MÃ QR", "Lừa đảo qua OTP và mã QR"),
        ("KHAI TRƯƠNG IOC, PHÁT SÓNG 4G/5G", "Khai trương IOC, phát sóng 4G/5G"),
        ("UBND-VHXH MỞ LỚP VỀ CNTT", "UBND-VHXH mở lớp về CNTT"),
        ("TRẺ EM VÀ GAME ONLINE", "Trẻ em và game online"),
    ],
)
def test_short_word_that_is_no_syllable_is_an_acronym(title: str, readable: str) -> None:
    assert readable_title(title, "") == readable


def test_foreign_name_is_written_as_the_body_does() -> None:
    body = "Cán bộ xã Ea Súp và Pleiku thăm Intel."
    assert readable_title("INTEL ĐẾN EA SÚP, PLEIKU", body) == "Intel đến Ea Súp, Pleiku"


@pytest.mark.parametrize(
    ("title", "readable"),
    [
        ("CÔNG NGHỆ AN TOÀN, LƯỚI ĐIỆN BIÊN GIỚI", "Công nghệ an toàn, lưới điện biên giới"),
        ("TỈNH LONG AN TOÀN LỰC ỨNG PHÓ", "Tỉnh Long An toàn lực ứng phó"),
        ("NÂNG CAO BẰNG CẤP Ở CAO BẰNG", "Nâng cao bằng cấp ở Cao Bằng"),
        ("VIỆT NAM ĐỊNH HƯỚNG, NAM ĐỊNH HỌP", "Việt Nam định hướng, Nam Định họp"),
        ("CHÂU Á - THÁI BÌNH DƯƠNG HỌP", "Châu Á - Thái Bình Dương họp"),
    ],
)
def test_halves_of_other_words_are_no_province(title: str, readable: str) -> None:
    assert readable_title(title, "") == readable


@pytest.mark.parametrize(
    ("title", "readable"),
    [
        ("ÔNG NGUYỄN VĂN AN NHẬN GIẢI", "Ông Nguyễn Văn An nhận giải"),
        ("PHẠM VĂN HÓA ỨNG XỬ", "Phạm văn hóa ứng xử"),
        ("CHÀO XUÂN CANH TÝ 2020", "Chào xuân Canh Tý 2020"),
        ("NGÀY QUỐC TẾ PHỤ NỮ TẠI SỞ TƯ PHÁP", "Ngày Quốc tế Phụ nữ tại Sở Tư pháp"),
    ],
)
def test_names_are_known_by_their_form_or_a_table(title: str, readable: str) -> None:
    assert readable_title(title, "") == readable


@pytest.mark.parametrize(
    "title",
    ["Sở TT&TT họp giao ban", "ICT INDEX", "UBND tỉnh họp BCĐ", "", "123 456 789", "(…) – !"],
)
def test_other_titles_are_left_alone(title: str) -> None:
    assert readable_title(title, BODY) == title


def test_body_in_capitals_says_nothing() -> None:
    assert readable_title("HỌP GIAO BAN QUÝ", "HỌP GIAO BAN QUÝ TẠI SỞ " * 20) == "Họp giao ban quý"


def test_heading_in_capitals_within_the_body_says_nothing() -> None:
    body = "Trong năm qua, PHÁT TRIỂN CHÍNH QUYỀN SỐ là mục lớn; phát triển được chú trọng." + BODY
    assert readable_title("PHÁT TRIỂN CHÍNH QUYỀN SỐ", body) == "Phát triển chính quyền số"


@given(st.text(max_size=120), st.text(max_size=400))
def test_only_case_ever_changes(title: str, body: str) -> None:
    readable = readable_title(title, body)
    assert readable.casefold() == title.casefold() or readable.lower() == title.lower()


def test_long_text_is_read_in_time() -> None:
    started = time.process_time()
    readable_title("HỌP GIAO BAN " * 300, "a.B " * 200_000)
    assert time.process_time() - started < 1
