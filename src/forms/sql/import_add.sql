-- A file of answers that is imported
insert into answer_import (digest, report, imported_by, at) values ($1, $2, $3, $4)
