"""Pages: each a recipe of choose, load, calculate, draw."""
