-- How many voters there are: to tell what memory they need.
select count(*) from voter
