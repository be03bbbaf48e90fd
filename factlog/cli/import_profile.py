"""A profile: the options of an import, kept in a file for next time."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from factlog.cli.named_files import read_whole
from factlog.errors import UsageError
from factlog.render.display import safe

_MOST = 1_000_000  # bytes, far above the columns of any sheet
# The options kept, as the command knows them and as the file writes them.
_KEYS = {
    "mapping": "map",
    "fixed": "set",
    "measure_columns": "measures",
    "dates_across": "dates-across",
    "date_formats": "date-format",
    "days_from": "days-from",
    "locale": "locale",
    "language": "language",
    "unit": "unit",
    "split_via": "split-via",
    "at_least_if": "at-least-if",
    "at_most_if": "at-most-if",
    "about_if": "about-if",
    "kind": "kind",
    "sheet": "sheet",
}


def merged(ctx: click.Context, file: Path, given: Mapping[str, Any]) -> dict[str, Any]:
    """The options with those of the profile under them, if there is one."""
    if not file.exists():
        if not file.parent.is_dir():
            raise UsageError(
                f"The profile {file} lies in a folder that does not exist.", "Name another."
            )
        return dict(given)
    kept = _read(file)
    options = {param.name or "": param for param in ctx.command.params}
    found = dict(given)
    for name, key in _KEYS.items():
        if key not in kept:
            continue
        value = _converted(ctx, options[name], kept.pop(key), file)
        if isinstance(value, dict):
            found[name] = {**value, **given[name]}
        elif ctx.get_parameter_source(name) is not ParameterSource.COMMANDLINE:
            found[name] = value
    for key in kept:
        raise UsageError(
            f"{file}: there is no option {key}.", f"Those known: {', '.join(_KEYS.values())}."
        )
    return found


def keep(file: Path, used: Mapping[str, Any]) -> None:
    """Write the options that were used, unless the file is there already."""
    if file.exists():
        return
    lines = [f"{key} = {_toml(used[name])}" for name, key in _KEYS.items() if used.get(name)]
    if not lines:
        click.echo(safe(f"There are no options to keep; {file} was not written."), err=True)
        return
    try:
        file.write_text("\n".join([*lines, ""]), "utf-8")
    except OSError as error:
        raise UsageError(
            f"The profile {file} cannot be written: {error.strerror}; the claims are recorded.",
            "Name a file in a folder that you may write to.",
        ) from error
    click.echo(safe(f"These options are kept in {file}; next time: --profile {file}"), err=True)


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(read_whole(file, _MOST).decode())
    except (OSError, ValueError, RecursionError) as error:
        why = getattr(error, "strerror", None) or "it is not TOML"
        raise UsageError(
            f"The profile {file} cannot be read: {why}.",
            'Write lines such as: map = {as_of = "Date"}',
        ) from error


def _converted(ctx: click.Context, option: click.Parameter, value: Any, file: Path) -> Any:
    """What a value of the file is as the option would have it."""
    several = [value]
    if isinstance(value, dict):
        several = [f"{name}={one}" for name, one in value.items()]
    elif isinstance(value, list):
        several = value
    texts = tuple(map(str, several))
    remedy = "Write it as on the command line."
    if isinstance(value, dict | list) and not option.multiple:
        raise UsageError(f"{file}: {option.opts[0]} has one value.", remedy)
    try:
        return option.process_value(ctx, texts if option.multiple else texts[0])
    except click.BadParameter as error:
        raise UsageError(f"{file}: {error.message}", remedy) from error


def _toml(value: Any) -> str:
    """A value as TOML writes it."""
    if isinstance(value, dict):
        inside = ", ".join(f"{_text(key)} = {_text(one)}" for key, one in value.items())
        return f"{{ {inside} }}"
    if isinstance(value, tuple):
        return f"[{', '.join(map(_text, value))}]"
    if value is True:
        return "true"
    return _text(str(value))


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
