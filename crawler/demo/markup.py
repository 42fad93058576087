"""How editors of these portals write a body, and the few words that all engines share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from html import escape

from crawler.demo.piece import Heading, Items, Paragraph, Photo, Piece, Style, Table

WEEKDAYS = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")

_WORD_FONT = "font-size:14.0pt;font-family:&quot;Times New Roman&quot;,serif"


def weekday(moment: datetime) -> str:
    """Name the day of the week, its first letter a capital."""
    return WEEKDAYS[moment.weekday()]


def write_body(
    piece: Piece, *, picture: Callable[[Photo], str], table: Callable[[Table], str]
) -> str:
    """Write the blocks of an article as HTML, in the style of its author's editor."""
    parts = []
    for block in piece.blocks:
        match block:
            case Paragraph(text):
                parts.append(paragraph(piece.spelt(text), piece.style))
            case Heading(text):
                parts.append(f"<h3>{escape(piece.spelt(text))}</h3>")
            case Items(texts):
                items = "\n".join(f"<li>{escape(piece.spelt(text))}</li>" for text in texts)
                parts.append(f"<ul>\n{items}\n</ul>")
            case Table():
                parts.append(table(block))
            case Photo():
                parts.append(picture(block))
    return "\n".join(parts)


def paragraph(text: str, style: Style) -> str:
    """Write one paragraph."""
    match style:
        case "plain":
            return f'<p style="text-align: justify;">{escape(text)}</p>'
        case "div":
            return f'<div style="text-align: justify;">{escape(text)}<br  />\n&nbsp;</div>'
        case "breaks":
            return f"{escape(text)}<br />\n<br />"
        case "word":
            return _word_paragraph(text)


def _word_paragraph(text: str) -> str:
    """Write it as pasted from Word: one word lies in two spans, empty `o:p` stand at the end."""
    cut = _inside_a_word(text)
    first, second = escape(text[:cut], quote=False), escape(text[cut:], quote=False)
    return (
        '<p class="MsoNormal" style="margin-bottom:6.0pt;text-align:justify;'
        'mso-layout-grid-align:none"><span lang="VI" style="mso-bidi-font-weight:bold">'
        f'<span style="{_WORD_FONT}">{first}</span></span>'
        f'<span style="{_WORD_FONT};mso-ansi-language:VI">{second}<o:p></o:p></span></p>'
    )


def _inside_a_word(text: str) -> int:
    """Find a place between two letters, near the middle."""
    middle = len(text) // 2
    return next(
        (at for at in range(middle, len(text)) if text[at - 1].isalpha() and text[at].isalpha()),
        middle,
    )


def table(block: Table) -> str:
    """Write a table of data."""
    head, *rest = block.rows
    names = "".join(f"<th>{escape(name)}</th>" for name in head)
    body = "\n".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rest
    )
    return (
        '<table border="1" cellpadding="1" cellspacing="1" style="width:100%;">\n'
        f"<thead><tr>{names}</tr></thead>\n<tbody>\n{body}\n</tbody></table>"
    )


def cut(text: str, length: int) -> str:
    """Cut a text to whole words; what was cut ends in an ellipsis."""
    if len(text) <= length:
        return text
    return text[:length].rsplit(" ", 1)[0] + "…"
