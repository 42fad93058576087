"""What the sanitiser lets through, and what it never does."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.clean.html import sanitise

BASE = "http://so.example.vn/vi/tin/bai-1.html"

KEPT = {
    "<p>Một <b>hai</b> <em>ba</em></p>": "<p>Một <b>hai</b> <em>ba</em></p>",
    "<ul><li>một</li></ul>": "<ul><li>một</li></ul>",
    "<table><tr><td colspan='2'>a</td></tr></table>": (
        '<table><tr><td colspan="2">a</td></tr></table>'
    ),
    "<p><img src='/a.jpg' alt='x' width='800'></p>": (
        '<p><img src="http://so.example.vn/a.jpg" alt="x" width="800"></p>'
    ),
    "<p><a href='b.pdf'>tệp</a></p>": (
        '<p><a href="http://so.example.vn/vi/tin/b.pdf" rel="noopener noreferrer nofollow">tệp'
        "</a></p>"
    ),
    "<figure><img src='//cdn.vn/a.jpg'><figcaption>x</figcaption></figure>": (
        '<figure><img src="http://cdn.vn/a.jpg"><figcaption>x</figcaption></figure>'
    ),
    "<p>Sở TT&amp;TT 5 &lt; 6</p>": "<p>Sở TT&amp;TT 5 &lt; 6</p>",
    "chữ trần": "chữ trần",
}
CLEANED = {
    "<div><div><p>a</p><p>b</p></div></div>": "<p>a</p><p>b</p>",
    "<p>a</p><p></p><p>&nbsp;</p><div><span></span></div>": "<p>a</p>",
    "<p class=x id=y style='position:fixed' onclick='z()' data-a=b>a</p>": "<p>a</p>",
    "<p>a<o:p></o:p></p>": "<p>a</p>",
    "<p>a</p><script>x</script><style>y</style><iframe src=z>w</iframe>": "<p>a</p>",
    "<form><p>a</p><input value=b><button>c</button></form>": "<p>a</p>",
    "<p><a href='javascript:x'>a</a> <a href='#b'>b</a> <a name=c>c</a></p>": "<p>a b c</p>",
    "<p>a<img src='data:image/gif;base64,AA'></p>": "<p>a</p>",
    "<p><img src='data:,' data-src='/a.jpg'></p>": '<p><img src="http://so.example.vn/a.jpg"></p>',
    "<p><img srcset='/s.jpg 300w, /b.jpg 800w'></p>": '<p><img src="http://so.example.vn/b.jpg"></p>',
    "<p>a<img src='/dem.gif' width=1 height=1></p>": "<p>a</p>",
    "<p>a<!-- b --></p>": "<p>a</p>",
    "<p>b\u00f4\u0309i c\u00adó\u200b</p>": "<p>b\u1ed5i có</p>",
    "<p><b>a": "<p><b>a</b></p>",
    "<p style='display:none'>a</p><p>b</p>": "<p>b</p>",
    "<table><tr><td></td><td>a</td></tr></table>": ("<table><tr><td></td><td>a</td></tr></table>"),
    "": "",
    "<p> </p>": "",
    "<script>alert(1)</script>": "",
}


@pytest.mark.parametrize(("source", "expected"), KEPT.items())
def test_news_markup_is_kept(source: str, expected: str) -> None:
    assert sanitise(source, BASE).replace("<tbody>", "").replace("</tbody>", "") == expected


@pytest.mark.parametrize(("source", "expected"), CLEANED.items())
def test_the_rest_is_taken_out(source: str, expected: str) -> None:
    assert sanitise(source, BASE).replace("<tbody>", "").replace("</tbody>", "") == expected


@pytest.mark.parametrize(
    "source",
    [
        "<img src=x onerror=alert(1)>",
        "<svg><style><img src=x onerror=alert(1)></style></svg>",
        "<math><mtext><table><mglyph><style><!--</style><img src=x onerror=alert(1)>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
        "<a href='jav&#x09;ascript:alert(1)'>x</a>",
        "<a href=' javascript:alert(1)'>x</a>",
        "<a href='vbscript:x'>x</a><a href='data:text/html,<script>'>y</a>",
        "<p><scr<script>ipt>alert(1)</script></p>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<meta http-equiv=refresh content='0;url=http://x'><base href='http://x/'>",
        "<object data=x><embed src=y></object><link rel=stylesheet href=z>",
        "<p style='background:url(javascript:x)'>a</p>",
        "<img src='http://x/\"onerror=alert(1)'>",
        "<template><script>alert(1)</script></template>",
        "<xmp><img src=x onerror=alert(1)></xmp>",
        "<textarea><img src=x onerror=alert(1)></textarea>",
    ],
)
def test_no_script_survives(source: str) -> None:
    assert_safe(sanitise(f"<p>Đầu</p>{source}<p>Cuối</p>", BASE))


def test_what_leaves_is_not_changed_by_going_in_again() -> None:
    for source in (*KEPT, *CLEANED):
        once = sanitise(source, BASE)
        assert sanitise(once, BASE) == once


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<b>",
                "<table>",
                "<tr>",
                "<td>",
                "<svg>",
                "<math>",
                "<style>",
                "</style>",
                "<script>",
                "</script>",
                "<!--",
                "-->",
                "<img",
                "src=x",
                "onerror=y>",
                "<a",
                "href=javascript:z>",
                "'",
                '"',
                "<",
                ">",
                "&",
                "chữ",
                "<ul>",
                "<li>",
                "</div>",
                "<form>",
                "<br>",
                "<noscript>",
                "</noscript>",
                "<![CDATA[",
                "]]>",
                "<o:p>",
                "<h1>",
                "<iframe>",
                "\x00",
                "\xad",
            ]
        )
    )
)
def test_no_mixture_of_tags_comes_out_unsafe(parts: list[str]) -> None:
    assert_safe(sanitise("".join(parts), BASE))


def assert_safe(clean: str) -> None:
    tags = re.findall(r"<(/?[a-zA-Z][^\s>/]*)([^>]*)>", clean)
    for name, attributes in tags:
        assert name.lstrip("/") not in {"script", "style", "iframe", "form", "svg", "math", "o:p"}
        assert not re.search(r"\s(?:on\w+|style|class|id)=", attributes)
        for url in re.findall(r'\s(?:href|src)="([^"]*)"', attributes):
            assert url.startswith(("http://", "https://"))
