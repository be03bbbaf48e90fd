"""factlog schema: what programs may count on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

import click

from factlog import __version__
from factlog.cli import interface, options
from factlog.cli.main import EXIT_CODES
from factlog.cli.terminal import here, write
from factlog.errors import NotFound, UsageError
from factlog.names import close_command
from factlog.render import lists, schemas
from factlog.render.schema_parts import Schema
from factlog.render.to_json import spread

FORMATS = ("table", "json")


@click.command()
@click.argument("command", nargs=-1)
@click.option("--line", is_flag=True, help="Of one line of jsonl, and not of the json.")
@options.formats(*FORMATS)
@click.pass_context
def command(
    ctx: click.Context, command: tuple[str, ...], line: bool, shape: str, output: str | None
) -> None:
    """Print the JSON Schema of what COMMAND writes with -f json; without one, list them.

    Those of the files that pack writes are named by them: pack comparison.json.

    With -f json and no COMMAND, all of it is one document: every schema, every command with its
    options, the exit codes. Keys that may change in any version are marked unstable.

    \b
    factlog schema compare
    factlog schema source show
    factlog schema list --line
    factlog schema -f json -o factlog.schema.json
    """
    if command:
        write(ctx, spread(_schema(" ".join(command), line=line)), output)
    elif line:
        raise UsageError("Of which command is not said.", "Write: factlog schema compare --line")
    elif shape == "json":
        write(ctx, spread(_everything()), output)
    else:
        write(
            ctx, lists.records(("command", "formats", "unstable"), _listed(), shape, here()), output
        )


def _schema(name: str, *, line: bool) -> Schema:
    found = schemas.OUTPUTS.get(name, {})
    shape = "jsonl" if line or (found and "json" not in found) else "json"
    if shape in found:
        return schemas.document(name, shape)
    own = ((each, shapes) for each, shapes in schemas.OUTPUTS.items() if shape in shapes)
    parts = [each for each, _shapes in own if each.startswith(f"{name} ")]
    if parts and not found:
        raise NotFound(
            f"factlog {name} has no schema of its own.", f"Write: factlog schema {parts[0]}"
        )
    close = close_command(name, schemas.OUTPUTS)
    raise NotFound(
        f"factlog {name} writes no {shape}.",
        f"Did you mean {close}?" if close and not found else "See what does: factlog schema",
    )


def _listed() -> Iterator[dict[str, object]]:
    for name, shapes in schemas.OUTPUTS.items():
        unstable = dict.fromkeys(
            key for shape in shapes for key in schemas.unstable_keys(schemas.document(name, shape))
        )
        yield {"command": name, "formats": list(shapes), "unstable": list(unstable)}


def _everything() -> dict[str, object]:
    every = [
        {**asdict(each), "formats": list(each.formats), "schemas": _shapes(each.name)}
        for each in interface.commands()
    ]
    return {
        "schema": "factlog.interface/1",
        "version": __version__,
        "exit_codes": [{"code": code, "means": means} for code, means in EXIT_CODES.items()],
        "options": [asdict(each) for each in interface.program().options],
        "commands": every,
    }


def _shapes(name: str) -> dict[str, Schema]:
    """The schemas of a command by format; of a pack by file."""
    if name == "pack":
        files = (each for each in schemas.OUTPUTS if each.startswith("pack "))
        return {each.removeprefix("pack "): _schema(each, line=False) for each in files}
    return {shape: schemas.document(name, shape) for shape in schemas.OUTPUTS.get(name, ())}
