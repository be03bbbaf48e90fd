"""Charts: the figures of a comparison on one axis or by date, for the terminal and for print."""
