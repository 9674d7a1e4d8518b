-- The lines of everybody who is joined or split, locked in the order in which all lock lines
select count(*) from (
  select 1
  from queue_line q
  join (
    select distinct t.phonebank_id, t.number
    from (select from_id as voter_id from person_move union select to_id from person_move) p
    join call_target t on t.voter_id = p.voter_id
  ) l on l.phonebank_id = q.phonebank_id and l.number = q.number
  order by q.number, q.phonebank_id
  for update of q
) held
