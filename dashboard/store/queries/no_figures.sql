-- no row: the columns that figures have
select * from indicator_period limit 0
