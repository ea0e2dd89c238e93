"""What is recorded of each loaded file: which source reads it, who loaded it, when and as what."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from etl.copies import MANIFESTS, kept_name
from etl.datadir import DataDir
from etl.sources import Source, all_sources

FILE_ID_LENGTH = 16
_HASH_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Load:
    """One file that was loaded.

    Attributes:
        file_id: The first characters of the checksum; names the folder it is kept in.
        file_name: As the user had it.
        checksum: SHA-256 of its bytes.
        source_id: The source that reads it.
        published: When the publisher released it: the vintage of its figures.
        loaded_at: When it was added, as ISO 8601 text.
        loaded_by: Who added it.
        accept_partial: Whether a person accepted it without its bad rows.
        illustrative: Whether its figures are made up.
        path: Where it is kept; of a publication that comes with the product, where it would be.
        title: What the publication is called; "" where it goes by the name of its format.
        with_product: Whether it comes with the product.
        needed_for: Beginnings of area codes: it is read only when figures of such areas are
            loaded; () for always.
    """

    file_id: str
    file_name: str
    checksum: str
    source_id: str
    published: date
    loaded_at: str
    loaded_by: str
    accept_partial: bool
    illustrative: bool
    path: Path
    title: str = ""
    with_product: bool = False
    needed_for: tuple[str, ...] = ()

    @property
    def source(self) -> Source:
        """Return the source that reads the file."""
        return all_sources()[self.source_id]

    @property
    def manifest(self) -> Path:
        """Return where the load is recorded, beside the file."""
        return self.path.parent / MANIFESTS.replace("*", self.source_id)


def checksum_of(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, as hexadecimal text; of a folder, names included."""
    digest = hashlib.sha256()
    if path.is_dir():
        for inside in sorted(each for each in path.rglob("*") if each.is_file()):
            digest.update(inside.relative_to(path).as_posix().encode())
            digest.update(bytes.fromhex(checksum_of(inside)))
        return digest.hexdigest()
    with path.open("rb") as file:
        while block := file.read(_HASH_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def record_load(load: Load) -> None:
    """Write the manifest of a load in one step, so that nobody reads half of it."""
    waiting = load.manifest.with_suffix(".part")
    waiting.write_text(manifest_text(load), encoding="utf-8")
    waiting.replace(load.manifest)


def loads(data: DataDir) -> list[Load]:
    """Return what is loaded, the illustrative set first, then by publication date.

    A file that comes with the product and that a user loaded too is the user's.
    """
    own = [read_manifest(path) for path in sorted(data.raw.glob(f"*/{MANIFESTS}"))]
    loaded = {(load.file_id, load.source_id) for load in own}
    given = [*data.files("illustrative", MANIFESTS), *data.published(f"*/{MANIFESTS}")]
    others = [read_manifest(path) for path in given]
    found = [*own, *(load for load in others if (load.file_id, load.source_id) not in loaded)]
    return sorted(
        found,
        key=lambda load: (not load.illustrative, load.published, load.file_id, load.source_id),
    )


def manifest_text(load: Load) -> str:
    """Return what is recorded of a load; what few files have is left out of all others."""
    fields = asdict(load) | {"published": load.published.isoformat()}
    del fields["path"]
    rare = [name for name in ("title", "with_product", "needed_for") if not fields[name]]
    return json.dumps({k: v for k, v in fields.items() if k not in rare}, indent=2) + "\n"


def read_manifest(path: Path) -> Load:
    """Return the load that a manifest records."""
    fields = json.loads(path.read_text(encoding="utf-8"))
    fields["published"] = date.fromisoformat(fields["published"])
    fields["needed_for"] = tuple(fields.get("needed_for", ()))
    return Load(**fields, path=path.parent / kept_name(fields["file_name"]))
