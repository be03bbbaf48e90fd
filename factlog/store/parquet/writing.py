"""Writing claims to a Parquet file, a batch at a time: the only door to pyarrow."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any

from factlog.claim import Claim
from factlog.errors import UsageError
from factlog.store.parquet.columns import COLUMNS, DATE, FLAG, REAL, TEXT, WHOLE, rows

_BATCH = 20_000


def write(path: Path, claims: Iterable[Claim]) -> int:
    """Write claims to a new Parquet file at this path; how many comes back."""
    schema, parquet = _schema()
    written, taking = 0, rows(claims)
    with parquet.ParquetWriter(path, schema, compression="zstd") as file:
        while batch := list(islice(taking, _BATCH)):
            file.write_batch(_batch(schema, batch))
            written += len(batch)
    return written


def _schema() -> tuple[Any, Any]:
    """Arrow's schema of the columns, and what writes Parquet files."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise UsageError(
            "Parquet files are written by pyarrow, which is not installed.",
            'Install it: pip install "factlog-claims[parquet]"',
        ) from error
    types = {
        **{TEXT: pyarrow.string(), WHOLE: pyarrow.int64(), REAL: pyarrow.float64()},
        **{DATE: pyarrow.date32(), FLAG: pyarrow.bool_()},
    }
    return pyarrow.schema([(name, types[kind]) for name, kind in COLUMNS.items()]), parquet


def _batch(schema: Any, batch: list[tuple[object, ...]]) -> Any:
    import pyarrow

    columns = zip(*batch, strict=True)
    arrays = [
        pyarrow.array(column, kind) for column, kind in zip(columns, schema.types, strict=True)
    ]
    return pyarrow.RecordBatch.from_arrays(arrays, schema=schema)
