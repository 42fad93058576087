"""A body's markup, as editors and Word leave it, read into paragraphs, captions and tables."""

from __future__ import annotations

import lxml.html
import pytest

from crawler.extract.text.blocks import Block, read_blocks, running_text
from crawler.extract.text.body import body_at, tidied
from tests.pages import page

LONG_ONE = (
    "Hội nghị đã được nghe báo cáo đánh giá tình hình thực hiện nhiệm vụ năm 2012 của toàn ngành."
)
LONG_TWO = (
    "Phát biểu chỉ đạo hội nghị, lãnh đạo tỉnh đánh giá cao những thành tích đã đạt được trong năm."
)


def blocks(fragment: str) -> list[Block]:
    return read_blocks(lxml.html.fragment_fromstring(fragment, create_parent="div"))


def shown(fragment: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in blocks(fragment)]


def paragraphs(fragment: str) -> list[str]:
    return [block.text for block in blocks(fragment) if block.kind == "paragraph"]


@pytest.mark.parametrize(
    "fragment",
    [
        "<p>Một</p><p>Hai</p>",
        "<div>Một<br> &nbsp;</div><div>Hai<br />\n&nbsp;</div>",
        "<div>Một<br><br>Hai</div>",
        "Một<br />\n<br />\nHai",
        "Một<p>Hai</p>",
        "<p>Một</p>Hai",
        "<div><div><p>Một</p></div></div><section>Hai</section>",
        "<p class=Mso><span>M</span><span lang=VI>ột<o:p></o:p></span></p><p>H<b>a</b>i</p>",
        "<p>Một</p><p>&nbsp;</p><p> </p><p>Hai</p>",
        "<p>M&shy;ột\u200b</p><p>\ufeffHai</p>",
        "<p>Mô\u0323t</p><p>Hai</p>",
        "<p>Một<!-- ghi chú --></p><!-- x -->Hai",
        "<table><tr><td><p>Một</p></td></tr><tr><td>Hai</td></tr></table>",
        "<table><tr><td><table><tr><td>Một</td></tr></table></td><td>Hai</td></tr></table>",
    ],
)
def test_two_paragraphs_are_two_whatever_the_markup(fragment: str) -> None:
    assert paragraphs(fragment) == ["Một", "Hai"]


def test_single_line_break_is_a_blank() -> None:
    assert paragraphs("<p>Địa chỉ: số 22,<br>đường Võ Nguyên Giáp</p>") == [
        "Địa chỉ: số 22, đường Võ Nguyên Giáp"
    ]


def test_long_sentences_with_a_break_between_are_paragraphs() -> None:
    assert paragraphs(f"{LONG_ONE}<br>{LONG_TWO}") == [LONG_ONE, LONG_TWO]


def test_headings_items_and_quotes_are_running_text() -> None:
    fragment = (
        "<h2>Kết quả</h2><p>Gồm:</p><ul><li>một;</li><li><p>hai.</p></li></ul>"
        "<blockquote><p>Lời nói</p></blockquote>"
    )
    assert shown(fragment) == [
        ("heading", "Kết quả"),
        ("paragraph", "Gồm:"),
        ("item", "một;"),
        ("item", "hai."),
        ("quote", "Lời nói"),
    ]
    assert running_text(blocks(fragment)) == "Kết quả\n\nGồm:\n\nmột;\n\nhai.\n\nLời nói"


@pytest.mark.parametrize(
    "fragment",
    [
        "<figure><img src=a.jpg><figcaption>Quang cảnh</figcaption></figure>",
        "<div class='wp-caption'><img src=a.jpg><p class='wp-caption-text'>Quang cảnh</p></div>",
        "<p align=center><img src=a.jpg></p><p align=center><em>Quang cảnh</em></p>",
        "<p align=center><img src=a.jpg></p><p style='text-align: center;'>Quang cảnh</p>",
        "<div style='text-align:center'><img src=a.jpg><br>\n<em>Quang cảnh</em></div>",
        "<p><img src=a.jpg></p><p><i><span style='font-size:13pt'>Quang cảnh</span></i></p>",
        "<table><tr><td><img src=a></td></tr><tr><td><em>Quang cảnh</em></td></tr></table>",
        "<p><a href=a><img src=a></a></p><p style='font-style:italic'>Quang cảnh</p>",
        "<center><img src=a.jpg><br>Quang cảnh</center>",
        "<div class='baiviet_image fl'><img src=a.jpg><span>Quang cảnh</span></div>",
        "<p><img src=a.jpg></p><p><small>Quang cảnh</small></p>",
        "<table><tr><td><img src=a></td></tr><tr><td><p>Quang cảnh.</p></td></tr></table>",
        "<div><!-- a --><img src=a><p>Quang cảnh lớp học.</p></div>",
        "<div><p><a href=a><img src=a></a></p><div>Quang cảnh</div></div>",
        "<div><img src=a.jpg><div class='PhotoCMS_Caption'><p>Quang cảnh</p></div></div>",
    ],
)
def test_words_under_a_picture_are_its_caption(fragment: str) -> None:
    body = f"<p>{LONG_ONE}</p>{fragment}<p>{LONG_TWO}</p>"
    assert [kind for kind, _ in shown(body)] == ["paragraph", "image", "caption", "paragraph"]
    assert running_text(blocks(body)) == f"{LONG_ONE}\n\n{LONG_TWO}"


@pytest.mark.parametrize(
    "after",
    [
        f"<p>{LONG_TWO}</p>",
        f"<p style='text-align:justify'>{LONG_TWO}</p>",
        "<p style='text-align:right'><em>Minh Đức</em></p>",
        f"<p><em>{LONG_TWO} {LONG_ONE} {LONG_TWO} {LONG_ONE}</em></p>",
        "<p style='text-align:center'><strong>II. NHIỆM VỤ NĂM 2013</strong></p>",
        f"<p><em>Ông nói:</em> {LONG_TWO}</p>",
        f"<div class='box-image-text'>{LONG_TWO}</div>",
        f"<p>{LONG_TWO}</p><p>{LONG_ONE}</p><div><p>Trước giờ khai mạc.</p></div>",
    ],
)
def test_text_after_a_picture_is_no_caption(after: str) -> None:
    assert "caption" not in [kind for kind, _ in shown(f"<p><img src=a.jpg></p>{after}")]


@pytest.mark.parametrize(
    "line",
    [
        "Quang cảnh hội nghị. Ảnh: Minh Đức",
        "Quang cảnh hội nghị (Ảnh: Minh Đức).",
        "Quang cảnh hội nghị - Ảnh: M.Đ",
        "Quang cảnh hội nghị. Ảnh Nhựt An/TTXVN",
        "Quang cảnh hội nghị. (Ảnh minh họa)",
        "Ảnh: TTXVN",
        "Ảnh minh hoạ",
        "Nguồn ảnh: Internet",
    ],
)
def test_plain_line_under_a_picture_that_names_its_photographer_is_its_caption(line: str) -> None:
    body = f"<p><img src=a.jpg></p><p>{line}</p><p>{LONG_TWO}</p>"
    assert shown(body) == [("image", ""), ("caption", line), ("paragraph", LONG_TWO)]


@pytest.mark.parametrize(
    "line",
    [
        "Tin, ảnh: Minh Đức",
        "Bài và ảnh: Minh Đức",
        "Bài, Ảnh: Minh Đức",
        "Các đơn vị gửi hình ảnh: họp báo, hội nghị",
        f"{LONG_ONE} Ảnh: lãnh đạo Sở phát biểu khai mạc hội nghị tập huấn ngày hôm qua ở tỉnh",
        "Ông chụp ảnh lưu niệm cùng các đại biểu",
    ],
)
def test_plain_line_under_a_picture_stays_text(line: str) -> None:
    assert "caption" not in [kind for kind, _ in shown(f"<p><img src=a.jpg></p><p>{line}</p>")]


def test_paragraph_a_row_under_a_picture_is_text() -> None:
    rows = f"<tr><td><img src=a></td></tr><tr><td>{LONG_ONE}</td></tr><tr><td>{LONG_TWO}</td></tr>"
    assert [kind for kind, _ in shown(f"<table>{rows}</table>")] == [
        "image",
        "paragraph",
        "paragraph",
    ]


def test_caption_printed_again_below_its_picture_is_cut() -> None:
    fragment = (
        "<figure><img src=a.jpg><figcaption>Quang cảnh</figcaption></figure><p>Quang cảnh</p>"
        f"<p>{LONG_TWO}</p>"
    )
    origin = page(f"<div id=b>{fragment}</div>").select("#b")[0]
    assert not isinstance(origin, str)
    body = tidied(body_at(origin, "css:#b"))
    assert [block.kind for block in body.blocks] == ["image", "caption", "paragraph"]
    assert body.html.count("Quang cảnh") == 1


@pytest.mark.parametrize(
    "fragment",
    [
        "<p><noscript><img src=a.jpg></noscript></p>",
        "<p><img data-src=a.jpg><noscript><img src=a.jpg></noscript></p>",
        "<p><img class=lazy><noscript><img src=a.jpg></noscript></p>",
        "<p><noscript><img src=a.jpg></noscript><img data-src=a.jpg></p>",
    ],
)
def test_picture_that_only_noscript_shows_is_read_once(fragment: str) -> None:
    origin = page(f"<div id=b>{fragment}<p>{LONG_TWO}</p></div>").select("#b")[0]
    assert not isinstance(origin, str)
    assert [b.kind for b in tidied(body_at(origin, "css:#b")).blocks] == ["image", "paragraph"]


def test_two_pictures_in_a_row_of_a_table_have_their_captions_below() -> None:
    fragment = (
        "<table><tr><td><img src=a.jpg></td><td><img src=b.jpg></td></tr>"
        "<tr><td><em>Ảnh một</em></td><td><em>Ảnh hai</em></td></tr></table><p><em>Lời dẫn</em></p>"
    )
    assert shown(fragment) == [
        ("image", ""),
        ("image", ""),
        ("caption", "Ảnh một"),
        ("caption", "Ảnh hai"),
        ("paragraph", "Lời dẫn"),
    ]


DATA = (
    "<table border=1><tr><td>TT</td><td>Xã</td></tr>"
    "<tr><td><p class=MsoNormal>1</p></td><td><p class=MsoNormal>Búng Lao</p></td></tr></table>"
)


def test_table_of_data_and_its_title_are_no_running_text() -> None:
    title = "<p style='text-align:center'><strong>Bảng xếp hạng</strong></p>"
    body = f"<p>Trước</p>{title}{DATA}<p>Sau</p>"
    assert shown(body) == [
        ("paragraph", "Trước"),
        ("table_title", "Bảng xếp hạng"),
        ("row", "TT | Xã"),
        ("row", "1 | Búng Lao"),
        ("paragraph", "Sau"),
    ]
    assert running_text(blocks(body)) == "Trước\n\nSau"


HEAD = (
    "<table><tr><td><b>UBND HUYỆN MƯỜNG TÈ</b><br>TRẠM THÚ Y</td><td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT"
    " NAM<br>Độc lập - Tự do - Hạnh phúc</td></tr></table>"
)
END = (
    "<table><tr><td><em>Nơi nhận:</em><br>- Như trên;<br>- Lưu: VT.</td><td><p>TRẠM TRƯỞNG</p>"
    "<p>(Đã ký)</p><p>Pờ Xuân Mai</p></td></tr></table>"
)


def test_head_and_signature_of_a_letter_are_no_running_text() -> None:
    read = blocks(f"{HEAD}<p>{LONG_ONE}</p>{END}<p>{LONG_TWO}</p>")
    assert running_text(read) == f"{LONG_ONE}\n\n{LONG_TWO}"
    assert [block.text for block in read if block.kind == "row"] == [
        "UBND HUYỆN MƯỜNG TÈ TRẠM THÚ Y"
        " | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc",
        "Nơi nhận: - Như trên; - Lưu: VT. | TRẠM TRƯỞNG (Đã ký) Pờ Xuân Mai",
    ]


def test_table_that_lays_out_a_whole_letter_is_read_through() -> None:
    cells = f"<td>{LONG_ONE * 4}</td><td>{LONG_TWO * 4} Nơi nhận: Như trên</td>"
    assert "row" not in [kind for kind, _ in shown(f"<table><tr>{cells}</tr></table>")]


def test_paragraph_before_a_table_stays_text() -> None:
    assert shown(f"<p>Kết quả như sau:</p>{DATA}")[0] == ("paragraph", "Kết quả như sau:")


def test_body_of_tables_alone_gives_its_rows() -> None:
    assert running_text(blocks(DATA)) == "TT | Xã\n\n1 | Búng Lao"


def test_table_whose_cells_hold_paragraphs_is_read_through() -> None:
    cell = f"<p>{LONG_ONE} {LONG_TWO}</p><p>{LONG_TWO} {LONG_ONE}</p><p>{LONG_ONE}{LONG_TWO}</p>"
    fragment = (
        f"<table><tr><td>&nbsp;</td><td>Tin</td></tr><tr><td>x</td><td>{cell}</td></tr></table>"
    )
    assert "row" not in [kind for kind, _ in shown(fragment)]


def test_each_line_can_be_cut_from_the_markup() -> None:
    root = lxml.html.fragment_fromstring("<div><p>Một</p><p>H<b>a</b>i<i> ba</i></p></div>")
    for line in read_blocks(root)[1].lines:
        line.cut()
    assert root.text_content() == "Một"
