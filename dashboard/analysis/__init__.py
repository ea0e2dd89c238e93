"""Answers: one call each from a warehouse to a number with everything that it rests on.

Pages, `safecity show`, notebooks and exports all call these, so that a number is the same
wherever it is shown. Queries come from `warehouse`, statistics from `metrics`; an answer only
brings the two together.
"""
