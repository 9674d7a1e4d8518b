-- What was handed in under a key, as its digest, and how it was answered
select encode(digest, 'hex'), recorded from answer_batch where batch_key = $1::uuid
