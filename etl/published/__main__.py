"""Makes `data/published/` of the project: `python -m etl.published FOLDER_OF_ORIGINALS`."""

from __future__ import annotations

import sys
from pathlib import Path

from etl.datadir import PROJECT_DATA
from etl.problems import InputError
from etl.published.prepare import prepare

_ARGUMENTS = 2

if __name__ == "__main__":
    if len(sys.argv) != _ARGUMENTS:
        sys.exit("Say in which folder the files are that data/published/published.toml names.")
    try:
        for path in prepare(Path(sys.argv[1]), PROJECT_DATA / "published"):
            print(f"{path.stat().st_size:>9,}  {path.relative_to(PROJECT_DATA)}")
    except InputError as error:
        sys.exit(str(error))
