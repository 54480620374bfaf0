"""What a claim does to the upside, worked out by hand."""

import datetime as dt

import pytest

from components.calculators.audit.audit import audit
from components.calculators.audit.effects import EFFECTS, SENSITIVITIES, effects, sensitivities
from components.calculators.share_count import listed_shares
from components.readouts.claims import sensitivity
from data.dossier import Dossier
from data.errors import DataFileError


def test_effects_by_hand(dossier: Dossier) -> None:
    found = {effect.finding.claim.id: effect.change for effect in effects(audit(dossier), dossier, "today")}
    # Middle of the targets 197.5; price 111.37; 19,310m / 8 = 2,413.75m ADS when that net cash stood. The plan's number
    # rounds to the stated one, so that nothing moves by it.
    assert found == {
        "price-targets": pytest.approx((188.09 - 197.5) / 111.37),
        "net-cash": pytest.approx((37.81212 - 50) / 2.41375 / 111.37, abs=5e-6),
    }


def test_the_largest_comes_first_in_per_cent(dossier: Dossier) -> None:
    ranked = effects(audit(dossier), dossier, "today")
    sizes = [abs(effect.change) for effect in ranked]
    assert sizes == sorted(sizes, reverse=True)
    assert {effect.sum.unit for effect in ranked} == {"%"}
    named = [claim.effect["name"] for claim in dossier.thesis.claim if claim.effect]
    assert len(sizes) == len([name for name in named if name in EFFECTS]) - 1  # the plan's number is the stated one


def test_a_margin_is_a_sensitivity_outside_the_ranking(dossier: Dossier) -> None:
    """140,072 + 132,578 + 159,347 + 122,220 = 554,217; x 1% x 75% / 6.7110 / 2,502.5m = USD 0.2475 of EPS."""
    (found,) = sensitivities(dossier)
    assert found.claim.id == "commerce-margin"
    assert found.sum.value == pytest.approx(554.217 * 0.01 * 0.75 / 6.7110 / 2.5025, abs=5e-6)
    assert sensitivity(found).startswith("Commerce margin: one point = 0.25 USD per ADS of earnings")
    assert "four quarters to March 2026, taxed at 25%" in found.assumption


def test_as_published_the_effects_use_what_was_known(published: Dossier) -> None:
    found = {effect.finding.claim.id: effect.change for effect in effects(audit(published), published, "published")}
    assert found["net-cash"] == pytest.approx((41.0584 - 50) / (19168 / 8 / 1000) / 146.58, abs=5e-6)


def test_listed_shares(dossier: Dossier) -> None:
    assert listed_shares(dossier).millions == pytest.approx(2502.5)
    assert listed_shares(dossier, dt.date(2026, 6, 11)).millions == pytest.approx(2413.75)  # before the placing
    assert listed_shares(dossier.as_published()).millions == pytest.approx(19_168 / 8)


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
    assert all(effect.__doc__ for effect in (*EFFECTS.values(), *SENSITIVITIES.values()))
