"""Every sum behind every verdict gives, recomputed from its formula, the value that was judged."""

import pytest

from components.calculators.audit.audit import Finding, audit
from components.calculators.audit.effects import effects
from components.calculators.audit.rules import Reading
from data.dossier import Dossier
from data.figures import Figure
from tests.data.test_sums import number, recomputed


def readings(finding: Finding) -> list[Reading]:
    """All readings of a claim, the earlier ones too."""
    return [
        reading
        for judgement in (finding.published, finding.today)
        for reading in (*judgement.evidence.readings, *judgement.evidence.earlier)
    ]


def test_each_sum_gives_the_value_that_was_judged(dossier: Dossier) -> None:
    checked = 0
    for finding in audit(dossier):
        for reading in readings(finding):
            assert len(reading.sums) == len(reading.values), reading.label
            for one, value in zip(reading.sums, reading.values, strict=True):
                factor = 100 if one.unit == "%" else 1
                formula = recomputed(one.expression.formula(number)) * factor
                assert formula == pytest.approx(value, rel=1e-9), reading.label
                assert one.value == pytest.approx(value, rel=1e-12), reading.label
                checked += 1
    assert checked > 100


def test_each_computed_figure_carries_the_sum_that_made_it(dossier: Dossier) -> None:
    def check(figure: Figure) -> None:
        if figure.working is None:
            return
        assert figure.working.value == pytest.approx(figure.value, rel=1e-9), figure.label
        assert figure.working.unit == figure.unit.text
        for each in figure.working.expression.terms():
            if isinstance(each.figure, Figure):
                check(each.figure)

    for finding in audit(dossier):
        for reading in readings(finding):
            check(reading.figure)


def test_each_effect_is_its_sum(dossier: Dossier) -> None:
    for effect in effects(audit(dossier), dossier, "today"):
        assert recomputed(effect.sum.expression.formula(number)) == pytest.approx(effect.change)
