-- Files that were loaded, once for each source that reads them.
-- grain: file_id, source_id
-- file_id: first characters of the checksum
-- file_name: as the user had it
-- source_id: format it was read as
-- source_title: what the publication is called, or its format where the file does not say
-- publisher: who published it
-- licence: under which terms
-- landing_page: where it is published
-- published: vintage
-- loaded_at: when it was added
-- loaded_by: who added it
-- checksum: SHA-256 of its bytes
-- rows_read: cells or lines with a figure or marker
-- rows_good: observations taken from it
-- rows_rejected: rows left out, listed in rejected_row
-- rows_withheld: cells in which the publisher gives a marker instead of a figure
-- illustrative: whether its figures are made up
-- with_product: whether it comes with the product
-- openly_published: whether its figures are shown as released, without disclosure control
select
    file_id,
    file_name,
    source_id,
    source_title,
    publisher,
    licence,
    landing_page,
    cast(published as date) as published,
    loaded_at,
    loaded_by,
    checksum,
    rows_read,
    rows_good,
    rows_rejected,
    rows_withheld,
    illustrative,
    with_product,
    openly_published
from source_load
