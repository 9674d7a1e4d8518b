-- What the design weights of a sample are like
select count(*), count(distinct stratum), count(distinct cluster), coalesce(sum(1 / probability), 0),
  coalesce(min(1 / probability), 0), coalesce(max(1 / probability), 0),
  coalesce(count(*) * sum(1 / probability ^ 2) / nullif(sum(1 / probability) ^ 2, 0), 1)
from list_member where list_id = $1 and probability is not null
