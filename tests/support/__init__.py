"""What the tests of several rooms share and fixtures cannot serve.

Claims and figures that stand in `parametrize` tables, strategies that `@given` takes, types, and
the scripts that the tests start as processes: all are needed before a fixture is made, or in a
process that has none. What is made for one test at a time is a fixture in a `conftest.py`.
"""
