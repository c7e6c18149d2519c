"""What a plug-in raises at work costs one report, or is one message that names it; what it says is checked."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from plugin_fixtures import Use
from plugin_making import TEXT, install, mithaq, plugin

from mithaq.errors import ExportError, InputError, PluginError
from mithaq.export import Export, Options, export, exports
from mithaq.model import Record, Report, Span
from mithaq.pipeline import STAGES, Stage, annotate, attempt, read_report, stages
from mithaq.plugins.backends import make_backend
from mithaq.readers import Located, SetAside, read_bytes
from mithaq.readers.formats import Format
from mithaq.readers.items import Made
from mithaq.readers.sources import Item, Source
from mithaq.stages.document import Document

REPORT = Report(TEXT, "r")


def fails(*_: Any) -> Any:
    raise ValueError("no\nluck")


def named(function: Callable[[Document], None], name: str) -> Callable[[Document], None]:
    function.__name__ = name
    return function


def tag(doc: Document) -> None:
    """Adds a reason to each attribution."""
    doc.attributions = tuple(replace(a, why=(*a.why, ("tag", "x"))) for a in doc.attributions)
    doc.layers["tags"] = True


def after_tags(doc: Document) -> None:
    """Needs another plug-in's layer."""
    assert doc.layers["tags"]


def test_a_stage_runs_behind_what_it_needs(use: Use) -> None:
    own = plugin("a", mithaq_stages=[Stage(after_tags, ("tags",), ()), Stage(tag, ("attributions",), ("tags",))])
    use(own, plugin("b", mithaq_stages=[Stage(named(lambda doc: None, "first"), ("report",), ())]))
    names = [stage.run.__name__ for stage in stages()]
    made = names.index("make_attributions")
    assert names[0] == "first"
    assert names[made + 1 : made + 3] == ["tag", "after_tags"]
    assert [n for n in names if n not in ("first", "tag", "after_tags")] == [s.run.__name__ for s in STAGES]
    assert all(("tag", "x") in a.why for a in read_report(REPORT).attributions)


def test_a_stage_whose_layers_nobody_gives_skips_its_plugin(use: Use, said: list[str]) -> None:
    use(plugin("bad", mithaq_stages=[Stage(after_tags, ("words",), ()), Stage(tag, ("attribution",), ())]))
    assert stages() == STAGES
    (message,) = said
    assert "stage 'tag' needs the layer 'attribution', which no stage gives: did you mean 'attributions'?" in message


def moved(doc: Document) -> None:
    """Says that a cue stands elsewhere."""
    doc.attributions = tuple(replace(a, cue=Span(a.cue.start + 1, a.cue.end + 1, a.cue.text)) for a in doc.attributions)


@pytest.mark.parametrize(
    ("run", "why"), [(named(fails, "fails"), "ValueError: no luck"), (moved, "'قال' stands at 1, and it does not")]
)
def test_a_stage_that_fails_sets_the_report_aside(use: Use, run: Callable[[Document], None], why: str) -> None:
    use(plugin("bad", mithaq_stages=[Stage(run, ("attributions",), ())]))
    error = attempt(REPORT)
    assert isinstance(error, InputError)
    assert "plug-in 'bad' (dist-bad 1.0) failed" in str(error)
    assert why in str(error)
    assert "internal error" not in str(error)


def test_stages_can_be_left_out_by_name(use: Use) -> None:
    use(plugin("a", mithaq_stages=[Stage(tag, ("attributions",), ())]))
    assert annotate(REPORT, before="tag").layers == {}
    assert annotate(REPORT).layers == {"tags": True}


def is_mine(source: Source) -> bool:
    return source.ends(".mine")


def reads_one(source: Source) -> Iterator[Item]:
    data = source.whole(1000, "it", "")
    yield source.located(Made(data.decode(), part="1"), data, 1)


def reads_one_and_fails(source: Source) -> Iterator[Item]:
    yield from reads_one(source)
    fails()


def reads_wrongly(source: Source) -> Iterator[Any]:
    yield from reads_one(source)
    yield "text"


def test_a_format_comes_before_ours(use: Use) -> None:
    use(plugin("a", mithaq_formats=[Format("mine", is_mine, reads_one)]))
    (found,) = read_bytes(TEXT.encode(), "x.mine")
    assert isinstance(found, Located)
    assert found.origin is not None
    assert (found.report.id, found.origin.reader) == ("x-1", "mine")


@pytest.mark.parametrize(
    ("read", "reports", "why"),
    [(fails, 0, "no luck"), (reads_one_and_fails, 1, "no luck"), (reads_wrongly, 1, "TypeError: it gave str")],
)
def test_a_format_that_fails_sets_the_rest_aside(use: Use, read: Any, reports: int, why: str) -> None:
    use(plugin("bad", mithaq_formats=[Format("mine", is_mine, read)]))
    *located, aside = read_bytes(TEXT.encode(), "x.mine")
    assert [type(item) for item in located] == [Located] * reports
    assert isinstance(aside, SetAside)
    assert str(aside).startswith("x.mine: plug-in 'bad' (dist-bad 1.0) failed: ")
    assert why in str(aside)


def test_a_format_that_cannot_recognise_is_skipped(use: Use, said: list[str]) -> None:
    use(plugin("bad", mithaq_formats=[Format("mine", fails, reads_one)]))
    for _ in range(2):
        (found,) = read_bytes(TEXT.encode(), "x.txt")
        assert isinstance(found, Located)
    assert said == ["plug-in 'bad' (dist-bad 1.0) is skipped: format 'mine': recognises: ValueError: no luck"]


@pytest.mark.parametrize(
    ("write", "why"), [(fails, "failed: ValueError: no luck"), (lambda *_: None, "it gave NoneType")]
)
def test_an_exporter_that_fails_is_one_error(use: Use, tmp_path: Path, write: Any, why: str) -> None:
    use(plugin("bad", mithaq_exporters={"mine": Export("mine", write, ".x")}))
    assert "mine" in exports()
    with pytest.raises(ExportError, match="plug-in 'bad'") as raised:
        export("mine", [], tmp_path / "x", Options())
    assert why in str(raised.value)


def test_an_export_that_nobody_gives_is_named(use: Use, tmp_path: Path) -> None:
    use(plugin("a", mithaq_exporters={"mine": Export("mine", lambda *_: 0, ".x")}))
    with pytest.raises(ExportError, match="did you mean 'mine'"):
        export("mina", [], tmp_path / "x")
    assert export("mine", [], tmp_path / "x") == 0


def moves(report: Report) -> Record:
    record = read_report(report)
    return replace(record, attributions=tuple(replace(a, cue=Span(0, 1, "x")) for a in record.attributions))


@pytest.mark.parametrize(
    ("read", "why"),
    [
        (fails, "ValueError: no luck"),
        (lambda report: {}, "it gave dict, not a record"),
        (lambda report: Record("other"), "it gave a record of 'other'"),
        (moves, "'x' stands at 0, and it does not"),
    ],
)
def test_a_backend_that_fails_sets_the_report_aside(use: Use, read: Any, why: str) -> None:
    use(plugin("bad", mithaq_backends={"mine": lambda options: read}))
    error = make_backend("mine", {})(REPORT)
    assert isinstance(error, InputError)
    assert "plug-in 'bad' (dist-bad 1.0) failed" in str(error)
    assert why in str(error)


def test_a_backend_may_refuse_and_is_given_its_options(use: Use) -> None:
    refused = InputError("too long")
    seen: list[Any] = []

    def make(options: Any) -> Any:
        seen.append(options)
        return lambda report: refused

    use(plugin("a", mithaq_backends={"mine": make}))
    assert make_backend("mine", {"a": "b"})(REPORT) is refused
    assert seen == [{"a": "b"}]
    with pytest.raises(PluginError, match=r"no backend 'yours' .*transformers, mine"):
        make_backend("yours", {})
    use(plugin("bad", mithaq_backends={"mine": fails}))
    with pytest.raises(PluginError, match=r"plug-in 'bad' .* failed: ValueError"):
        make_backend("mine", {})


STAGE = """
from mithaq.pipeline import Stage
from mithaq.plugins.hookspecs import hookimpl
def picky(doc):
    if doc.report.id == "r3":
        raise ValueError("not this one")
@hookimpl
def mithaq_stages():
    return [Stage(picky, ("provisions",), ())]
"""


def test_workers_have_the_plugins_too_and_say_nothing_twice(tmp_path: Path) -> None:
    site = tmp_path / "site"
    install(site, "picky", STAGE)
    install(site, "gone", "import nowhere_to_be_found")
    lines = [json.dumps({"id": f"r{n}", "text": f"{TEXT} {n}"}) for n in range(12)]
    arguments = ("add", "-", "--jobs", "2", "--db", str(tmp_path / "m.db"))
    code, _, err = mithaq(site, *arguments, stdin="\n".join(lines).encode())
    assert code == 1
    named = [line for line in err.splitlines() if "plug-in" in line]
    assert len(named) == 2
    assert "'gone' (dist_gone 1.0) is skipped: ModuleNotFoundError" in named[0]
    assert "<stdin>:4: plug-in 'picky' (dist_picky 1.0) failed: ValueError: not this one" in named[1]
    assert "11 new" in err
