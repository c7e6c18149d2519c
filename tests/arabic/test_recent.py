"""The memory for functions of one word."""

import pytest

from mithaq.arabic import recent as module
from mithaq.arabic.recent import recent


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a function with a memory for three results has worked out."""
    monkeypatch.setattr(module, "_KEPT", 3)
    return []


def test_a_result_is_worked_out_once(asked: list[str]) -> None:
    @recent
    def length(word: str) -> int | None:
        asked.append(word)
        return len(word) or None

    assert [length(w) for w in ("", "ab", "", "ab")] == [None, 2, None, 2]
    assert asked == ["", "ab"]


def test_what_is_in_use_stays_and_the_rest_is_forgotten(asked: list[str]) -> None:
    @recent
    def itself(word: str) -> str:
        asked.append(word)
        return word

    for word in ("old", "used", "c", "used", "d", "used", "e", "f", "used", "g"):
        assert itself(word) == word
    assert asked == ["old", "used", "c", "d", "e", "f", "g"]
    assert itself("old") == "old"
    assert asked[-1] == "old"
