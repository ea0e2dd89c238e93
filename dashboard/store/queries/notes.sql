-- data-quality notes of a plan
select * from data_note where plan_id = $plan order by note_id
