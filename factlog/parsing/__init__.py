"""Reading: from the words or digits of a value to what they state, and back.

One grammar reads what a person types, what a spreadsheet cell holds and what an article says::

    >>> read("around 300 North Korean soldiers killed")  # doctest: +ELLIPSIS
    Figure(said='around 300', estimate=Estimate(hedge=<Hedge.ABOUT: 'about'>, ...
"""

from factlog.parsing.reading import at_once, read, read_all
from factlog.parsing.wording import plain_words, read_back, say

__all__ = ["at_once", "plain_words", "read", "read_all", "read_back", "say"]
