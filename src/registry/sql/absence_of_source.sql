-- The identities of a source that are absent.
select home_id from absence where source = $1 order by home_id
