"""Where figures live: what is loaded and built, and the catalogue it is read with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from etl.settings import PUBLISHED, with_published

PROJECT_DATA = Path(__file__).resolve().parent.parent / "data"


@dataclass(frozen=True, slots=True)
class DataDir:
    """A folder of figures, laid over the project's own `data/`.

    `raw/`, `fetched/` and `build/` always belong to the folder itself. Indicators, plans,
    reference tables and the illustrative set are looked up in the folder first and then in the
    project's own data, so that a second set of figures can live anywhere and still use the
    catalogue.

    Attributes:
        root: The folder, as given with `--data-dir`.
    """

    root: Path

    @property
    def raw(self) -> Path:
        """Folder of the files that were loaded, one subfolder each, never altered."""
        return self.root / "raw"

    @property
    def fetched(self) -> Path:
        """Folder of what is being downloaded, one subfolder each source."""
        return self.root / "fetched"

    @property
    def build(self) -> Path:
        """Folder of the databases that were built."""
        return self.root / "build"

    @property
    def rulings(self) -> Path:
        """The decisions of people on suspected gaps; may not be there."""
        return self.root / "rulings.csv"

    @property
    def breaks(self) -> Path:
        """The breaks in series that people confirmed; may not be there."""
        return self.root / "breaks.csv"

    @property
    def exceptional_periods(self) -> Path:
        """The exceptional periods that people added; may not be there."""
        return self.root / "exceptional_periods.csv"

    @property
    def commentary(self) -> Path:
        """What partners wrote in the app, where no shared database is named; may not be there."""
        return self.root / "commentary.sqlite"

    def published(self, pattern: str) -> list[Path]:
        """Return files of the official figures that come with the product, by name.

        Args:
            pattern: Glob pattern below their folder.

        Returns:
            The files; none where the folder is used without them (`etl.settings`).
        """
        return self.files(PUBLISHED, pattern) if with_published(self.root) else []

    def _layers(self, part: str) -> list[Path]:
        """Return the folders of a part, the project's own first, the given one last."""
        layers = [PROJECT_DATA / part, self.root / part]
        return list(dict.fromkeys(layer.resolve() for layer in layers))

    def files(self, part: str, pattern: str) -> list[Path]:
        """Return the files of a part, by name; a file of the given folder hides its namesake.

        Args:
            part: Folder below the data folder, such as "indicators".
            pattern: Glob pattern below that folder.
        """
        found: dict[str, Path] = {}
        for layer in self._layers(part):
            for path in layer.glob(pattern):
                found[path.relative_to(layer).as_posix()] = path
        return [found[name] for name in sorted(found)]

    def folders(self, part: str) -> list[Path]:
        """Return the subfolders of a part, by name; one of the given folder hides its namesake."""
        found: dict[str, Path] = {}
        for layer in self._layers(part):
            if layer.is_dir():
                found |= {path.name: path for path in layer.iterdir() if path.is_dir()}
        return [found[name] for name in sorted(found)]
