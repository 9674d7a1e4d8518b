-- Showings of a number before the time after the last one was over, and lines that two hold
select
  (select count(*)
   from (select shown_at, lag(upper(during)) over w as free_at
         from line_attempt where not isempty(during)
         window w as (partition by number order by shown_at)) a
   where a.shown_at < a.free_at)
  + (select count(*) from (
       select 1 from queue_line where state = 'held' group by number having count(*) > 1) h)
