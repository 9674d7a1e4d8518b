-- Lists say how many of their members were erased since.
update list l set erased = erased + n.members
from (select m.list_id, count(*) as members
      from unnest($1::bigint[]) as m(list_id) group by m.list_id) n
where l.list_id = n.list_id
