-- The import that had this very file. One that left rows of unknown voters behind does not count once a voter file has come after it: then the file has more to give.
select r.import_id from import_run r
where r.state = 'published' and r.layout = $1 and r.file_sha256 = $2
  and not (r.warnings @> '[{"kind": "orphans"}]'
           and exists (select from import_run v
                       where v.state = 'published' and v.kind = 'voters' and v.source = r.source
                         and v.import_id > r.import_id))
order by r.import_id desc
limit 1
