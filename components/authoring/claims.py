"""From proposals to claims: a name for each, and those of its tests that can be run as they are."""

from collections.abc import Sequence

from components.authoring.matching import Call
from components.authoring.proposals import Proposal
from data.claim_tests import TESTS
from data.thesis import Stated


def ids_of(found: Sequence[Proposal]) -> list[str]:
    """A name for each, of what it is about; numbered where two would have the same."""
    names: list[str] = []
    for each in found:
        about = each.segment or each.measure or ""
        words = f"{about} {each.kind}".lower().replace("_", " ")
        base = "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in words).split())
        count = sum(name == base or name.rsplit("-", 1)[0] == base for name in names)
        names.append(base if not count else f"{base}-{count + 1}")
    return names


def complete(proposal: Proposal, aims: str | None) -> list[Call]:
    """Those of a proposal's tests that have all that they need and take the form in which the claim is stated.

    `aims` is the claim with the price targets, where there is one.
    """
    form = Stated.model_validate(proposal.stated).form
    found = []
    for call in proposal.tests:
        test = {**call, "of": aims} if call["name"] == "target_gap" and aims is not None else dict(call)
        declared = TESTS[test["name"]]
        needs = [key for key, each in declared.arguments.items() if each.required and key not in test]
        if needs or (test["name"] == "price_change" and "start" not in test):
            continue
        if form in declared.stated:
            found.append(test)
    return found
