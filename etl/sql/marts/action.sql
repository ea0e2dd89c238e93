-- Key actions of a plan, with their resources.
-- grain: plan_id, action_id
-- plan_id: the plan
-- action_id: its id in actions.csv
-- section: section of the action plan
-- priority: priority that it serves
-- objective: objective it stands under
-- number: its number in the document
-- key_action: what is to be done
-- lead_agency: who leads
-- responsible_group: group that answers for it
-- outcome: what it is to bring about
-- measure: how that is seen
-- timing: by when
-- resource: whether it is funded
-- within_existing_resource: what is met from existing resources
-- partner_contributions: who else contributes
-- estimated_new_costs: what it costs besides
-- funding_source: who pays
-- comments: of the resource plan
-- indicators: ids of the indicators it serves, separated by ";"
-- note: what must be known of this row
-- position: order in the document
select
    plan_id,
    id as action_id,
    section,
    priority,
    objective,
    number,
    key_action,
    lead_agency,
    responsible_group,
    outcome,
    measure,
    timing,
    resource,
    within_existing_resource,
    partner_contributions,
    estimated_new_costs,
    funding_source,
    comments,
    indicators,
    note,
    position
from source_action
