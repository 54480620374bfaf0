"""The sheets of the claims: the figures that go in, the calculations over them, and the verdicts that follow."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from components.calculators.audit.audit import Finding, Judgement
from components.calculators.audit.rules import TOLERANCE, YEARS_OFF, Evidence, Reading, Verdict, judge
from components.export.workbook.sheets import NUMBER, Book, Cell, Given, Link, Sheet, Sum, serial
from components.readouts import claims as texts
from data.figures import Figure
from data.sums import Sum as Working
from data.sums import Term
from data.thesis import Stated

_SAME = 1e-9  # how far two numbers may differ and be the same, as a share of them
_DAY = "d mmm yyyy"


@dataclass
class Placed:
    """Where a reading stands: the cells of its value, or of both ends of its range."""

    cells: tuple[str, ...]
    reading: Reading


@dataclass
class Claims:
    """The three sheets in the making. A figure stands once, however many calculations it enters."""

    book: Book
    figures: Sheet = field(init=False)
    sums: Sheet = field(init=False)
    _at: dict[Figure, str] = field(default_factory=dict)
    _at_name: dict[Figure, str] = field(default_factory=dict)

    def follows(self, figure: Figure, name: str) -> None:
        """Lets a figure follow the cell of that name. Before `write`."""
        self._at_name[figure] = name

    def cell(self, figure: Figure, value: float, form: str = NUMBER) -> Sum:
        """A value that a figure has in another scale, as a formula over the figure's own cell."""
        place = self._figure(figure)
        same = _is_same(value, figure.value) or not figure.value
        return Sum(place if same else f"{place}*{value / figure.value!r}", value, form)

    def sum(self, working: Working, value: float) -> Cell:
        """A calculation as a formula over the cells of its figures, where it gives the value; else the value."""
        return Sum(self._formula(working), value) if _is_same(working.value, value) else Given(value)

    def write(self, findings: Sequence[Finding]) -> None:
        """All claims with their calculations."""
        widths = (26, 48, 22, 12, 12, 9, 14, 14, 14, 14, 14, 18, 14, 14, 14, 14, 18, 60, 40)
        claims = self.book.sheet("Claims", widths, (4, 1))
        self.sums = self.book.sheet("Calculations", (26, 14, 46, 18, 18, 14, 90), (4, 1))
        self.figures = self.book.sheet("Figures", (60, 18, 18, 14, 14, 12, 12, 60, 40), (4, 1))
        claims.title(
            "Claims",
            "A verdict on a number follows its figures: change a blue one on the sheet Figures. One that rests on a "
            "day, a record or another claim stands as it was when exported.",
        )
        claims.head(
            "Claim", "Statement", "The article", "Stated, from", "to", "Decimals", "Unit of what is stated",
            "Tested as published", "to", "Unit", "As of", "Verdict as published", "Tested today", "to", "Unit", "As of",
            "Verdict today", "Why, when exported", "Remark",
        )  # fmt: skip
        self.sums.title("Calculations", "Each as a formula, and in words with the numbers of the day of export.")
        self.sums.head("Claim", "Moment", "Reading", "Value", "to", "Unit", "In words")
        self.figures.title("Figures", "What goes into the calculations. A blue number can be changed.")
        self.figures.head("Figure", "Value", "Unit", "As of", "Known since", "Origin", "Confidence", "Source", "Link")
        for finding in findings:
            self._claim(claims, finding)

    def _claim(self, sheet: Sheet, finding: Finding) -> None:
        claim, says = finding.claim, finding.claim.stated
        low, high, decimals = (sheet.here(sheet.row, column) for column in (3, 4, 5))
        ends = _ends(says)
        cells: list[Cell] = [claim.label, claim.statement, texts.stated(claim)]
        cells += [None if end is None else Given(end) for end in ends]
        cells.append(Given(float(says.decimals), "0") if any(end is not None for end in ends) else None)
        cells.append(says.unit or None)
        for moment, judgement in (("as published", finding.published), ("today", finding.today)):
            placed = self._readings(claim.label, moment, judgement)
            reading = judgement.evidence.deciding
            cells += self._tested(placed)
            cells += [None, None] if reading is None else [_unit(reading.figure), reading.figure.as_of]
            cells.append(self._verdict(says, judgement, placed, (low, high, decimals)))
        why = texts.explain(claim, finding.today)
        sheet.line(*cells, why, finding.today.evidence.note or None)

    def _readings(self, claim: str, moment: str, judgement: Judgement) -> dict[str, list[Placed]]:
        """The readings that a verdict rests on, written as calculations: those compared, and earlier values."""
        evidence = judgement.evidence
        deciding = list(evidence.readings[: 2 if evidence.both else 1])
        others = list(evidence.readings[len(deciding) :])
        written = {
            "deciding": [self._reading(claim, moment, each) for each in deciding],
            "earlier": [self._reading(claim, f"{moment}, earlier", each) for each in evidence.earlier],
        }
        for each in others:
            self._reading(claim, f"{moment}, beside", each)
        return written

    def _reading(self, claim: str, moment: str, reading: Reading) -> Placed:
        cells: list[Cell] = []
        for number, value in enumerate(reading.values):
            working = reading.sums[number] if number < len(reading.sums) else None
            cells.append(self._value(reading.figure, value, working))
        cells += [None] * (2 - len(cells))
        line = self.sums.line(claim, moment, reading.label, *cells, _unit(reading.figure), reading.working)
        places = tuple(self.sums.at(line, 3 + number) for number in range(len(reading.values)))
        return Placed(places, reading)

    def _value(self, figure: Figure, value: float, working: Working | None) -> Cell:
        """A tested value: the formula of its calculation where that gives it, else the number as it is."""
        form = _DAY if figure.unit.text == "date" else NUMBER
        shown = serial(value) if figure.unit.text == "date" else value
        if working is None or not _is_same(working.value, value):
            return Given(shown, form)
        formula = self._formula(working)
        return Sum(formula, shown, form)

    def _formula(self, working: Working) -> str:
        formula = working.expression.formula(self._term)
        return f"({formula})*100" if working.unit == "%" else formula

    def _term(self, term: Term) -> str:
        """A term of a sum: the cell of its figure, or its number."""
        figure = term.figure
        if not isinstance(figure, Figure):
            return repr(float(term.number))
        cell = self._figure(figure)
        if figure.unit.text == "date":
            return cell
        if _is_same(term.number, figure.value):
            return cell
        if _is_same(term.number * 100, figure.value):
            return f"({cell}/100)"
        return f"({cell}*{term.number / figure.value!r})" if figure.value else repr(float(term.number))

    def _figure(self, figure: Figure) -> str:
        """The cell of a figure; one that was computed stands there as its own formula."""
        if figure in self._at:
            return self._at[figure]
        working, is_day = figure.working, figure.unit.text == "date"
        made = working is not None and _is_same(working.value, figure.value)
        cell: Cell = Given(serial(figure.value) if is_day else figure.value, _DAY if is_day else NUMBER)
        if made and working is not None:
            cell = Sum(self._formula(working), figure.value, NUMBER)
        if figure in self._at_name:
            cell = Sum(self._at_name[figure], figure.value, NUMBER)
        line = self.figures.line(
            figure.label, cell, _unit(figure), figure.as_of, figure.known, str(figure.origin), str(figure.confidence),
            figure.source, Link(figure.url, figure.url) if figure.url else None,
        )  # fmt: skip
        self._at[figure] = self.figures.at(line, 1)
        return self._at[figure]

    def _tested(self, placed: dict[str, list[Placed]]) -> list[Cell]:
        if not placed["deciding"]:
            return [None, None]
        first = placed["deciding"][0]
        is_day = first.reading.figure.unit.text == "date"
        form = _DAY if is_day else NUMBER
        values = [serial(value) if is_day else value for value in first.reading.values]
        found: list[Cell] = [Sum(cell, value, form) for cell, value in zip(first.cells, values, strict=True)]
        return [*found, *([None] * (2 - len(found)))]

    def _verdict(
        self, says: Stated, judgement: Judgement, placed: dict[str, list[Placed]], stated: tuple[str, str, str]
    ) -> Cell:
        """The verdict as a formula over what is tested and stated; in words where it follows no number."""
        evidence = judgement.evidence
        if not _follows_numbers(says, judgement):
            return str(judgement.verdict)
        return Sum(_rule(says, evidence, placed, stated), str(judgement.verdict), "General")


def _follows_numbers(says: Stated, judgement: Judgement) -> bool:
    """Whether the rules compare numbers for this verdict, and nothing else decided it."""
    evidence = judgement.evidence
    reading = evidence.deciding
    if reading is None or reading.overtaken or evidence.recorded or evidence.holds is not None or says.values:
        return False
    if all(end is None for end in _ends(says)):
        return False
    return judge(says, evidence) is judgement.verdict


def _ends(says: Stated) -> tuple[float | None, float | None]:
    """What is stated, from and to; one of them is empty for a minimum or a maximum."""
    if says.minimum is not None or says.maximum is not None:
        return says.minimum, says.maximum
    single = says.times if says.times is not None else float(says.year) if says.year is not None else None
    if single is not None:
        return single, single
    return says.bounds or (None, None)


def _rule(says: Stated, evidence: Evidence, placed: dict[str, list[Placed]], stated: tuple[str, str, str]) -> str:
    """The rules of `audit/rules.py` in their order, as nested conditions."""
    held = [_all(says, each.cells, stated, _supports) for each in placed["deciding"]]
    near = _all(says, placed["deciding"][0].cells, stated, _nears)
    earlier = [_all(says, each.cells, stated, _supports) for each in placed["earlier"]]
    best = _quoted(Verdict.OUTDATED if evidence.superseded else Verdict.SUPPORTED)
    otherwise = f"IF({near},{_quoted(Verdict.IMPRECISE)},{_quoted(Verdict.CONTRADICTED)})"
    if earlier:
        otherwise = f"IF(OR({','.join(earlier)}),{_quoted(Verdict.OUTDATED)},{otherwise})"
    if evidence.other_measure:
        otherwise = _quoted(Verdict.CONTRADICTED)
    if len(held) > 1:
        otherwise = f"IF(OR({','.join(held)}),{_quoted(Verdict.IMPRECISE)},{otherwise})"
    return f"IF(AND({','.join(held)}),{best},{otherwise})"


def _quoted(verdict: Verdict) -> str:
    return f'"{verdict}"'


def _all(says: Stated, cells: Sequence[str], stated: tuple[str, str, str], rule: object) -> str:
    assert callable(rule)
    return f"AND({','.join(rule(says, cell, stated) for cell in cells)})"


def _supports(says: Stated, cell: str, stated: tuple[str, str, str]) -> str:
    low, high, decimals = stated
    if says.times is not None:
        return f"ROUND({cell}/100+1,{decimals})={low}"
    if says.minimum is not None:
        return f"{cell}>={low}"
    if says.maximum is not None:
        return f"{cell}<={high}"
    if says.year is not None:
        return f"{cell}={low}"
    return f"{low}<=ROUND({cell},{decimals}),ROUND({cell},{decimals})<={high}"


def _nears(says: Stated, cell: str, stated: tuple[str, str, str]) -> str:
    low, high, _ = stated
    if says.times is not None:
        return f"ABS({cell}/100+1-{low})<={TOLERANCE}*{low}"
    if says.year is not None:
        return f"ABS({cell}-{low})<={YEARS_OFF}"
    over, under = f"{cell}>={low}-{TOLERANCE}*ABS({low})", f"{cell}<={high}+{TOLERANCE}*ABS({high})"
    return over if says.minimum is not None else under if says.maximum is not None else f"{over},{under}"


def _unit(figure: Figure) -> str:
    return figure.unit.text


def _is_same(one: float, other: float) -> bool:
    return abs(one - other) <= _SAME * max(abs(one), abs(other), 1e-12)
