-- A page that is a month old hands in nothing more.
delete from erased_lease where at < $1::timestamptz - interval '30 days'
