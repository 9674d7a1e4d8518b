-- Search that forgives typos: the words that names are made of, and where people live.

-- registry
create table search_word (                     -- every name and ZIP code once; only ever added to
  word_id bigint generated always as identity primary key,
  kind text not null check (kind in ('last', 'first', 'zip')),
  word text not null,                          -- of a zip: "NC 27601"
  unique (kind, word)
);
