"""The page Targets."""
