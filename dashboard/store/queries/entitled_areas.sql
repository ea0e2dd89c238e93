-- areas whose small counts this installation shows; none where it shows none
select area_code
from entitled_area
order by area_code
