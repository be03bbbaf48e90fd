"""Defaults that a person keeps in factlog.toml, of any option of any command.

The file in this folder counts before the user's own. At its top stand the options that many
commands share (`by = "Ada Park"`), in a table of its command any other (`[compare]`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import click

from factlog.errors import UsageError
from factlog.values import dataclass

NAME = "factlog.toml"
# What may stand at the top, for every command that has such an option.
SHARED = (
    *("by", "color", "date-format", "db", "locale", "near-sigmas", "no-pager", "policy"),
    *("sigmas", "tolerance"),
)


@dataclass(frozen=True, slots=True)
class Setting:
    """One value of a file: the command it is for ("" for any), the option, and which file."""

    command: str
    option: str
    value: Any
    file: Path

    @property
    def key(self) -> str:
        """How it is written: "by", "compare.policy"."""
        return f"{self.command}.{self.option}".lstrip(".")


def places() -> tuple[Path, Path]:
    """Where the file is looked for: in this folder, then in the user's."""
    return Path(NAME), Path(click.get_app_dir("factlog")) / NAME


@cache
def settings() -> tuple[Setting, ...]:
    """What the files say, each option once: by the file in this folder, else by the user's."""
    found: dict[str, Setting] = {}
    for file in reversed(places()):
        for each in _read(file):
            found[each.key] = each
    return tuple(found.values())


def value(option: str) -> Setting | None:
    """The setting of an option that all commands share."""
    return next((each for each in settings() if each.key == option), None)


def _read(file: Path) -> Iterator[Setting]:
    try:
        text = file.read_text("utf-8")
    except FileNotFoundError:
        return
    except (OSError, ValueError) as error:
        raise UsageError(
            f"{file} cannot be read: {getattr(error, 'strerror', None) or 'it is not UTF-8'}.",
            "Mend it, or move it away.",
        ) from error
    import tomllib

    try:
        told = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UsageError(
            f"{file} is not TOML: {error}.", 'Write lines such as: by = "Ada Park"'
        ) from error
    yield from _settings(told, file, ())


def _settings(told: Mapping[str, Any], file: Path, above: tuple[str, ...]) -> Iterator[Setting]:
    for key, value in told.items():
        if isinstance(value, dict):
            yield from _settings(value, file, (*above, key))
        elif isinstance(value, (bool, int, float, str)) or (
            isinstance(value, list) and all(isinstance(each, (str, int)) for each in value)
        ):
            yield Setting(".".join(above), key.replace("_", "-"), value, file)
        else:
            raise UsageError(
                f"{file}: {'.'.join((*above, key))} is no text, number or list of texts.",
                f'Write it as on the command line: {key} = "{value}"',
            )


def apply(ctx: click.Context, name: str, command: click.Command) -> None:
    """Let a command take its defaults from the files, and refuse keys it does not know."""
    check(command, name)
    for each in settings():
        if each.command == "" and each.option in ("color", "no-pager"):
            ctx.meta.setdefault(f"factlog.{each.option.replace('-', '_')}", each.value)
    ctx.default_map = {name: _defaults(command, name)}


def _defaults(command: click.Command, path: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for option, param in _options(command).items():
        for each in settings():
            if each.option == option and each.command in ("", path) and option != "db":
                one = param.multiple and not isinstance(each.value, list)
                found[param.name or ""] = [each.value] if one else each.value
    if isinstance(command, click.Group):
        for name, under in command.commands.items():
            found[name] = _defaults(under, f"{path}.{name}")
    return found


def _options(command: click.Command) -> dict[str, click.Option]:
    """The options of a command by the names they go by in the file."""
    return {
        name.lstrip("-"): param
        for param in command.params
        if isinstance(param, click.Option)
        for name in param.opts
        if name.startswith("--")
    }


def check(command: click.Command, path: str) -> None:
    """Refuse what stands at the top and is not shared, and what this command does not know."""
    for each in settings():
        if each.command == "" and each.option not in SHARED:
            raise _unknown(each, SHARED)
        if each.command == path and each.option not in _options(command):
            raise _unknown(each, _options(command))
    if isinstance(command, click.Group):
        for name, under in command.commands.items():
            check(under, f"{path}.{name}")


def check_commands(names: Mapping[str, click.Command]) -> None:
    """Refuse a table that is no command's, and every key that its command does not know."""
    for each in settings():
        first = each.command.partition(".")[0]
        if first and first not in names:
            raise _unknown(each, names, what=first)
    for name, command in names.items():
        check(command, name)


def _unknown(found: Setting, known: Any, what: str | None = None) -> UsageError:
    from difflib import get_close_matches

    word = what or found.option
    kind = "command" if what else "option"
    close = get_close_matches(word, list(known), n=1)
    return UsageError(
        f"{found.file}: there is no {kind} {word} ({found.key}).",
        f"Did you mean {close[0]}?" if close else f"Those known: {', '.join(sorted(known))}.",
    )
