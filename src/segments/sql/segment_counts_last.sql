-- Every segment's newest count, so that a restart does not count the same again
select distinct on (segment_id) segment_id, at, version, voters, households, with_phone
from segment_count
order by segment_id, at desc
