-- Asks to be woken when something was appended.
listen hustings_change
