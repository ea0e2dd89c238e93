-- What must be known of the data, and what follows for verdicts.
-- grain: plan_id, note_id
-- plan_id: the plan that says so
-- note_id: its id in notes.csv
-- paragraph: where the document says so
-- indicator_id: the indicator it is about, "" for all
-- area_code: the area it is about, "" for the plan's own
-- period: that it is about, "" for all
-- effect: unreliable (no verdict), break, caution or context
-- statement: what it says
select
    plan_id,
    id as note_id,
    paragraph,
    indicator as indicator_id,
    area_code,
    period,
    effect,
    statement
from source_data_note
