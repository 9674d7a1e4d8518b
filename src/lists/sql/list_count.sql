-- How many lists there are.
select count(*) from list
