"""Values: what `dataclass(frozen=True, slots=True)` gives, made in an eighth of the time.

The standard decorator compiles six functions for each class, two of them only to refuse changes;
with some fifty classes that is a third of what starting the program costs. Here a class compiles
only the one that builds it, when many are built, and the others are shared.

What is built refuses changes, so its fields are set by their slots themselves.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from functools import cache, partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

T = TypeVar("T")

# So many are built before it pays to compile what builds them.
_MANY = 30

# The names here are such as no field has: one may well be called "self" or "fields".
_MAKER = """\
def _make_(_puts_, _missing_, _fields_):
    {puts}, = _puts_
    def __init__(_self_, {parameters}):
        {body}
    return __init__
"""
_COPIER = """\
def _make_(_puts_):
    {puts}, = _puts_
    def copied(_from_, _to_):
        {body}
    return copied
"""


def _made(cls: type[T], *, frozen: bool) -> type[T]:
    """The class as a value: with slots, equal to its likes by its fields; frozen, or unhashable."""
    own = {name for name in ("__init__", "__repr__", "__eq__") if name in cls.__dict__}
    assert cls.__doc__  # without one, a signature would be made for it, dear as ten classes
    hashed = cls.__dict__.get("__hash__") is not None
    made = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)(cls)
    fields = dataclasses.fields(made)  # type: ignore[arg-type]
    equal, hashes = _compared([field.name for field in fields])
    methods = {
        "__init__": _first_builder(made),
        "__eq__": equal,
        "__repr__": _repr,
        "__getstate__": _state,
        "__setstate__": _set_state,
    }
    if frozen:
        methods |= {"__setattr__": _set, "__delattr__": _delete}
    for name, method in methods.items():
        if name not in own:
            setattr(made, name, method)
    if not hashed:
        made.__hash__ = hashes if frozen else None  # type: ignore[assignment, method-assign]
    return made


def _first_builder(cls: type) -> Callable[..., None]:
    """What builds the first values of a class, and leaves in its place what builds the others."""
    built = 0

    def __init__(self: object, /, *args: Any, **named: Any) -> None:  # noqa: N807
        nonlocal built
        built += 1
        fields = dataclasses.fields(cls)
        values = _by_name(fields, args, named) if built < _MANY else None
        if values is None:
            builder = _builder(cls)
            cls.__init__ = builder  # type: ignore[misc]
            builder(self, *args, **named)
        else:
            for name, value in values.items():
                object.__setattr__(self, name, value)

    return __init__


def _by_name(
    fields: tuple[dataclasses.Field[Any], ...], args: tuple[Any, ...], named: dict[str, Any]
) -> dict[str, Any] | None:
    """The value of each field; None if these arguments do not fit the fields."""
    given = dict(zip((field.name for field in fields), args, strict=False)) | named
    if len(given) < len(args) + len(named):
        return None
    values = {}
    for field in fields:
        if field.name in given:
            values[field.name] = given.pop(field.name)
        elif _has_factory(field):
            values[field.name] = field.default_factory()  # type: ignore[operator]
        elif field.default is not dataclasses.MISSING:
            values[field.name] = field.default
        else:
            return None
    return None if given else values


def _builder(cls: type) -> Callable[..., None]:
    """The function that builds a value, which must be quick: compiled for the class."""
    known = {field.name: field for field in dataclasses.fields(cls)}
    source = _MAKER.format(
        puts=", ".join(f"_put_{name}" for name in known),
        parameters=", ".join(map(_parameter, known.values())),
        body="; ".join(f"_put_{name}(_self_, {_given(each)})" for name, each in known.items()),
    )
    return _compiled(source, _puts(cls), dataclasses.MISSING, known)


@cache
def _copier(cls: type) -> Callable[[Any, Any], None]:
    """The function that sets every field of a value of a class as another one has it."""
    names = [field.name for field in dataclasses.fields(cls)]
    source = _COPIER.format(
        puts=", ".join(f"_put_{name}" for name in names),
        body="; ".join(f"_put_{name}(_to_, _from_.{name})" for name in names),
    )
    return _compiled(source, _puts(cls))


def _puts(cls: type) -> list[Callable[[Any, Any], None]]:
    """What sets each field, whatever the class refuses: the slot itself."""
    return [getattr(cls, field.name).__set__ for field in dataclasses.fields(cls)]


def _compiled(source: str, *given: object) -> Callable[..., Any]:
    names: dict[str, Any] = {}
    exec(source, names)  # noqa: S102 - the names of fields, which are identifiers
    made: Callable[..., Any] = names["_make_"](*given)
    return made


def _compared(names: list[str]) -> tuple[Callable[..., Any], Callable[..., Any]]:
    """The functions that compare two values and that hash one, by all fields."""
    # One name alone would give no tuple, and a tuple finds a thing equal to itself.
    fields = attrgetter(*names, "__class__")

    def equal(self: object, other: object) -> Any:
        return (
            fields(self) == fields(other) if self.__class__ is other.__class__ else NotImplemented
        )

    def hashes(self: object) -> int:
        return hash(fields(self))

    return equal, hashes


def _replace(value: Any, /, **new: Any) -> Any:
    """The value with other values of some fields: what `dataclasses.replace` gives, but quickly."""
    cls = value.__class__
    made = cls.__new__(cls)
    _copier(cls)(value, made)
    try:
        for name, each in new.items():
            getattr(cls, name).__set__(made, each)
    except AttributeError:
        raise TypeError(f"{cls.__qualname__} has no field {name!r}") from None
    return made


def _parameter(field: dataclasses.Field[Any]) -> str:
    if field.default is not dataclasses.MISSING:
        return f"{field.name}=_fields_[{field.name!r}].default"
    return f"{field.name}=_missing_" if _has_factory(field) else field.name


def _given(field: dataclasses.Field[Any]) -> str:
    if _has_factory(field):
        factory = f"_fields_[{field.name!r}].default_factory()"
        return f"{factory} if {field.name} is _missing_ else {field.name}"
    return field.name


def _has_factory(field: dataclasses.Field[Any]) -> bool:
    return field.default_factory is not dataclasses.MISSING


def _repr(self: Any) -> str:
    shown = (field.name for field in dataclasses.fields(self) if field.repr)
    inside = ", ".join(f"{name}={getattr(self, name)!r}" for name in shown)
    return f"{type(self).__qualname__}({inside})"


def _set(_self: object, name: str, _value: object) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _delete(_self: object, name: str) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:
    return [getattr(self, field.name) for field in dataclasses.fields(self)]


def _set_state(self: Any, state: Iterable[Any]) -> None:
    for field, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)


if TYPE_CHECKING:
    # To a type checker it is the standard decorator: the same arguments, the same checks.
    from dataclasses import dataclass as dataclass
    from dataclasses import replace as replace
else:
    replace = _replace

    def dataclass(*, slots: bool, frozen: bool = False) -> Callable[[type[T]], type[T]]:
        """Make the class a value; written as the standard decorator is, for what it gives."""
        assert slots
        return partial(_made, frozen=frozen)
