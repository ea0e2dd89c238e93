"""The `source_…` tables that the SQL starts from: catalogue and observations as frames."""

from __future__ import annotations

from datetime import datetime

import pandas as pd

from etl.breaks import read_breaks
from etl.catalogue import Catalogue
from etl.catalogue.load import entries_as_rows
from etl.catalogue.plan import Peer
from etl.datadir import DataDir
from etl.exceptional import read_exceptional_periods
from etl.loaded_files import read_files
from etl.manifest import Load
from etl.numerators import numerator_table
from etl.observation import observations
from etl.offence_indicators import offence_indicators
from etl.offences import Classification
from etl.plan_tables import plan_tables
from etl.progress import Progress
from etl.raw import with_provenance
from etl.reading import CheckedFile
from etl.rulings import read_rulings
from etl.settings import partnerships_shown_in_full
from etl.sources import LINK_COLUMNS, NOTE_COLUMNS, PRINTED_OFFENCE_COLUMNS

LOAD_COLUMNS = [
    "file_id", "file_name", "source_id", "source_title", "publisher", "licence", "landing_page",
    "published", "loaded_at", "loaded_by", "checksum", "rows_read", "rows_good", "rows_rejected",
    "rows_withheld", "illustrative", "with_product",
    "openly_published", "load_order",
]  # fmt: skip
REJECTED_COLUMNS = [
    "file_id",
    "source_id",
    "file",
    "line",
    "column_name",
    "value",
    "rule",
    "what_to_do",
]
LINEAGE_COLUMNS = ["area_code", "area_name", "successor_code", "successor_name", "changed_year"]


def source_tables(
    data: DataDir,
    catalogue: Catalogue,
    loaded: list[Load],
    progress: Progress,
) -> dict[str, pd.DataFrame | list[pd.DataFrame]]:
    """Return every source table by name: a frame, or frames whose rows follow one another.

    Args:
        data: The data folder.
        catalogue: Its indicators and plans.
        loaded: Its loaded files, the illustrative set among them.
        progress: Told which file is read and the share of files behind.

    Raises:
        InputError: Files cannot be used; carries the problems of all of them.
    """
    files, areas = read_files(data, loaded, progress)
    return (
        _observation_tables(files)
        | {"source_area": areas, "source_area_lineage": _lineage(data)}
        | _indicator_tables(catalogue, _classification(catalogue, files), _measures(files))
        | plan_tables(catalogue)
        | {
            "source_peer": _peers(data, catalogue, files),
            "source_ruling": read_rulings(data),
            "source_series_break": read_breaks(data),
            "source_exceptional_period": read_exceptional_periods(data),
            "source_area_link": _together(files, "links", LINK_COLUMNS),
            "source_note_of_source": _together(files, "notes", NOTE_COLUMNS),
            "source_entitled_partnership": pd.DataFrame(
                {"area_code": partnerships_shown_in_full(data.root)}, dtype="str"
            ),
        }
    )


def _observation_tables(
    files: list[tuple[Load, CheckedFile]],
) -> dict[str, pd.DataFrame | list[pd.DataFrame]]:
    rows = [with_provenance(load, checked.good) for load, checked in files]
    empty = observations([]).assign(
        published=pd.Series(dtype="datetime64[s]"),
        file_id=pd.Series(dtype="str"),
        source_id=pd.Series(dtype="str"),
        illustrative=pd.Series(dtype="bool"),
    )
    rejected = [
        [load.file_id, load.source_id, p.file, p.line, p.column, p.value, p.rule, p.what_to_do]
        for load, checked in files
        for p in checked.problems
    ]
    return {
        # One after the other: together they would take twice the memory.
        "source_observation": [empty, *rows],
        "source_load": pd.DataFrame(
            [
                [*_load_row(load, checked), order]
                for order, (load, checked) in enumerate(sorted(files, key=_when_loaded))
            ],
            columns=LOAD_COLUMNS,
        ),
        "source_rejected_row": pd.DataFrame(rejected, columns=REJECTED_COLUMNS).astype(
            {name: "int64" if name == "line" else "str" for name in REJECTED_COLUMNS}
        ),
    }


def _when_loaded(file: tuple[Load, CheckedFile]) -> tuple[datetime, str]:
    load, _ = file
    return datetime.fromisoformat(load.loaded_at), load.file_id


def _load_row(load: Load, checked: CheckedFile) -> list[object]:
    source = checked.source
    return [
        load.file_id, load.file_name, source.source_id, load.title or source.title,
        source.publisher, source.licence, source.landing_page, pd.Timestamp(load.published),
        load.loaded_at, load.loaded_by, load.checksum, checked.reading.rows_read, len(checked.good),
        checked.rows_rejected, sum(checked.reading.withheld.values()), load.illustrative,
        load.with_product, source.openly_published,
    ]  # fmt: skip


def _together(files: list[tuple[Load, CheckedFile]], part: str, columns: list[str]) -> pd.DataFrame:
    """Return one part of what all files hold, as text, with the file that it comes from."""
    frames = [
        getattr(checked.reading, part).assign(file_id=load.file_id, source_id=load.source_id)
        for load, checked in files
    ]
    empty = pd.DataFrame(columns=[*columns, "file_id", "source_id"])
    together = pd.concat([empty, *frames], ignore_index=True)[list(empty.columns)]
    return together.astype("str").fillna("")


def _classification(catalogue: Catalogue, files: list[tuple[Load, CheckedFile]]) -> Classification:
    printed = _together(files, "offences", PRINTED_OFFENCE_COLUMNS)
    return catalogue.classification.with_codes_of_files(printed)


def _lineage(data: DataDir) -> pd.DataFrame:
    frames = [
        pd.read_csv(path, dtype="str") for path in data.files("reference", "area_lineage.csv")
    ]
    lineage = pd.concat([pd.DataFrame(columns=LINEAGE_COLUMNS), *frames], ignore_index=True)
    return lineage[LINEAGE_COLUMNS].astype("str").astype({"changed_year": "int64"})


def _measures(files: list[tuple[Load, CheckedFile]]) -> set[str]:
    return {str(code) for _, checked in files for code in checked.good["measure_code"].unique()}


def _indicator_tables(
    catalogue: Catalogue, classification: Classification, measures: set[str]
) -> dict[str, pd.DataFrame]:
    catalogued = catalogue.indicators.values()
    every = [*catalogued, *offence_indicators(catalogued, classification, measures)]
    indicators = [
        indicator.model_dump(exclude={"numerator"})
        | {"recorded": ";".join(indicator.recorded)}
        | {"catalogued": indicator.id in catalogue.indicators}
        for indicator in every
    ]
    return {
        "source_indicator": pd.DataFrame(indicators),
        "source_numerator": numerator_table(every, classification),
        "source_offence": classification.offences,
    }


def _peers(
    data: DataDir, catalogue: Catalogue, files: list[tuple[Load, CheckedFile]]
) -> pd.DataFrame:
    """Return the members of every group, without the areas that they are the peers of."""
    rows = [
        row | {"illustrative": False}
        for plan in catalogue.plans.values()
        for row in entries_as_rows(plan.peers)
    ]
    columns = [*Peer.model_fields, "illustrative"]
    frames = [
        pd.read_csv(path, dtype="str", keep_default_na=False).assign(illustrative=True)
        for path in data.files("illustrative", "peers.csv")
    ]
    frames += [checked.reading.peers.assign(illustrative=False) for _, checked in files]
    peers = pd.concat([pd.DataFrame(rows, columns=columns), *frames], ignore_index=True)[columns]
    peers["closeness_rank"] = pd.to_numeric(peers["closeness_rank"], errors="coerce")
    text = {name: "str" for name in Peer.model_fields if name != "closeness_rank"}
    return peers.astype(text | {"closeness_rank": "float64", "illustrative": "bool"})
