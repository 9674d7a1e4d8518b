-- A person has the numbers of all versions of all records, and a corrected one; the others go.
delete from phone p using resolved t
where p.bucket = t.bucket and p.voter_id = t.voter_id
  and (t.protected or (p.number is distinct from t.phone
    and not exists (select 1 from record_value r
                    where r.bucket = t.bucket and r.voter_id = t.voter_id and r.phone = p.number)))
