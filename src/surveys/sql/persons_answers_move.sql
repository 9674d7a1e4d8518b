-- Answers of the identities that have another person now; home_id is null where it is the person's own
with gone as (
  delete from answer a using person_move m
  where a.bucket = m.from_bucket and a.voter_id = m.from_id
    and coalesce(a.home_id, a.voter_id) = m.home_id
  returning m.to_bucket, m.to_id, nullif(m.home_id, m.to_id) as home, a.answer_id, a.question_id,
    a.script_version, a.choice, a.text, a.declined, a.attempt_id, a.phonebank_id, a.actor, a.at,
    a.channel
)
insert into answer (bucket, answer_id, voter_id, home_id, question_id, script_version, choice, text,
                    declined, attempt_id, phonebank_id, actor, at, channel)
select to_bucket, answer_id, to_id, home, question_id, script_version, choice, text, declined,
       attempt_id, phonebank_id, actor, at, channel
from gone
