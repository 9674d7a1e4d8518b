-- That a result was changed, and what it was
insert into result_change (change_key, result_key, caller_id, before, taken_back, at)
values ($1, $2, $3, $4, $5, $6)
