"""How numbers are written in a language: its decimal sign and its sign between thousands."""

from __future__ import annotations

from typing import NamedTuple

from factlog.errors import ReadingError


class Signs(NamedTuple):
    """The decimal sign, and the sign that groups thousands beside spaces and apostrophes.

    `stated` says that someone named the language, so that a point needs no asking about.
    """

    decimal: str = "."
    group: str = ","
    stated: bool = False


ENGLISH = Signs()
_POINT = Signs(".", ",", stated=True)
_COMMA = Signs(",", ".", stated=True)
_COMMA_SPACE = Signs(",", "", stated=True)
_POINT_SPACE = Signs(".", "", stated=True)

_POINT_LANGUAGES = (
    "en zh ja ko th he hi bn ta te mr gu ml kn pa ur ms tl fil sw am my km si ne ga cy mt"
)
_COMMA_LANGUAGES = "de es it nl pt tr id da el ro hr sr sl bs vi is ca gl az mk eu fo"
_SPACE_LANGUAGES = "fr ru uk pl cs sv nb nn no fi hu bg sk lt lv et be hy ka kk ky uz sq af"
_LANGUAGES = {
    **dict.fromkeys(_POINT_LANGUAGES.split(), _POINT),
    **dict.fromkeys(_COMMA_LANGUAGES.split(), _COMMA),
    **dict.fromkeys(_SPACE_LANGUAGES.split(), _COMMA_SPACE),
    **dict.fromkeys(("c", "posix"), _POINT),
}
_POINT_COUNTRIES = "es_mx es_us es_pr es_do es_gt es_hn es_ni es_pa es_pe es_sv"
_COUNTRIES = {
    **dict.fromkeys(_POINT_COUNTRIES.split(), _POINT),
    **dict.fromkeys(("de_ch", "de_li", "it_ch"), _POINT_SPACE),
    "fr_ca": _COMMA_SPACE,
}


def signs_of(locale: str | None) -> Signs:
    """The signs of a locale such as "de_DE", "fr-FR", "pt_BR.UTF-8" or "sv"."""
    if locale is None:
        return ENGLISH
    name = locale.split(".")[0].split("@")[0].strip().replace("-", "_").lower()
    signs = _COUNTRIES.get(name) or _LANGUAGES.get(name.split("_")[0])
    if signs is None:
        problem = f'factlog does not know how numbers are written in "{locale}"'
        remedy = "name a language and country, for example: en_GB, de_DE, fr_FR, es_ES, ru_RU"
        raise ReadingError(problem, remedy, text=locale, start=0, end=len(locale))
    return signs
