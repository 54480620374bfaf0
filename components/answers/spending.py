"""Can it pay for it? For a thesis without a plan: capital expenditure against cash flow, as reported."""

from dataclasses import dataclass

from components import formats
from components.answers.answer import Answer, Asked, drawn
from components.calculators.billions import in_billions
from components.calculators.spending import FLOWS, Spending, gather_spending
from components.charts import spending as charts
from components.charts.chart import Chart
from components.readouts import blocks
from components.readouts import spending as texts
from components.readouts.blocks import Readout


@dataclass(frozen=True, kw_only=True)
class SpendingAnswer(Answer):
    """What the company invests and what pays for it."""

    found: Spending

    def charts(self) -> list[Chart]:
        return drawn(self.flows_chart(), self.cash_chart())

    def flows_chart(self) -> Chart:
        """Cash flow and capital expenditure by period."""
        flows = {metric: known for metric in FLOWS if (known := self.found.known(metric))}
        names = {metric: formats.capitalised(self.dossier.company.profile.words(metric)) for metric in flows}
        title = texts.flows_title(self.found, self._money, self.dossier.company.profile.words)
        return charts.flows_chart(flows, names, self._money, title, self._source())

    def cash_chart(self) -> Chart | None:
        """Net cash over time; None where it was never reported."""
        if not self.found.net_cash:
            return None
        known = [(each.as_of, in_billions(each)) for each in self.found.net_cash]
        last = self.found.net_cash[-1]
        title = f"{texts.cash_words(last)} in {last.as_of:%B %Y}"
        return charts.cash_chart(known, self._money, title, self._source())

    def table(self) -> Readout:
        """All periods with what is known of each, latest first."""
        words = self.dossier.company.profile.words
        return Readout("spending-table", [blocks.panel([texts.table(self.found, self._money, words)])])

    def strip(self) -> Readout:
        """Coverage and net cash, which stay in view on a phone."""
        return Readout("capex-strip", [blocks.strip_below(texts.strip(self.found, self._money))])

    @property
    def _money(self) -> str:
        return self.dossier.company.profile.currency

    def _source(self) -> str:
        name = self.dossier.company.profile.short_name
        return f"{name} results releases to {self.found.periods[-1].end:%B %Y}."


def answer(asked: Asked) -> SpendingAnswer:
    """Computes the page. Raises UnknownFigure where no flow of any period is known."""
    found, profile = gather_spending(asked.dossier), asked.dossier.company.profile
    return SpendingAnswer(asked=asked, lead=texts.lead(found, profile.currency, profile.words), found=found)
