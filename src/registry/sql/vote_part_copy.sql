-- Frozen, as voter_part_copy is.
copy vote_i{import} (bucket, voter_id, home_id, election_id, import_id, method, party, county)
from stdin (format binary, freeze)
