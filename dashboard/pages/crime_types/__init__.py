"""The page Crime types."""
