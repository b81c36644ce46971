"""Z-scores of many children at once, number for number what WHO's own program gives (facts/growth section 2).

z = ((y / M)^L - 1) / (L S); beyond 3 SD on the scale of the last whole SD (WHO 2006, chapter 7), rounded to two
decimals before anything is decided by it. Rows are worked on in pieces that stay in the processor's cache, so memory
beside the answer does not grow with their number.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from desktop.domain.growth.ages import LAST_DAY, LYING_UNTIL, MONTHS_BEFORE_STANDING
from desktop.domain.growth.columns import Columns
from desktop.domain.growth.scores import Index, Position, Sex
from desktop.domain.growth.standards import BY_LENGTH, RANGES, Floats, Integers, Standards

Booleans = NDArray[np.bool_]
PIECE: Final = 16_384
SHIFT: Final = 7_000  # micrometres between lying and standing
LIMITS: Final = {  # outside them a z-score is flagged (WHO 2006); the limits themselves are not
    Index.HA: (-6.0, 6.0),
    Index.WA: (-6.0, 5.0),
    Index.WH: (-5.0, 5.0),
    Index.BMI: (-5.0, 5.0),
}
ORDER: Final = tuple(Index)
_BREAK: Final = 870_000  # without age and position: lying below 87 cm (WHO anthro)
_MONTHS: Final = 60
# As plain numbers: numpy would widen a column of bytes to compare it with a member of an enumeration.
_GIRL: Final = int(Sex.GIRL)
_UNKNOWN, _LYING, _STANDING = map(int, Position)
_NEAR_TIE: Final = 0.499999**2
_LYING_FIRST, _STANDING_FIRST = (RANGES[table][0] * 1000 for table in BY_LENGTH)
_LYING_WIDTH, _STANDING_WIDTH = ((RANGES[table][1] - RANGES[table][0]) * 1000 for table in BY_LENGTH)


@dataclass(frozen=True, slots=True)
class ZScores:
    """What was computed, a row a child: corrected length (0 none), the position used, and by index z and flag.

    `z` and `flag` have one row an index in the order of `Index`; z is nan where it cannot be computed, bmi too.
    """

    micrometres: Integers
    position: NDArray[np.int8]
    unlikely_position: Booleans
    bmi: Floats
    z: Floats
    flag: Booleans

    @classmethod
    def empty(cls, rows: int) -> Self:
        """Room for as many rows."""
        return cls(
            np.empty(rows, np.int64),
            np.empty(rows, np.int8),
            np.empty(rows, np.bool_),
            np.empty(rows),
            np.empty((len(ORDER), rows)),
            np.empty((len(ORDER), rows), np.bool_),
        )

    def __len__(self) -> int:
        return len(self.bmi)

    def __getitem__(self, rows: slice | Booleans | NDArray[np.intp]) -> ZScores:
        """Some of the rows: a view for a slice, else a copy."""
        return ZScores(
            self.micrometres[rows],
            self.position[rows],
            self.unlikely_position[rows],
            self.bmi[rows],
            self.z[:, rows],
            self.flag[:, rows],
        )

    def of(self, index: Index) -> Floats:
        """The z-scores of one index, flagged ones too."""
        found: Floats = self.z[ORDER.index(index)]
        return found

    def flagged(self, index: Index) -> Booleans:
        """Where the z-score of one index is implausible."""
        found: Booleans = self.flag[ORDER.index(index)]
        return found


def zscores(standards: Standards, columns: Columns, *, tell: Callable[[int], object] | None = None) -> ZScores:
    """Compute all indices; `tell` hears after each piece how many rows are done."""
    found = ZScores.empty(len(columns))
    with np.errstate(all="ignore"):
        for start in range(0, len(columns), PIECE):
            rows = slice(start, start + PIECE)
            _piece(standards, columns[rows], found[rows])
            if tell is not None:
                tell(min(start + PIECE, len(columns)))
    return found


def _piece(standards: Standards, columns: Columns, out: ZScores) -> None:
    known = columns.days >= 0
    young = known & (columns.days < LYING_UNTIL)
    np.logical_and(columns.position == _STANDING, columns.months < MONTHS_BEFORE_STANDING, out=out.unlikely_position)
    np.multiply(columns.position, ~out.unlikely_position, out=out.position)
    _correct(columns, out, known=known, young=young)
    kilos = columns.milligrams / 1e6
    kilos[columns.milligrams <= 0] = np.nan
    centimetres = out.micrometres / 1e4
    centimetres[out.micrometres <= 0] = np.nan
    metres = centimetres / 100
    np.divide(kilos, metres * metres, out=out.bmi)

    # Rows of the tables by age: the row of nothing where age or sex is missing, or the child is five.
    sexed = columns.sex > 0
    counted = sexed & (columns.months < _MONTHS)
    row = columns.days.astype(np.int64)
    row += (columns.sex == _GIRL) * np.int64(LAST_DAY + 1)
    row[~counted] = standards.nothing
    height = standards.by_age[Index.HA]
    _plain(centimetres, height.mu[row], height.bend[row], out.of(Index.HA))
    row[columns.oedema] = standards.nothing
    for index, measure in ((Index.WA, kilos), (Index.BMI, out.bmi)):
        lms = standards.by_age[index]
        _score(measure, lms.lam[row], lms.mu[row], lms.bend[row], out.of(index))
    usable = sexed & ~columns.oedema & (counted | ~known)
    _by_length(standards, columns, out, kilos, young=young, known=known, usable=usable)
    for index, (low, high) in LIMITS.items():
        z = out.of(index)
        round_as_r(z)
        np.logical_or(z < low, z > high, out=out.flagged(index))


def _correct(columns: Columns, out: ZScores, *, known: Booleans, young: Booleans) -> None:
    """Length corrected to lying under 731 days, to standing from then on; what is no length is 0."""
    shift = (young & (out.position == _STANDING)).astype(np.int64)
    shift -= known & ~young & (out.position == _LYING)
    shift *= SHIFT
    np.add(columns.micrometres, shift, out=out.micrometres)
    out.micrometres[columns.micrometres <= 0] = 0
    np.maximum(out.micrometres, 0, out=out.micrometres)


def _plain(y: Floats, mu: Floats, bend: Floats, out: Floats) -> None:
    """Where L is 1 (all lengths for age), y / M to the power L is itself and the scale beyond 3 SD is the same."""
    np.divide(y, mu, out=out)
    out -= 1
    out /= bend


def _score(y: Floats, lam: Floats, mu: Floats, bend: Floats, out: Floats) -> None:
    np.divide(y, mu, out=out)
    np.power(out, lam, out=out)
    out -= 1
    out /= bend
    far = np.flatnonzero(np.abs(out) > 3)
    if len(far):
        out[far] = rescaled(out[far], y[far], lam[far], mu[far], bend[far])


def rescaled(z: Floats, y: Floats, lam: Floats, mu: Floats, bend: Floats) -> Floats:
    """Z-scores beyond 3 SD, counted on in steps of the distance between 2 and 3 SD (WHO 2006, chapter 7)."""
    side = np.copysign(1.0, z)
    three = mu * (1 + bend * 3 * side) ** (1 / lam)
    two = mu * (1 + bend * 2 * side) ** (1 / lam)
    found: Floats = side * 3 + (y - three) / np.abs(three - two)
    return found


def _by_length(
    standards: Standards,
    columns: Columns,
    out: ZScores,
    kilos: Floats,
    *,
    young: Booleans,
    known: Booleans,
    usable: Booleans,
) -> None:
    """Weight for length (lying) or height; a length between two millimetres takes L, M and S between theirs."""
    length = out.micrometres
    guessed = (out.position == _LYING) | ((out.position == _UNKNOWN) & (length < _BREAK))
    standing = (~(young | (~known & guessed))).astype(np.int64)
    part = length - standing * (_STANDING_FIRST - _LYING_FIRST)
    part -= _LYING_FIRST
    step = part // 1000
    within = usable & (part >= 0) & (part <= _LYING_WIDTH - standing * (_LYING_WIDTH - _STANDING_WIDTH))
    part_of_table = standing * 2
    part_of_table += columns.sex == _GIRL
    row = standards.starts[part_of_table]
    row += step
    row[~within] = standards.by_length.nothing
    lms = standards.by_length
    lam, mu, bend = lms.lam[row], lms.mu[row], lms.bend[row]
    between = np.flatnonzero(within & (part != step * 1000))
    if len(between):
        share = (part[between] - step[between] * 1000) / 1000
        below = row[between]
        lam[between], mu[between], sigma = (
            table[below] + share * (table[below + 1] - table[below]) for table in (lms.lam, lms.mu, lms.sigma)
        )
        bend[between] = sigma * lam[between]
    _score(kilos, lam, mu, bend, out.of(Index.WH))


def round_as_r(z: Floats) -> None:
    """Round to two decimals in place as R does: the nearer of the two candidates, of two equally near the even one.

    Only near a tie can that differ from rounding a hundred times the number, which is much quicker.
    """
    hundreds = z * 100
    whole = np.rint(hundreds)
    hundreds -= whole
    hundreds *= hundreds
    doubtful = np.flatnonzero(hundreds > _NEAR_TIE)
    settled = _nearer(z[doubtful])
    np.divide(whole, 100, out=z)
    z[doubtful] = settled
    z += 0.0  # minus zero is zero


def _nearer(z: Floats) -> Floats:
    size = np.abs(z)
    hundreds = size * 100
    below = np.floor(hundreds)
    low, high = below / 100, np.ceil(hundreds) / 100
    up, down = high - size, size - low
    rounded_up = (up < down) | ((up == down) & (np.fmod(below, 2) == 1))
    return np.copysign(np.where(rounded_up, high, low), z)
