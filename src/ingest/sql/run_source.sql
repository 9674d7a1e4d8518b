-- Whose ids an import's file uses; locked, so that it is undone once.
select source from import_run where import_id = $1 for update
