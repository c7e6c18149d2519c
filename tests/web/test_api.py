"""The API: its answers, its errors, its description; and that nothing that is asked of it breaks it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
import schemathesis
from deals import deals
from hypothesis import HealthCheck, Phase, given, settings
from made import hard_report, hostile_report, put
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from serving import serving

from mithaq.merge.update import merge_pending
from mithaq.store.database import Database, open_database
from mithaq.web.app import create_app

DOCS = Path(__file__).parents[2] / "docs" / "api.md"
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EXAMPLES = 25
"""Tries for each address."""


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The dealings of deals.py and two reports that are hard on programs."""
    with open_database(str(tmp_path_factory.mktemp("api") / "mithaq.db"), create=True) as database:
        put(database, [*deals(), hard_report(), hostile_report()])
        merge_pending(database)
        yield database


@pytest.fixture(scope="module")
def api(ledger: Database) -> Iterator[httpx.Client]:
    """A client of the API."""
    with serving(ledger) as address, httpx.Client(base_url=f"{address}/api/v1") as client:
        yield client


def test_nothing_that_is_asked_breaks_it(ledger: Database) -> None:
    """Schemathesis asks each address what its description allows, and looks for what the description does not say."""
    headers = {"host": "localhost"}
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", create_app(ledger), headers=headers)
    tried: dict[str, int] = {}
    for operation in schema.get_all_operations():
        assert isinstance(operation, Ok), "the description is valid"

        @settings(
            max_examples=EXAMPLES,
            derandomize=True,
            database=None,
            deadline=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.ok().as_strategy())
        def ask(case: schemathesis.Case[Any]) -> None:
            tried[case.path] = tried.get(case.path, 0) + 1
            case.call_and_validate(headers=headers, checks=CHECKS)

        ask()
    assert tried.keys() == schema.raw_schema["paths"].keys()
    assert min(tried.values()) > 1


def test_lists_have_totals_and_pages(api: httpx.Client) -> None:
    for path, least in (("/commitments", 10), ("/agreements", 3), ("/reports", 7), ("/network", 4)):
        whole = api.get(path).json()
        total = len(whole["items"])
        assert total >= least, path
        assert (whole["total"], whole["limit"], whole["offset"]) == (total, 50, 0), path
        pages = [api.get(path, params={"limit": 2, "offset": n}).json()["items"] for n in range(0, total, 2)]
        assert [item for page in pages for item in page] == whole["items"], path
        assert api.get(path, params={"offset": 1000}).json()["items"] == []


def test_an_id_is_the_same_in_lists_and_by_itself(api: httpx.Client) -> None:
    for kind in ("agreements", "commitments", "reports"):
        for item in api.get(f"/{kind}").json()["items"]:
            one = api.get(f"/{kind}/{_quoted(item['id'])}").json()
            assert one["id"] == item["id"]
    stage = api.get(f"/stages/{_quoted('deal-4/b ؟/p1')}").json()
    assert stage["id"] in [a["id"] for a in api.get("/agreements", params={"party": "JPN"}).json()["items"]]


def test_evidence_is_where_the_report_has_it(api: httpx.Client) -> None:
    for row in api.get("/commitments").json()["items"]:
        for stage in api.get(f"/commitments/{row['id']}").json()["stages"]:
            text = api.get(f"/reports/{_quoted(stage['report'])}").json()["text"]
            evidence = stage["evidence"]
            assert text[evidence["start"] : evidence["end"]] == evidence["text"]


def test_speakers_search_and_due_answer(api: httpx.Client) -> None:
    said = api.get("/sayings", params={"name": "الدفاع الكيني", "limit": 2}).json()
    assert (said["total"], len(said["items"])) == (5, 2)
    hits = api.get("/search", params={"q": "مناورات", "outlet": ["النهر", "الصدى"]}).json()
    assert {hit["report"] for hit in hits["items"]} >= {"deal-1", "deal-2"}
    assert all(hit["outlet"] in ("النهر", "الصدى") for hit in hits["items"])
    assert [c["follow_up"]["kind"] for c in api.get("/due").json()["items"]] == ["overdue"] * 2
    assert api.get("/due", params={"on": "2013"}).json()["total"] == 0


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/commitments?area=visits", 400, "did you mean 'visit'?"),
        ("/agreements?party=Atlantis", 400, "no state or organisation"),
        ("/reports?since=yesterday", 400, "no day"),
        ("/search?q=%20", 400, ""),
        ("/sayings", 422, "name: Field required"),
        ("/commitments?limit=0", 422, "limit"),
        ("/commitments?confidence=2", 422, "confidence"),
        ("/commitments/none", 404, "nothing has the id 'none'"),
        ("/reports/none", 404, "nothing has the id"),
        ("/agreements/deal-1", 404, "it is a report"),
        ("/stages/deal-1", 404, "it is a report"),
        ("/nothing", 404, "Not Found"),
    ],
)
def test_errors_say_what_went_wrong_and_what_to_do(api: httpx.Client, path: str, status: int, says: str) -> None:
    answer = api.get(path)
    assert answer.status_code == status
    assert answer.json().keys() == {"error", "hint"}
    assert says in " ".join(answer.json().values())


def test_only_reading_is_possible(api: httpx.Client) -> None:
    for path in ("/commitments", "/reports/deal-1"):
        for method in ("POST", "PUT", "DELETE", "PATCH"):
            answer = api.request(method, path)
            assert answer.status_code == 405
            assert answer.json().keys() == {"error", "hint"}


def test_every_address_is_described_and_documented(api: httpx.Client) -> None:
    paths = api.get("/openapi.json").json()["paths"]
    assert all(path.startswith("/api/v1/") for path in paths)
    documented = DOCS.read_text("utf-8")
    for path, methods in paths.items():
        name = path.removeprefix("/api/v1")
        assert f"`{name}`" in documented, f"docs/api.md does not list {name}"
        for parameter in methods["get"].get("parameters", []):
            assert f"`{parameter['name']}`" in documented, f"docs/api.md does not explain {parameter['name']} of {name}"


def test_the_examples_of_the_documentation_work(api: httpx.Client) -> None:
    examples = re.findall(
        r"^curl (?:-G )?'http://127\.0\.0\.1:8700/api/v1([^']+)'((?: --data-urlencode '[^']+')*)",
        DOCS.read_text("utf-8"),
        re.M,
    )
    assert len(examples) >= 8
    ours = {kind: api.get(f"/{kind}").json()["items"][0]["id"] for kind in ("agreements", "commitments")}
    for path, data in examples:
        query = dict(part.split("=", 1) for part in re.findall(r"--data-urlencode '([^']+)'", data))
        # The ids in the text are of a database that the reader does not have either.
        path = re.sub(r"/(agreements|commitments)/\w+$", lambda m: f"/{m[1]}/{ours[m[1]]}", path)
        path = re.sub(r"/reports/\S+$", "/reports/deal-1", path)
        path = re.sub(r"/stages/\S+$", "/stages/deal-1/p1", path)
        answer = api.get(path, params=query) if query else api.get(path)
        assert answer.status_code == 200, (path, answer.text)


def _quoted(id: str) -> str:
    return quote(id, safe="")
