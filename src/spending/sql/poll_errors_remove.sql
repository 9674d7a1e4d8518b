-- Empties scenarios of poll errors before they are written anew.
delete from poll_error where scenario = any ($1::text[])
