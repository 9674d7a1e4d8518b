#include "registry/late_links.h"

#include "registry/copy_buffer.h"
#include "registry/detail/copy_rows.h"
#include "registry/sql.h"

namespace hustings::registry {
namespace {

pg::Rows find_late(pg::Transaction& transaction, Matched what, ImportId import) {
  switch (what) {
    case Matched::changed_voters:
      return transaction.run(sql::kLateVotersFind);
    case Matched::votes:
      return transaction.run(sql::kLateVotesFind);
    case Matched::scores:
      break;
  }
  return transaction.run(sql::kLateScoresFind, import);
}

void set_late(pg::Transaction& transaction, Matched what, ImportId import) {
  switch (what) {
    case Matched::changed_voters:
      transaction.run(sql::kLateVotersSet);
      return;
    case Matched::votes:
      transaction.run(sql::kLateVotesSet);
      return;
    case Matched::scores:
      transaction.run(sql::kLateScoresSet, import);
  }
}

}  // namespace

void follow_late_links(pg::Transaction& transaction, Matched what, ImportId import) {
  const pg::Rows late = find_late(transaction, what, import);
  if (late.empty()) return;
  CopyBuffer rows;
  for (const pg::Row row : late) {
    const auto person = row.get<VoterId>(1);
    rows.row(3);
    rows.int16(bucket_of(person));
    rows.int64(person.value());
    rows.int64(row.get<std::int64_t>(0));
  }
  transaction.run(sql::kLateMake);
  transaction.run(sql::kLateClear);
  detail::copy_rows(transaction.connection(), sql::kLateCopy, rows.view());
  set_late(transaction, what, import);
}

}  // namespace hustings::registry
