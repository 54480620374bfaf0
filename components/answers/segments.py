"""What drives it? Revenue, growth and margin by business and quarter."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from components import formats
from components.answers.answer import Answer, Asked
from components.calculators import growth
from components.calculators.audit.effects import sensitivities
from components.calculators.segments import SegmentQuarter, breaks, by_quarter, latest_complete
from components.charts import segments as charts
from components.charts.chart import Chart
from components.readouts import claims as claim_texts
from components.readouts import segments as texts
from components.readouts.blocks import Readout, Sentence
from data.company import Family
from data.errors import UnknownFigure


@dataclass(frozen=True, kw_only=True)
class SegmentsAnswer(Answer):
    """The segments page: all quarters of all segments that are known today.

    Attributes
    ----------
    quarters : one entry per segment and quarter, oldest first.
    latest : the segments of the latest complete quarter, largest first; empty where no quarter is complete.
    """

    quarters: Sequence[SegmentQuarter]
    latest: Sequence[SegmentQuarter]

    @property
    def families(self) -> list[Family]:
        return self.dossier.company.profile.family

    @property
    def chosen(self) -> tuple[str, ...]:
        return self.view.all("families") if "families" in self.view.choices else ()

    @property
    def filing_currency(self) -> str:
        return self.dossier.company.profile.currency

    def growth_chart(self) -> Chart | str:
        """Growth by quarter with the article's growth claims; a sentence where nothing is known."""
        return self._lines(
            "segment-growth",
            lambda quarter: quarter.growth,
            "segment_growth",
            "Revenue growth",
            "year over year, from one release each",
        )

    def margin_chart(self) -> Chart | str:
        """Adjusted EBITA margin by quarter with the article's margin claims; a sentence where nothing is known."""
        return self._lines(
            "segment-margin",
            lambda quarter: quarter.margin,
            "segment_margin",
            "Adjusted EBITA margin",
            "adjusted EBITA ÷ revenue",
        )

    def revenue_chart(self) -> Chart | str:
        """Revenue by quarter, in billions of the filing's currency; a sentence where nothing is known."""
        return self._lines(
            "segment-revenue",
            lambda quarter: quarter.revenue.value / 1000 if quarter.revenue else None,  # kept in millions
            "",
            "Revenue",
            f"{self.filing_currency} bn, quarter",
            percent=False,
        )

    def mix_chart(self) -> Chart | None:
        """Shares of the latest complete quarter; None where there is none."""
        if not self.latest or not any(quarter.revenue and quarter.revenue.value > 0 for quarter in self.latest):
            return None
        places = {family.id: number for number, family in enumerate(self.families)}
        shares = growth.mix({q.segment: q.revenue.value for q in self.latest if q.revenue})
        rows = [
            (q.segment, shares[q.segment], q.revenue.value / 1000, places.get(str(q.family), len(places)))
            for q in self.latest
            if q.revenue is not None
        ]
        title = f"{rows[0][0]} brings {formats.percent1(rows[0][1])} of segment revenue"
        subtitle = (
            f"Share of the sum of segments before reconciling items, quarter to {self.latest[0].end:%B %Y}; "
            f"{self.filing_currency} bn"
        )
        return charts.mix_chart(rows, title, subtitle, self._source())

    def structures_note(self) -> str:
        """The reporting structures, and remarks on the families whose meaning has changed."""
        parts = [f"{structure.id}: {structure.label}" for structure in self.dossier.company.profile.structure]
        notes = [f"{each.label}: {each.note}" for each in self.families if each.note and each.id in self.chosen]
        return (
            "Segments of different structures are different businesses: they share a colour, never a line. "
            f"Structures: {'; '.join(parts)}. {' '.join(notes)}"
        )

    def margin_note(self) -> str:
        """What one point of a margin that the article speaks of is worth in earnings; empty where it speaks of none."""
        found = [each for each in sensitivities(self.dossier) if self._is_shown(str(each.claim.test["segment"]))]
        return " ".join(claim_texts.sensitivity(each) for each in found)

    def _is_shown(self, segment: str) -> bool:
        return any(each.segment == segment and each.family in self.chosen for each in self.quarters)

    def table(self) -> Readout:
        """The figures of the chosen businesses with links to the releases, latest first."""
        rows = [quarter for quarter in reversed(self.quarters) if quarter.family in self.chosen]
        return Readout("segments-table", [texts.table(rows, self.filing_currency)])

    def _lines(
        self,
        chart_id: str,
        value: Callable[[SegmentQuarter], float | None],
        test: str,
        what: str,
        measure: str,
        percent: bool = True,
    ) -> Chart | str:
        points = charts.points(self.quarters, value, {each.id: each.label for each in self.families}, self.chosen)
        if not points:
            return f"{what}: nothing is known for the businesses chosen."
        newest = max(points, key=lambda point: (point.end, point.value))
        number = (
            formats.percent1(newest.value) if percent else f"{self.filing_currency} {formats.number(newest.value, 1)}bn"
        )
        claims = self._claims(test)
        title = f"{what}: {newest.segment} at {number} in {newest.end:%B %Y}"
        return charts.lines_chart(
            chart_id,
            points,
            breaks(self.quarters),
            claims,
            title + "".join(f"; {claim.text}" for claim in claims),
            f"{what} by segment, {measure}; a dashed line marks where the segments were regrouped",
            self._source(),
            percent,
        )

    def _claims(self, test: str) -> list[charts.ClaimMark]:
        """The claims with the named test about a segment that is on the chart."""
        found = []
        for claim in self.dossier.thesis.claim:
            segment = claim.test.get("segment")
            families = {quarter.family for quarter in self.quarters if quarter.segment == segment}
            if claim.test["name"] != test or claim.stated.value is None or not families & set(self.chosen):
                continue
            about = "about " if claim.stated.approximate else ""
            text = f"the article: {about}{formats.number(claim.stated.value, claim.stated.decimals)}%"
            found.append(charts.ClaimMark(claim.period, claim.stated.value / 100, text))
        return found

    def _source(self) -> str:
        last = max(quarter.end for quarter in self.quarters)
        name = self.dossier.company.profile.short_name
        return f"{name} results releases to {last:%B %Y}. Open circles: from press reports or derived."


def answer(asked: Asked) -> SegmentsAnswer:
    """All segment quarters known today.

    Raises
    ------
    UnknownFigure : the company has no segments.
    ValueError : a segment has adjusted EBITA on revenue that is not positive.
    """
    quarters = by_quarter(asked.dossier)
    if not quarters:
        raise UnknownFigure("segments of this company")
    latest = latest_complete(asked.dossier, quarters)
    return SegmentsAnswer(asked=asked, lead=Sentence(texts.lead(latest)), quarters=quarters, latest=latest)
