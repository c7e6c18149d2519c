"""Accounts: who gets in, for how long, and who may do what."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from http.cookies import SimpleCookie

import httpx
import pytest
from fastapi.routing import APIRoute
from serving import serving
from sqlalchemy import select, update
from visitors import PASSWORD, Visitor, keep_one, make_users, text_of

from mithaq.errors import AccountError
from mithaq.store import accounts, schema
from mithaq.store.database import Database
from mithaq.web.access import MAY_POST, SAFE, SESSION_COOKIE, needed
from mithaq.web.app import create_app
from mithaq.web.login_limit import PER_ACCOUNT, PER_ADDRESS, WINDOW, LoginLimit
from mithaq.web.passwords import hash_password, matches
from mithaq.web.routes import ROUTERS
from mithaq.web.settings import Settings


@pytest.fixture
def site(database: Database) -> Iterator[str]:
    keep_one(database)
    make_users(database)
    with serving(database, Settings(accounts=True)) as address:
        yield address


def test_every_page_needs_a_login_and_comes_back_to_where_one_was_going(site: str) -> None:
    with Visitor(site) as visitor:
        for path in ("/", "/agreements", "/search?q=x", "/review", "/reports/r1", "/review/gold.jsonl", "/add"):
            answer = visitor.get(path)
            assert answer.status_code == 303, path
            assert answer.headers["location"].startswith("/login"), path
        assert visitor.get("/api/v1/openapi.json").status_code == 401
        assert visitor.get("/static/mithaq.css").status_code == 200
        assert visitor.log_in("reader", next="/reports/r1").headers["location"] == "/reports/r1"
        assert visitor.get("/reports/r1").status_code == 200


def test_a_wrong_password_and_an_unknown_name_are_told_alike(site: str) -> None:
    with Visitor(site) as visitor:
        answers = [visitor.log_in("reader", "wrong password"), visitor.log_in("nobody", "wrong password")]
        assert [a.status_code for a in answers] == [401, 401]
        assert text_of(answers[0]) == text_of(answers[1])
        assert SESSION_COOKIE not in visitor.cookies


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(database: Database) -> None:
    make_users(database)
    for secure in (False, True):
        with serving(database, Settings(accounts=True, secure=secure)) as site, Visitor(site) as visitor:
            token = httpx.get(f"{site}/login").headers["set-cookie"].split(";")[0].partition("=")[2]
            answer = visitor.post(
                "/login",
                data={"name": "reader", "password": PASSWORD, "csrf": token},
                headers={"Cookie": f"mithaq_csrf={token}"},
            )
            found = SimpleCookie("\n".join(c for c in answer.headers.get_list("set-cookie") if SESSION_COOKIE in c))
            cookie = found[SESSION_COOKIE]
            assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "strict", "/")
            assert bool(cookie["secure"]) is secure


def test_the_database_holds_neither_passwords_nor_tokens(site: str, database: Database) -> None:
    with Visitor(site) as visitor:
        visitor.log_in("reader")
        token = visitor.cookies[SESSION_COOKIE]
    with database.read() as connection:
        kept = [*connection.execute(select(schema.users)), *connection.execute(select(schema.sessions))]
    assert token not in str(kept)
    assert PASSWORD not in str(kept)
    assert str(kept).count("$argon2id$") == 3


def test_logging_out_ends_the_session_for_whoever_kept_its_cookie(site: str) -> None:
    with Visitor(site) as visitor, Visitor(site) as thief:
        visitor.log_in("reader")
        thief.cookies.set(SESSION_COOKIE, visitor.cookies[SESSION_COOKIE])
        assert thief.get("/").status_code == 200
        visitor.get("/")
        assert visitor.form("/logout").headers["location"] == "/login"
        assert thief.get("/").status_code == 303


def test_logging_out_everywhere(site: str) -> None:
    with Visitor(site) as one, Visitor(site) as other:
        one.log_in("reader")
        other.log_in("reader")
        one.get("/")
        one.form("/logout", {"everywhere": "1"})
        assert other.get("/").status_code == 303


def test_session_fixation_a_token_from_before_the_login_is_worth_nothing(site: str) -> None:
    planted = "planted-by-somebody"
    with Visitor(site, cookies={SESSION_COOKIE: planted}) as visitor:
        answer = visitor.log_in("admin")
        assert answer.status_code == 303
        token = SimpleCookie(next(c for c in answer.headers.get_list("set-cookie") if SESSION_COOKIE in c))
        assert token[SESSION_COOKIE].value != planted
    with Visitor(site, cookies={SESSION_COOKIE: planted}) as thief:
        assert thief.get("/").status_code == 303


def test_logging_in_again_ends_the_session_before(site: str) -> None:
    with Visitor(site) as visitor, Visitor(site) as thief:
        visitor.log_in("reader")
        thief.cookies.set(SESSION_COOKIE, visitor.cookies[SESSION_COOKIE])
        visitor.form("/login", {"name": "reader", "password": PASSWORD})
        assert thief.get("/").status_code == 303


@pytest.mark.parametrize(
    ("column", "ago"),
    [
        ("made", timedelta(days=accounts.SESSION_DAYS, minutes=1)),
        ("seen", timedelta(hours=accounts.IDLE_HOURS, minutes=1)),
    ],
)
def test_sessions_expire(site: str, database: Database, column: str, ago: timedelta) -> None:
    with Visitor(site) as visitor:
        visitor.log_in("reader")
        with database.write() as connection:
            moved = schema.sessions.c[column]
            row = connection.execute(select(moved)).scalar_one()
            connection.execute(update(schema.sessions).values({column: row - ago}))
        assert visitor.get("/").status_code == 303


@pytest.mark.parametrize("change", ["remove", "password", "role", "logout"])
def test_changes_of_an_account_end_its_sessions(site: str, database: Database, change: str) -> None:
    with Visitor(site) as visitor:
        visitor.log_in("reader")
        assert visitor.get("/").status_code == 200
        with database.write() as connection:
            if change == "remove":
                accounts.remove_user(connection, "reader")
            elif change == "password":
                accounts.change_user(connection, "reader", hash_password("another password"))
            elif change == "role":
                accounts.change_user(connection, "reader", role="admin")
            else:
                assert accounts.end_sessions(connection, "reader") == 1
        assert visitor.get("/").status_code == 303


def test_guessing_is_slowed_down_per_account(site: str) -> None:
    with Visitor(site) as visitor:
        for _ in range(PER_ACCOUNT):
            assert visitor.log_in("admin", "wrong password").status_code == 401
        answer = visitor.log_in("admin")
        assert (answer.status_code, int(answer.headers["retry-after"]) > WINDOW - 120) == (429, True)
        assert SESSION_COOKIE not in visitor.cookies
        assert visitor.log_in("reader").status_code == 303, "others get in"


def test_guessing_is_slowed_down_per_address_and_time_forgives() -> None:
    now = [0.0]
    limit = LoginLimit(lambda: now[0])
    for n in range(PER_ADDRESS):
        assert limit.begin(f"user{n}", "10.0.0.1") == 0
    assert limit.begin("another", "10.0.0.1") == WINDOW
    assert limit.begin("another", "10.0.0.2") == 0
    now[0] = WINDOW + 1.0
    assert limit.begin("another", "10.0.0.1") == 0


def test_a_right_password_forgets_the_wrong_ones_of_the_account_only() -> None:
    limit = LoginLimit(lambda: 0.0)
    for _ in range(PER_ACCOUNT):
        assert limit.begin("maha", "10.0.0.1") == 0
    assert limit.begin("maha", "10.0.0.2") == WINDOW
    limit.succeed("maha", "10.0.0.1")
    assert limit.begin("maha", "10.0.0.2") == 0


POSTS = sorted(
    {route.path for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)
     and set(route.methods or ()) - set(SAFE)}
)  # fmt: skip


def test_the_posts_are_all_there_and_each_belongs_to_somebody() -> None:
    """A new address that changes something is for admins until it is entered in ``access.MAY_POST``, and here."""
    assert {path: needed("POST", path) for path in POSTS} == {
        "/add": "admin",
        "/add/sample": "admin",
        "/judge": "reviewer",
        "/judge/undo": "reviewer",
        "/login": None,
        "/logout": "reader",
        "/review": "reviewer",
        "/review/undo": "reviewer",
    }
    assert all(start.startswith("/") for start, _ in MAY_POST)


def test_the_application_has_no_other_posts(database: Database) -> None:
    """Also those that are not in a router of ours."""
    found = set()
    schema_of = create_app(database).openapi()["paths"]
    for path, methods in schema_of.items():
        found |= {(path, m) for m in methods if m.upper() not in SAFE}
    assert found == set(), "the API only reads"


@pytest.mark.parametrize("role", ["nobody", "reader", "reviewer", "admin"])
def test_every_post_is_refused_to_who_has_not_the_role(site: str, role: str) -> None:
    order = ["nobody", *accounts.ROLES]
    with Visitor(site) as visitor:
        if role != "nobody":
            visitor.log_in(role)
        for path in POSTS:
            visitor.get("/static/mithaq.css")
            least = needed("POST", path)
            if least is None or path == "/logout":
                continue
            answer = visitor.form(path, {"report": "r1"})
            allowed = order.index(role) >= order.index(least)
            if role == "nobody":
                assert (answer.status_code, answer.headers["location"]) == (303, "/login"), path
            else:
                assert (answer.status_code == 403) is not allowed, path
        assert visitor.request("DELETE", "/reports/r1").status_code in (303, 403, 405)


def test_a_reader_sees_no_buttons(site: str) -> None:
    with Visitor(site) as visitor:
        visitor.log_in("reader")
        page = visitor.get("/review/reports/r1").text
        assert 'name="verdict"' not in page
        visitor.form("/logout")
        visitor.log_in("reviewer")
        assert 'name="verdict"' in visitor.get("/review/reports/r1").text
        assert 'name="files"' not in visitor.get("/add").text


def test_on_this_machine_alone_nobody_logs_in(database: Database) -> None:
    keep_one(database)
    with serving(database) as site, Visitor(site) as visitor:
        assert 'name="files"' in visitor.get("/add").text
        assert visitor.get("/login").headers["location"] == "/"


def test_passwords_are_hashed_with_salt_and_compared() -> None:
    one, other = hash_password(PASSWORD), hash_password(PASSWORD)
    assert one != other
    assert (matches(one, PASSWORD), matches(one, PASSWORD + "x"), matches(None, PASSWORD)) == (True, False, False)
    with pytest.raises(AccountError, match="too short"):
        hash_password("short")


@pytest.mark.parametrize("name", ["", " maha", "ma\nha", "m" * 81])
def test_names_that_no_account_can_have(database: Database, name: str) -> None:
    with pytest.raises(AccountError, match="no name for an account"), database.write() as connection:
        accounts.add_user(connection, name, "reader", "x")
