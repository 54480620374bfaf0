"""What a reader hands in becomes text, or a sentence says why not."""

import datetime as dt
import io

import pytest
from pypdf import PdfWriter

from components.authoring.proposals import MOST_TEXT, NoArticle
from components.authoring.sources import MOST_BYTES, MOST_PAGES, from_file, pasted

PAGE = """<!DOCTYPE html><html><head><title>Nordlicht bets on wind</title>
<meta property="article:published_time" content="2026-03-11T10:00:00Z">
<script>document.body.innerHTML = "revenue of $1"</script></head>
<body><nav><a href="/">Home</a> <a href="/about">About us</a></nav>
<article><h1>Nordlicht bets on wind</h1>
<p>Revenue rose 12 percent to EUR 3.4 billion in the last quarter, the company said, helped by orders from abroad.</p>
<p>Its margin was 9 percent, and &lt;b&gt;nobody&lt;/b&gt; expects it to fall
<img src=x onerror="alert(1)"> in this year.</p>
</article><footer>Cookies, privacy, imprint</footer></body></html>"""


def printed(text: str, title: str = "") -> bytes:
    """A PDF of one page with that text, as small as one can be."""
    shown = "".join(f"({line}) Tj 0 -14 Td " for line in text.split("\n"))
    stream = f"BT /F1 12 Tf 72 720 Td {shown}ET".encode()
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Title (%s) >>" % title.encode(),
    ]
    out, places = io.BytesIO(b"%PDF-1.4\n"), []
    out.seek(0, io.SEEK_END)
    for number, part in enumerate(parts, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, part))
    start = out.tell()
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    out.write(b"xref\n0 7\n0000000000 65535 f \n" + rows)
    out.write(b"trailer << /Size 7 /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF" % start)
    return out.getvalue()


def pages(count: int, password: str = "") -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    for _ in range(count):
        writer.add_blank_page(100, 100)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


def test_a_pasted_text_keeps_its_lines_and_loses_what_nobody_sees() -> None:
    found = pasted("\ufeffRevenue\u200b rose\r\n12\u202e%\x00.\n\n\n\nIt did.  \n")
    assert found.text == "Revenue rose\n12%.\n\nIt did."
    assert found.remark == ""


def test_a_saved_page_gives_the_article_its_title_and_its_day() -> None:
    found = from_file("page.html", PAGE.encode())
    assert found.title == "Nordlicht bets on wind"
    assert found.published == dt.date(2026, 3, 11)
    assert "Revenue rose 12 percent to EUR 3.4 billion" in found.text
    assert "<b>nobody</b> expects" in found.text  # text, and shown as such
    for gone in ("innerHTML", "onerror", "Cookies", "About us"):
        assert gone not in found.text


def test_a_page_is_known_by_its_content_and_not_by_its_name() -> None:
    assert from_file("page", PAGE.encode()).title == "Nordlicht bets on wind"


def test_a_pdf_gives_its_text_with_cut_words_made_whole() -> None:
    found = from_file(
        "note.pdf", printed("Operating profit was 34 per-\ncent of sales in the\nSeptember quarter.", "A note")
    )
    assert found.title == "A note"
    assert "34 percent of sales in the September quarter." in found.text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_text_file_is_read_in_its_encoding(encoding: str) -> None:
    assert from_file("a.txt", "It paid £5m – or €6m.".encode(encoding)).text == "It paid £5m – or €6m."


WRONG = [
    ("a.txt", b"", "is empty"),
    ("a.txt", b"  \n ", "no text in it yet"),
    ("a.txt", b"x" * (MOST_TEXT + 1), "Paste the article alone"),
    ("a.txt", b"x" * (MOST_BYTES + 1), "is larger than 10 MB"),
    ("a.docx", b"PK\x03\x04rest", "is neither text, HTML nor PDF"),
    ("a.bin", bytes(range(256)), "is neither text, HTML nor PDF"),
    ("a.pdf", b"%PDF-1.7 and nothing", "is damaged"),
    ("a.pdf", pages(1), "holds pictures of text, and no text"),
    ("a.pdf", pages(MOST_PAGES + 1), "has 101 pages"),
    ("a.pdf", pages(1, "secret"), "is locked with a password"),
    ("a.html", b"<html><script>revenue = 5</script></html>", "No article is found"),
    ("../../etc/passwd.pdf", b"%PDF-", "“passwd.pdf” is damaged"),
]


@pytest.mark.parametrize(("name", "content", "said"), WRONG, ids=[said for *_, said in WRONG])
def test_what_cannot_be_read_is_said(name: str, content: bytes, said: str) -> None:
    with pytest.raises(NoArticle) as found:
        from_file(name, content)
    assert said in str(found.value)


def test_a_text_from_right_to_left_is_taken_with_a_remark() -> None:
    assert "right to left" in pasted("הכנסות עלו ב-12% לעומת השנה שעברה").remark
    assert pasted("Revenue of Teva (טבע) rose 12%.").remark == ""
