"""What of an answer is believed: all that its own rest, the last good answer and stated bounds do not contradict.

What is held back is not lost: the service keeps it beside what it is at odds with, the last good value stays, and a
later answer that says the same, and no longer contradicts itself, is believed. The bounds are in `data.market.bounds`.
"""

from data.market.doubts import HeldBack, Known
from data.market.plausible_analysis import judge_analysis
from data.market.plausible_prices import judge_options, judge_prices, judge_rate
from data.market.plausible_statements import judge_statements
from data.market.records import Analysis, Answer, Options, Prices, Rate, Statements


def judge(answer: Answer, known: Known) -> tuple[Answer | None, tuple[HeldBack, ...]]:
    """The believed part of an answer with last good values where something was held back, and what was.

    None in its place: nothing of the answer is believed, and the last good one stays as it is.
    """
    match answer:
        case Prices():
            return judge_prices(answer, known)
        case Analysis():
            return judge_analysis(answer, known)
        case Rate():
            return judge_rate(answer, known)
        case Options():
            return judge_options(answer, known)
        case Statements():
            return judge_statements(answer, known)
        case _:
            return answer, ()  # days that a company reports on: nothing else says when that was
