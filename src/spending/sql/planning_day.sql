-- Notes the day, if it is another.
update planning set day = $1::date where day is distinct from $1::date
