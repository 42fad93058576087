"""The last lines of a text: names, offices, sources; and sentences that only look like them."""

from __future__ import annotations

import pytest

from crawler.extract.text.body import body_at
from crawler.extract.text.dateline import split_dateline
from crawler.extract.text.lift import lift
from crawler.extract.text.signature import read_signature
from tests.pages import page

TEXT = "Hội nghị kết thúc tốt đẹp."
Said = tuple[str | None, str | None, str | None]


def said(*lines: str) -> tuple[Said, int]:
    found = read_signature([TEXT, *lines])
    return (found.byline, found.organisation, found.source_credit), found.lines


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ("Minh Đức", "Sở TT&TT Điện Biên", "ĐÁNH GIÁ BÀI VIẾT( 0)"),
            ("Minh Đức", "Sở TT&TT Điện Biên", None),
        ),
        (("Sở TT&TT Nghệ An", "ĐÁNH GIÁ BÀI VIẾT( 0)1"), (None, "Sở TT&TT Nghệ An", None)),
        (("Văn Phượng –Sở TTTT Phú Yên",), ("Văn Phượng", "Sở TTTT Phú Yên", None)),
        (("Minh Đức (Sở TT&TT Điện Biên)",), ("Minh Đức", "Sở TT&TT Điện Biên", None)),
        (("Minh Đức - Trung tâm CNTT&TT",), ("Minh Đức", "Trung tâm CNTT&TT", None)),
        (("THANH SANG",), ("THANH SANG", None, None)),
        (("VŨ HÙNG",), ("VŨ HÙNG", None, None)),
        (("T.H",), ("T.H", None, None)),
        (("K.Dàn",), ("K.Dàn", None, None)),
        (("A Sềnh",), ("A Sềnh", None, None)),
        (("Ngọc Ánh (tổng hợp)",), ("Ngọc Ánh (tổng hợp)", None, None)),
        (("Hồng Thắm - Minh Tuấn",), ("Hồng Thắm - Minh Tuấn", None, None)),
        (("Ban biên tập",), ("Ban biên tập", None, None)),
        (("Tin, ảnh: Minh Đức",), ("Minh Đức", None, None)),
        (("(Bài và ảnh: Minh Đức)",), ("Minh Đức", None, None)),
        (("Tác giả: Nguyễn Như Thủy",), ("Nguyễn Như Thủy", None, None)),
        (("Minh Đức./.",), ("Minh Đức", None, None)),
        (("Minh Đức", "./."), ("Minh Đức", None, None)),
        (("Minh Đức", "Ảnh: Đức Huy"), ("Minh Đức", None, None)),
        (("Minh Đức (CTV)",), ("Minh Đức (CTV)", None, None)),
        (("Lê Thị Hạnh (CC LĐTBXH)",), ("Lê Thị Hạnh", None, None)),
        (("Minh Đức", "Facebook Zalo"), ("Minh Đức", None, None)),
        (("H’Mai Niê",), ("H’Mai Niê", None, None)),
        (
            ("Nguyễn Thị Hồng Nhung - Trần Văn Đức",),
            ("Nguyễn Thị Hồng Nhung - Trần Văn Đức", None, None),
        ),
        (("Tin và ảnh: Quốc Việt, Sở TTTT",), ("Quốc Việt", "Sở TTTT", None)),
        (("Thạch Hồng/VOV-ĐBSCL",), ("Thạch Hồng", None, "VOV-ĐBSCL")),
        (("Minh Đức tổng hợp",), ("Minh Đức", None, None)),
        (("Minh Đức và 1 tác giả khác",), ("Minh Đức", None, None)),
        (("Lò Văn Hùng – Giám đốc Sở",), ("Lò Văn Hùng – Giám đốc Sở", None, None)),
        (("MINH ĐỨC (Theo TTXVN)",), ("MINH ĐỨC", None, "TTXVN")),
        (("Minh Đức - Theo báo Nhân Dân",), ("Minh Đức", None, "báo Nhân Dân")),
        (("Minh Đức/TTXVN",), ("Minh Đức", None, "TTXVN")),
        (("T.H", "Thống kê truy cập", "22 Lượt xem", "A- A A+"), ("T.H", None, None)),
        (("Minh Đức", "Email In PDF.", "Lượt xem: 1.053"), ("Minh Đức", None, None)),
        (("Super User",), (None, None, None)),
        (("Tác giả: admin",), (None, None, None)),
        (("Theo VCCorp.vn",), (None, None, None)),
        (("Theo ĐCSVN",), (None, None, "ĐCSVN")),
        (("(Theo TTXVN)",), (None, None, "TTXVN")),
        (("Theo báo Nhân Dân",), (None, None, "báo Nhân Dân")),
        (("Nguồn: Mic.gov.vn",), (None, None, "Mic.gov.vn")),
        (("Nguồn tin: Cổng TTĐT Chính phủ",), (None, None, "Cổng TTĐT Chính phủ")),
        (("Minh Đức", "Nguồn: chinhphu.vn", "Lượt xem: 442"), ("Minh Đức", None, "chinhphu.vn")),
        (
            ("Mỹ Xuyên", "Trung tâm Phục vụ hành chính công"),
            ("Mỹ Xuyên", "Trung tâm Phục vụ hành chính công", None),
        ),
        (
            ("Trung tâm Thông tin và Ứng dụng TBKHCN", "Đánh giá:"),
            (None, "Trung tâm Thông tin và Ứng dụng TBKHCN", None),
        ),
    ],
)
def test_signature_is_read(lines: tuple[str, ...], expected: Said) -> None:
    assert said(*lines) == (expected, len(lines))


@pytest.mark.parametrize(
    "line",
    [
        "Trân trọng thông báo./.",
        "Sở Thông tin và Truyền thông được giao theo dõi, đôn đốc, tổng hợp báo cáo.",
        "Sở TT&TT đã tổ chức hội nghị",
        "Theo kế hoạch đề ra",
        "Theo đó, huyện Điện Biên dẫn đầu.",
        "Điện Biên",
        "Việt Nam",
        "Hoàng Sa, Trường Sa",
        "Theo Nghị định 13 của Chính phủ",
        "Tin liên quan",
        "Các Tin Khác",
        "Video Clip",
        "Ảnh: Đức Huy",
        "Nguồn ảnh: TTXVN",
        "Kết Luận",
        "Hội nghị kết thúc",
        "Hội nghị thành công tốt đẹp",
        "Hà Nội, ngày 11 tháng 01 năm 2013",
        "Người liên hệ:",
        "Phát triển du lịch cộng đồng./.",
    ],
)
def test_sentence_is_left_in_the_text(line: str) -> None:
    assert said(line) == ((None, None, None), 0)


def test_list_of_names_is_text() -> None:
    assert said("Nguyễn Văn A", "Trần Thị B", "Lê Văn C") == ((None, None, None), 0)


@pytest.mark.parametrize("post", ["GIÁM ĐỐC", "(Đã ký)", "KT. GIÁM ĐỐC", "Phó Chủ tịch UBND tỉnh"])
def test_name_below_a_post_is_who_signed_the_decree(post: str) -> None:
    assert said(post, "Đỗ Tuấn Khiêm") == ((None, None, None), 0)


def test_name_after_a_colon_is_text() -> None:
    assert said("Chủ trì hội nghị:", "Nguyễn Văn An", "ĐÁNH GIÁ BÀI VIẾT( 0)") == (
        (None, None, None),
        1,
    )


@pytest.mark.parametrize(
    ("text", "name", "rest"),
    [
        ("(Mic.gov.vn) - Ngày 11/01/2013, Sở", "Mic.gov.vn", "Ngày 11/01/2013, Sở"),
        ("(Mic.gov.vn)\u00a0– Ngày", "Mic.gov.vn", "Ngày"),
        ("( Mic.gov.vn )-Ngày", "Mic.gov.vn", "Ngày"),
        ("(Mic.gov.vn) -", "Mic.gov.vn", ""),
        ("DIC - Về xã Núa Ngam", "DIC", "Về xã Núa Ngam"),
        ("HNP – Sáng nay", "HNP", "Sáng nay"),
        ("(CTTĐTBP) - Chiều", "CTTĐTBP", "Chiều"),
        ("(Cổng TTĐT AG)- Chiều", "Cổng TTĐT AG", "Chiều"),
        ("[Mic.gov.vn] - Sáng", "Mic.gov.vn", "Sáng"),
        ("(Báo Vùng Cao) – Sáng", "Báo Vùng Cao", "Sáng"),
        ("(Dân trí) - Sáng", "Dân trí", "Sáng"),
        ("Điện Biên (TTXVN) - Sáng", "Điện Biên (TTXVN)", "Sáng"),
        ("ICTVietnam - Sáng nay", "ICTVietnam", "Sáng nay"),
        ("23/05/2023 (sotttt.angiang.gov.vn) – Sở", "sotttt.angiang.gov.vn", "Sở"),
    ],
)
def test_agency_that_opens_the_lead_is_split_off(text: str, name: str, rest: str) -> None:
    found = split_dateline(text)
    assert found is not None
    assert (found[0], text[found[1] :]) == (name, rest)


@pytest.mark.parametrize(
    "text",
    [
        "Ngày 11/01/2013, Sở tổ chức",
        "(Ảnh minh họa) - Ngày",
        "Văn hóa - Thông tin là ngành",
        "UBND tỉnh vừa ban hành",
        "(1) Về công tác - tổ chức",
        "COVID-19 - đại dịch",
        "VNPT - đơn vị dẫn đầu",
        "[Video] Sở họp",
        "(Tiếp theo kỳ trước) - Ngày",
        "Hội nghị (UBND) - Sáng",
        "",
    ],
)
def test_words_of_the_lead_are_no_dateline(text: str) -> None:
    assert split_dateline(text) is None


@pytest.mark.parametrize(
    ("end", "name"),
    [
        ("cùng ngày. <strong>Minh Đức</strong>", "Minh Đức"),
        ("cùng ngày.&nbsp;<b><i>Minh</i> Đức</b> ", "Minh Đức"),
        ("cùng ngày.<strong>Minh Đức</strong></p><p>Sở TT&amp;TT Điện Biên", "Minh Đức"),
        ("cùng ngày, theo <strong>Minh Đức</strong>", None),
        ("cùng ngày. <strong>Hội nghị thành công</strong>", None),
        ("cùng ngày. Minh Đức", None),
    ],
)
def test_name_in_bold_behind_the_last_sentence_is_lifted(end: str, name: str | None) -> None:
    origin = page(f"<div id=b><p>{TEXT}</p><p>Hội nghị bế mạc vào chiều {end}</p></div>")
    (found,) = origin.select("#b")
    assert not isinstance(found, str)
    lifted = lift(body_at(found, "css:#b"), None)
    assert lifted.signature.byline == name
    assert ("Đức" in lifted.body.html) is (name is None and "Đức" in end)
