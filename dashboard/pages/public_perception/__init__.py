"""The page Public perception."""
