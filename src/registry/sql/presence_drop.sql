-- Nobody of the file is left for this election.
delete from import_presence where import_id = $1 and part = $2
