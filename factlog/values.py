"""Values: what `dataclass(frozen=True, slots=True)` gives, made in an eighth of the time.

The standard decorator compiles six functions for each class, two of them only to refuse changes;
with some fifty classes that is a third of what starting the program costs. Here a class compiles
only the one that builds it, when many are built, and the others are shared.

What is built refuses changes. Until all its fields are set it is of a class without that refusal,
alike in all else, as setting many slots one by one from outside takes several times as long.
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
def _make_(_class_, _open_, _become_, _put_, _missing_, _fields_):
    def __init__(_self_, {parameters}):
        if _self_.__class__ is not _class_:
            return _put_(_self_, ({values},))
        _become_(_self_, "__class__", _open_)
        {body}
        _self_.__class__ = _class_
    return __init__
"""
_COPIER = """\
def _make_(_open_, _new_):
    def copied(_from_):
        _to_ = _new_(_open_)
        {body}
        return _to_
    return copied
"""


_REPLACER = """\
def _make_(_class_, _open_, _new_):
    def replaced(_from_, {parameters}):
        _to_ = _new_(_open_)
        {body}
        _to_.__class__ = _class_
        return _to_
    return replaced
"""


def _made(cls: type[T], *, frozen: bool) -> type[T]:
    """The class as a value: with slots, equal to its likes by its fields; frozen, or unhashable."""
    own = {name for name in ("__init__", "__repr__", "__eq__") if name in cls.__dict__}
    assert cls.__doc__  # without one, a signature would be made for it, dear as ten classes
    hashed = cls.__dict__.get("__hash__") is not None
    made = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)(cls)
    assert made.__base__ is object  # all its slots are its own
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
        parameters=", ".join(map(_parameter, known.values())),
        values=", ".join(map(_given, known.values())),
        body="; ".join(f"_self_.{name} = {_given(each)}" for name, each in known.items()),
    )
    given = _open(cls), object.__setattr__, _put_each, dataclasses.MISSING, known
    return _compiled(source, cls, *given)


def _put_each(value: object, values: Iterable[Any]) -> None:
    """Set every field by its slot, whatever the class refuses."""
    for field, each in zip(dataclasses.fields(value), values, strict=True):  # type: ignore[arg-type]
        object.__setattr__(value, field.name, each)


@cache
def _copier(cls: type) -> Callable[[Any], Any]:
    """The function that copies a value of a class, open to changes."""
    names = [field.name for field in dataclasses.fields(cls)]
    body = "; ".join(f"_to_.{name} = _from_.{name}" for name in names)
    return _compiled(_COPIER.format(body=body), _open(cls), object.__new__)


@cache
def replacing(cls: type[T], *names: str) -> Callable[..., T]:
    """What `replace` does to a value, for the same fields of very many, given in this order."""
    kept = [field.name for field in dataclasses.fields(cls)]  # type: ignore[arg-type]
    each = {name: name if name in names else f"_from_.{name}" for name in kept}
    source = _REPLACER.format(
        parameters=", ".join(names),
        body="; ".join(f"_to_.{name} = {value}" for name, value in each.items()),
    )
    return _compiled(source, cls, _open(cls), object.__new__)  # type: ignore[arg-type]


@cache
def _open(cls: type) -> type:
    """A class with the same slots, of which a value can become one that refuses changes."""
    return type(cls.__name__, (), {"__slots__": cls.__slots__})  # type: ignore[attr-defined]


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
    fields = cls.__dataclass_fields__
    if not new.keys() <= fields.keys():
        raise TypeError(
            f"{cls.__qualname__} has no field {next(n for n in new if n not in fields)!r}"
        )
    if "__dataclass_fields__" not in cls.__dict__:  # of a class that can do more
        made = cls.__new__(cls)
        _put_each(made, [new.get(name, getattr(value, name)) for name in fields])
        return made
    made = _copier(cls)(value)
    for name, each in new.items():
        setattr(made, name, each)
    made.__class__ = cls
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
