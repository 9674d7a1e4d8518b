-- Where the feed stands in the snapshot of this transaction.
select coalesce(max(position), 0) from change
