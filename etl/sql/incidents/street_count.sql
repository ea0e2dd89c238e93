-- Records of crime added up: the heavy step, which DuckDB and Spark run alike. Equal records are
-- different crimes, and all count.
-- grain: reported_by, month, lsoa_code, crime_type
-- reported_by: name of the force as printed, null where none is
-- month: as printed, YYYY-MM; null where none is
-- lsoa_code: small area, "" where the record has no place
-- crime_type: as printed, null where none is
-- lsoa_name: name of the small area
-- records: how many
select
    street_record.reported_by,
    street_record.month,
    coalesce(street_record.lsoa_code, '') as lsoa_code,
    street_record.crime_type,
    max(street_record.lsoa_name) as lsoa_name,
    count(*) as records
from street_record
group by
    street_record.reported_by,
    street_record.month,
    street_record.lsoa_code,
    street_record.crime_type
