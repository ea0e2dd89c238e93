-- what is loaded, newest vintage first
select * from load order by published desc, file_name
