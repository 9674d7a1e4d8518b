-- The campaign's own dispositions, and the VAN codes of built-in ones that it changed
select key, title, base, van_code, offered from disposition order by key
