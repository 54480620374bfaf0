"""Is the article right? Every claim with its two verdicts, the calculation behind them, and its sources."""

from collections.abc import Sequence
from dataclasses import dataclass

from components.answers.answer import Answer, Asked
from components.calculators.audit.audit import Finding, audit
from components.calculators.audit.rules import Verdict
from components.charts.chart import Chart
from components.charts.claim import claim_chart
from components.readouts import claims as texts
from components.readouts import findings as readouts
from components.readouts.blocks import Readout, Sentence
from components.scenario.address import write_address
from components.scenario.inputs.claims import ALL
from components.scenario.record import View

_ORDER = list(Verdict)
SHORTEST_SERIES = 3  # fewer values give no chart


@dataclass(frozen=True, kw_only=True)
class ClaimsAnswer(Answer):
    """The tests of all claims, in the article's order."""

    findings: Sequence[Finding]

    @property
    def open_claim(self) -> str | None:
        """The id of the one claim that the reader has opened; None while he looks at the list."""
        claim = self.view.one("claim")
        return None if claim == ALL else claim

    def score(self) -> Readout:
        """How many claims received which verdict, as published and today."""
        return readouts.score_readout(self.findings)

    def shown(self) -> list[Finding]:
        """The open claim alone, or else all claims that pass the reader's filters, the worst verdicts first."""
        if self.open_claim is not None:
            return [finding for finding in self.findings if finding.claim.id == self.open_claim]
        topics, verdicts = self.view.all("topics"), self.view.all("verdicts")
        return [
            finding
            for finding in wrong_first(self.findings)
            if (not topics or finding.claim.topic in topics)
            and (not verdicts or {f.verdict.name.lower() for f in (finding.published, finding.today)} & set(verdicts))
        ]

    def finding(self, finding: Finding) -> Readout:
        """One claim: the stated and the tested figure, both verdicts with a sentence each, and the calculations."""
        return readouts.finding_readout(finding)

    def chart(self, finding: Finding) -> Chart | None:
        """The measure over time with the stated figure; None with fewer than three known values."""
        series = finding.today.evidence.series
        if len(series) < SHORTEST_SERIES:
            return None
        claim = finding.claim
        title, source = readouts.chart_title(finding), readouts.series_source(series)
        return claim_chart(claim, series, texts.stated(claim), title, source)

    def link(self, finding: Finding) -> dict[str, str]:
        """The address of one claim. It keeps the thesis and all settings, but not the filters."""
        view = View(self.view.choices).set("claim", (finding.claim.id,))
        return write_address(self.scenario, view, self.dossier.name)


def answer(asked: Asked) -> ClaimsAnswer:
    """Tests every claim of the thesis, as published and today. Raises what `audit` raises."""
    findings = audit(asked.dossier)
    answered = ClaimsAnswer(asked=asked, lead=Sentence(""), findings=findings)
    if answered.open_claim is not None:
        return answered
    return ClaimsAnswer(asked=asked, lead=readouts.score(findings), findings=findings)


def wrong_first(findings: Sequence[Finding]) -> list[Finding]:
    """The findings by verdict: contradicted, outdated, imprecise, untestable, supported.

    Today's verdict counts first; the verdict at publication breaks ties.
    """
    return sorted(findings, key=lambda f: (_ORDER.index(f.today.verdict), _ORDER.index(f.published.verdict)))
