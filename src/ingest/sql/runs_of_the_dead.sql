-- Imports whose process has gone: whoever holds the import lock knows that none of them runs.
select import_id, request, restarts from import_run where state = 'running' order by import_id
