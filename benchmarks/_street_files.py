"""Street-level records as data.police.uk publishes them, made up: one file a force and month."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pandas as pd

#: What England and Wales record in a month, about (data.police.uk, 2024).
RECORDS_A_MONTH = 500_000
FORCES_OF_THE_ARCHIVE = (
    Path(__file__).resolve().parents[1] / "data" / "reference" / "police_uk_forces.csv"
)
SMALL_AREAS = 35_672
FORCES = 43
# Crime types by how common they are; a skew over the areas that gives as many groups a record as
# Hampshire's real months have (0.38); one record in five hundred without a place.
_GENERATE = """
copy (
    with drawn as (
        select
            row_id,
            least(cast(floor(pow(random(), 2.5) * {areas}) as integer), {areas} - 1) as area,
            least(cast(floor(pow(random(), 2.5) * 14) as integer), 13) as kind,
            random() < 0.002 as nowhere,
            random() as east,
            random() as north
        from range({records}) as generated(row_id)
    )
    select
        case when kind <> 1 then sha256('{month}' || cast(row_id as varchar)) end as "Crime ID",
        '{month}' as "Month",
        names[area % {forces} + 1] as "Reported by",
        names[area % {forces} + 1] as "Falls within",
        printf('%.6f', -5 + 6 * east) as "Longitude",
        printf('%.6f', 50 + 5 * north) as "Latitude",
        'On or near ' || places[row_id % 5 + 1] as "Location",
        case when not nowhere then printf('E01%06d', area + 1) end as "LSOA code",
        case when not nowhere then printf('District %03d %03dA', area // 100, area % 100) end
            as "LSOA name",
        kinds[kind + 1] as "Crime type",
        case when kind <> 1 then 'Investigation complete; no suspect identified' end
            as "Last outcome category",
        cast(null as varchar) as "Context",
        slugs[area % {forces} + 1] as slug
    from drawn, (select $names as names, $slugs as slugs, $kinds as kinds, $places as places)
) to '{folder}' (format csv, header, partition_by (slug))
"""
_KINDS = [
    "Violence and sexual offences", "Anti-social behaviour", "Shoplifting",
    "Criminal damage and arson", "Public order", "Other theft", "Vehicle crime", "Burglary",
    "Drugs", "Other crime", "Theft from the person", "Bicycle theft", "Robbery",
    "Possession of weapons",
]  # fmt: skip
_PLACES = ["Parking Area", "Supermarket", "High Street", "Station Road", "Sports/Recreation Area"]


def generate(folder: Path, records: int) -> None:
    """Write so many records to `folder`, as the months and forces of the archive.

    Args:
        folder: An empty folder.
        records: How many; months of about `RECORDS_A_MONTH` each.
    """
    forces = pd.read_csv(FORCES_OF_THE_ARCHIVE, dtype="str")
    forces = forces.drop_duplicates("file_name").head(FORCES)
    given = {
        "names": forces["reported_by"].tolist(),
        "slugs": forces["file_name"].tolist(),
        "kinds": _KINDS,
        "places": _PLACES,
    }
    months = pd.period_range("2023-01", periods=max(1, records // RECORDS_A_MONTH), freq="M")
    with duckdb.connect() as connection:
        connection.execute("select setseed(0.5)")
        for month in months.astype("str"):
            parts = folder / "parts"
            query = _GENERATE.format(
                areas=SMALL_AREAS, forces=FORCES, month=month, folder=parts,
                records=records // len(months),
            )  # fmt: skip
            connection.execute(query, given)
            (folder / month).mkdir()
            for part in parts.glob("slug=*/*.csv"):
                slug = part.parent.name.removeprefix("slug=")
                target = folder / month / f"{month}-{slug}-street.csv"
                with target.open("ab") as file, part.open("rb") as written:
                    if file.tell():
                        written.readline()
                    shutil.copyfileobj(written, file)
            shutil.rmtree(parts)
