"""Values: what `dataclass(frozen=True, slots=True)` gives, made in a third of the time.

The standard decorator compiles six functions for each class, two of them only to refuse changes;
with some fifty classes that is most of what starting the program costs. Here a class compiles its
three that must be quick, at once, and shares the others.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

T = TypeVar("T")

# The names here are such as no field has: one may well be called "self" or "fields".
_MAKER = """\
def _make_(_put_, _missing_, _fields_):
    def __init__(_self_, {parameters}):
        {body}
    def __eq__(_self_, _other_):
        if _other_.__class__ is _self_.__class__:
            return ({own}) == ({others})
        return NotImplemented
    def __hash__(_self_):
        return hash(({own}))
    return __init__, __eq__, __hash__
"""


def _made(cls: type[T]) -> type[T]:
    """The class as a value: frozen, with slots, equal to its likes by its fields."""
    own = {name for name in ("__init__", "__repr__", "__eq__") if name in cls.__dict__}
    hashed = cls.__dict__.get("__hash__") is not None
    made = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)(cls)
    init, equal, hashes = _compiled(dataclasses.fields(made))  # type: ignore[arg-type]
    methods = {
        "__init__": init,
        "__eq__": equal,
        "__repr__": _repr,
        "__setattr__": _set,
        "__delattr__": _delete,
        "__getstate__": _state,
        "__setstate__": _set_state,
    }
    for name, method in methods.items():
        if name not in own:
            setattr(made, name, method)
    if not hashed:
        made.__hash__ = hashes  # type: ignore[method-assign]
    return made


def _compiled(fields: Iterable[dataclasses.Field[Any]]) -> tuple[Callable[..., Any], ...]:
    """The functions that are made for each class: to build, to compare and to hash."""
    known = {field.name: field for field in fields}
    source = _MAKER.format(
        parameters=", ".join(_parameter(field) for field in known.values()),
        body="; ".join(
            f"_put_(_self_, {name!r}, {_given(field)})" for name, field in known.items()
        ),
        own="".join(f"_self_.{name}, " for name in known),
        others="".join(f"_other_.{name}, " for name in known),
    )
    names: dict[str, Any] = {}
    exec(source, names)  # noqa: S102 - the names of fields, which are identifiers
    functions: tuple[Callable[..., Any], ...] = names["_make_"](
        object.__setattr__, dataclasses.MISSING, known
    )
    return functions


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
else:

    def dataclass(*, frozen: bool, slots: bool) -> Callable[[type[T]], type[T]]:
        """Make the class a value; written as the standard decorator is, for what it gives."""
        assert frozen
        assert slots
        return _made
