"""A sum as a value: it can be shown as text, written as a spreadsheet formula, and recomputed.

A sum is built as it is written, with Python's own signs: ``term(last) / term(first) - 1``. The same tree then gives the
text that a reader checks on paper, the formula that a workbook recalculates, and the number itself, so the three cannot
differ. A percentage counts as a ratio inside a sum: 25% is 0.25 and is written “25%”.
"""

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

_SIGNS = {"+": (1, "+"), "−": (1, "-"), "×": (2, "*"), "÷": (2, "/"), "^": (3, "^")}  # how tightly, in a formula


class Sourced(Protocol):
    """What a term may stand for: a figure that knows the sums that it was made by."""

    @property
    def chain(self) -> tuple[str, ...]:
        """The lines of those sums, first to last."""


class Expression(ABC):
    """Part of a sum. Expressions are joined by ``+ - * / **``; a plain number becomes a constant."""

    __slots__ = ()

    @property
    @abstractmethod
    def value(self) -> float:
        """The result."""

    @abstractmethod
    def text(self, named: bool = False) -> str:
        """As on paper, with numbers, or with the names of the terms in place of their numbers."""

    @abstractmethod
    def formula(self, cell: Callable[["Term"], str]) -> str:
        """As a spreadsheet writes it, without the leading equals sign; `cell` gives a term's cell or number."""

    @abstractmethod
    def terms(self) -> Iterator["Term"]:
        """All terms, left to right."""

    def __add__(self, other: "Expression | float") -> "Operation":
        return Operation("+", self, expression(other))

    def __sub__(self, other: "Expression | float") -> "Operation":
        return Operation("−", self, expression(other))

    def __mul__(self, other: "Expression | float") -> "Operation":
        return Operation("×", self, expression(other))

    def __truediv__(self, other: "Expression | float") -> "Operation":
        return Operation("÷", self, expression(other))

    def __pow__(self, other: "Expression | float") -> "Operation":
        return Operation("^", self, expression(other))

    def __radd__(self, other: float) -> "Operation":
        return Operation("+", expression(other), self)

    def __rsub__(self, other: float) -> "Operation":
        return Operation("−", expression(other), self)

    def __rmul__(self, other: float) -> "Operation":
        return Operation("×", expression(other), self)

    def __rtruediv__(self, other: float) -> "Operation":
        return Operation("÷", expression(other), self)


@dataclass(frozen=True, slots=True)
class Constant(Expression):
    """A number that belongs to the method, such as the 12 months of a year."""

    number: float

    @property
    def value(self) -> float:
        return self.number

    def text(self, named: bool = False) -> str:
        return written(self.number, 0) if self.number == round(self.number) else f"{self.number:g}"

    def formula(self, cell: Callable[["Term"], str]) -> str:
        return repr(float(self.number))

    def terms(self) -> Iterator["Term"]:
        return iter(())


@dataclass(frozen=True, slots=True)
class Term(Expression):
    """A number that goes in: what it is called, its value, how it is written, and the figure that it is, if any."""

    name: str
    number: float
    shown: str
    figure: Sourced | None = None

    @property
    def value(self) -> float:
        return self.number

    def text(self, named: bool = False) -> str:
        return self.name if named else self.shown

    def formula(self, cell: Callable[["Term"], str]) -> str:
        return cell(self)

    def terms(self) -> Iterator["Term"]:
        yield self


@dataclass(frozen=True, slots=True)
class Operation(Expression):
    """Two expressions and the sign between them."""

    sign: str
    left: Expression
    right: Expression

    @property
    def value(self) -> float:
        left, right = self.left.value, self.right.value
        match self.sign:
            case "+":
                return left + right
            case "−":
                return left - right
            case "×":
                return left * right
            case "÷":
                return left / right
            case _:
                return float(left**right)

    def text(self, named: bool = False) -> str:
        left, right = (self._part(part, part.text(named)) for part in (self.left, self.right))
        return f"{left} {self.sign} {right}"

    def formula(self, cell: Callable[[Term], str]) -> str:
        left, right = (self._part(part, part.formula(cell)) for part in (self.left, self.right))
        return f"{left}{_SIGNS[self.sign][1]}{right}"

    def terms(self) -> Iterator[Term]:
        yield from self.left.terms()
        yield from self.right.terms()

    def _part(self, part: Expression, written_part: str) -> str:
        """The text of one side, in brackets where the order of operations would read it otherwise."""
        binds = _SIGNS[self.sign][0]
        if isinstance(part, Operation):
            inner = _SIGNS[part.sign][0]
            # a − (b + c) and a ÷ (b × c) need their brackets, a + (b + c) and a × (b × c) do not.
            loose = inner < binds or (inner == binds and part is self.right and self.sign in "−÷^") or binds == 3
            return f"({written_part})" if loose else written_part
        is_negative = written_part.startswith(("−", "-"))
        return f"({written_part})" if is_negative and (part is self.right or binds == 3) else written_part


@dataclass(frozen=True, slots=True)
class Least(Expression):
    """The lowest of several expressions."""

    parts: tuple[Expression, ...]

    @property
    def value(self) -> float:
        return min(part.value for part in self.parts)

    def text(self, named: bool = False) -> str:
        return f"the lowest of ({', '.join(part.text(named) for part in self.parts)})"

    def formula(self, cell: Callable[[Term], str]) -> str:
        return f"MIN({','.join(part.formula(cell) for part in self.parts)})"

    def terms(self) -> Iterator[Term]:
        for part in self.parts:
            yield from part.terms()


@dataclass(frozen=True, slots=True)
class Sum:
    """An expression with the unit and the places of its result; `remark` says what its inputs are in."""

    expression: Expression
    unit: str
    decimals: int = 2
    remark: str = ""

    @property
    def value(self) -> float:
        """The result in `unit`: a ratio times a hundred where that is per cent."""
        return self.expression.value * (100 if self.unit == "%" else 1)

    @property
    def result(self) -> str:
        """The result as it is written."""
        tail = self.unit if self.unit in ("x", "%") else f" {self.unit}" if self.unit not in ("", "ratio") else ""
        return f"{written(self.value, self.decimals)}{tail}"

    @property
    def text(self) -> str:
        """146.58 ÷ 84.79 − 1 = 72.87%; a lone term is its own result."""
        tail = f"  ({self.remark})" if self.remark else ""
        if isinstance(self.expression, Term):
            return f"{self.expression.shown}{tail}"
        return f"{self.expression.text()} = {self.result}{tail}"

    def explained(self, name: str) -> str:
        """Upside = target ÷ price − 1 = 197.50 ÷ 146.58 − 1 = 34.7%: the rule in words, then with its numbers."""
        return f"{name} = {self.expression.text(named=True)} = {self.text}"


def expression(value: Expression | float) -> Expression:
    """A number as a constant; an expression as it is."""
    return value if isinstance(value, Expression) else Constant(float(value))


def term(name: str, value: float, decimals: int = 2, unit: str = "", figure: Sourced | None = None) -> Term:
    """A number with its name. A `value` in per cent goes in as a ratio and is written as it came."""
    if unit == "%":
        return Term(name, value / 100, f"{written(value, decimals)}%", figure)
    return Term(name, value, f"{written(value, decimals)}{'' if unit in ('', 'x') else ' '}{unit}", figure)


def lowest_of(parts: Sequence[Expression]) -> Expression:
    """The lowest of some parts; a lone one as it is. Raises ValueError where there is none."""
    if not parts:
        raise ValueError("there is nothing to choose from")
    return parts[0] if len(parts) == 1 else Least(tuple(parts))


def total_of(parts: Sequence[Expression]) -> Expression:
    """a + b + c. Raises ValueError where there is nothing to add."""
    if not parts:
        raise ValueError("a sum needs a part")
    added = parts[0]
    for part in parts[1:]:
        added = added + part
    return added


def half_up(value: float, decimals: int) -> float:
    """A value that is written with so many decimals as on paper and in a spreadsheet: 13.75 reads 13.8.

    455 ÷ 400 − 1 is 13.749999999999996 per cent in binary, and Python rounds an exact half to the even digit.
    """
    return value + math.copysign(min(abs(value) * 1e-13, 10.0 ** -(decimals + 4)), value)


def written(value: float, decimals: int) -> str:
    """1,234.50, with a real minus; a negative zero reads as zero."""
    text = f"{half_up(value, decimals):,.{decimals}f}"
    return text.replace("-", "−") if any(digit in text for digit in "123456789") else text.replace("-", "")
