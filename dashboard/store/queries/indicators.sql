-- every indicator
select * from indicator order by title
