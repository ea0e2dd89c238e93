-- How firm a figure is: the order of `etl.observation.STATUSES`, here for SQL. Of figures that are
-- added up, or stand twice, the least firm one tells.
-- grain: status
-- status: final, implied (by a published change), provisional or estimated
-- uncertainty: 0 for the firmest
select
    'final' as status,
    0 as uncertainty
union all
select
    'implied' as status,
    1 as uncertainty
union all
select
    'provisional' as status,
    2 as uncertainty
union all
select
    'estimated' as status,
    3 as uncertainty
