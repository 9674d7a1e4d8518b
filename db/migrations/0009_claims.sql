-- Claims for many callers at once.

-- Callbacks that a caller has promised: a claim looks for those of all who ask.
create index queue_line_callback on queue_line (callback_for) where callback_for is not null;
