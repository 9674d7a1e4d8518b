-- What the files of some sources are, and whom they held.
select jsonb_build_object('import', 'imp_' || p.import_id, 'file_name', n.file_name,
                          'source', p.source, 'read_at', n.ended_at, 'election', p.name),
       p.data
from import_presence p
join import_run n on n.import_id = p.import_id
where p.source = any($1::text[])
order by p.import_id, p.part
