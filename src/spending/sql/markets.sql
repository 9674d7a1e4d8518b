-- All markets by name.
select market_id, name, title, people from market order by name
