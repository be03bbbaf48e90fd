"""The exit codes, beside 4 (the store cannot be used), which comes with its error."""

DONE = 0
FOUND = 1
WRONG = 2
NOTHING = 3
INTERRUPTED = 130
