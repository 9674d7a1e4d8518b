#include "registry/detail/copy_rows.h"

#include "base/text.h"
#include "registry/copy_buffer.h"
#include "registry/detail/filled.h"

namespace hustings::registry::detail {

pg::Rows run_filled(pg::Connection& connection, const pg::Statement& statement,
                    std::initializer_list<std::pair<std::string_view, std::int64_t>> numbers) {
  return connection.run_text(filled(statement, numbers), statement.name);
}

void copy_rows(pg::Connection& connection, const pg::Statement& statement, std::string_view rows) {
  if (rows.empty()) return;
  auto copy = connection.copy_in(statement);
  copy.write(CopyBuffer::kHeader);
  copy.write(rows);
  copy.write(CopyBuffer::kTrailer);
  copy.finish();
}

HomeSet homes_of(pg::Connection& connection, const pg::Statement& statement,
                 std::initializer_list<std::pair<std::string_view, std::int64_t>> numbers) {
  HomeSet homes;
  connection.copy_out(filled(statement, numbers), statement.name, [&](std::string_view line) {
    homes.add(parse_int(line.substr(0, line.find('\n'))).value_or(0));
  });
  return homes;
}

}  // namespace hustings::registry::detail
