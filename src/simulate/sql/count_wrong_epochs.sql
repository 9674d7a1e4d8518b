-- Epochs of a line that do not rise from showing to showing
select count(*)
from (select epoch, lag(epoch) over w as before
      from line_attempt
      window w as (partition by phonebank_id, number order by shown_at, lease_id)) a
where a.epoch <= a.before
