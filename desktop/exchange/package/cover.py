"""The words of DOC_TOI.txt, which a person finds who opens a package without our program."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from desktop.exchange.package.manifest import Detail, Kind, Manifest
from desktop.wording import Sentence, say


def cover_lines(about: Manifest) -> tuple[Sentence, ...]:
    """What the package is, line by line; the caller puts it into Vietnamese."""
    made = datetime.fromisoformat(about.made)
    return (
        _title(about.kind),
        say("From: {name} ({code})", name=about.sender.name, code=about.sender.code),
        say("To: {code}", code=about.to.code),
        say("Number {sequence}, made at {made}", sequence=about.stream.sequence, made=made),
        *_content(about),
        say("Personal data: {detail}", detail=_detail(about.detail)),
        say("This file is read by the program Sổ Trạm: Exchange, then Take in a package."),
        say("Do not change or repack it: it is signed, and any change makes it unreadable."),
    )


def _title(kind: Kind) -> Sentence:
    match kind:
        case Kind.RECEIPT:
            return say("RECEIPT FOR A DATA PACKAGE")
        case Kind.CONFIG:
            return say("CONFIGURATION PACKAGE")
        case Kind.PACKAGE:
            return say("DATA PACKAGE")


def _content(about: Manifest) -> tuple[Sentence, ...]:
    if about.receipt is not None:
        return (say("Result: {result}", result=_result(about.receipt.result)),)
    rows = sum(entry.rows or 0 for entry in about.files)
    forms = Counter((form.form, form.period) for form in about.forms)
    return (
        say("Rows: {rows}; forms: {forms}", rows=rows, forms=len(about.forms)),
        *(
            say("- form {form}, period {period}: {count} units", form=form, period=period, count=count)
            for (form, period), count in sorted(forms.items())
        ),
    )


def _result(result: str) -> Sentence:
    known = {
        "accepted": say("everything was taken in"),
        "partly": say("taken in; some rows wait or are in conflict"),
        "refused": say("not taken in"),
    }
    return known[result]


def _detail(detail: str) -> Sentence:
    known = {
        Detail.TOTALS.value: say("none, totals only"),
        Detail.UNNAMED.value: say("children without names"),
        Detail.FULL.value: say("the full list of children"),
    }
    return known[detail]
