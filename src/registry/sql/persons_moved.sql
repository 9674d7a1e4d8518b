-- The persons whom the moves concern, by bucket: rows are locked in one bucket at a time.
select bucket, array_agg(voter_id order by voter_id)
from (select from_bucket as bucket, from_id as voter_id from person_move
      union
      select to_bucket, to_id from person_move) p
group by bucket
order by bucket
