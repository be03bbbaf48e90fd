"""The screen: one SQL question that says which subjects could hold a conflict.

It leaves out only what cannot: every figure is taken for a little less than it allows, and
every doubt keeps a subject in. What is left, the comparer judges. The question is plain SQL
that asks one relation of figures, so that it runs wherever the claims lie.
"""

from factlog.store.screen.question import COLUMNS, Question, question

__all__ = ["COLUMNS", "Question", "question"]
