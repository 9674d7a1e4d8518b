-- How often each field would change, the commonest first.
select field, count(*), count(distinct (old, new)) from change_report
group by field order by count(*) desc, field
