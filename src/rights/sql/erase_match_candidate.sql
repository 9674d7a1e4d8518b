-- Pairs of which one identity is erased.
delete from match_candidate t
where $1::smallint[] is not null and (t.home_a = any($2::bigint[]) or t.home_b = any($2::bigint[]))
