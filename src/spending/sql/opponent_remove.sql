-- Empties scenarios of the opponent before they are written anew.
delete from opponent_spend where scenario = any ($1::text[])
