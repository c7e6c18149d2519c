"""The ledger's rules as tables: ``cog -r docs/ledger.md`` writes them, ``cog --check docs/ledger.md`` compares."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from mithaq.ledger import Stage, contradictions, current
from mithaq.ledger.rules import FILE
from mithaq.lexicon.tables import load_toml_raw
from mithaq.model import Frequency, Span
from mithaq.ontology import statuses

# What it is · one report a word: day in August, outlet, status; ~ marks low confidence, ! a denial, * a yearly thing
EXAMPLES = (
    ("Announced, then signed", "1A:planned 5B:signed"),
    ("Signed; a month later a report recalls the talks", "1A:signed 31B:discussed"),
    ("Announced, postponed, held", "1A:planned 3A:suspended 20B:done"),
    ("Postponed and announced anew", "1A:planned 3A:suspended 9B:planned"),
    ("Agreed in principle, denied by a ministry the next day", "1A:agreed 2B:!agreed"),
    ("Agreed, rejected, talked about again", "1A:agreed 5B:refused 20C:discussed"),
    ("Agreed and rejected on one day", "1A:agreed 1B:refused"),
    ("Signed; one outlet reports a rejection", "1A:signed 9B:refused"),
    ("Signed; two outlets report a rejection", "1A:signed 9B:refused 10C:refused"),
    ("Delivered in part, more announced", "1A:signed 9B:done 20C:planned"),
    ("Two outlets announce it, a doubtful one has it signed", "1A:planned 1B:planned 5C:~signed"),
    ("A yearly exercise in force, this year's held", "1A:*in_force 20B:done"),
    ("Held; the next day another paper still has it to come", "5A:done 6B:planned"),
    ("Only a denial", "1A:!signed"),
)


def examples() -> str:
    """The examples, each with what the ledger makes of it."""
    rows = []
    for what, text in EXAMPLES:
        stages = tuple(_stage(word) for word in text.split())
        status, rule = current(stages)
        clashes = "; ".join(f"{c.kind}: {c.what[0]} / {c.what[1]}" for c in contradictions(stages))
        told = ", ".join(f"{s.published.day} {s.outlet} {_marked(s)}" for s in stages if s.published)
        rows.append((what, told, f"**{status}**", f"`{rule}`", clashes))
    return _table(("case", "reports (day in August, outlet, status)", "status", "rule", "contradictions"), rows)


def _stage(word: str) -> Stage:
    place, status = word.split(":")
    plain = status.strip("~!*")
    return Stage(
        report=word,
        provision="p1",
        outlet=place[-1],
        url=None,
        published=date(2015, 7, 31) + timedelta(days=int(place[:-1])),
        area="defence_general",
        status=plain,
        parties=("EGY", "RUS"),
        role="provision",
        evidence=Span(0, 0, ""),
        confidence=0.3 if "~" in status else 1.0,
        denied="!" in status,
        frequency=Frequency(Span(0, 0, ""), 1, 1, "year") if "*" in status else None,
    )


def _marked(stage: Stage) -> str:
    marks = (stage.denied, "denied"), (stage.confidence < 1, "doubtful"), (stage.frequency is not None, "yearly")
    return f"{stage.status}{''.join(f' ({name})' for given, name in marks if given)}"


def names(table: str) -> str:
    """The keys of a table with their labels and meanings."""
    return _table(
        ("key", "English", "Arabic", "when"),
        ((f"`{key}`", f["en"], f["ar"], f["means"]) for key, f in load_toml_raw(FILE)[table].items()),
    )


def order() -> str:
    """The statuses, what undoes them, and what a denial of them denies."""
    data = load_toml_raw(FILE)
    return _table(
        ("status", "what it means", "line", "undone by", "whoever denies it contradicts"),
        (
            (
                f"`{name}`",
                entry["means"],
                data["status"][name]["line"],
                ", ".join(f"{s} ({n})" for s, n in data["status"][name]["undone_by"].items()) or "nothing",
                ", ".join(data["denies"][name]),
            )
            for name, entry in statuses().items()
        ),
    )


def incompatible() -> str:
    """The pairs of statuses that cannot both hold."""
    rows = ((f"`{e['one']}`", ", ".join(f"`{w}`" for w in e["with"])) for e in load_toml_raw(FILE)["incompatible"])
    return _table(("status", "cannot hold at the same time as"), rows)


def compare() -> str:
    """Which amounts and dates are compared."""
    rows = ((f"`{key}`", ", ".join(f["list"]), f["means"]) for key, f in load_toml_raw(FILE)["compare"].items())
    return _table(("list", "of", "why"), rows)


def limits() -> str:
    """The numbers."""
    rows = ((f"`{key}`", str(f["value"]), f["means"]) for key, f in load_toml_raw(FILE)["limits"].items())
    return _table(("limit", "value", "means"), rows)


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    cells = [list(head)]
    cells += [["---"] * len(cells[0]), *map(list, rows)]
    return "\n".join(f"| {' | '.join(c.replace('|', chr(92) + '|') for c in row)} |" for row in cells) + "\n"
