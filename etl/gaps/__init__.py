"""Suspected gaps: counts that are missing or collapse where nothing real explains it.

A fall that happened shows in its own figures only as far as chance and the neighbours allow; an
outage takes one area's figures, or a whole force's, down to nothing while the others go on. So
each series is judged at four levels (`levels`) against what was to be expected (`expected`), and
what is implausible (`suspicion`) is held, with all the series below it (`search`).
"""

from etl.gaps.search import FOUND_COLUMNS, suspected_gaps

__all__ = ["FOUND_COLUMNS", "suspected_gaps"]
