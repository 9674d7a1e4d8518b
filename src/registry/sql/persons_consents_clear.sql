-- What counts now is found again from all words.
delete from consent c using (
  select from_bucket as bucket, from_id as voter_id from person_move
  union
  select to_bucket, to_id from person_move
) p
where c.bucket = p.bucket and c.voter_id = p.voter_id
