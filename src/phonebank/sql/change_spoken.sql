-- Whether a call was a conversation, now that its result is another
update call_result set spoken = $2 where result_key = $1
