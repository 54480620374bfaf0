"""The ways in which the market service fails, each with the sentence that the reader sees."""


class MarketFailure(Exception):
    """The market service did not give a usable answer."""

    sentence = "The market service gave no usable answer."


class RateLimited(MarketFailure):
    """The service answered 429: too many requests.

    `after_s` is how many seconds it asks to be left alone, where it says so.
    """

    after_s: float | None = None
    sentence = "The market service asks for a pause (too many requests)."


class Unreachable(MarketFailure):
    """No connection, or it broke."""

    sentence = "The market service cannot be reached."


class TimedOut(MarketFailure):
    """No answer in time."""

    sentence = "The market service did not answer in time."


class Refused(MarketFailure):
    """The service answered, but refused the request."""

    sentence = "The market service refused the request."


class BadAnswer(MarketFailure):
    """The answer is not what it should be: broken JSON, an HTML page, a wrong type."""

    sentence = "The market service sent an answer that cannot be read."


class NoThread(MarketFailure):
    """This server could not start the thread that asks; the service has no part in it."""

    sentence = "This server is too busy to ask the market service."


class EmptyAnswer(MarketFailure):
    """The answer holds nothing, or lacks a field that is needed."""

    sentence = "The market service sent an answer without the figures."
