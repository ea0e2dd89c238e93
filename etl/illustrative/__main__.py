"""Writes `data/illustrative/` of the project."""

from __future__ import annotations

from etl.datadir import PROJECT_DATA
from etl.illustrative.write import write_illustrative

if __name__ == "__main__":
    for path in write_illustrative(PROJECT_DATA / "illustrative"):
        print(path.relative_to(PROJECT_DATA))
