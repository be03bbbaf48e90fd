"""Units: their names, which compare with which, and exact conversion.

What units there are stands in units.tsv and money.tsv; pint is asked only for a rarer unit,
and only when it is to be converted. Nothing a person types is ever evaluated.
"""

from factlog.units.conversion import comparable, convert, known, offset
from factlog.units.names import find, label
from factlog.units.table import money_signs, remark

__all__ = [
    "comparable",
    "convert",
    "find",
    "known",
    "label",
    "money_signs",
    "offset",
    "remark",
]
