"""One invented report in every format that is read, made as the programs that people use make it."""

from __future__ import annotations

import csv
import gzip
import io
import json
import tarfile
import zipfile
from datetime import date
from html import escape
from typing import Any

TITLE = "وزيرا دفاع كينيا والهند يتفقان على مناورات مشتركة"
PARAGRAPHS = (
    "أكد وزير الدفاع الكيني صامويل كاماو أن البلدين اتفقا على إجراء مناورات مشتركة مرتين في السنة، وأن الهند ستقدم 5 "
    "ملايين دولار لتدريب الضباط.",
    'وقال وزير الدفاع الهندي، في مؤتمر صحفي مشترك، إن بلاده "ستوقع الشهر المقبل" اتفاقية لبيع طائرات F-16 إلى كينيا.',
    "وأضاف أن الجانبين ناقشا تبادل المعلومات (نحو 3% منها سرية) في 2019.",
    "ونفى المتحدث باسم الوزارة الكينية وجود قواعد عسكرية للهند في بلاده.",
)
TEXT = "\n".join(PARAGRAPHS)
OUTLET = "صحيفة المرصد"
PUBLISHED = date(2019, 3, 4)
URL = "https://almarsad.example/world/2019/03/04/4711"


def page(declared: str = "utf-8", paragraphs: tuple[str, ...] = PARAGRAPHS) -> str:
    """A page of a news site: navigation, share buttons, links to other reports, comments."""
    body = "\n".join(f"<p>{escape(p)}</p>" for p in paragraphs[:2])
    body += '<p>اقرأ أيضا: <a href="/x">رئيس كينيا يستقبل السفير الهندي في نيروبي</a></p>'
    body += f"<p>{'<br>'.join(map(escape, paragraphs[2:]))}</p>"
    return f"""<!DOCTYPE html>
<html lang="ar" dir="rtl"><head><meta charset="{declared}">
<title>{TITLE} | {OUTLET}</title>
<link rel="canonical" href="{URL}">
<meta property="og:site_name" content="{OUTLET}">
<meta property="og:title" content="{TITLE}">
<meta property="article:published_time" content="2019-03-04T21:30:00+03:00">
<script>var related = "<p>الهند تطلق قمرا صناعيا جديدا</p>";</script><style>p {{ margin: 0 }}</style></head>
<body><header><nav><ul><li><a href="/">الرئيسية</a></li><li><a href="/w">العالم</a></li><li><a href="/s">رياضة</a></li>
<li><a href="/e">اقتصاد</a></li></ul></nav></header>
<div class="breaking">عاجل: ارتفاع أسعار النفط في ختام تعاملات اليوم</div>
<main><article><h1>{TITLE}</h1>
<div class="meta"><span class="author">نيروبي - المرصد</span> <time>الاثنين 4 مارس 2019</time></div>
<div class="share"><a href="#">شارك على فيسبوك</a> <a href="#">تويتر</a> <a href="#">واتساب</a></div>
<figure><img src="a.jpg"><figcaption>الوزيران خلال المؤتمر الصحفي (أ ف ب)</figcaption></figure>
<div class="body"><p>{TITLE}</p>
{body}
<p>رابط الخبر: <a href="https://almarsad.example/4711">https://almarsad.example/4711</a></p>
<p>(أ ف ب)</p></div>
<div class="tags">الوسوم: <a>كينيا</a> <a>الهند</a></div></article>
<aside class="related"><h3>أخبار ذات صلة</h3><ul>
<li><a href="/1">الهند تطلق قمرا صناعيا جديدا من قاعدة في الجنوب</a></li>
<li><a href="/2">كينيا تعلن عن انتخابات مبكرة في الخريف المقبل</a></li></ul></aside>
<section id="comments"><h3>التعليقات</h3><div class="comment"><b>أبو محمد</b>
<p>بارك الله فيكم، خبر مهم جدا لكل المتابعين في المنطقة ونتمنى التوفيق للجميع.</p></div></section></main>
<footer><p>جميع الحقوق محفوظة © {OUTLET} 2019</p></footer></body></html>"""


def old_page() -> str:
    """A page as they were written before: upper case, tables for layout, lines broken by <br>, no data about itself."""
    lines = "<BR><BR>".join(map(escape, PARAGRAPHS))
    return f"""<HTML DIR=RTL><HEAD><META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=windows-1256">
<TITLE>{OUTLET} - {TITLE}</TITLE></HEAD><BODY BGCOLOR=#FFFFFF><TABLE WIDTH=780><TR><TD COLSPAN=2>
<A HREF="/">الصفحة الأولى</A> | <A HREF="/p">سياسة</A> | <A HREF="/e">اقتصاد</A> | <A HREF="/s">رياضة</A></TD></TR>
<TR><TD WIDTH=600 VALIGN=TOP><FONT SIZE=5><B>{TITLE}</B></FONT><BR><FONT SIZE=3>{lines}</FONT><BR>
<A HREF="print.asp">طباعة</A> <A HREF="send.asp">أرسل إلى صديق</A></TD>
<TD WIDTH=180 VALIGN=TOP><A HREF="a.asp">الهند تطلق قمرا صناعيا</A><BR>
<A HREF="b.asp">كينيا تعلن عن انتخابات</A></TD></TR>
<TR><TD COLSPAN=2>جميع الحقوق محفوظة</TD></TR></TABLE></BODY></HTML>"""


def _markup() -> str:
    link = f'<p>The post <a href="{URL}">{TITLE}</a> appeared first</p>'
    return "".join(f"<p>{escape(p)}</p>" for p in PARAGRAPHS) + link


def rss(declared: str = "utf-8") -> str:
    """RSS 2.0 with the whole content, and an entry that has only a summary, without markup."""
    return f"""<?xml version="1.0" encoding="{declared}"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>{OUTLET}</title><link>https://almarsad.example</link><description>أخبار</description>
<item><title>{TITLE}</title><link>{URL}</link><guid isPermaLink="false">4711</guid>
<pubDate>Mon, 04 Mar 2019 21:30:00 +0300</pubDate><dc:creator>المرصد</dc:creator>
<description>{escape(PARAGRAPHS[0])}</description><content:encoded><![CDATA[{_markup()}]]></content:encoded></item>
<item><title>عنوان آخر</title><guid>https://almarsad.example/4712</guid><description>{escape(TEXT)}</description></item>
</channel></rss>"""


def atom() -> str:
    """Atom with its content as HTML that is escaped."""
    return f"""<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>{OUTLET}</title><id>tag:almarsad.example,2019:feed</id>
<entry><title type="html">{TITLE}</title><id>tag:almarsad.example,2019:4711</id>
<link rel="self" href="https://almarsad.example/api/4711"/><link rel="alternate" href="{URL}"/>
<published>2019-03-04T21:30:00+03:00</published><updated>2019-03-06T00:00:00Z</updated>
<summary>{escape(PARAGRAPHS[0])}</summary><content type="html">{escape(_markup())}</content></entry></feed>"""


def rdf() -> str:
    """RSS 1.0."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://almarsad.example"><title>{OUTLET}</title></channel>
<item rdf:about="{URL}"><title>{TITLE}</title><link>{URL}</link><dc:date>2019-03-04T21:30:00+03:00</dc:date>
<description>{escape(_markup())}</description></item></rdf:RDF>"""


def warc(*responses: tuple[str, str, str, bytes], packed: bool = False) -> bytes:
    """A WARC of responses: address, status, content type, payload; with the records that crawlers put around."""
    records = [_warc_record("warcinfo", "", "application/warc-fields", b"software: crawler\r\n")]
    for url, status, media, payload in responses:
        records.append(_warc_record("request", url, "application/http; msgtype=request", b"GET / HTTP/1.1\r\n\r\n"))
        head = f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\nContent-Length: {len(payload)}\r\n\r\n".encode()
        records.append(_warc_record("response", url, "application/http; msgtype=response", head + payload))
    return b"".join(gzipped(r) if packed else r for r in records)


def _warc_record(kind: str, url: str, media: str, block: bytes) -> bytes:
    fields = {
        "WARC-Type": kind,
        "WARC-Record-ID": "<urn:uuid:0aa8a2dd-0000-4000-8000-000000000001>",
        "WARC-Date": "2019-04-01T00:00:00Z",
        "Content-Type": media,
        "Content-Length": str(len(block)),
        **({"WARC-Target-URI": url} if url else {}),
    }
    head = "WARC/1.0\r\n" + "".join(f"{k}: {v}\r\n" for k, v in fields.items()) + "\r\n"
    return head.encode() + block + b"\r\n\r\n"


def docx(paragraphs: tuple[str, ...] = PARAGRAPHS, title: str = TITLE, main: str | bytes | None = None) -> bytes:
    """A document as Word writes it: text in runs, a table, a deleted sentence, its title in the properties."""
    half = [(p[: len(p) // 2], p[len(p) // 2 :]) for p in paragraphs]
    runs = [f'<w:r><w:t xml:space="preserve">{escape(a)}</w:t></w:r><w:r><w:t>{escape(b)}</w:t></w:r>' for a, b in half]
    body = "".join(f"<w:p>{r}</w:p>" for r in runs[:-1])
    body += f"<w:tbl><w:tr><w:tc><w:p>{runs[-1]}</w:p></w:tc></w:tr></w:tbl>"
    body += "<w:p><w:del><w:r><w:delText>حذفت هذه الجملة.</w:delText></w:r></w:del></w:p>"
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    document = main or f'<?xml version="1.0"?><w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'
    about = f"""<?xml version="1.0"?><cp:coreProperties xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties">
 <dc:title>{title}</dc:title></cp:coreProperties>"""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", "<Relationships/>")
        archive.writestr("docProps/core.xml", about)
        archive.writestr("word/document.xml", document)
        archive.writestr("[Content_Types].xml", "<Types/>")
    return out.getvalue()


ROW = {"headline": TITLE, "body": TEXT, "link": URL, "source": OUTLET, "date": PUBLISHED.isoformat()}


def table(delimiter: str = ",", header: tuple[str, ...] = tuple(ROW)) -> str:
    """A table of two rows, as spreadsheets write it."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerows([header, list(ROW.values()), ["عنوان آخر", "نص «آخر»; قصير, جدا", "", "", ""]])
    return out.getvalue()


def parquet(rows: list[dict[str, Any]] | None = None) -> bytes:
    """The same as Parquet."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows or [{**ROW, "date": PUBLISHED, "words": 60}]), out)
    return out.getvalue()


def lines() -> bytes:
    """JSON Lines."""
    fields = {"id": "4711", "text": TEXT, "title": TITLE, "outlet": OUTLET, "url": URL, "date": PUBLISHED.isoformat()}
    return json.dumps(fields, ensure_ascii=False).encode() + b"\n"


def zipped(members: dict[str, bytes]) -> bytes:
    """A zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(members: dict[str, bytes], format: int = tarfile.PAX_FORMAT) -> bytes:
    """A tar archive."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=format) as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def gzipped(data: bytes) -> bytes:
    """Compressed with gzip, always to the same bytes."""
    return gzip.compress(data, mtime=0)
