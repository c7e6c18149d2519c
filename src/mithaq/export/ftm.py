"""FollowTheMoney entities, one JSON object a line; needs the followthemoney library.

====================  =========================================================================================
in the ledger         in FollowTheMoney
====================  =========================================================================================
state                 ``PublicBody``, topic ``gov.national``: the model has no country schema, and governments agree
organisation          ``Organization``, topic ``gov.igo``
named speaker         ``Person``; an institution, document or medium that speaks: ``Organization``. Anonymous sources
                      are no entities: two of them must never become one
report                ``Article``: outlet, link, day; no text and no title, which the ledger does not have
agreement             ``Project``: a joint undertaking, with a ``ProjectParticipant`` for each party
commitment            ``Event``: its parties are ``involved``, its area the keyword, its reports the ``proof``;
                      an ``UnknownLink`` ties it to its agreement, whose schema has no link of its own for that
stage                 ``Documentation``: this article documents this event, with status, day and evidence
speaker of a stage    ``UnknownLink`` from the person to the event, with the article as proof
====================  =========================================================================================

``EconomicActivity`` and ``Contract`` would fit arms and aid better, but they ask who sends and who receives, which the
ledger does not know. Ids are made of the ledger's, so that the same ledger gives the same entities.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha1
from pathlib import Path
from typing import Any

from mithaq.export.files import whole_text
from mithaq.export.jsonl import json_line
from mithaq.export.names import area_name, is_organisation, party_name, status_name
from mithaq.export.options import Options, package
from mithaq.export.speakers import speaks_for
from mithaq.export.text import one_line, printable
from mithaq.ledger.items import Agreement, Commitment, Stage, Voice

_SCHEMA_OF_VOICE = {
    "named": "Person",
    "institution": "Organization",
    "document": "Organization",
    "media": "Organization",
}
_CODES = {"EUU": "eu", "UNO": "un"}  # FollowTheMoney's country list has these two


def entity_id(*parts: str) -> str:
    """A deterministic id: ``mithaq-`` and the SHA-1 of the parts."""
    return "mithaq-" + sha1("\x1f".join(parts).encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()


class _Maker:
    """Makes entities, each once."""

    def __init__(self) -> None:
        self._model = package("followthemoney").model
        self._seen: set[str] = set()

    def entity(self, schema: str, id_: str, **properties: Any) -> Iterator[dict[str, Any]]:
        """The entity with its properties cleaned by their types, unless that id was made before."""
        if id_ in self._seen:
            return
        self._seen.add(id_)
        made = self._model.make_entity(schema)
        made.id = id_
        for name, values in properties.items():
            for value in values if isinstance(values, list | tuple) else [values]:
                if value is not None and value != "":
                    made.add(name, _short(str(value), made.schema.get(name).type), quiet=False)
        yield made.to_dict()

    def party(self, code: str) -> Iterator[dict[str, Any]]:
        organisation = is_organisation(code)
        yield from self.entity(
            "Organization" if organisation else "PublicBody",
            entity_id("party", code),
            name=one_line(party_name(code, "en")) or code,
            alias=one_line(party_name(code, "ar")),
            abbreviation=code if organisation else None,
            country=_CODES.get(code) if organisation else code,
            topics="gov.igo" if organisation else "gov.national",
        )

    def voice(self, voice: Voice) -> Iterator[dict[str, Any]]:
        if schema := _schema(voice):
            code, _ = speaks_for(voice.name)
            country = code if code and not is_organisation(code) else None
            yield from self.entity(schema, _voice_id(voice), name=one_line(voice.name), country=country)

    def article(self, stage: Stage) -> Iterator[dict[str, Any]]:
        yield from self.entity(
            "Article",
            entity_id("report", stage.report),
            name=one_line(f"{stage.outlet or ''} {stage.report}"),
            publisher=stage.outlet and one_line(stage.outlet),
            sourceUrl=stage.url,
            publishedAt=_day(stage),
            language="ara",
        )


def _short(text: str, kind: Any) -> str | None:
    """*text* cut to what its type of property takes; a link or number that is too long is none."""
    if len(text) <= kind.max_length:
        return text
    return text[: kind.max_length - 1].rstrip() + "…" if kind.name in ("name", "string", "text") else None


def _schema(voice: Voice) -> str | None:
    return _SCHEMA_OF_VOICE.get(voice.kind) if one_line(voice.name) else None


def _voice_id(voice: Voice) -> str:
    return entity_id("speaker", voice.kind, one_line(voice.name))


def _day(stage: Stage) -> str | None:
    return stage.published.isoformat() if stage.published else None


def entities(agreements: Iterable[Agreement]) -> Iterator[dict[str, Any]]:
    """The entities of all agreements as FollowTheMoney's dictionaries, whatever they point to before them."""
    maker = _Maker()
    for agreement in agreements:
        yield from _agreement(maker, agreement)
        for commitment in agreement.commitments:
            yield from _commitment(maker, agreement, commitment)


def _agreement(maker: _Maker, agreement: Agreement) -> Iterator[dict[str, Any]]:
    for party in agreement.parties:
        yield from maker.party(party)
    project = entity_id("agreement", agreement.id)
    yield from maker.entity(
        "Project",
        project,
        name=one_line(agreement.name or "") or _title("agreement", agreement.parties),
        projectId=agreement.id,
        startDate=agreement.first,
        summary=", ".join(dict.fromkeys(area_name(c.area, "en") for c in agreement.commitments)),
    )
    for party in agreement.parties:
        yield from maker.entity(
            "ProjectParticipant",
            entity_id("participant", agreement.id, party),
            project=project,
            participant=entity_id("party", party),
            role="party",
        )


def _commitment(maker: _Maker, agreement: Agreement, commitment: Commitment) -> Iterator[dict[str, Any]]:
    for stage in commitment.stages:
        yield from maker.article(stage)
        for voice in stage.chain:
            yield from maker.voice(voice)
    for party in commitment.parties:
        yield from maker.party(party)
    event = entity_id("commitment", commitment.id)
    times = [w for s in commitment.stages for w in s.when]
    yield from maker.entity(
        "Event",
        event,
        name=_title(area_name(commitment.area, "en"), commitment.parties),
        alias=_title(area_name(commitment.area, "ar"), commitment.parties, "ar"),
        involved=[entity_id("party", p) for p in commitment.parties],
        keywords=[commitment.area, commitment.status, commitment.role],
        summary=f"{status_name(commitment.status, 'en')} (rule {commitment.rule})",
        startDate=min((w.start for w in times if w.start), default=None),
        endDate=max((w.end for w in times if w.end), default=None),
        recordId=commitment.id,
        proof=[entity_id("report", s.report) for s in commitment.stages],
    )
    yield from maker.entity(
        "UnknownLink",
        entity_id("part", commitment.id),
        subject=event,
        object=entity_id("agreement", agreement.id),
        role="part of",
    )
    for stage in commitment.stages:
        yield from _stage(maker, commitment, stage, event)


def _stage(maker: _Maker, commitment: Commitment, stage: Stage, event: str) -> Iterator[dict[str, Any]]:
    article = entity_id("report", stage.report)
    yield from maker.entity(
        "Documentation",
        entity_id("stage", commitment.id, stage.key),
        document=article,
        entity=event,
        role="reports",
        status="denied" if stage.denied else stage.status,
        date=_day(stage),
        summary=printable(stage.evidence.text),
        description=" ← ".join(one_line(v.name) for v in stage.chain),
        recordId=stage.key,
        publisher=stage.outlet and one_line(stage.outlet),
        sourceUrl=stage.url,
    )
    for voice in stage.chain:
        if _schema(voice):
            yield from maker.entity(
                "UnknownLink",
                entity_id("said", commitment.id, stage.key, voice.kind, one_line(voice.name)),
                subject=_voice_id(voice),
                object=event,
                role="denies" if stage.denied else "says",
                status=stage.status,
                date=_day(stage),
                proof=article,
            )


def _title(what: str, parties: tuple[str, ...], lang: str = "en") -> str:
    return f"{what}: {' – '.join(party_name(p, lang) for p in parties)}"


def write_ftm(agreements: Iterable[Agreement], path: Path, options: Options) -> int:
    """Write the entities to *path*, one JSON object a line; returns how many."""
    package("followthemoney")
    number = 0
    with whole_text(path) as file:
        for fields in entities(agreements):
            file.write(json_line(fields))
            number += 1
    return number
