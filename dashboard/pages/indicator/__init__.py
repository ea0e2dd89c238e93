"""The page Indicator."""
