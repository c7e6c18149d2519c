"""The ledger in the database, brought up to date: what was added is merged, and nothing else is looked at.

A component is all that edges connect (:mod:`mithaq.merge.agreements`): what is made of it depends on it alone. So
only the components that new reports or judgements touch are made again, from stored features and scores, and the
result is that of merging afresh. Each batch is one transaction in which no other process writes: a process that is
killed leaves whole batches behind.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, delete, select, update

from mithaq.merge.agreements import Node, bridges, edges, group, nodes_of
from mithaq.merge.anchors import Ruling, rulings
from mithaq.merge.copies import copy_pairs, first_of_group
from mithaq.merge.items import Judgement, ReportFeatures
from mithaq.merge.known_scores import Place, keep_scores, load_scores
from mithaq.merge.ledger_rows import component_name, erase, write
from mithaq.merge.memory import Memory, Old, keys_of, pair_keys, rows_in
from mithaq.merge.merging import assemble, in_order
from mithaq.merge.settings import settings
from mithaq.store import schema
from mithaq.store.database import Database

_REPORTS = schema.reports.c
BATCH = 2500
"""Reports merged in one transaction."""


def merge_pending(database: Database, afresh: bool = False, progress: Callable[[int], None] | None = None) -> int:
    """Merge the reports that are not in the ledger yet, and say how many; *afresh* merges all reports anew.

    What a person judged since is followed as well. *progress* is told how many are done. Raises
    :class:`~mithaq.errors.StoreError`. Safe while other processes add or merge.
    """
    if afresh:
        with database.write() as connection:
            _forget(connection)
    done = 0
    while True:
        with database.write() as connection:
            merged = _batch(connection)
        done += merged or 0
        if progress and merged:
            progress(done)
        if merged is None:
            return done


def _forget(connection: Connection) -> None:
    """Leave no trace of any merge but what persons judged."""
    connection.execute(delete(schema.judgements).where(schema.judgements.c.machine))
    for table in (schema.agreements, schema.dealings, schema.merge_keys, schema.merged_reports, schema.merge_scores):
        connection.execute(delete(table))
    connection.execute(update(schema.reports).values(merged=False, copy_of=None))


@dataclass
class _Batch:
    """What one transaction merges: *fresh* reports, *gone* ones, and the merged reports and components they touch."""

    fresh: dict[str, ReportFeatures]
    gone: list[str]
    touched: set[str] = field(default_factory=set)
    """Components that are made again."""
    dirty: set[str] = field(default_factory=set)
    """Merged reports whose provisions count otherwise than before, though they are the same."""
    scores: dict[tuple[Place, Place], float] = field(default_factory=dict)
    """Of the pairs with a dealing of a fresh report."""

    @property
    def stale(self) -> set[str]:
        """The reports whose dealings are not any more what they were."""
        return {*self.fresh, *self.gone}


def _batch(connection: Connection) -> int | None:
    """Merge some of the pending reports; how many, None if nothing was left to do."""
    pending = list(
        connection.execute(
            select(_REPORTS.id).where(~_REPORTS.merged).order_by(_REPORTS.published, _REPORTS.id).limit(BATCH)
        ).scalars()
    )
    memory = Memory(connection)
    gone, judged = memory.removed(), memory.judged()
    if not pending and not gone and not judged:
        return None
    batch = _Batch({r.id: r for r in memory.load(pending)}, gone, dirty=set(judged))
    batch.touched.update(memory.components([*pending, *gone, *judged]).values())
    firsts = _copies(memory, batch)
    people = memory.judgements()
    _near(memory, batch)
    _judged(memory, batch, people)

    old = memory.dealings(batch.touched)
    kept = {place for place in old if place[0] not in batch.stale}
    ordered = in_order([*batch.fresh.values(), *memory.load(sorted({report for report, _ in kept}))])
    nodes = [
        Node(n, d)
        for n, r in enumerate(ordered)
        for d in range(len(r.dealings))
        if r.id in batch.fresh or (r.id, d) in kept
    ]
    known = memory.firsts([r.id for r in ordered])
    copies = {r.id: firsts.get(r.id) or known.get(r.id, r.id) for r in ordered}
    ruling = rulings(ordered, people)
    places = [(ordered[n.report].id, n.dealing) for n in nodes]
    scores = _scores(connection, batch, old, ordered, nodes, places, ruling)
    parts = group(ordered, nodes, scores, copies, ruling.joined, ruling.parted)
    settled = _settled(old, {r.id: n for n, r in enumerate(ordered)}, batch.dirty | batch.stale)
    made = assemble(ordered, nodes, parts, copies, ruling, settled)

    erase(
        connection,
        batch.stale,
        {place: found.agreement for place, found in old.items()},
        {m.settled for m in made if m.settled},
    )
    _remember(connection, batch, firsts)
    write(connection, ordered, made)
    keep_scores(
        connection,
        batch.touched,
        [
            (component_name(ordered, nodes[p.members[0]]), [places[n] for n in p.members], p.scores)
            for p in parts
            if len(p.members) > 1
        ],
    )
    for start in range(0, len(pending), 500):
        connection.execute(
            update(schema.reports).where(_REPORTS.id.in_(pending[start : start + 500])).values(merged=True)
        )
    connection.execute(delete(schema.judged_reports))
    return len(pending)


def _scores(
    connection: Connection,
    batch: _Batch,
    old: Mapping[Place, Old],
    reports: Sequence[ReportFeatures],
    nodes: Sequence[Node],
    places: Sequence[Place],
    ruling: Ruling,
) -> dict[tuple[int, int], float]:
    """The scores of the pairs of *nodes* by index, all within what becomes one component; most of them are known."""
    index = {place: n for n, place in enumerate(places)}
    components: dict[str, list[Place]] = defaultdict(list)
    for place, found in old.items():
        components[found.component].append(place)
    same = {place: n for place, n in index.items() if place[0] not in batch.fresh}
    scores, known = load_scores(connection, components, same)
    for (one, other), score in batch.scores.items():
        if one in index and other in index:
            a, b = index[one], index[other]
            scores[min(a, b), max(a, b)] = score
    for name in sorted(components.keys() - known):  # merged by a mithaq that kept no scores
        own = sorted(same[place] for place in components[name] if place in same)
        new = edges(reports, [nodes[n] for n in own])
        scores.update({(own[a], own[b]): score for (a, b), score in new.items()})
    before = [None if place[0] in batch.fresh else old[place].component for place in places]
    return scores | bridges(reports, nodes, scores, before, ruling.joined)


def _settled(old: Mapping[Place, Old], index: Mapping[str, int], dirty: Collection[str]) -> dict[frozenset[Node], str]:
    """The dealings of each agreement that nothing changed in: if they come together again, it stays as it is."""
    parts: dict[str, list[Place]] = defaultdict(list)
    for place, found in old.items():
        if found.agreement:
            parts[found.agreement].append(place)
    return {
        frozenset(Node(index[report], number) for report, number in places): agreement
        for agreement, places in parts.items()
        if not any(report in dirty for report, _ in places)
    }


def _copies(memory: Memory, batch: _Batch) -> dict[str, str]:
    """Report → first of its group of near-copies, for all whose group may have changed; touches what depends on it."""
    fresh = list(batch.fresh.values())
    stale = batch.stale
    near = memory.load(sorted(memory.sharing(k for r in fresh for k in r.sketch.bands) - stale))
    both = [*fresh, *near]
    joined = {both[n].id for pair in copy_pairs(both) for n in pair}
    before = memory.firsts(sorted({r.id for r in near} & joined | stale))
    members = memory.load(sorted(memory.group(sorted(set(before.values()))) - stale))
    reports = in_order([*fresh, *members])
    found = first_of_group(reports, copy_pairs(reports))
    firsts = {r.id: found.get(r.id, r.id) for r in reports}
    was = memory.firsts([r.id for r in members])
    changed = [r.id for r in members if firsts[r.id] != was.get(r.id)]
    batch.touched.update(memory.components(changed).values())
    # The voices of a group are counted: whoever shares it with a fresh or a gone report counts otherwise now.
    batch.dirty.update(r.id for r in members)
    return firsts


def _near(memory: Memory, batch: _Batch) -> None:
    """Score the pairs with a dealing of a fresh report, and touch the components of those that a bond connects with."""
    fresh = [r for r in batch.fresh.values() if r.dealings]
    if not fresh:
        return
    keys = {k for r in fresh for k in pair_keys(r)}
    days = [day for r in fresh for day in r.days]
    near = memory.sharing(keys, days if all(days) else ()) - batch.stale
    reports = in_order([*fresh, *memory.load(sorted(near))])
    nodes = nodes_of(reports)
    places = [(reports[n.report].id, n.dealing) for n in nodes]
    own = {n for n, place in enumerate(places) if place[0] in batch.fresh}
    scores = edges(reports, nodes, own)
    batch.scores = {(places[a], places[b]): score for (a, b), score in scores.items()}
    bond = settings().dealings.bond
    reached = {n for pair, score in scores.items() if score >= bond for n in pair} - own
    known = memory.components(sorted({places[n][0] for n in reached}))
    batch.touched.update(known[places[n]] for n in reached)


def _judged(memory: Memory, batch: _Batch, judgements: Iterable[Judgement]) -> None:
    """Touch the components that a person joined with a fresh report."""
    others = set()
    for j in judgements:
        reports = {j.one.report, j.other.report}
        if j.opinion == "same" and reports & batch.fresh.keys():
            others |= reports - batch.fresh.keys()
    batch.touched.update(memory.components(sorted(others)).values())


def _remember(connection: Connection, batch: _Batch, firsts: dict[str, str]) -> None:
    """Keep the keys of the fresh reports, and the groups of near-copies."""
    groups = schema.merged_reports
    for table, column in ((schema.merge_keys, schema.merge_keys.c.report), (groups, groups.c.report)):
        stale = sorted({*batch.fresh, *batch.gone, *(firsts if table is groups else ())})
        for start in range(0, len(stale), 500):
            connection.execute(delete(table).where(column.in_(stale[start : start + 500])))
    keys = [{"key": k, "report": r.id, "day": day} for r in batch.fresh.values() for k in keys_of(r) for day in r.days]
    if keys:
        connection.execute(schema.merge_keys.insert(), keys)
    if firsts:
        connection.execute(groups.insert(), [{"report": r, "first": f} for r, f in sorted(firsts.items())])
    query = select(_REPORTS.id, _REPORTS.copy_of)
    known = dict(map(tuple, rows_in(connection, query, _REPORTS.id, sorted(firsts))))
    for report, first in sorted(firsts.items()):
        copy_of = None if first == report else first
        if known.get(report) != copy_of:
            connection.execute(update(schema.reports).where(_REPORTS.id == report).values(copy_of=copy_of))
