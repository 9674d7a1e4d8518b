-- Rows of one name, birth and ZIP code: within the file, and voters who are known under another id.
create temporary table duplicate_found as
select d.line, d.external_id, d.other_line, d.voter_id, d.is_first
from (
  select s.line, s.external_id, null::bigint as voter_id, min(s.line) over same as other_line,
         s.line = min(s.line) over same as is_first, count(*) over same as rows
  from duplicate_stage s
  window same as (partition by s.last_name, s.first_name, s.birth_year, s.birth_date, s.zip5)
  union all
  select s.line, s.external_id, min(v.voter_id), null, false, 2
  from duplicate_stage s
  join voter v on v.last_name = s.last_name and v.first_name = s.first_name
    and v.birth_year = s.birth_year and v.zip5 = s.zip5 and not v.protected
    and (v.birth_date = s.birth_date or v.birth_date is null or s.birth_date is null)
  group by s.line, s.external_id
) d
where d.rows > 1
