"""Claims in Parquet files: written out of a store, and compared where they lie."""
