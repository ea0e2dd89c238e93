-- areas that have made-up figures
select distinct area_code
from indicator_period
where illustrative
