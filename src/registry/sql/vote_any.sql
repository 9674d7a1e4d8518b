-- Whether any vote is on record.
select exists (select 1 from vote)
