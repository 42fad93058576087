"""What a source repeats in many articles is cut from them, and nothing else is."""

from __future__ import annotations

import html
from typing import Any

from crawler.clean.boilerplate import ENOUGH, REMEMBERED, Repeats, cut
from store.model import Article
from tests.store.making import article

TITLES = (
    "Khai mạc hội sách",
    "Tập huấn an toàn thông tin",
    "Giao ban báo chí",
    "Ra quân chỉnh trang cáp",
    "Trao máy tính cho học sinh",
    "Phủ sóng bản vùng cao",
)
HOTLINE = "Đường dây nóng: 0215 3824 999"


def told(number: int, *, after: str = "", before: str = "", **fields: Any) -> Article:
    name = TITLES[number % len(TITLES)] + " lần thứ hai" * (number // len(TITLES))
    texts = [*filter(None, [before]), f"Hôm nay, {name}.", f"Kết quả: {name}.", after]
    texts = [text for text in texts if text]
    usual = {
        "title": name,
        "body_text": "\n\n".join(texts),
        "body_html": "".join(f"<p>{html.escape(text)}</p>" for text in texts),
    }
    return article(number, **usual | fields)


def lines_of(*articles: Article) -> frozenset[str]:
    return Repeats(articles).lines()


def many(count: int = 6, **same: Any) -> list[Article]:
    return [told(number, **same) for number in range(count)]


def test_a_line_that_closes_many_articles_is_cut_and_kept_in_the_record() -> None:
    articles = many(after=HOTLINE)
    got = cut(articles[0], lines_of(*articles))
    assert got.body_text == "Hôm nay, Khai mạc hội sách.\n\nKết quả: Khai mạc hội sách."
    assert got.body_html == "<p>Hôm nay, Khai mạc hội sách.</p><p>Kết quả: Khai mạc hội sách.</p>"
    assert got.cut == (HOTLINE,)
    assert got.content_hash == told(0).content_hash


def test_a_line_behind_line_breaks_is_cut_with_them() -> None:
    def broken(number: int) -> Article:
        one = told(number, after=HOTLINE)
        return told(number, after=HOTLINE, body_html=one.body_text.replace("\n\n", "<br><br>"))

    articles = [broken(number) for number in range(6)]
    got = cut(articles[0], lines_of(*articles))
    assert got.body_html == "Hôm nay, Khai mạc hội sách.<br><br>Kết quả: Khai mạc hội sách."
    assert got.cut == (HOTLINE,)


def test_a_line_that_opens_many_articles_is_cut() -> None:
    articles = many(before="Nghe đọc bài")
    assert cut(articles[3], lines_of(*articles)).cut == ("Nghe đọc bài",)


def test_a_sentence_that_some_articles_share_is_no_boilerplate_and_a_notice_in_most_is() -> None:
    sentence = "Các đơn vị phải báo cáo kết quả thực hiện về Sở trước ngày cuối cùng của mỗi tháng."
    some = [told(n, after=sentence if n % 2 else "") for n in range(6)]
    assert not lines_of(*some)
    assert len(lines_of(*many(after=sentence))) == 1


def test_numbers_case_and_marks_do_not_make_another_line() -> None:
    articles = [told(n, after=f"LƯỢT XEM: {n * 7}" if n % 2 else f"Lượt xem {n}") for n in range(6)]
    assert cut(articles[5], lines_of(*articles)).cut == ("LƯỢT XEM: 35",)


def test_too_few_articles_prove_nothing() -> None:
    articles = many(ENOUGH - 1, after=HOTLINE)
    assert cut(articles[0], lines_of(*articles)).cut == ()


def test_a_line_of_two_articles_or_of_a_few_among_many_stays() -> None:
    two = [told(n, after=HOTLINE if n < 2 else "") for n in range(6)]
    assert lines_of(*two) == frozenset()
    few = [told(n, after=HOTLINE if n < 3 else "") for n in range(12)]
    assert lines_of(*few) == frozenset()


def test_an_article_read_again_counts_once() -> None:
    again = [told(0), told(0), told(0), *many()]
    assert lines_of(*again) == frozenset()


def test_notices_of_one_form_keep_the_form() -> None:
    form = "Sở thông báo lịch tiếp công dân như sau:"
    notices = [told(n, before=form, title=f"Lịch tiếp công dân tháng {n}") for n in range(1, 7)]
    others = many(4)
    assert lines_of(*notices, *others) == frozenset()


def test_a_long_paragraph_is_never_boilerplate() -> None:
    assert lines_of(*many(after="Căn cứ Luật Báo chí " * 20)) == frozenset()


def test_a_line_without_a_letter_is_never_boilerplate() -> None:
    assert lines_of(*many(after="* * *")) == frozenset()


def test_words_in_the_middle_of_a_long_article_are_not_looked_at() -> None:
    middle = "\n\n".join([*(f"Đoạn {c}" for c in "abcd"), HOTLINE, *(f"Ý {c}" for c in "abcdefg")])
    assert not any("duongdaynong" in line for line in lines_of(*many(after=middle)))


def test_an_article_of_nothing_else_keeps_its_text() -> None:
    only = told(0, body_text=HOTLINE, body_html=f"<p>{HOTLINE}</p>")
    assert cut(only, lines_of(*many(after=HOTLINE))) == only


def test_a_line_that_is_no_block_of_its_own_stays_in_text_and_markup() -> None:
    markup = f"<p>Hôm nay.</p><p>Kết quả.<br>{HOTLINE}</p>"
    odd = told(0, body_text=f"Hôm nay.\n\nKết quả.\n\n{HOTLINE}", body_html=markup)
    assert cut(odd, lines_of(*many(after=HOTLINE))) == odd


def test_a_picture_is_not_cut_with_the_words_under_it() -> None:
    markup = f'<p>Hôm nay.</p><p><img src="http://dic.gov.vn/a.jpg">{HOTLINE}</p>'
    pictured = told(0, body_text=f"Hôm nay.\n\n{HOTLINE}", body_html=markup)
    got = cut(pictured, lines_of(*many(after=HOTLINE)))
    assert got.body_html == '<p>Hôm nay.</p><p><img src="http://dic.gov.vn/a.jpg"></p>'
    assert got.cut == (HOTLINE,)


def test_the_last_of_equal_lines_is_the_one_that_goes_and_its_wrapper_with_it() -> None:
    markup = f"<p>{HOTLINE}</p><p>a</p><p>b</p><p>c</p><p>d</p><div><p>{HOTLINE}</p></div>"
    text = "\n\n".join([HOTLINE, "a", "b", "c", "d", HOTLINE])
    twice = told(0, body_text=text, body_html=markup)
    got = cut(twice, lines_of(*many(after=HOTLINE)))
    assert got.body_html == "<p>a</p><p>b</p><p>c</p><p>d</p>"
    assert got.cut == (HOTLINE, HOTLINE)


def test_words_with_signs_of_markup_stay_what_they_were() -> None:
    line = "Tải ứng dụng <Điện Biên ID> & theo dõi"
    articles = many(after=line)
    got = cut(articles[0], lines_of(*articles))
    assert (got.cut, "script" in got.body_html) == ((line,), False)


def test_a_line_stays_known_by_the_articles_it_was_cut_from() -> None:
    cleaned = [told(number, cut=(HOTLINE,)) for number in range(6)]
    assert cut(told(7, after=HOTLINE), lines_of(*cleaned)).cut == (HOTLINE,)


def test_old_articles_are_forgotten() -> None:
    repeats = Repeats(many(6, after=HOTLINE))
    for number in range(6, 6 + REMEMBERED):
        repeats.learn(told(number))
    assert repeats.lines() == frozenset()
