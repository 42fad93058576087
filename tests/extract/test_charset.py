"""Old bytes and old fonts: read as they were meant, and good text left as it is."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract import legacy_fonts
from crawler.extract.charset import decode, mend
from store.syllables import is_syllable
from tests.extract.old_fonts import to_tcvn3, to_vni

TEXT = (
    "Sở Bưu chính, Viễn thông vừa tổ chức lớp tập huấn về quản lý thuê bao trả trước cho cán bộ"
    " các huyện; gần một trăm người đã dự, nhiều câu hỏi được giải đáp ngay tại lớp học"
)
PAGE = f"<html><head><title>Tập huấn quản lý thuê bao</title></head><body><p>{TEXT}</p></body>"
WORDS = sorted(set(TEXT.replace(",", "").replace(";", "").split()))
VIETNAMESE = st.lists(st.sampled_from(WORDS), min_size=8, max_size=40).map(" ".join)
GOOD = (
    TEXT,
    "Déjà, l’été dernier à Paris : où êtes-vous, mon âme ? Le maître fût sûr, tôt ou tard, dû.",
    "Straße über Möbel; año, niño, señor, ñandú; µm, 20 °C, ½ kg, « citat », © 2019, ± 5 %",
    "越南信息通信部 召开 会议，讨论 数字化转型。",
    "The ministry’s naïve façade – a résumé of the café (p. 5 · §3)",
    "Plain words without any mark at all",
)


def utf8_read_as(encoding: str, text: str) -> str:
    return "".join(
        bytes([byte]).decode(encoding if byte not in {0x81, 0x8D, 0x8F, 0x90, 0x9D} else "latin-1")
        for byte in text.encode()
    )


def cp1258(text: str) -> bytes:
    """Write the tones as marks of their own, the other marks as part of the letter."""
    written = bytearray()
    for char in text:
        for part in _toned(char):
            written += part.encode("cp1258")
    return bytes(written)


def _toned(char: str) -> str:
    tones = "\u0300\u0301\u0303\u0309\u0323"
    apart = unicodedata.normalize("NFD", char)
    base = unicodedata.normalize("NFC", "".join(c for c in apart if c not in tones))
    return base + "".join(c for c in apart if c in tones)


@pytest.mark.parametrize(
    ("declared_in_header", "declared_in_page"),
    [
        ("windows-1258", None),
        (None, "windows-1258"),
        (None, None),
        ("utf-8", "windows-1258"),
        ("windows-1252", "windows-1258"),
        ("iso-8859-1", None),
        (None, "utf-8"),
    ],
)
def test_windows_1258_is_read_whatever_is_declared(
    declared_in_header: str | None, declared_in_page: str | None
) -> None:
    page = PAGE
    if declared_in_page:
        page = PAGE.replace("<head>", f"<head><meta charset={declared_in_page}>")
    header = f"text/html; charset={declared_in_header}" if declared_in_header else ""
    assert decode(cp1258(page), header) == page


def test_marks_written_apart_become_one_letter_but_addresses_stay() -> None:
    apart = unicodedata.normalize("NFD", "thông tin")
    page = f'<a href="/{apart}">{apart}</a>'
    assert decode(page.encode()) == f'<a href="/{apart}">thông tin</a>'


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
@pytest.mark.parametrize("times", [1, 2])
def test_utf8_encoded_twice_is_mended(encoding: str, times: int) -> None:
    text = PAGE
    for _ in range(times):
        text = utf8_read_as(encoding, text)
    assert decode(text.encode()) == PAGE


@pytest.mark.parametrize("blank", [" ", "&nbsp;"])
def test_a_grave_whose_second_byte_became_a_blank_is_mended(blank: str) -> None:
    twice = utf8_read_as("cp1252", "<p>Tỉnh ủy và Sở làm việc tại nhà</p>")
    assert (
        decode(twice.replace("\u00a0", blank).encode()) == "<p>Tỉnh ủy và Sở làm việc tại nhà</p>"
    )


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Céng hoµ x· héi chñ nghÜa ViÖt Nam", "Cộng hoà xã hội chủ nghĩa Việt Nam"),
        ("CéNG HOµ X· HéI CHñ NGHÜA VIÖT NAM", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("§éc lËp - Tù do - H¹nh phóc: §iÖn Biªn", "Độc lập - Tự do - Hạnh phúc: Điện Biên"),
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA"),
        (
            "C&eacute;ng ho&micro; x&middot; h&#233;i ch&ntilde; ngh&Uuml;a",
            "Cộng hoà xã hội chủ nghĩa",
        ),
    ],
)
def test_old_fonts_are_read(written: str, meant: str) -> None:
    assert legacy_fonts.convert(f"<p>{written}</p>") == f"<p>{meant}</p>"


@pytest.mark.parametrize("write", [to_tcvn3, to_vni])
@pytest.mark.parametrize("header", ["", "text/html; charset=iso-8859-1"])
def test_page_of_an_old_font_is_read_from_bytes_of_latin_1(write, header: str) -> None:  # type: ignore[no-untyped-def]
    assert decode(write(PAGE).encode("latin-1"), header) == PAGE


def test_paragraph_of_an_old_font_is_converted_within_a_page_of_unicode() -> None:
    page = "<ul><li>Giới thiệu và tin tức</ul><p>{}</p><div>Bản quyền © 2004 · Sở là cơ quan</div>"
    assert decode(page.format(to_tcvn3(TEXT)).encode()) == page.format(TEXT)


def test_title_and_meta_in_an_old_font_are_converted_but_scripts_and_addresses_are_not() -> None:
    page = (
        '<meta name="description" content="{0}"><script>var a = "µ ® é";</script>'
        '<!-- é µ --><p><a href="/tµi-liÖu" title="{0}">{0}</a></p>'
    )
    assert decode(page.format(to_tcvn3(TEXT)).encode()) == page.format(TEXT)


@pytest.mark.parametrize("text", GOOD, ids=range(len(GOOD)))
def test_good_text_is_left_alone(text: str) -> None:
    page = f"<style>p {{ font-family: .VnTime, VNI-Times }}</style><p>{text}</p>"
    assert decode(page.encode()) == page


@pytest.mark.parametrize("text", GOOD[1:3], ids=range(2))
def test_good_text_in_windows_1252_is_left_alone(text: str) -> None:
    assert decode(f"<p>{text}".encode("cp1252"), "text/html; charset=windows-1252") == f"<p>{text}"


def test_chinese_is_read_as_declared() -> None:
    page = f"<meta charset=gb2312><p>{GOOD[3]}"
    assert decode(page.encode("gb2312")) == page


@given(st.lists(st.sampled_from(GOOD), min_size=1, max_size=8).map("</p><p>".join))
def test_good_texts_side_by_side_are_left_alone(text: str) -> None:
    assert decode(text.encode()) == text
    assert mend(text) == text


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_any_text_in_utf8_gives_text_and_twice_the_same(text: str) -> None:
    assert isinstance(decode(text.encode()), str)
    assert decode(b"<p>" + text.encode("latin-1", "replace"), "charset=latin-1")


@given(VIETNAMESE)
def test_what_an_old_font_wrote_comes_back(text: str) -> None:
    assert legacy_fonts.from_tcvn3(to_tcvn3(text)) == text
    assert legacy_fonts.from_vni(to_vni(text)) == text


@given(VIETNAMESE)
def test_paragraph_comes_back_whole_on_a_page_of_an_old_font(text: str) -> None:
    page = f"<p>{TEXT}</p><p>{text}</p>"
    assert decode(to_tcvn3(page).encode()) == page
    assert decode(to_vni(page).encode()) == page


@pytest.mark.parametrize(
    "word", ["nghiêng", "quyết", "giếng", "gì", "Điện", "đường", "HUỲNH", "khuya", "Lắk"]
)
def test_syllable_is_known(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["céng", "héi", "viÖt", "được2", "kà", "ngê", "tôt", "bắtt", ""])
def test_what_is_no_syllable_is_refused(word: str) -> None:
    assert not is_syllable(word)


@pytest.mark.parametrize(
    "body",
    [
        "µ<!--".encode() * 100_000,
        "ñ<script>".encode() * 100_000,
        "<p>µ a® ".encode() * 100_000,
        "µ".encode() * 500_000,
        'µ title="'.encode() * 50_000,
        b"<" * 200_000 + "µ".encode(),
        "áº¡".encode() * 200_000,
        b"\xcc\x81" * 300_000,
        b"\xe1 " * 500_000,
    ],
    ids=lambda body: repr(body[:12]),
)
def test_hostile_bytes_are_read_in_time(body: bytes) -> None:
    started = time.process_time()
    decode(body)
    assert time.process_time() - started < 4  # 1 s alone, on a machine that tests in parallel
