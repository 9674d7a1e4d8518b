-- The names that came after one that is known already, in the order in which they came.
select word_id, kind = 'last', word from search_word
where word_id > $1 and kind <> 'zip'
order by word_id
