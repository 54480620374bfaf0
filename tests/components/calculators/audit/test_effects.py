"""What a claim does to the upside, worked out by hand."""

import pytest

from components.calculators.audit.audit import audit
from components.calculators.audit.effects import EFFECTS, effects, listed_shares
from data.dossier import Dossier
from data.errors import DataFileError


def test_effects_by_hand(dossier: Dossier) -> None:
    found = {effect.finding.claim.id: effect.change for effect in effects(audit(dossier), dossier, "today")}
    # Middle of the targets 197.5; price 113.24; 19,310m shares / 8 = 2,413.75m ADS; rate 6.9931.
    assert found["price-targets"] == pytest.approx((189.96 - 197.5) / 113.24)
    assert found["implied-upside"] == pytest.approx(0.744084 - 0.35, abs=5e-6)  # 197.5 / 113.24 - 1 = 0.744084
    assert found["net-cash"] == pytest.approx((42.5326 - 50) / 2.41375 / 113.24, abs=5e-6)
    assert found["capex-plan"] == pytest.approx(-(65.3151 - 53) / 2.41375 / 113.24, abs=5e-6)
    # The segment's three known quarters: 140,072 + 132,578 + 159,347 = 431,997; / 3 x 4 = 575,996.
    margin = (0.2172178 - 0.44) * 575.996 * 0.75 / 6.9931 / 2.41375 * 18 / 113.24
    assert found["commerce-margin"] == pytest.approx(margin, abs=5e-5)
    assert margin == pytest.approx(-0.906, abs=5e-4)


def test_the_largest_comes_first(dossier: Dossier) -> None:
    sizes = [abs(effect.change) for effect in effects(audit(dossier), dossier, "today")]
    assert sizes == sorted(sizes, reverse=True)
    assert len(sizes) == len([claim for claim in dossier.thesis.claim if claim.effect])


def test_as_published_the_effects_use_what_was_known(published: Dossier) -> None:
    found = {effect.finding.claim.id: effect.change for effect in effects(audit(published), published, "published")}
    assert found["net-cash"] == pytest.approx((41.0584 - 50) / (19168 / 8 / 1000) / 146.58, abs=5e-6)


def test_listed_shares(dossier: Dossier) -> None:
    assert listed_shares(dossier) == pytest.approx(2413.75e6)


def test_a_wrong_effect_says_where(dossier: Dossier) -> None:
    findings = audit(dossier)
    place = next(i for i, finding in enumerate(findings) if finding.claim.id == "net-cash")
    finding = findings[place]
    for effect, said in (({"name": "magic"}, "known effects"), ({"name": "money", "colour": 1}, "colour")):
        claim = finding.claim.model_copy(update={"effect": effect})
        wrong = type(finding)(claim, finding.published, finding.today)
        with pytest.raises(DataFileError, match="net-cash") as failure:
            effects([wrong], dossier, "today")
        assert said in str(failure.value)


def test_every_effect_is_explained() -> None:
    assert all(effect.__doc__ for effect in EFFECTS.values())
