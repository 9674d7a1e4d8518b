-- Every version of a segment, newest first.
select version, name, rule, saved_by, saved_at from segment_version
where segment_id = $1 order by version desc
