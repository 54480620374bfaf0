"""Is the article right? Every claim with its two verdicts, the calculation behind them, and its sources."""

from collections.abc import Sequence
from dataclasses import dataclass

from components.answers.answer import Answer, Asked, drawn
from components.calculators.audit.audit import Finding, audit
from components.charts.chart import Chart
from components.charts.claim import claim_chart
from components.readouts import claim_table
from components.readouts import claims as texts
from components.readouts import findings as readouts
from components.readouts.blocks import Readout

SHORTEST_SERIES = 3  # fewer values give no chart


@dataclass(frozen=True, kw_only=True)
class ClaimsAnswer(Answer):
    """The tests of all claims, in the article's order."""

    findings: Sequence[Finding]

    @property
    def opened(self) -> Finding | None:
        """The one claim that the reader has opened; None while he looks at the list."""
        claim = self.view.one("claim")
        return next((finding for finding in self.findings if finding.claim.id == claim), None)

    def beside(self) -> tuple[str | None, str | None]:
        """The ids of the claims before and after the open one, in the order shown; None at an end.

        A claim that the filters leave out stands before all others.
        """
        ids = [finding.claim.id for finding in self.shown()]
        if self.opened is None or self.opened.claim.id not in ids:
            return None, ids[0] if ids else None
        place = ids.index(self.opened.claim.id)
        return (ids[place - 1] if place else None), (ids[place + 1] if place + 1 < len(ids) else None)

    def counts(self) -> dict[str, str]:
        """The verdicts by key, each with how many claims received it as published and today."""
        return {
            verdict.name.lower(): f"{verdict} {then} → {now}"
            for verdict, (then, now) in readouts.counts(self.findings).items()
        }

    def shown(self) -> list[Finding]:
        """All claims that pass the reader's filters, those that harm the thesis most first."""
        topics, verdicts = self.view.all("topics"), self.view.all("verdicts")
        return [
            finding
            for finding in claim_table.by_harm(self.findings)
            if (not topics or finding.claim.topic in topics)
            and (not verdicts or {f.verdict.name.lower() for f in (finding.published, finding.today)} & set(verdicts))
        ]

    def table(self) -> Readout | None:
        """The claims shown as a table; None where none passes the filters."""
        shown = self.shown()
        return claim_table.table_readout(shown) if shown else None

    def finding(self, finding: Finding) -> Readout:
        """One claim: the stated and the tested figure, both verdicts with a sentence each, and the calculations."""
        return readouts.finding_readout(finding)

    def charts(self) -> list[Chart]:
        return drawn(*(self.chart(finding) for finding in self.findings))

    def chart(self, finding: Finding) -> Chart | None:
        """The measure over time with the stated figure; None with fewer than three known values."""
        series = finding.today.evidence.series
        if len(series) < SHORTEST_SERIES:
            return None
        claim = finding.claim
        title, source = readouts.chart_title(finding), readouts.series_source(series)
        return claim_chart(claim, series, texts.stated(claim), title, source)


def answer(asked: Asked) -> ClaimsAnswer:
    """Tests every claim of the thesis, as published and today. Raises what `audit` raises."""
    findings = audit(asked.dossier)
    return ClaimsAnswer(asked=asked, lead=readouts.score(findings), findings=findings)
