"""Pure functions from figures to statements: no files, no clock, no connections.

Each module is one subject of ``docs/methods.md``, which gives formula, source and departures.
"""
