"""The page Getting started."""
