-- Is there anybody who can administer?
select exists (select from person where role = 'administrator' and disabled_at is null)
