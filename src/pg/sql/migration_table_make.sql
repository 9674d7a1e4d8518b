-- Makes the table that remembers which migrations were applied.
create table if not exists migration (
  number int primary key,
  name text not null,
  checksum text not null,
  applied_at timestamptz not null default clock_timestamp()
)
