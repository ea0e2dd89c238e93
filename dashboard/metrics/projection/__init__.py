"""Projections: what a window's total may come to, as a distribution, for many series at once."""
