-- The scores of persons as they are now
select s.voter_id, case $3 when 'support' then s.support when 'turnout' then s.turnout
                           else s.persuadability end::float8, null::timestamptz
from unnest($1::smallint[], $2::bigint[]) as i(bucket, id)
join voter_score s on s.bucket = i.bucket and s.voter_id = i.id
where case $3 when 'support' then s.support when 'turnout' then s.turnout
              else s.persuadability end is not null
