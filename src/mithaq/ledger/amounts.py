"""Other amounts: the same unit or currency, differing by more than «about» and «more than» explain."""

from __future__ import annotations

from mithaq.ledger.clashes import clash, pairs, within
from mithaq.ledger.items import Contradiction, Stage
from mithaq.ledger.rules import Rules
from mithaq.ledger.voices import order

Values = tuple[float, ...]


def amount_contradictions(asserted: list[Stage], rules: Rules, *, recurs: bool) -> list[Contradiction]:
    """Amounts of the same unit that cannot be the same, of stages that speak of the same size.

    Parts add up («14,854 and 39,176» is 54,030); a delivery below what was promised is a part, not a contradiction.
    """
    sides: dict[tuple[str, bool], dict[Values, list[Stage]]] = {}
    for stage in asserted:
        for key, values in _amounts(stage, rules).items():
            sides.setdefault(key, {}).setdefault(values, []).append(stage)
    found: list[Contradiction] = []
    for (unit, money), by_values in sides.items():
        groups = sorted(by_values.items(), key=lambda item: (sum(item[0]), item[0]))
        for (ones, left), (others, right) in pairs(groups, rules.limits["pairwise_up_to"]):
            if not _same(ones, others, rules, money=money):
                what = (_text(ones, unit), _text(others, unit))
                found += _asks(left, right, what, rules) + _sizes(left, right, what, rules, recurs)
    return found


def _amounts(stage: Stage, rules: Rules) -> dict[tuple[str, bool], Values]:
    """(unit, whether it is money) → the values that the stage gives in it."""
    found: dict[tuple[str, bool], set[float]] = {}
    for quantity in stage.quantities:
        if quantity.unit not in rules.sets["compare.no_amounts"]:
            found.setdefault((quantity.unit, quantity.money), set()).add(quantity.value)
    return {unit: tuple(sorted(values)) for unit, values in found.items()}


def _same(ones: Values, others: Values, rules: Rules, *, money: bool) -> bool:
    """Whether any value of one, or their sum, can be any of the other."""
    left, right = {*ones, sum(ones)}, {*others, sum(others)}
    return any(_near(a, b, rules, money=money) for a in left for b in right)


def _near(one: float, other: float, rules: Rules, *, money: bool) -> bool:
    if one == other:
        return True
    larger = max(abs(one), abs(other))
    if not money and larger <= rules.limits["exact_up_to"]:
        return False
    # The last factor: 0.9 and 1.0 differ by a tenth, whatever binary fractions make of it.
    return abs(one - other) <= rules.limits["amount_share"] * larger * (1 + 1e-9)


def _asks(left: list[Stage], right: list[Stage], what: tuple[str, str], rules: Rules) -> list[Contradiction]:
    """Asks and offers: of one status, published at the same time."""
    asked = rules.sets["compare.asked"]
    near = within(rules.limits["same_time_days"])

    def test(one: Stage, other: Stage) -> bool:
        return one.status == other.status and near(one, other)

    return clash("amount", [s for s in left if s.status in asked], [s for s in right if s.status in asked], what, test)


def _sizes(
    left: list[Stage], right: list[Stage], what: tuple[str, str], rules: Rules, recurs: bool
) -> list[Contradiction]:
    """Sizes of a deal; the values of *left* are the smaller ones."""
    sized, parts = rules.sets["compare.sized"], rules.sets["compare.in_parts"]
    event = within(rules.limits["same_event_days"])

    def test(smaller: Stage, larger: Stage) -> bool:
        if smaller.report == larger.report:
            return smaller.status not in parts or larger.status in parts
        if recurs or (smaller.status in parts and larger.status in parts):
            return event(smaller, larger)
        return smaller.status not in parts

    ones = sorted((s for s in left if s.status in sized), key=order)
    others = sorted((s for s in right if s.status in sized), key=order)
    return clash("amount", ones, others, what, test)


def _text(values: Values, unit: str) -> str:
    return f"{' + '.join(f'{v:.15g}' for v in values)} {unit}"
