-- Targets of the plans. Where an indicator is shown with illustrative figures, these fill in goals
-- that its plan leaves open; such rows say that they are illustrative.
-- grain: plan_id, target_id
-- plan_id: the plan
-- target_id: its id in targets.toml
-- indicator_id: the indicator it is set on
-- kind: stretch, designated, plan or aim
-- goal: relative_change, value, rank, minimum_count or not_given
-- goal_number: percent, value, rank or count; null when not given
-- goal_stated: as the document has it
-- baseline_period: year or survey wave that the goal is measured from
-- baseline_value: value stated for it; null when not given
-- due: last day that counts; null when not given
-- due_stated: as the document has it
-- path: straight, seasonal or steps
-- steps: level of each financial year of a stepped path, as JSON
-- tolerance: share of the path that counts as at risk; null for the product's own
-- reward_gbp: reward money in pounds; null when there is none
-- reward_stated: every way in which the document states it
-- reward_shared_with: target whose reward is this one too, "" for a reward of its own
-- owner: officer who answers for it
-- lead_agency: agency that answers for it
-- priority: priority it serves
-- paragraph: where the document states it
-- note: contradictions and readings
-- illustrative: whether the goal is made up
-- position: order in the file; an indicator's first target is its principal one
with in_use as (
    select
        target.*,
        plan.figure_set = 'illustrative' and real.plan_id is null as may_be_illustrative
    from source_target as target
    inner join source_plan as plan
        on target.plan_id = plan.plan_id
    left join plan_real_indicator as real
        on target.plan_id = real.plan_id and target.indicator = real.indicator_id
)

select
    in_use.plan_id,
    in_use.id as target_id,
    in_use.indicator as indicator_id,
    in_use.kind,
    coalesce(filled.goal, in_use.goal) as goal,
    coalesce(filled.goal_number, in_use.goal_number) as goal_number,
    in_use.goal_stated,
    case
        when filled.baseline_period is not null and in_use.baseline_period = 'not given'
            then filled.baseline_period
        else in_use.baseline_period
    end as baseline_period,
    in_use.baseline_value,
    cast(coalesce(in_use.due, filled.due) as date) as due,
    in_use.due_stated,
    coalesce(filled.path, in_use.path) as path,
    in_use.steps,
    in_use.tolerance,
    in_use.reward_gbp,
    in_use.reward_stated,
    in_use.reward_shared_with,
    in_use.owner,
    in_use.lead_agency,
    in_use.priority,
    in_use.paragraph,
    in_use.note,
    filled.target is not null as illustrative,
    in_use.position
from in_use
left join source_goal_filled_in as filled
    on
        in_use.id = filled.target
        and in_use.goal = 'not_given'
        and in_use.may_be_illustrative
