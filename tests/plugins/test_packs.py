"""Packs of the lexicon: their entries join those of its files; what is wrong in one skips its plug-in."""

from __future__ import annotations

from pathlib import Path

import pytest
from plugin_fixtures import Use
from plugin_making import install, mithaq, plugin

from mithaq.lexicon.cues import cues
from mithaq.lexicon.names import names
from mithaq.lexicon.packs import LOADERS, Pack, packs
from mithaq.lexicon.tables import data_file, load_csv, load_toml_raw

NOD = '[nod]\nverb = "أومأ"\nframes = ["that"]\nprepositions = ["إلى"]\n'
GOOD = NOD + 'examples = ["[أومأ] {الوزير} إلى أن <الباب مفتوح>."]\ncounters = ["أومأ برأسه."]\n'
HOOK = """
from pathlib import Path
from mithaq.lexicon.packs import Pack
from mithaq.plugins.hookspecs import hookimpl
@hookimpl
def mithaq_lexicon():
    return [Pack("mine", Path({folder!r}))]
"""


def pack(folder: Path, **texts: str) -> Pack:
    for name, text in texts.items():
        path = folder / LOCAL[name]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return Pack("mine", folder)


LOCAL = {
    "saying": "cues/saying.toml", "topics": "provisions/topics.toml", "acts": "provisions/acts.toml",
    "roles": "roles.toml", "states": "states.csv", "bodies": "bodies.csv", "ontology": "ontology.toml",
}  # fmt: skip


def test_every_file_that_a_pack_may_hold_is_one_of_ours() -> None:
    assert all(data_file(name).is_file() for name in LOADERS)


def test_entries_join_those_of_our_files(use: Use, said: list[str], tmp_path: Path) -> None:
    bare = load_toml_raw("roles.toml"), load_toml_raw("provisions/topics.toml"), len(names())
    use(
        plugin(
            "a",
            mithaq_lexicon=[
                pack(
                    tmp_path,
                    saying=NOD,
                    topics='[transport]\nwords = ["تلفريك"]\n',
                    roles='[[role]]\nid = "x"\nm = ["ناظر"]\n',
                    bodies="state,value,note\nKEN,معهد نيروبي,\n",
                )
            ],
        )
    )
    assert [p.name for p in packs()] == ["mine"]
    assert said == []
    found = {cue.id: cue for cue in cues.__wrapped__()}
    assert found["mine.nod"].file == "cues/saying.toml"
    assert len(found) == len(cues()) + 1
    roles, topics = load_toml_raw("roles.toml"), load_toml_raw("provisions/topics.toml")
    assert roles["role"] == [*bare[0]["role"], {"id": "mine.x", "m": ["ناظر"]}]
    assert topics["transport"]["words"] == [*bare[1]["transport"]["words"], "تلفريك"]
    assert {k: v for k, v in topics.items() if k != "transport"} == {
        k: v for k, v in bare[1].items() if k != "transport"
    }
    assert [*load_csv("bodies.csv", ("state", "value", "note"))][-1]["value"] == "معهد نيروبي"
    assert len(names.__wrapped__()) > bare[2]


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"saying": "[nod]\nverb = 3\n"}, "cues/saying.toml: entry 'mine.nod': 'verb' must be str"),
        ({"saying": "[nod"}, "mine/cues/saying.toml: "),
        ({"saying": '[nod]\nverb = "قال"\n'}, "'قال' is already entry 'say'"),
        ({"acts": '[a]\narea = "sea"\nstatus = "done"\n'}, "entry 'mine.a': 'area' is 'sea'"),
        ({"topics": '[sea]\nwords = ["بحر"]\n'}, "'sea'"),
        ({"topics": '[transport]\nwords = "بحر"\n'}, "topics.toml"),
        ({"states": "code,kind,value,note\nXQX,name,لا شيء,\n"}, "entry 'لا شيء': 'code' is 'XQX'"),
        ({"bodies": "value\nx\n"}, "mine/bodies.csv: the header is ['value']"),
        ({"ontology": '[area]\nsea = { en = "sea", ar = "بحر" }\n'}, "it holds 'ontology.toml'"),
        ({}, "there is no file in"),
    ],
    ids=["type", "no TOML", "taken verb", "area", "topic", "words", "state", "header", "ontology", "empty"],
)
def test_a_wrong_pack_is_skipped_and_the_lexicon_stays(
    use: Use, said: list[str], tmp_path: Path, files: dict[str, str], reason: str
) -> None:
    good = pack(tmp_path / "good", bodies="state,value,note\nKEN,معهد نيروبي,\n")
    use(
        plugin("bad", mithaq_lexicon=[Pack("first", good.folder), pack(tmp_path / "bad", **files)]),
        plugin("good", mithaq_lexicon=[Pack("fine", good.folder)]),
    )
    assert [p.name for p in packs()] == ["fine"]
    assert len(said) == 1
    assert said[0].startswith("plug-in 'bad' (dist-bad 1.0) is skipped: lexicon pack 'mine': ")
    assert reason in said[0]
    assert cues.__wrapped__() == cues()


def test_a_pack_is_read_with_and_its_examples_are_checked(tmp_path: Path) -> None:
    pack(tmp_path / "pack", saying=GOOD)
    install(tmp_path / "site", "mine", HOOK.format(folder=str(tmp_path / "pack")))
    text = "وأومأ وزير الخارجية الكيني إلى أن المفاوضات ستستأنف."
    code, out, err = mithaq(tmp_path / "site", "explain", "-", stdin=text.encode())
    assert (code, err) == (0, "")
    assert "cues/saying.toml: mine.nod" in out
    assert mithaq(tmp_path / "site", "plugins", "--check")[::2] == (0, "")
    pack(tmp_path / "pack", saying=GOOD.replace("<الباب مفتوح>", "الباب <مفتوح>").replace('"أومأ برأسه."', ""))
    code, _, err = mithaq(tmp_path / "site", "plugins", "--check")
    assert code == 1
    assert "lexicon pack 'mine': cues/saying.toml: mine.nod: give it examples and counters" in err
    assert "is not read so; the entry gives [أومأ] <الباب مفتوح>" in err
