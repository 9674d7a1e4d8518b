-- What is visible of voters who had scores: those of the run over the older ones, score by score.
update voter_score v
set import_id = r.import_id,
    support = coalesce(r.support, v.support),
    turnout = coalesce(r.turnout, v.turnout),
    persuadability = coalesce(r.persuadability, v.persuadability),
    other = coalesce(v.other || r.other, r.other, v.other)
from score_run r
where r.import_id = $1 and v.bucket = r.bucket and v.voter_id = r.voter_id
  and (v.support, v.turnout, v.persuadability, v.other)
    is distinct from (coalesce(r.support, v.support), coalesce(r.turnout, v.turnout),
                      coalesce(r.persuadability, v.persuadability),
                      coalesce(v.other || r.other, r.other, v.other))
