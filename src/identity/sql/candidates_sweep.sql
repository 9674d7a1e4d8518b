-- Pairs that wait and of which there is nothing to decide any more: one person by now, undone, erased, or protected.
update match_candidate c
set state = 'gone'
where c.state in ('open', 'later')
  and not exists (select 1 from match_candidate_live l where l.candidate_id = c.candidate_id)
