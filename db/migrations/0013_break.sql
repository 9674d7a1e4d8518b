-- Callers on a break are no callers who wait for a number.

-- phonebank
alter table caller_shift add column resting boolean not null default false;  -- as the page's last sign of life said
