-- Names that nobody has any more; both kinds.
delete from search_word w
where (w.kind = 'last' and w.word = any($1::text[])
       and not exists (select 1 from voter v where v.last_name = w.word))
   or (w.kind = 'first' and w.word = any($2::text[])
       and not exists (select 1 from voter v where v.first_name = w.word))
