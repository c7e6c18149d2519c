"""Attacks on the reading room, each tried."""

from __future__ import annotations

import http.client
import json
import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import quote, urlsplit

import pytest
from fastapi.routing import APIRoute
from records import record, report, span
from serving import serving
from visitors import Visitor, keep, keep_one, make_users

from mithaq.model import Attribution, Provision, Record, Report
from mithaq.query.counts import counts
from mithaq.store.database import Database
from mithaq.store.judgements import latest_judgements
from mithaq.store.reviews import count_reviews
from mithaq.web.access import SAFE
from mithaq.web.pages import back
from mithaq.web.routes import ROUTERS
from mithaq.web.routes.add import safe_name
from mithaq.web.security import CSRF_COOKIE
from mithaq.web.settings import Settings

EVIL = "\"><script>alert(1)</script><img src=x onerror=alert(2)>'</title></textarea>{{7*7}}javascript:"
SMALL = Settings(upload_bytes=200_000, form_bytes=20_000, unpacked_bytes=1_000_000)
GETS = sorted(
    {r.path for router in ROUTERS for r in router.routes if isinstance(r, APIRoute) and "GET" in (r.methods or ())}
)
POSTS = sorted(
    {r.path for router in ROUTERS for r in router.routes if isinstance(r, APIRoute)
     and set(r.methods or ()) - set(SAFE)}
)  # fmt: skip


@pytest.fixture
def site(database: Database) -> Iterator[str]:
    keep_one(database)
    with serving(database, SMALL) as address:
        yield address


def raw(
    site: str, method: str, path: str, headers: dict[str, str], body: bytes | None = None
) -> tuple[int, str, dict[str, str]]:
    """A request as it is, with headers that clients would not send."""
    connection = http.client.HTTPConnection(urlsplit(site).netloc, timeout=20)
    try:
        connection.putrequest(method, path, skip_host=True)
        for name, value in ({"Host": urlsplit(site).netloc} | headers).items():
            connection.putheader(name, value)
        connection.endheaders(body)
        answer = connection.getresponse()
        return answer.status, answer.read().decode("utf-8", "replace"), dict(answer.getheaders())
    finally:
        connection.close()


# --- requests that another site has forged


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize("token", [None, "", "x" * 43, "كلمة"])
def test_csrf_a_form_without_our_token_does_nothing(
    site: str, database: Database, path: str, token: str | None
) -> None:
    with Visitor(site) as visitor:
        visitor.get("/")
        fields = {"report": "r1", "row": "provision-0-1-exercise", "verdict": "accept", "text": "قال", "name": "x"}
        answer = visitor.post(path, data=fields | ({} if token is None else {"csrf": token}))
        assert answer.status_code == 403
        assert visitor.post(path, files={"files": ("a.txt", "قال")}).status_code == 403
    with database.read() as connection:
        assert (count_reviews(connection), counts(connection).reports) == (0, 1)


def test_csrf_a_token_without_its_cookie_is_worth_nothing(site: str) -> None:
    with Visitor(site) as visitor, Visitor(site) as other:
        visitor.get("/")
        assert other.post("/add", data={"csrf": visitor.cookies[CSRF_COOKIE]}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_csrf_requests_from_other_sites_are_refused_even_with_the_token(site: str, headers: dict[str, str]) -> None:
    with Visitor(site) as visitor:
        visitor.get("/")
        assert visitor.form("/review", {"report": "r1"}, headers=headers).status_code == 403
        assert visitor.form("/review", {"report": "r1"}).status_code == 400, "ours is looked at"


def test_the_csrf_cookie_is_strict(site: str) -> None:
    with Visitor(site) as visitor:
        cookie = visitor.get("/").headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


# --- names that resolve to this machine


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8700", "127.0.0.1.evil.example", "", "0.0.0.0", "[::2]"]
)
@pytest.mark.parametrize("path", ["/", "/static/mithaq.css", "/api/v1/openapi.json"])
def test_dns_rebinding_other_names_are_not_answered(site: str, host: str, path: str) -> None:
    status, said, headers = raw(site, "GET", path, {"Host": host})
    assert status in (400, 403)
    assert "ميثاق" not in said
    assert status == 400 or "Content-Security-Policy" in {k.title() for k in headers}


# --- hostile reports


def hostile(database: Database) -> Report:
    """A report whose every field is markup, and a record that quotes it."""
    text = f"قال {EVIL} إن مصر وروسيا اتفقتا على مناورات مشتركة."
    what = Report(
        text, f"x/../{EVIL}", f"صحيفة {EVIL}", f"javascript:alert(1)//{EVIL}", f"عنوان {EVIL}", date(2020, 1, 2)
    )
    said = Attribution(
        "a1", span("قال", text), span(EVIL, text), f"فلان {EVIL}", (span("مناورات", text),), "direct", None, "named"
    )
    act = Provision("p1", span("مناورات مشتركة", text), "exercise", "agreed", ("EGY", "RUS"), "provision", "a1")
    keep(database, what, Record(what.id, (said,), (act,), (), what.outlet, what.url, what.title, what.published))
    return what


def test_xss_nothing_of_a_report_becomes_markup(site: str, database: Database) -> None:
    what = hostile(database)
    id = quote(what.id, safe="")
    with Visitor(site) as visitor:
        row = re.search(r'data-row="(provision-[^"]+)"', visitor.get(f"/review/reports/{id}").text)
        assert row
        visitor.form("/review", {"report": what.id, "row": row[1], "verdict": "accept", "seen": "0-0"})
        addresses = [
            "/",
            f"/reports/{id}",
            f"/review/reports/{id}",
            f"/review/reports/{id}?edit={row[1]}",
            "/review",
            "/review/log",
        ]
        addresses += ["/review?show=attribution", "/search?q=مناورات", f"/search?q={quote(EVIL)}", "/speakers", "/add"]
        addresses += [
            f"/speakers?name={quote('فلان')}",
            f"/review/reports/{id}?add=provision",
            f"/review?party={quote(EVIL)}",
        ]
        addresses += [f"/login?next={quote(EVIL)}", f"/{quote(EVIL)}", f"/review?show={quote(EVIL)}"]
        for address in addresses:
            page = visitor.get(address, follow_redirects=True).text
            assert not re.search(r"<(script>|img|/?title>.*<script)", page.split("</head>")[-1], re.I), address
            assert "<script>alert" not in page, address
            assert not re.search(r"(href|src|action)=[\"']?\s*javascript:", page, re.I), address
            assert "onerror=alert" not in re.sub(r"&[a-z0-9#]+;", " ", page) or "<img" not in page, address
            assert "49" not in re.findall(r"\{\{7\*7\}\}|49javascript", page), address


def test_xss_json_is_json_whatever_it_holds(site: str, database: Database) -> None:
    what = hostile(database)
    with Visitor(site) as visitor:
        visitor.form("/review", {"report": what.id, "row": "report-0-0", "verdict": "accept", "seen": "0-0"})
        answer = visitor.get("/review/gold.jsonl")
        assert answer.headers["content-type"].startswith("application/jsonl")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "attachment" in answer.headers["content-disposition"]
        assert json.loads(answer.text)["title"] == what.title


# --- paths, redirects, headers


@pytest.mark.parametrize("start", ["/static/", "/fonts/"])
@pytest.mark.parametrize(
    "path",
    [
        "../settings.py",
        "..%2fsettings.py",
        "%2e%2e/settings.py",
        "....//settings.py",
        "..\\settings.py",
        "..%5csettings.py",
        "/etc/passwd",
        "%2fetc%2fpasswd",
        "mithaq.css/../../settings.py",
        "%00mithaq.css",
    ],
)
def test_path_traversal_only_our_files_are_served(site: str, start: str, path: str) -> None:
    status, said, _ = raw(site, "GET", start + path, {})
    assert status in (400, 404)
    assert "LOOPBACK" not in said
    assert "root:" not in said


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("/absolute/news.jsonl", "news.jsonl"),
        ("..", "upload"),
        ("", "upload"),
        ("a\r\nSet-Cookie: x.txt", "aSet-Cookie x.txt"),
        ("خبر.txt", "خبر.txt"),
        ("n" * 300 + ".jsonl", "n" * 94 + ".jsonl"),
        ("a\0b.txt", "ab.txt"),
        ("-", "-"),
    ],
)
def test_the_names_of_uploads_are_names_only(given: str, kept: str) -> None:
    assert safe_name(given) == kept


@pytest.mark.parametrize(
    "to",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example/",
        "/\\evil.example/",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        " //evil.example",
        "javascript:alert(1)",
        "evil.example",
        "",
    ],
)
def test_open_redirect_forms_lead_to_our_pages_only(database: Database, to: str) -> None:
    assert back(to).headers["location"] == "/"
    make_users(database)
    with serving(database, Settings(accounts=True)) as site, Visitor(site) as visitor:
        assert visitor.log_in("reader", next=to).headers["location"] == "/"
        assert visitor.get("/login", params={"next": to}).headers["location"] == "/"


def test_open_redirect_the_switch_of_language_stays_here(site: str) -> None:
    status, said, _ = raw(site, "GET", "//evil.example/?lang=ar", {})
    assert status == 404
    switch = re.search(r'class="switch" href="([^"]+)"', said)
    assert switch
    assert not switch[1].startswith("//")


def test_header_injection_line_breaks_never_reach_a_header(site: str, database: Database) -> None:
    with Visitor(site) as visitor:
        answer = visitor.form(
            "/review",
            {"report": "r1", "row": "report-0-0", "verdict": "accept", "seen": "0-0", "next": "x\r\nSet-Cookie: a=b"},
        )
        assert answer.status_code == 303
        assert "a=b" not in visitor.cookies.values()
        answer = visitor.form("/judge", {"one": "r1/p1", "other": "r1/p1", "verdict": "x", "next": "/\r\nX-Evil: 1"})
        assert "x-evil" not in answer.headers
    status, _, headers = raw(site, "GET", "/reports/r1%0d%0aX-Evil:%201?lang=ar%0d%0aX-Evil:1", {})
    assert status == 404
    assert "X-Evil" not in headers


# --- too much


def test_uploads_that_are_too_large_are_refused_by_their_header(site: str) -> None:
    with Visitor(site) as visitor:
        visitor.get("/")
        answer = visitor.form("/add", files={"files": ("a.txt", b"x" * 300_000)})
        assert answer.status_code == 413
        assert "0.2 MB" in answer.text


@pytest.mark.parametrize("path", ["/add", "/review", "/login"])
def test_bodies_that_say_nothing_of_their_size_are_cut_off(site: str, path: str) -> None:
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        yield b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
        while sent < 50_000_000:
            sent += 65_536
            yield b"x" * 65_536

    with Visitor(site) as visitor:
        visitor.get("/")
        headers = {"content-type": "multipart/form-data; boundary=x"}
        try:
            assert visitor.post(path, content=endless(), headers=headers).status_code == 413
        except OSError:
            pass  # the server hung up while we were still sending
        except Exception as error:
            assert type(error).__module__.startswith("httpx"), error  # noqa: PT017
        assert sent < 50_000_000


@pytest.mark.parametrize("length", ["999999999999", "-1", "1e9", "x"])
def test_lengths_that_lie_are_refused(site: str, length: str) -> None:
    # No body: the server hangs up, and what it has not read would reset the connection before its answer is read.
    status, _, _ = raw(site, "POST", "/add", {"Content-Length": length, "Content-Type": "text/plain"})
    assert status in (400, 403, 413)


def test_forms_that_are_too_large_are_refused(site: str) -> None:
    with Visitor(site) as visitor:
        assert visitor.form("/review", {"report": "r1", "speaker": "x" * 30_000}).status_code == 413
        assert visitor.form("/add", {"title": "ع" * 501, "text": "قال"}).status_code == 400
        many = {f"f{n}": "x" for n in range(600)}
        assert visitor.form("/add", many).status_code == 400
        files = [("files", (f"{n}.txt", b"x")) for n in range(150)]
        assert visitor.form("/add", files=files).status_code == 400


def test_a_field_that_is_too_long_for_its_cell_is_refused(site: str, database: Database) -> None:
    what = report()
    row = record(what).attributions[0].cue
    fields = {"report": "r1", "row": f"attribution-{row.start}-{row.end}", "verdict": "correct", "seen": "0-0"}
    with Visitor(site) as visitor:
        answer = visitor.form("/review", {**fields, "speaker": "س" * 301})
        assert answer.status_code == 400
        assert "س" * 301 in answer.text, "what was entered is kept"


# --- databases


def test_sql_injection_in_every_query_parameter(site: str, database: Database) -> None:
    attacks = [
        "' OR 1=1 --",
        "1; DROP TABLE reports",
        '" UNION SELECT password FROM users --',
        "%",
        "\0",
        "'; --",
        "\\",
    ]
    with Visitor(site) as visitor:
        for path in GETS:
            if path == "/add/{id}/state":
                continue
            parameters = {
                p.name for router in ROUTERS for r in router.routes if isinstance(r, APIRoute) and r.path == path
                for p in _query_names(r)
            }  # fmt: skip
            for attack in attacks:
                address = re.sub(r"\{[^}]+\}", quote(attack, safe=""), path)
                answer = visitor.get(address, params=dict.fromkeys(sorted(parameters), attack))
                assert answer.status_code < 500, (path, attack)
                for name in sorted(parameters):
                    answer = visitor.get(re.sub(r"\{[^}]+\}", "r1", path), params={name: attack})
                    assert answer.status_code < 500, (path, name, attack)
    with database.read() as connection:
        assert counts(connection).reports == 1


def _query_names(route: APIRoute) -> list:  # type: ignore[type-arg]
    found, waiting = [], [route.dependant]
    while waiting:
        dependant = waiting.pop()
        found += dependant.query_params
        waiting += dependant.dependencies
    return found


def test_sql_injection_in_forms(site: str, database: Database) -> None:
    attack = "'; DELETE FROM reports; --"
    with Visitor(site) as visitor:
        for fields in (
            {"report": attack, "row": attack, "verdict": "accept", "seen": attack},
            {"report": "r1", "row": "provision-0-1-exercise", "verdict": attack, "seen": attack},
            {"one": attack, "other": attack, "verdict": "same", "seen": attack},
            {"review": attack, "judgement": attack, "seen": attack},
        ):
            for path in ("/review", "/review/undo", "/judge", "/judge/undo"):
                assert 400 <= visitor.form(path, fields).status_code < 500, (path, fields)
    with database.read() as connection:
        assert counts(connection).reports == 1
        assert (count_reviews(connection), latest_judgements(connection, 1)[0]) == (0, 0)


@pytest.mark.parametrize("number", ["-1", "1.5", "٣", "9" * 30, "", "1 OR 1=1"])
def test_numbers_of_reviews_are_numbers(site: str, number: str) -> None:
    with Visitor(site) as visitor:
        assert visitor.form("/review/undo", {"review": number}).status_code == 400
        assert visitor.form("/judge/undo", {"judgement": number}).status_code == 400


# --- every answer


def test_every_answer_forbids_inline_scripts_and_frames(site: str) -> None:
    paths = [re.sub(r"\{[^}]+\}", "r1", p) for p in GETS]
    paths += [
        "/nowhere",
        "/static/nowhere",
        "/static/mithaq.css",
        "/review/none",
        "/review?page=x",
        "/api/v1/openapi.json",
    ]
    with Visitor(site) as visitor:
        answers = [visitor.get(path) for path in paths]
        answers += [visitor.post(path) for path in POSTS]
        answers += [visitor.form("/add", {"text": "x" * 300_000}), visitor.get("/", headers={"Host": "evil.example"})]
        answers += [visitor.request("PUT", "/"), visitor.request("TRACE", "/")]
    assert {a.status_code for a in answers} >= {200, 400, 403, 404, 405, 413, 422}
    for answer in answers:
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy, answer.url
        assert "frame-ancestors 'none'" in policy, answer.url
        assert "form-action 'self'" in policy, answer.url
        assert "unsafe-inline" not in policy, answer.url
        assert answer.headers["x-content-type-options"] == "nosniff", answer.url
        assert answer.headers["x-frame-options"] == "DENY", answer.url
        assert answer.headers["referrer-policy"] == "same-origin", answer.url
        assert answer.headers["cross-origin-opener-policy"] == "same-origin", answer.url


def test_a_mistake_of_ours_has_the_headers_and_tells_nothing(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a secret of the server")

    monkeypatch.setattr("mithaq.web.routes.review.waiting", broken)
    with serving(database) as site, Visitor(site) as visitor:
        answer = visitor.get("/review")
        assert answer.status_code == 500
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "secret" not in answer.text
        assert "Traceback" not in answer.text


def test_pages_hold_no_inline_script_style_or_handler(site: str) -> None:
    with Visitor(site) as visitor:
        for path in (
            "/",
            "/review",
            "/review/reports/r1",
            "/review/reports/r1?add=attribution",
            "/review/log",
            "/add",
            "/review?show=pairs",
        ):
            page = visitor.get(path).text
            assert not re.search(r"<script(?![^>]*\bsrc=)", page), path
            assert not re.search(r"<style|\sstyle=|\son[a-z]+=", page), path
            assert not re.search(r'(src|href|action)="(https?:)?//', page), path


def test_pages_of_accounts_are_not_kept_by_shared_caches(database: Database) -> None:
    make_users(database)
    with serving(database, Settings(accounts=True)) as site, Visitor(site) as visitor:
        visitor.log_in("reader")
        for path in ("/", "/review", "/review/gold.jsonl", "/api/v1/openapi.json"):
            assert "no-store" in visitor.get(path).headers["cache-control"], path
        assert "no-store" not in visitor.get("/static/mithaq.css").headers.get("cache-control", "")
