-- Voter files that are published, in their order, and whether a run has considered each.
select i.import_id, i.source,
       i.import_id > (select coalesce(max(import_past), 0) from match_run where state = 'done')
from import_run i
where i.kind = 'voters' and i.state = 'published'
order by i.import_id
