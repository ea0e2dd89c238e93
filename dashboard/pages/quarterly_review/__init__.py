"""The page Quarterly review."""
