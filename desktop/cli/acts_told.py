"""Acts and proposals as the command line tells them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from desktop.cli.output import findings_json
from desktop.system.i18n import render
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.application.acts import ActAnswer
    from desktop.application.acts_preview import Preview
    from desktop.application.proposals import Proposal


def answer_json(answer: ActAnswer) -> dict[str, Any]:
    """An act with what it does; `id` is null where it is refused or the register says so already."""
    from desktop.exchange.act_file import told_act

    act = answer.act
    told = told_act(answer.draft)
    if act is not None:
        told |= {"id": act.uid, "provisional": act.provisional}
    return {
        "id": act.uid if act else answer.known,
        "act": told,
        "preview": _preview_json(answer.preview),
        "findings": findings_json(answer.findings),
        "changed": False,
    }


def proposal_json(proposal: Proposal, answer: ActAnswer) -> dict[str, Any]:
    """A proposal: the act it would be, its parts, what the second list says, whether it is confirmed."""
    told = answer_json(answer)
    return told | {
        "id": proposal.uid,
        "parts": [
            {"code": part.code, "name": part.name, "whole": part.whole, "second_source": part.second}
            for part in proposal.parts
        ],
        "sure": proposal.is_sure,
        "mine": proposal.is_ours,
        "confirmed": proposal.is_confirmed,
    }


def _preview_json(preview: Preview) -> dict[str, Any]:
    return {name: [_plain(asdict(entry)) for entry in getattr(preview, name)] for name in _NAMES}


_NAMES: Final = ("units", "codes", "series", "unknowable")


def _plain(told: dict[str, Any]) -> dict[str, Any]:
    return {name: str(value) if isinstance(value, date) else value for name, value in told.items()}


def answer_lines(answer: ActAnswer) -> Iterator[str]:
    """An act's preview for people."""
    from desktop.application.acts_words import preview_sentences

    for said in preview_sentences(answer.preview):
        yield render(said)
    if answer.act is not None:
        yield render(say("Act {id}", id=answer.act.uid))
