"""What the report of targets is made from: plain values, gathered by the application, known to no database.

Figures are exact fractions in the unit they are printed in (26.438... for 26,4%); whoever fills this in has already
divided, compared and judged. The report only writes down what stands here and says where nothing does.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from desktop.domain.findings import Severity
from desktop.domain.periods import Period
from desktop.domain.plans import Comparator, Plan, PlanKind
from desktop.domain.plans.intervals import Interval
from desktop.domain.plans.status import Figure, Status
from desktop.domain.values import State, Total, Value


class Ground(StrEnum):
    """How a figure stands on the boundaries of the report: known, estimated by shares, or not to be computed."""

    KNOWN = "known"
    ESTIMATED = "estimated"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Office:
    """Who reports, in the words of its own papers.

    `level` is commune, district, area or province; `symbol` the agency's part of symbols (TTYT); `place` the word
    before the date; `posts` the lines over the signature ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"); `archive` who keeps a copy.
    """

    name: str
    level: str
    symbol: str
    place: str
    parent: str = ""
    addressees: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    archive: str = "VT"
    posts: tuple[str, ...] = ("GIÁM ĐỐC",)
    signer: str = ""
    name_line: str = ""

    @property
    def headline(self) -> str:
        """The name over the number of its papers, where it differs from the one in sentences."""
        return self.name_line or self.name


@dataclass(frozen=True, slots=True)
class Reading:
    """An indicator in one period: its figure, what it was divided from, and how many communes it rests on.

    `value` is None where nothing can be computed. `numerator` and `denominator` are None for typed figures.
    """

    value: Fraction | None
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    reported: int = 0
    expected: int = 0
    version: str = ""
    ground: Ground = Ground.KNOWN

    @classmethod
    def of(cls, figure: Figure, version: str = "", ground: Ground = Ground.KNOWN) -> Reading:
        """The reading of a figure that was judged."""
        parts = (figure.value, figure.numerator, figure.denominator, figure.reported, figure.expected)
        return cls(*parts, version, ground)


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One target of a plan for one year, and how it stands.

    `target` is exactly as typed in the plan; None where it is words only.
    `words` are the plan's own words where known ("giảm xuống còn 22,2%"), else they follow from the comparator.
    `previous` is the same period last year, None where the record does not reach back. `required` is the level the path
    asks for at the end of the period.
    `over_whole` marks a share that is more than its whole.
    `is_count` lets "% kế hoạch" be printed. `pooled_years` is how many years the figure sums, the period's the last.
    """

    indicator: str
    name: str
    unit: str
    lower_is_better: bool
    comparator: Comparator
    target: Decimal | None
    year: int | None
    status: Status
    current: Reading
    previous: Reading | None = None
    words: str = ""
    condition: str = ""
    required: Fraction | None = None
    interval: Interval | None = None
    provisional: bool = False
    is_count: bool = False
    pooled_years: int = 1
    decimals: int | None = None
    over_whole: bool = False


@dataclass(frozen=True, slots=True)
class PlanPart:
    """A plan and its targets.

    Cited as `kind` `symbol`, `dated`, `issuer`, `about`: Nghị quyết, 62-NQ/TU, ..., về nâng cao chất lượng ...
    """

    code: str
    kind: str
    symbol: str
    issuer: str
    about: str
    targets: tuple[TargetRow, ...]
    dated: date | None = None

    @classmethod
    def of(cls, plan: Plan, targets: tuple[TargetRow, ...]) -> PlanPart:
        """The part of a plan of the catalogue; its subject is its title behind the kind of document."""
        kind = "Nghị quyết" if plan.kind is PlanKind.RESOLUTION else "Kế hoạch"
        about = plan.title.removeprefix(kind).strip()
        if about.startswith("Hội nghị"):
            about = about[about.find(" về ") + 1 :] if " về " in about else ""
        return cls(plan.code, kind, plan.symbol, plan.issuer, about, targets, plan.date)


@dataclass(frozen=True, slots=True)
class AnnexColumn:
    """An element of the annex; columns of the same `section` stand under one head."""

    element: str
    name: str
    unit: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True)
class AnnexCell:
    """What a commune reported, and the worst finding on it that nobody has settled.

    `of_parts` is how many reported of the units it was made of in the period, where it was made of several; of a yes/no
    element the value then is how many of these said yes (`counts_yes`).
    """

    value: Value
    finding: Severity | None = None
    version: str = ""
    ground: Ground = Ground.KNOWN
    of_parts: tuple[int, int] | None = None
    counts_yes: bool = False

    @property
    def counts(self) -> tuple[int, int]:
        """How many of those expected reported: of the unit's own parts where it has several."""
        if self.of_parts is not None:
            return self.of_parts
        return int(self.value.is_reported), int(self.value.state is not State.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class AnnexRow:
    """A commune: its code, its name as printed, a cell for every column."""

    unit: str
    name: str
    cells: tuple[AnnexCell, ...]


@dataclass(frozen=True, slots=True)
class AnnexTotal:
    """The sum of a column with its completeness and the worst finding in it."""

    total: Total
    finding: Severity | None = None
    version: str = ""
    ground: Ground = Ground.KNOWN


@dataclass(frozen=True, slots=True)
class TargetsInput:
    """Everything the report says.

    `year` stands in the date line while `dated` is None. `population` is the office's population of the period with its
    completeness, None where unknown; `population_source` the words under the table. `parts` names what the area is made
    of ("xã, thị trấn"). `notes` are further sentences about the data, in Vietnamese, printed as they are. `boundaries`
    is the day on whose boundaries everything stands, None for those of the period's last day.
    """

    office: Office
    period: Period
    year: int
    plans: tuple[PlanPart, ...]
    columns: tuple[AnnexColumn, ...]
    communes: tuple[AnnexRow, ...]
    totals: tuple[AnnexTotal, ...]
    population: Reading | None = None
    population_source: str = ""
    parts: str = "xã"
    notes: tuple[str, ...] = ()
    boundaries: date | None = None
    number: int | None = None
    dated: date | None = None
