"""What drives it? Revenue, growth and margin by business and quarter."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from components import formats
from components.answers.answer import Answer, Asked, drawn
from components.calculators.audit.effects import sensitivities
from components.calculators.segments import (
    GROUP,
    GroupGrowth,
    SegmentQuarter,
    breaks,
    by_quarter,
    group_growth,
    latest_complete,
)
from components.charts import segments as charts
from components.charts.chart import Chart
from components.charts.segments import Business, ClaimMark
from components.readouts import blocks
from components.readouts import claims as claim_texts
from components.readouts import segments as texts
from components.readouts.blocks import Readout
from components.readouts.naming import file_name
from data import places
from data.company import Family
from data.errors import UnknownFigure
from data.figures import Confidence


@dataclass(frozen=True, kw_only=True)
class SegmentsAnswer(Answer):
    """The segments page: all quarters of all segments that are known today.

    Attributes
    ----------
    quarters : one entry per segment and quarter, oldest first.
    latest : the segments of the latest complete quarter, largest first; empty where no quarter is complete.
    group : what they brought to the group's growth in that quarter; None where that is not known.
    """

    quarters: Sequence[SegmentQuarter]
    latest: Sequence[SegmentQuarter]
    group: GroupGrowth | None

    @property
    def families(self) -> list[Family]:
        profile = self.dossier.company.profile
        if any(each.family == GROUP for each in self.quarters):
            return [Family(id=GROUP.lower(), label=profile.short_name, segments={})]
        return profile.family

    @property
    def is_split(self) -> bool:
        """Whether there is more than the group as a whole to choose from."""
        return "families" in self.view.choices

    @property
    def chosen(self) -> tuple[str, ...]:
        if "families" in self.view.choices and self.families == self.dossier.company.profile.family:
            return self.view.all("families")
        return tuple(family.id for family in self.families)

    @property
    def profit_words(self) -> str:
        """What the company calls the profit of a segment."""
        return self.dossier.company.profile.profit_words

    @property
    def filing_currency(self) -> str:
        return self.dossier.company.profile.currency

    def businesses(self) -> list[Business]:
        """The chosen businesses of which anything is known, in the company's order."""
        found = []
        for family in self.families:
            quarters = tuple(each for each in self.quarters if (each.family or "").lower() == family.id)
            if quarters and family.id in self.chosen:
                marks = tuple(self._marks({each.segment for each in quarters}))
                found.append(Business(family.id, family.label, family.note or "", quarters, marks))
        return found

    @property
    def table_words(self) -> tuple[str, str, bool]:
        """What a period and the profit are called, and whether there is more than one structure."""
        return self.dossier.rhythm.noun, self.profit_words, len(self.dossier.company.profile.structure) > 1

    @property
    def _latest_period(self) -> str:
        return f"{self.dossier.rhythm.noun} to {self.latest[0].end:%B %Y}"

    @property
    def _profit(self) -> str:
        return formats.capitalised(self.profit_words)

    def business_charts(self) -> list[Chart]:
        """The chosen businesses over time, each on the scale that all of them share.

        Empty where none is chosen, and where only one period is known: a point is no course.
        """
        shown = self.businesses()
        if not shown or not self.is_course:
            return []
        scale, lines = charts.common_scale([q for each in shown for q in each.quarters]), breaks(self.quarters)
        return [
            charts.business_chart(each, scale, lines, self.filing_currency, self._profit, self._source())
            for each in shown
        ]

    @property
    def is_course(self) -> bool:
        """Whether the revenue of any business is known of two periods."""
        ends = [{q.end for q in each.quarters if q.revenue is not None} for each in self.businesses()]
        return any(len(each) > 1 for each in ends)

    def latest_charts(self) -> list[Chart]:
        """Revenue and margin by segment in the only period that is known; empty where there are more."""
        if self.is_course or not self.latest:
            return []
        chosen, found = [q for q in self.latest if q.family in self.chosen], []
        revenues = [(q.segment, q.revenue.value / 1000) for q in chosen if q.revenue]
        margins = [(q.segment, q.margin) for q in chosen if q.margin is not None and abs(q.margin) <= 1]
        if revenues:
            revenues.sort(key=lambda row: -row[1])
            title, under = f"{revenues[0][0]} sells most", f"Revenue, {self.filing_currency} bn, {self._latest_period}"
            source = self._latest_source()
            found.append(charts.latest_chart("revenues", revenues, "Revenue", False, title, under, source))
        if margins:
            margins.sort(key=lambda row: -row[1])
            title, what = f"{margins[0][0]} has the highest margin", f"{self._profit} margin"
            under, source = f"{what}, {self._latest_period}", self._latest_source()
            found.append(charts.latest_chart("margins", margins, what, True, title, under, source))
        return found

    def charts(self) -> list[Chart]:
        return drawn(
            self.contributions_chart(), self.profits_chart(), *(self.business_charts() or self.latest_charts())
        )

    def contributions_chart(self) -> Chart | None:
        """What each segment brought to the group's growth; None where that is not known."""
        if self.group is None:
            return None
        rows = [*self.group.contributions, self.group.rest]
        first = self.group.contributions[0]
        points, of = (formats.number(ratio * 100, 1) for ratio in (first.points, self.group.growth))
        title = f"{first.name} brought {points} of {of} points of growth"
        subtitle = f"Points of revenue growth, {self._latest_period} ({self.filing_currency})"
        total = (self.group.growth, self.group.change)
        return charts.contributions_chart(rows, total, self.filing_currency, title, subtitle, self._latest_source())

    def no_contributions(self) -> str:
        """That the growth by segment is not known, and what would tell it."""
        where = places.of_prior_years(self.dossier.company)
        return f"What each segment brought to growth is not known.{blocks.would_stand(where)}"

    def profits_chart(self) -> Chart | None:
        """Profit by segment in the latest complete quarter; None where none is known."""
        if any(each.family == GROUP for each in self.latest):
            return None  # the group alone is no comparison
        known = [(each.segment, each.profit.value / 1000) for each in self.latest if each.profit]
        if not known:
            return None
        known.sort(key=lambda row: -row[1])
        name, worst = known[-1]
        title = (
            f"{name}: a loss of {formats.number(-worst, 1 if worst <= -0.1 else 2)}bn"
            if worst < 0
            else f"{known[0][0]} earns most"
        )
        subtitle = f"{self._profit}, {self.filing_currency} bn, {self._latest_period}"
        return charts.profits_chart(known, self._profit, title, subtitle, self._latest_source())

    def structures_note(self) -> str:
        """The reporting structures: why lines break; empty where there is only one."""
        if len(self.dossier.company.profile.structure) < 2:
            return ""
        parts = [f"{structure.id}: {structure.label}" for structure in self.dossier.company.profile.structure]
        return (
            "Dotted lines mark where the segments were regrouped: those of two structures are different businesses, "
            f"and no line joins them. Structures: {'; '.join(parts)}."
        )

    def margin_note(self) -> str:
        """What one point of a margin that the article speaks of is worth in earnings; empty where it speaks of none."""
        found = [each for each in sensitivities(self.dossier) if self._is_shown(str(each.claim.argument("segment")))]
        return " ".join(claim_texts.sensitivity(each) for each in found)

    def _is_shown(self, segment: str) -> bool:
        return any(each.segment == segment and each.family in self.chosen for each in self.quarters)

    def table(self) -> Readout:
        """All figures with links to the releases, latest first."""
        name = file_name(self.dossier, "segments", self.dossier.day)
        table = texts.table(list(reversed(self.quarters)), self.filing_currency, self.table_words, name)
        head = blocks.heading("All figures")
        return Readout("segments-table", [blocks.panel([head, table])])

    def _marks(self, segments: set[str]) -> Iterator[ClaimMark]:
        """The article's claims on growth and margin of these segments."""
        panels = {"growth": "growth", "segment_margin": "margin"}
        for claim in self.dossier.thesis.claim:
            name = claim.argument("name")
            if name not in panels or claim.stated.value is None or claim.argument("segment") not in segments:
                continue
            about = "about " if claim.stated.approximate else ""
            text = f"{about}{formats.number(claim.stated.value, claim.stated.decimals)}%"
            yield ClaimMark(panels[str(name)], claim.period, claim.stated.value / 100, text)

    def _latest_source(self) -> str:
        """Where the figures of the latest complete quarter are from."""
        name, doubts = self.dossier.company.profile.short_name, {quarter.confidence for quarter in self.latest}
        end = f"{self.latest[0].end:%B %Y}"
        if Confidence.SECONDARY in doubts:
            return f"Press reports on the release of {name} for {end}."
        return f"{name} results release for {end}{', partly derived' if Confidence.DERIVED in doubts else ''}."

    def _source(self) -> str:
        last = max(quarter.end for quarter in self.quarters)
        name = self.dossier.company.profile.short_name
        return f"{name} results releases to {last:%B %Y}. Open circles: from press reports or derived."


def answer(asked: Asked) -> SegmentsAnswer:
    """All segment quarters known today.

    Raises
    ------
    UnknownFigure : no revenue of any period is known.
    ValueError : a segment has a profit on revenue that is not positive.
    """
    quarters = by_quarter(asked.dossier)
    if not quarters:
        raise UnknownFigure("revenue of any period", places.of_measure(asked.dossier.company, "revenue"))
    latest = latest_complete(asked.dossier, quarters)
    group = group_growth(asked.dossier, latest)
    return SegmentsAnswer(asked=asked, lead=texts.lead(latest, group), quarters=quarters, latest=latest, group=group)
