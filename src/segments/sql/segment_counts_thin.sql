-- Of days before a moment only the last count of each segment and version is kept
delete from segment_count c
where c.at < $1 and exists (
  select 1 from segment_count n
  where n.segment_id = c.segment_id and n.version = c.version and n.at > c.at
    and (n.at at time zone 'UTC')::date = (c.at at time zone 'UTC')::date)
