"""Where a store is: a file, or the address of a database whose password is never shown."""

from __future__ import annotations

import re
from os import PathLike
from pathlib import Path

from factlog.patterns import Pattern
from factlog.values import dataclass

SCHEMES = ("postgresql://", "postgres://")
# What has a scheme is no file: any address may have a password in it. (A letter alone is a drive.)
_SCHEME = Pattern(r"\s*([A-Za-z][A-Za-z0-9+.-]+://)")
_HOST = r"(?:[\w.%-]*|\[[0-9A-Fa-f:.%]+\])(?::\d{1,5})?"
_PARTS = Pattern(
    rf"(?:(?P<user>[^:@/?#]*)(?::[^@/?#]*)?@)?(?P<hosts>{_HOST}(?:,{_HOST})*)"
    r"(?:/(?P<name>[^@/?#]*))?(?:\?(?P<more>[^#@]*))?"
)
# What may be shown of what stands after the question mark; anything else may be a secret.
_HARMLESS = ("host", "hostaddr", "port", "dbname", "user", "service", "sslmode", "options")


@dataclass(frozen=True, slots=True)
class Address:
    """The address of a database, as it was given; shown without its password."""

    url: str

    def __str__(self) -> str:
        return shown(self.url)

    def __repr__(self) -> str:
        return f"Address({shown(self.url)!r})"

    @property
    def is_taken_apart(self) -> bool:
        """Whether it is one of PostgreSQL's, whose parts are known."""
        return _parts(self.url) is not None

    @property
    def name(self) -> str:
        """The name of the database, as far as the address says it."""
        found = _parts(self.url)
        if found is None:
            return str(self)
        named = re.search(r"(?:^|&)dbname=([^&]*)", found["more"] or "")
        return found["name"] or (named[1] if named else "") or found["user"] or "postgresql"


Place = Path | Address


def is_address(text: str) -> bool:
    """Whether a text is the address of a database, rather than the name of a file."""
    return _SCHEME.match(text) is not None


def place_of(given: str | PathLike[str] | Address) -> Place:
    """The place that is meant: a file, or a database where an address is given."""
    if isinstance(given, Address):
        return given
    return Address(given.strip()) if isinstance(given, str) and is_address(given) else Path(given)


def shown(url: str) -> str:
    """An address as it may be shown, without any password.

    Of one that cannot be taken apart nothing is: where its password begins is not known.
    """
    found = _parts(url)
    if found is None:
        scheme = _SCHEME.match(url)
        return f"{scheme[1] if scheme else SCHEMES[0]}..."
    user = f"{found['user']}@" if found["user"] else ""
    name = "" if found["name"] is None else f"/{found['name']}"
    told = [
        each for each in (found["more"] or "").split("&") if each.partition("=")[0] in _HARMLESS
    ]
    return f"postgresql://{user}{found['hosts']}{name}{'?' if told else ''}{'&'.join(told)}"


def _parts(url: str) -> re.Match[str] | None:
    return _PARTS.fullmatch(url.partition("://")[2]) if url.startswith(SCHEMES) else None
