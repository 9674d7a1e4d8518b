-- Every ZIP code that somebody lives in, with its state; those that end in a given one, or all.
select word from search_word where kind = 'zip' and ($1::text is null or word like '% ' || $1)
