-- what their publisher says of areas that it gives no rates of
select distinct
    area_code,
    statement
from source_note
where effect = 'no_rate'
order by
    area_code,
    statement
