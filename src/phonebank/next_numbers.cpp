#include "phonebank/next_numbers.h"

#include <chrono>
#include <optional>
#include <string>

#include "phonebank/filling.h"
#include "phonebank/sql.h"

namespace hustings::phonebank {
namespace {

constexpr std::string_view kElsewhere = "joined";  // the voter is called on another line

}  // namespace

void NextNumbers::offer(pg::Transaction& transaction, std::span<const PhoneNumber> numbers) {
  transaction.run(sql::kFillLock);  // who is erased meanwhile must not come back
  std::vector<Lines> all;
  for (const pg::Row row :
       transaction.run(sql::kNextTargets, std::vector<PhoneNumber>(numbers.begin(), numbers.end()),
                       std::optional<PhonebankId>())) {
    const auto phonebank = row.get<PhonebankId>(0);
    if (all.empty() || all.back().phonebank != phonebank) {
      all.push_back({.phonebank = phonebank, .numbers = {}, .attempts = {}, .weights = {}});
    }
    all.back().numbers.push_back(row.get<PhoneNumber>(1));
    all.back().attempts.push_back(row.get<int>(2));
    all.back().weights.push_back(row.get<int>(3));
  }
  for (const Lines& lines : all)
    make_lines(transaction, lines);
}

void NextNumbers::make_lines(pg::Transaction& transaction, const Lines& lines) {
  const auto rows = transaction.run(sql::kNextRules, lines.phonebank, time_.given());
  const pg::Row row = rows.only();
  const auto at = row.get<Instant>(5);
  std::vector<PhoneNumber> known;
  for (const pg::Row line : transaction.run(sql::kNextLinesKnown, lines.phonebank, lines.numbers))
    known.push_back(line.get<PhoneNumber>(0));
  const FillRules rules{
      .window = {std::chrono::minutes(row.get<int>(1)), std::chrono::minutes(row.get<int>(2))},
      .country = book_.find(row.get<std::string>(3)),
      .state_hours = row.get<bool>(4)};
  fill_numbers(transaction, zone_sets_, {lines.phonebank, lines.numbers}, row.get<ListId>(0), rules,
               at);
  transaction.run(sql::kNextLinesWait, lines.phonebank, lines.numbers, lines.attempts, at, known,
                  lines.weights);
  if (!known.empty()) transaction.run(sql::kReopenLines, lines.phonebank, known);
}

void NextNumbers::take_back(pg::Transaction& transaction, PhoneNumber number) {
  std::vector<PhonebankId> phonebanks;
  std::vector<PhoneNumber> numbers;
  for (const pg::Row row : transaction.run(sql::kNextTakeBack, number)) {
    phonebanks.push_back(row.get<PhonebankId>(0));
    numbers.push_back(row.get<PhoneNumber>(1));
  }
  if (!numbers.empty()) transaction.run(sql::kBarEmptyLines, phonebanks, numbers, kElsewhere);
}

}  // namespace hustings::phonebank
