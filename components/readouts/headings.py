"""The question that each page answers, and the line that explains the page."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Heading:
    """A page's question and its line; `{case}` stands for the article's case in a sentence."""

    question: str
    line: str


HEADINGS: Mapping[str, Heading] = {
    "overview": Heading("Does the thesis hold?", "The case: {case}"),
    "upside": Heading(
        "What is the upside?",
        "Move the targets: every figure and chart follows. The sliders start from the article’s own numbers.",
    ),
    "valuation": Heading(
        "What is it worth?",
        "The businesses at multiples of your choice, the share beside its peers, and what the price implies.",
    ),
    "segments": Heading(
        "What drives it?",
        "Revenue, growth and margin of the businesses, quarter by quarter, from the company’s releases. What comes "
        "from press reports, or is derived, is marked.",
    ),
    "capex": Heading(
        "Can it pay for it?", "The investment plan against what was spent so far, and what pays for the rest."
    ),
    "claims": Heading(
        "Is the article right?",
        "Every figure of the article, tested against what was public when it appeared and against what is known today.",
    ),
}
