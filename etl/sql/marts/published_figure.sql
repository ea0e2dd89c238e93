-- Every figure that a plan states in its text.
-- grain: plan_id, figure_id
-- plan_id: the plan
-- figure_id: its id in published.csv
-- paragraph: where the document states it
-- indicator_id: the indicator it is about; several joined by "+"
-- measure: what it says of the indicator
-- period: that it is about, as the document has it
-- number: the figure; a fall is negative; null when not given
-- unit: of the number
-- stated: the document's own characters
-- mark: exact, approximate, at_least, up_to, not_given or contradictory
-- contradicts: ids of the figures that it contradicts
-- method: how it is computed from the data, "" when it cannot be
-- basis: basis of the computation
-- as_at: month of the computation
-- area_code: area it is about; "" for the plan's own
-- relative_to: what the method needs besides
-- agree_low: least value that agrees with a figure in words
-- agree_high: greatest such value
-- decimals: to which the document rounds
-- note: why it is marked, or cannot be computed
-- position: order in the document
select
    plan_id,
    id as figure_id,
    paragraph,
    indicator as indicator_id,
    measure,
    period,
    cast(number as double) as number,
    unit,
    stated,
    mark,
    contradicts,
    method,
    basis,
    as_at,
    area_code,
    relative_to,
    cast(agree_low as double) as agree_low,
    cast(agree_high as double) as agree_high,
    cast(decimals as bigint) as decimals,
    note,
    position
from source_published_figure
