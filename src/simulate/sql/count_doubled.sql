-- Results, tries, answers and feed entries that are there more than once, or that nobody sent
select
  (select count(*) from (
     select 1 from call_result group by lease_id having count(*) > 1) r)
  + (select count(*) from (
       select 1 from contact_attempt group by lease_id, voter_id having count(*) > 1) a)
  + (select count(*) from (
       select 1 from answer where attempt_id is not null
       group by attempt_id, question_id having count(*) > 1) w)
  + (select abs((select count(*) from change where kind = 'attempt_recorded')
                - (select count(*) from contact_attempt)))
  + (select count(*) from call_result r
     where not exists (select 1 from said s
                       where s.result_key = r.result_key and s.lease_id = r.lease_id))
