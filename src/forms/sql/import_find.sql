-- Whether a file of answers was imported before
select 1 from answer_import where digest = $1
