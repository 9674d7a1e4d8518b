-- Score by score the newest run that has it.
insert into voter_score (bucket, voter_id, import_id, support, turnout, persuadability, other)
select o.bucket, o.voter_id, max(o.import_id),
       (array_agg(o.support order by o.import_id desc, o.support desc)
        filter (where o.support is not null))[1],
       (array_agg(o.turnout order by o.import_id desc, o.turnout desc)
        filter (where o.turnout is not null))[1],
       (array_agg(o.persuadability order by o.import_id desc, o.persuadability desc)
        filter (where o.persuadability is not null))[1],
       (select jsonb_object_agg(e.key, e.value order by r.import_id, e.value)
        from score_run r cross join lateral jsonb_each(r.other) e
        where r.bucket = o.bucket and r.voter_id = o.voter_id)
from person_set s
join score_run o on o.bucket = s.bucket and o.voter_id = s.voter_id
group by o.bucket, o.voter_id
