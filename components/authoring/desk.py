"""An article on the desk: its text, what it is about, and the claims that a reader accepts, edits or rejects.

Nothing here is a thesis yet: `thesis_files` makes one of what was accepted.
"""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from components.authoring.by_files import allowed_by_files, streak
from components.authoring.claims import complete, ids_of
from components.authoring.kinds import Kind
from components.authoring.matching import Call
from components.authoring.proposals import Proposal
from components.authoring.sentences import Span, sentences
from components.authoring.words import words
from data.company import Company
from data.metrics import metric_words

MOST_CLAIMS, LONGEST_STATEMENT = 300, 240
VALUE = "Value"  # the topic of what the article takes the share to be worth


class State(StrEnum):
    """What the reader has decided about a claim."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True)
class About:
    """What the article is about, as the reader confirmed it.

    Attributes
    ----------
    symbol, name : of the share and its company.
    currency, quoted : of the listing, and the part of it that prices count: “GBP” and “GBp”; empty where they are one.
    share_class, ordinary_shares : “ADS”, and how many ordinary shares it stands for.
    accounts : the currency of the company's accounts.
    year_starts : month and day with which its fiscal year starts, “04-01”.
    peers : symbols and names of what it is compared with.
    related : other companies that it speaks of, whose stored facts may test a claim.
    """

    symbol: str
    name: str
    published: dt.date
    currency: str = "USD"
    quoted: str = ""
    share_class: str = "share"
    ordinary_shares: int = 1
    accounts: str = "USD"
    year_starts: str = "01-01"
    title: str = ""
    peers: tuple[tuple[str, str], ...] = ()
    related: tuple[str, ...] = ()

    @property
    def quoted_in(self) -> str:
        """What a price counts."""
        return self.quoted or self.currency


@dataclass(frozen=True)
class Typed:
    """A figure that the reader found elsewhere: its value, the day that it describes, and where it stands."""

    value: float
    unit: str
    day: dt.date
    source: str
    url: str = ""


@dataclass(frozen=True)
class Entry:
    """One claim on the desk.

    Attributes
    ----------
    short, sentence : what it is about in few words; the sentence of the text that states it, empty where none does.
    passage, said : where it stands in the text, and what stands there; None and empty for one without a passage.
    stated, period, test : as a thesis file has them; no test: recorded.
    offered : the tests that the rules found, each complete, the likeliest first.
    doubts : why a reader should look twice; empty where there is no reason.
    by : “rules”, “model” or “reader”.
    """

    id: str
    topic: str
    statement: str
    stated: dict[str, Any]
    passage: Span | None = None
    said: str = ""
    period: dt.date | None = None
    test: Call | None = None
    offered: tuple[Call, ...] = ()
    state: State = State.OPEN
    doubts: str = ""
    typed: Typed | None = None
    by: str = "rules"
    short: str = ""
    sentence: str = ""


@dataclass(frozen=True)
class Desk:
    """The article, and all claims in the order of its text.

    `name` is that of the thesis file, `remark` a sentence for the reader.
    """

    about: About
    name: str
    text: str = ""
    entries: tuple[Entry, ...] = ()
    remark: str = field(default="", compare=False)

    def entry(self, name: str) -> Entry:
        """The claim with that id. Raises KeyError."""
        for entry in self.entries:
            if entry.id == name:
                return entry
        raise KeyError(name)

    def count(self, state: State) -> int:
        """How many claims are in that state."""
        return sum(entry.state is state for entry in self.entries)

    def decided(self, names: Iterable[str], state: State) -> "Desk":
        """With a decision about some claims; ids that are not there are passed over."""
        wanted = set(names)
        return replace(
            self, entries=tuple(replace(each, state=state) if each.id in wanted else each for each in self.entries)
        )

    def changed(self, entry: Entry) -> "Desk":
        """With a claim in place of the one of the same id."""
        return replace(self, entries=tuple(entry if each.id == entry.id else each for each in self.entries))

    def at(self, passage: Span) -> Entry | None:
        """The claim of a figure that a passage holds or touches; None where it has none."""
        for entry in self.entries:
            if entry.passage and entry.passage.start < passage.end and passage.start < entry.passage.end:
                return entry
        return None

    def with_own(self, passage: Span | None = None) -> tuple["Desk", Entry]:
        """With a claim of the reader's own, of a passage of the text or of none; open, and without a test."""
        said = passage.of(self.text) if passage is not None else ""
        whole = next((each for each in sentences(self.text) if passage and each.holds(passage.start)), None)
        statement = statement_of(whole.of(self.text) if whole else said) or "A claim of your own"
        taken = {each.id for each in self.entries}
        name = next(f"own-{n}" for n in range(1, len(taken) + 2) if f"own-{n}" not in taken)
        entry = Entry(
            name, "Yours", statement, {"words": statement_of(said) or statement},
            passage, said, by="reader", short="Your claim", sentence=statement if whole else "",
        )  # fmt: skip
        entries = [*self.entries, entry]
        if passage is not None:
            entries.sort(key=lambda each: each.passage.start if each.passage else len(self.text))
        return replace(self, entries=tuple(entries)), entry


def statement_of(sentence: str) -> str:
    """A sentence as a statement: on one line, of bounded length, without the signs that pages keep for numbers."""
    line = " ".join(sentence.replace("{", "(").replace("}", ")").split())
    return line if len(line) <= LONGEST_STATEMENT else f"{line[: LONGEST_STATEMENT - 1].rsplit(' ', 1)[0]}…"


def laid_out(
    proposals: Sequence[Proposal], company: Company | None = None, related: Sequence[Company] = ()
) -> tuple[Entry, ...]:
    """The rules' proposals as claims to decide about; no more than `MOST_CLAIMS`.

    `related` are companies beside the article's own whose facts may test a claim.
    """
    found = [_with_allowed_by_files(each, company, related) for each in proposals[:MOST_CLAIMS]]
    ids, shorts = ids_of(found), _shorts(found)
    aims = [
        name
        for name, each in zip(ids, found, strict=True)
        if each.kind is Kind.TARGET and {"low", "value"} & each.stated.keys()
    ]
    entries = []
    for name, short, each in zip(ids, shorts, found, strict=True):
        offered = tuple(complete(each, aims[0] if aims else None))
        topic = VALUE if _is_own_value(each) else str(each.kind).capitalize()
        if topic == VALUE:  # what the article arrives at is its own case, and no figure that others could confirm
            offered = ()
        entry = Entry(
            name, topic, _plainly(short, each), each.stated, each.passage, each.said,
            each.period, offered[0] if offered else None, offered, doubts=_doubts(each, bool(offered)),
            short=short, sentence=statement_of(each.sentence),
        )  # fmt: skip
        entries.append(entry)
    return tuple(entries)


def _with_allowed_by_files(proposal: Proposal, company: Company | None, related: Sequence[Company]) -> Proposal:
    if company is None:
        return proposal
    if (counted := streak(proposal, company)) is not None:
        count, call = counted
        return replace(proposal, stated={"minimum": float(count), "unit": "quarters"}, tests=(call,))
    before, behind = allowed_by_files(proposal, company, related)
    general = [each for each in proposal.tests if each not in before]
    return replace(proposal, tests=(*before, *general, *behind))


def _plainly(short: str, proposal: Proposal) -> str:
    """A proposal in plain words: one sentence of a text may state three figures, and each is a claim of its own."""
    when = f", {proposal.period:%B %Y}" if proposal.period is not None else ""
    return statement_of(f"{short}: {proposal.said}{when}")


_CALLED = {
    Kind.GROWTH: "{about} growth", Kind.LEVEL: "{about}", Kind.MARGIN: "{about} margin", Kind.MULTIPLE: "Multiple",
    Kind.TARGET: "Price target", Kind.UPSIDE: "Upside to the target", Kind.PRICE: "Share price",
    Kind.PRICE_CHANGE: "Change of the price", Kind.PLAN: "Plan", Kind.GUIDANCE: "{about} guided",
    Kind.ESTIMATE: "{about} expected", Kind.SHARE: "{about} market share", Kind.RATING: "Analysts’ ratings",
    Kind.YIELD: "Dividend yield", Kind.MARKET_VALUE: "Market value", Kind.DATE: "Date",
}  # fmt: skip


def _shorts(found: Sequence[Proposal]) -> list[str]:
    """What each is about in few words; numbered where two would be called the same."""
    names: list[str] = []
    for each in found:
        about = each.segment or (metric_words(each.measure) if each.measure else "")
        name = " ".join(_CALLED[each.kind].format(about=about).split()) or "Figure"
        name = "Fair value" if _is_own_value(each) else name
        name = name[:1].upper() + name[1:]
        count = sum(one == name or re.fullmatch(rf"{re.escape(name)} \(\d+\)", one) is not None for one in names)
        names.append(f"{name} ({count + 1})" if count else name)
    return names


def _is_own_value(proposal: Proposal) -> bool:
    """Whether a target is the value that the article itself arrives at, and not what analysts say."""
    known = words()
    is_own = known.has("whose", "own", proposal.sentence) and not known.has("whose", "others", proposal.sentence)
    return proposal.kind is Kind.TARGET and is_own


def _doubts(proposal: Proposal, is_tested: bool) -> str:
    if _is_own_value(proposal):
        return ""
    if not is_tested:
        return "nothing here tests it yet"
    if proposal.resolved and proposal.period is not None:
        return f"the period is worked out from the day of publication: to {proposal.period:%B %Y}"
    if proposal.period is None and proposal.kind in (Kind.LEVEL, Kind.GROWTH, Kind.MARGIN):
        return "it names no period, so the latest is taken"
    if proposal.is_doubtful:
        return "the measure is a guess"
    return ""


def in_order(entries: Sequence[Entry]) -> list[Entry]:
    """For the queue: those open and doubtful first, then the other open ones, then what is decided."""
    rank = {State.OPEN: 1, State.ACCEPTED: 2, State.REJECTED: 3}
    return sorted(entries, key=lambda each: 0 if each.state is State.OPEN and each.doubts else rank[each.state])
