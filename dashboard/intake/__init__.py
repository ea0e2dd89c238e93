"""Takes in what readers bring: files, boundaries, first targets."""
