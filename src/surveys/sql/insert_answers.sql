-- Answers, of however many occasions
insert into answer (bucket, answer_id, voter_id, home_id, question_id, choice, text, declined,
                    attempt_id, script_version, phonebank_id, actor, at, channel)
select a.bucket, nextval('answer_id_seq'), a.voter_id, a.home_id, a.question_id, a.choice, a.text,
       a.declined, a.attempt_id, a.script_version, a.phonebank_id, a.actor, a.at, a.channel
from unnest($1::smallint[], $2::bigint[], $3::bigint[], $4::smallint[], $5::text[], $6::boolean[],
            $7::bigint[], $8::int[], $9::bigint[], $10::text[], $11::timestamptz[], $12::bigint[],
            $13::text[])
  as a(bucket, voter_id, question_id, choice, text, declined, attempt_id, script_version,
       phonebank_id, actor, at, home_id, channel)
