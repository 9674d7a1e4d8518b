-- What is read from the campaign's own work, with what was read last.
select live_input_id, name, kind, contest_id, channel_id, question, ours::text[], theirs::text[], segment_id,
  experiment_id, arm, people, factor, value, error, counts, votes, problem, read_at
from live_input order by name
