"""Defaults that a person keeps in factlog.toml, of any option of any command.

The file in this folder counts before the user's own. At its top stand the options that many
commands share (`by = "Ada Park"`), in a table of its command any other (`[compare]`).
"""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import click

from factlog.errors import FactlogError, UsageError
from factlog.values import dataclass

NAME = "factlog.toml"
_MOST = 16_000  # bytes, far above any person's defaults; of more, some would take for ever
# The environment, where it says something, counts before the files.
ENVIRONMENT = {"db": "FACTLOG_DB", "policy": "FACTLOG_POLICY"}
# What may stand at the top, for every command that has such an option.
SHARED = (
    *("by", "color", "date-format", "db", "language", "locale", "near-sigmas", "no-pager"),
    *("policy", "sigmas", "tolerance"),
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


def there(file: Path) -> os.stat_result | None:
    """What a file is; None too where it may not be looked for, as if HOME were another's."""
    try:
        return file.stat()
    except OSError:
        return None


@cache
def settings() -> tuple[Setting, ...]:
    """What the files say, each option once: by the file in this folder, else by the user's.

    What the nearer file says for every command counts before what the other says for one.
    """
    found: dict[str, Setting] = {}
    for file in reversed(places()):
        told = {each.key: each for each in _read(file)}
        found = {key: each for key, each in found.items() if each.option not in told} | told
    return tuple(found.values())


def value(option: str) -> Setting | None:
    """The setting of an option that all commands share."""
    return next((each for each in settings() if each.key == option), None)


def _read(file: Path) -> Iterator[Setting]:
    if (kind := there(file)) is None:
        return
    try:
        if not stat.S_ISREG(kind.st_mode) or kind.st_size > _MOST:
            raise UsageError(
                f"{file} is no file of at most {_MOST:,} bytes.", "Mend it, or move it away."
            )
        text = file.read_text("utf-8-sig")  # Notepad puts a mark before it
    except (OSError, ValueError) as error:
        raise UsageError(
            f"{file} cannot be read: {getattr(error, 'strerror', None) or 'it is not UTF-8'}.",
            "Mend it, or move it away.",
        ) from error
    import tomllib

    try:
        yield from list(_settings(tomllib.loads(text), file, ()))
    except (ValueError, RecursionError) as error:
        # TOML's own error says what and where, Python's of its limits says neither.
        own = isinstance(error, tomllib.TOMLDecodeError)
        why = error if own else "a number has too many digits, or values stand too deep in others"
        raise UsageError(
            f"{file} is not TOML: {why}.", 'Write lines such as: by = "Ada Park"'
        ) from error


def _settings(told: Mapping[str, Any], file: Path, above: tuple[str, ...]) -> Iterator[Setting]:
    for key, value in told.items():
        if isinstance(value, dict):
            yield from _settings(value, file, (*above, key))
        elif isinstance(value, (bool, int, float, str)) or (
            isinstance(value, list) and all(isinstance(each, (str, int)) for each in value)
        ):
            yield Setting(".".join(above), key.replace("_", "-"), value, file)
        else:
            tables = isinstance(value, list) and all(isinstance(each, dict) for each in value)
            written = f"[{key}]" if tables else f'{key} = "{value}"'
            raise UsageError(
                f"{file}: {'.'.join((*above, key))} is no text, number or list of texts.",
                f"Write it as on the command line: {written}",
            )


def apply(ctx: click.Context, name: str, command: click.Command) -> None:
    """Let a command take its defaults from the files, and refuse keys that no command knows."""
    check(ctx, {name})
    for each in settings():
        if each.command == "" and each.option in ("color", "no-pager"):
            ctx.meta.setdefault(f"factlog.{each.option.replace('-', '_')}", each.value)
    ctx.default_map = {name: _defaults(command, name)}


def _defaults(command: click.Command, path: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for option, param in _options(command).items():
        for each in settings():
            if each.option == option and each.command in ("", path) and option != "db":
                found[param.name or ""] = _given(each, param)
    if isinstance(command, click.Group):
        for name, under in command.commands.items():
            found[name] = _defaults(under, f"{path}.{name}")
    return found


def _given(each: Setting, param: click.Option) -> Any:
    """The value as click takes it: of an option that is repeated, a list."""
    return [each.value] if param.multiple and not isinstance(each.value, list) else each.value


def _options(command: click.Command) -> dict[str, click.Option]:
    """The options of a command by the names they go by in the file."""
    return {
        name.lstrip("-"): param
        for param in command.params
        if isinstance(param, click.Option)
        for name in param.opts
        if name.startswith("--")
    }


def check(ctx: click.Context, names: Collection[str]) -> None:
    """Refuse a table that is no command's, and what these commands or those of tables refuse."""
    group = ctx.find_root().command
    assert isinstance(group, click.Group)
    tables = {each.command.partition(".")[0]: each for each in settings() if each.command}
    every = group.list_commands(ctx)
    for name, each in tables.items():
        if name not in every:
            raise _unknown(each, every, what=name)
    for name in every:
        if name in tables or name in names:
            command = group.get_command(ctx, name)
            assert command is not None
            _check(command, name)


def _check(command: click.Command, path: str) -> None:
    """Refuse what stands at the top and is not shared, what this command does not know, and
    values that its options do not take.
    """
    known = _options(command)
    below = command.commands if isinstance(command, click.Group) else {}
    for each in settings():
        if each.command == "" and each.option in known and each.option not in SHARED:
            raise UsageError(
                f"{each.file}: {each.option} is not an option for every command.",
                f"Put it in a table of its command: [{path}]",
            )
        if each.command == "" and each.option not in SHARED:
            raise _unknown(each, SHARED)
        if each.command == path and each.option not in known:
            raise _unknown(each, known)
        if each.command in ("", path) and each.option in known:
            _see_that_it_is_taken(each, known[each.option], click.Context(command))
        name = each.command.removeprefix(f"{path}.").partition(".")[0]
        if each.command.startswith(f"{path}.") and name not in below:
            raise _unknown(each, below or {path}, what=name)
    for name, under in below.items():
        _check(under, f"{path}.{name}")


def _see_that_it_is_taken(each: Setting, param: click.Option, ctx: click.Context) -> None:
    """Refuse a value that the option does not take, as on the command line."""
    value, kind = each.value, f"{each.file}: {each.key}"
    if param.is_flag and not isinstance(value, bool):
        raise UsageError(f"{kind} is true or false.", f"Write: {each.option} = true")
    if isinstance(value, list) and not param.multiple:
        raise UsageError(f"{kind} takes one value.", f'Write: {each.option} = "{value[0]}"')
    words = isinstance(param.type, click.types.StringParamType) and param.callback is None
    if words and not isinstance(value, (str, list)):
        raise UsageError(
            f"{kind} is a text, and {str(value).lower()} is none.",
            f'Write it in quotes: {each.option} = "..."',
        )
    try:
        param.process_value(ctx, _given(each, param))
    except click.BadParameter as error:
        raise UsageError(
            f"{kind}: {error.message.rstrip('.')}.", "Change it there, or take it out."
        ) from error
    except FactlogError as error:
        raise UsageError(f"{kind}: {error.problem}", error.remedy) from error


def _unknown(found: Setting, known: Any, what: str | None = None) -> UsageError:
    from factlog.names import close_command

    word = what or found.option
    kind = "command" if what else "option"
    close = close_command(word, known)
    return UsageError(
        f"{found.file}: there is no {kind} {word}{f' ({found.key})' if found.command else ''}.",
        f"Did you mean {close}?" if close else f"Those known: {', '.join(sorted(known))}.",
    )
