-- The answers of one occasion, however many voters gave them
insert into answer (bucket, answer_id, voter_id, home_id, question_id, choice, text, declined, attempt_id,
                    script_version, phonebank_id, actor, at)
select a.bucket, nextval('answer_id_seq'), a.voter_id, a.home_id, a.question_id, a.choice, a.text, a.declined,
       a.attempt_id, $8, $9, $10, $11
from unnest($1::smallint[], $2::bigint[], $3::bigint[], $4::smallint[], $5::text[], $6::boolean[],
            $7::bigint[], $12::bigint[])
  as a(bucket, voter_id, question_id, choice, text, declined, attempt_id, home_id)
