"""What can go wrong, each worded for the person it happened to.

Every error says what is wrong (`problem`) and what to do about it (`remedy`);
the command line prints the two as two lines and leaves with `exit_code`.
"""

from __future__ import annotations


class FactlogError(Exception):
    """Something factlog cannot do, in one line, with what to do instead in another."""

    exit_code = 2

    def __init__(self, problem: str, remedy: str) -> None:
        self.problem = problem
        self.remedy = remedy
        super().__init__(problem, remedy)

    def __str__(self) -> str:
        return f"{self.problem}\n{self.remedy}"

    def __reduce__(self) -> tuple[object, ...]:
        """The same error in another process, whatever it is made of."""
        return _again, (type(self), self.args, self.__dict__)


def _again(cls: type[FactlogError], args: tuple[object, ...], held: dict[str, object]) -> object:
    error = cls.__new__(cls, *args)
    error.__dict__.update(held)
    return error


class UsageError(FactlogError):
    """Words on the command line, or arguments of a call, that do not fit together."""


class MissingPackage(UsageError):
    """A package that something needs is not installed, or does not load.

    `extra` is the one of factlog that brings it ("" if none does); `instead` says what works
    without it.
    """

    def __init__(self, doing: str, extra: str, error: ImportError, instead: str = "") -> None:
        package = (error.name or extra).partition(".")[0]
        absent = isinstance(error, ModuleNotFoundError)
        why = "is not installed" if absent else f"does not load ({' '.join(str(error).split())})"
        install = f'pip install "factlog-claims[{extra}]" (in a checkout: pip install ".[{extra}]")'
        super().__init__(
            f"{doing} needs {package}, which {why[:200]}.",
            f"Install it: {install if extra else f'pip install {package}'}{instead}.",
        )


class ReadingError(FactlogError):
    """Words that cannot be read as a value or a date.

    `text[start:end]` is the spot that stopped the reader. `choices` holds the ways
    to write it when it could be two things (empty when it could be none), so that
    the caller can ask instead of guessing.
    """

    def __init__(
        self,
        problem: str,
        remedy: str,
        *,
        text: str,
        start: int,
        end: int,
        choices: tuple[str, ...] = (),
    ) -> None:
        super().__init__(problem, remedy)
        self.text = text
        self.start = start
        self.end = max(end, start + 1)
        self.choices = choices


class UnitError(FactlogError):
    """Two units that measure different things, or a unit text that cannot be one."""


class RowError(FactlogError):
    """One row of a file that cannot become a claim: its line number and the reason.

    `counted` is what the number counts: a line of a file, a row of a data frame.
    """

    def __init__(self, line: int, reason: str, remedy: str = "", counted: str = "line") -> None:
        super().__init__(f"{counted} {line}: {reason}", remedy)
        self.line = line
        self.reason = reason
        self.counted = counted


class ImportFailed(FactlogError):
    """A file that cannot be taken whole; `rows` lists every bad row, in file order.

    `reasons` tells them by what is wrong with them, a line each, with the lines they begin on.
    """

    def __init__(
        self,
        problem: str,
        remedy: str,
        rows: tuple[RowError, ...] = (),
        reasons: tuple[str, ...] = (),
    ) -> None:
        super().__init__(problem, remedy)
        self.rows = rows
        self.reasons = reasons

    def __str__(self) -> str:
        return "\n".join((self.problem, *(f"  {each}" for each in self.reasons), self.remedy))


class NotFound(FactlogError):
    """A name, id or file that is not there; `suggestions` are close spellings, best first."""

    def __init__(self, problem: str, remedy: str, suggestions: tuple[str, ...] = ()) -> None:
        super().__init__(problem, remedy)
        self.suggestions = suggestions


class MeasureError(FactlogError):
    """A definition of a measure that cannot stand, such as a sum that contains itself."""


class PoolingError(FactlogError):
    """Figures that cannot be combined: too few, without an uncertainty, or not of one thing."""


class StoreError(FactlogError):
    """A store that cannot be opened, read or written."""

    exit_code = 4


class NoStore(StoreError):
    """A place where a store could be, and none is yet."""
