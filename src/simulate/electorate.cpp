#include "simulate/electorate.h"

#include <functional>
#include <string>

#include <fmt/format.h>

#include "simulate/sql.h"

namespace hustings::simulate {
namespace {

constexpr std::size_t kPieceBytes = 1 << 20;

/// Copies the rows that `append` writes for each line.
void copy(pg::Connection& connection, const pg::Statement& statement, const Lines& lines,
          const std::function<void(std::string& rows, std::int64_t line)>& append) {
  auto into = connection.copy_in(statement);
  std::string rows;
  for (std::int64_t line = lines.first; line < lines.first + lines.count; ++line) {
    append(rows, line);
    if (rows.size() < kPieceBytes) continue;
    into.write(rows);
    rows.clear();
  }
  into.write(rows);
  into.finish();
}

/// The same for each voter.
void copy_voters(
    pg::Connection& connection, const pg::Statement& statement, const Lines& lines,
    const std::function<void(std::string& rows, VoterId voter, std::int64_t line)>& append) {
  copy(connection, statement, lines, [&](std::string& rows, std::int64_t line) {
    append(rows, first_voter(line), line);
    if (has_two_voters(line)) append(rows, second_voter(line), line);
  });
}

}  // namespace

ListId lay_down(pg::Connection& connection, const Lines& lines) {
  pg::Transaction transaction(connection);
  const auto list =
      transaction.run(sql::kInsertList, fmt::format("Lines from {}", lines.first), lines.count)
          .only()
          .get<ListId>(0);
  copy_voters(connection, sql::kCopyVoters, lines,
              [](std::string& rows, VoterId voter, std::int64_t line) {
                rows += fmt::format(
                    "{0}\t{1}\t1\tnc\tX{1}\tactive\t{2}\tDOE\tJO{1}\tUNA\tF\t1980\tNC\tWAKE"
                    "\tRALEIGH\t27601\t{3}\n",
                    bucket_of(voter), voter.value(), forbidden(line) == "protected" ? 't' : 'f',
                    number_of(line));
              });
  copy_voters(
      connection, sql::kCopyPhones, lines, [](std::string& rows, VoterId voter, std::int64_t line) {
        rows += fmt::format("{}\t{}\t{}\t1\n", bucket_of(voter), voter.value(), number_of(line));
        if (!has_next_number(line) || forbidden(line) == "protected") return;
        rows +=
            fmt::format("{}\t{}\t{}\t1\n", bucket_of(voter), voter.value(), next_number_of(line));
      });
  copy_voters(connection, sql::kCopyMembers, lines,
              [list](std::string& rows, VoterId voter, std::int64_t line) {
                rows += fmt::format("{}\t{}\t{}\t{}\t{}\n", list.value(), bucket_of(voter),
                                    voter.value(), line, forbidden(line) == "holdout" ? 0 : 1);
              });
  copy(connection, sql::kCopySuppressions, lines, [](std::string& rows, std::int64_t line) {
    if (forbidden(line) != "do_not_call") return;
    rows += fmt::format("{}\tdo_not_call\tsimulate\tsystem\t2026-01-01\n", number_of(line));
  });
  copy(connection, sql::kCopyConsents, lines, [](std::string& rows, std::int64_t line) {
    if (forbidden(line) != "consent_withdrawn") return;
    const VoterId voter = first_voter(line);
    rows += fmt::format("{}\t{}\tcampaign\tphone\twithdrawn\tsimulate\t2026-01-01\n",
                        bucket_of(voter), voter.value());
  });
  transaction.commit();
  return list;
}

}  // namespace hustings::simulate
