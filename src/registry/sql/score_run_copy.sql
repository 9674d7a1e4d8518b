-- A small run needs no table of its own.
copy score_run (bucket, voter_id, home_id, import_id, support, turnout, persuadability, other)
from stdin (format binary)
