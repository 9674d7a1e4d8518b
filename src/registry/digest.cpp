#include "registry/digest.h"

#include <array>
#include <map>

#include <fmt/format.h>

#include "base/digest.h"
#include "registry/sql.h"

namespace hustings::registry {

void each_visible_row(pg::Connection& connection,
                      const std::function<void(std::string_view, std::string_view)>& use) {
  struct Kind {
    std::string_view name;
    const pg::Statement* rows;
  };
  const std::array<Kind, 9> kinds = {{{"voters", &sql::kDigestVoters},
                                      {"phones", &sql::kDigestPhones},
                                      {"votes", &sql::kDigestVotes},
                                      {"elections", &sql::kDigestElections},
                                      {"scores", &sql::kDigestScores},
                                      {"links", &sql::kDigestLinks},
                                      {"corrections", &sql::kDigestCorrections},
                                      {"bars", &sql::kDigestBars},
                                      {"consents", &sql::kDigestConsents}}};
  pg::Transaction transaction(connection, Deadline::never(),
                              pg::Transaction::Isolation::repeatable_read);
  for (const Kind& kind : kinds) {
    connection.copy_out(*kind.rows, [&](std::string_view row) { use(kind.name, row); });
  }
  transaction.commit();
}

std::string digest(pg::Connection& connection) {
  std::map<std::string, RowSetDigest, std::less<>> digests;
  each_visible_row(connection, [&](std::string_view kind, std::string_view row) {
    const auto found = digests.find(kind);
    (found == digests.end() ? digests[std::string(kind)] : found->second).add(row);
  });
  std::string out;
  for (const auto& [kind, rows] : digests)
    out += fmt::format("{} {} {}\n", kind, rows.rows(), rows.hex());
  return out;
}

}  // namespace hustings::registry
