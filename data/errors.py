"""The named failures of the data layer."""

from pathlib import Path


class DataFileError(Exception):
    """A bundled or supplied file does not hold what it must. Says which file, entry and field."""

    def __init__(self, file: Path | str, entry: str, field: str, problem: str) -> None:
        self.file, self.entry, self.field, self.problem = Path(file), entry, field, problem
        place = ", ".join(part for part in (entry, f"field “{field}”" if field else "") if part)
        super().__init__(f"{self.file.parent.name}/{self.file.name}{', ' + place if place else ''}: {problem}")


class UnknownFigure(Exception):
    """A figure that a calculation needs is not known. `what` names it for the reader."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(f"not known: {what}")


class Loss(UnknownFigure):
    """Earnings are known to be negative, but not in a currency that can be relied on: there is no ratio of them."""


class UnitMismatch(Exception):
    """Two figures differ in currency, share class or scale where they must agree."""
