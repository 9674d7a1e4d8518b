-- The members of an experiment with who they are now, in the list's order, a page at a time
select m.ordinal, m.voter_id, coalesce(l.voter_id, m.voter_id), m.arm, m.cluster, m.block, m.age,
  m.votes, m.support, m.turnout, m.prior, m.party, m.gender, m.county
from experiment_member m
left join link l on l.home_id = m.voter_id
where m.experiment_id = $1 and m.ordinal > $2
order by m.ordinal limit $3
