from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from mithaq.merge.cluster import components, linkage

PAIRS = list(combinations(range(6), 2))


def test_a_chain_of_look_alikes_is_not_one_group() -> None:
    chain = {(n, n + 1): 0.5 for n in range(5)}
    assert len(set(components(range(6), chain).values())) == 1
    assert len(linkage(6, chain, 0.4)) > 1


def test_what_all_resemble_one_another_is_one_group() -> None:
    assert linkage(6, dict.fromkeys(PAIRS, 0.5), 0.4) == [[0, 1, 2, 3, 4, 5]]


def test_one_voice_counts_once() -> None:
    scores = {(0, 3): 0.5, (0, 1): 1.0, (1, 2): 1.0}
    assert linkage(4, scores, 0.4, same=[(0, 1), (1, 2)]) == [[0, 1, 2, 3]]


def test_a_pair_that_must_stay_apart_stays_apart_even_over_a_third() -> None:
    groups = linkage(3, {(0, 1): 0.9, (1, 2): 0.8}, 0.1, apart=[(0, 2)])
    assert groups == [[0, 1], [2]]


def test_what_must_stay_together_yields_to_what_must_stay_apart() -> None:
    assert linkage(3, {}, 0.5, same=[(0, 1), (1, 2)], apart=[(0, 2)]) == [[0, 1], [2]]


@given(
    st.dictionaries(st.sampled_from(PAIRS), st.floats(0, 1)),
    st.lists(st.sampled_from(PAIRS), max_size=3),
    st.lists(st.sampled_from(PAIRS), max_size=3),
)
def test_groups_are_a_partition_that_keeps_apart_whatever_the_order(
    scores: dict[tuple[int, int], float], same: list[tuple[int, int]], apart: list[tuple[int, int]]
) -> None:
    groups = linkage(6, scores, 0.3, same, apart)
    assert sorted(n for g in groups for n in g) == list(range(6))
    assert not any(a in g and b in g for a, b in apart for g in groups)
    assert groups == linkage(6, dict(reversed(scores.items())), 0.3, same[::-1], apart[::-1])


def greedy(scores: dict[tuple[int, int], float], join: float, apart: list[tuple[int, int]]) -> list[list[int]]:
    """Average linkage as it is told: the best two groups are joined, again and again."""
    groups = [[n] for n in range(6)]
    while True:
        steps = []
        for one, other in combinations(groups, 2):
            crossing = {(min(a, b), max(a, b)) for a in one for b in other}
            mean = sum(scores.get(pair, 0.0) for pair in crossing) / len(crossing)
            if mean >= join and not crossing & set(apart):
                steps.append((-mean, one[0], other[0], one, other))
        if not steps:
            return groups
        _, _, _, one, other = min(steps)
        groups = sorted([*(g for g in groups if g not in (one, other)), sorted(one + other)])


@given(
    # Eighths and their sums are exact, so that the order of adding changes nothing, and equal means are common.
    st.dictionaries(st.sampled_from(PAIRS), st.integers(1, 8).map(lambda n: n / 8)),
    st.sampled_from([0.125, 0.3, 0.5]),
    st.lists(st.sampled_from(PAIRS), max_size=3),
)
def test_the_best_two_groups_are_always_joined_first(
    scores: dict[tuple[int, int], float], join: float, apart: list[tuple[int, int]]
) -> None:
    assert linkage(6, scores, join, apart=apart) == greedy(scores, join, apart)
