-- offence codes of the Home Office and what each counts in today
select offence_code, description, offence_group, offence_subgroup, valid_from, valid_to, note
from offence
order by offence_group, offence_subgroup, offence_code
