"""The page Load figures."""
