#include "identity/narrow_index.h"

#include <algorithm>
#include <chrono>

#include "identity/sql.h"

namespace hustings::identity {
namespace {

constexpr double kPriorKnown = 0.5;
/// A bit for each key of a row, 16 MB: of everybody else one in fifty is kept for nothing.
constexpr std::size_t kKeyBits = std::size_t{1} << 27;

std::size_t place_of(std::uint64_t key, std::size_t rule) {
  return static_cast<std::size_t>((key + rule) * 0x9e3779b97f4a7c15ULL >> 37);
}
static_assert(kKeyBits == std::size_t{1} << (64 - 37));

void count(std::vector<std::uint32_t>& counts, linkage::WordId word) {
  if (word < counts.size()) ++counts[word];
}

}  // namespace

PersonFields fields_of(const registry::VoterRow& row) {
  linkage::BirthDate birth{.year = static_cast<std::uint16_t>(row.birth_year),
                           .month = static_cast<std::uint8_t>(row.birth_month),
                           .day = 0};
  if (row.birth_date) {
    const std::chrono::year_month_day date{
        std::chrono::sys_days(std::chrono::days(*row.birth_date))};
    birth = {.year = static_cast<std::uint16_t>(static_cast<int>(date.year())),
             .month = static_cast<std::uint8_t>(static_cast<unsigned>(date.month())),
             .day = static_cast<std::uint8_t>(static_cast<unsigned>(date.day()))};
  }
  return {.first = row.first_name,
          .middle = row.middle_name,
          .last = row.last_name,
          .suffix = row.suffix,
          .gender = row.gender,
          .birth = birth,
          .street = row.street,
          .city = row.city,
          .zip = row.zip5,
          .phone = static_cast<std::uint64_t>(row.phone),
          .email = row.email};
}

linkage::Model asking_model(pg::Connection& connection) {
  linkage::Model model;
  const pg::Rows kept = connection.run(sql::kModelGet);
  if (!kept.empty()) {
    if (auto trained = linkage::Model::from_json(kept[0].text(0))) model = std::move(*trained);
  }
  return model;
}

void expect_one_in_two(linkage::Model& model, std::size_t identities) {
  model.lambda = kPriorKnown / static_cast<double>(std::max<std::size_t>(identities, 1));
}

NarrowIndex::NarrowIndex(pg::Connection& connection, std::span<const registry::VoterRow> rows) {
  std::vector<bool> keys(kKeyBits);
  linkage::Records asked(words_);
  PersonReader reader;
  for (const registry::VoterRow& row : rows) {
    asked.append(reader.read(fields_of(row)));
    for (std::size_t i = 0; i < rules_.size(); ++i) {
      const std::uint64_t key = linkage::key_of(rules_[i], asked[asked.size() - 1], {});
      if (key != 0) keys[place_of(key, i)] = true;
    }
  }
  // Only of the rows' own words it matters how rare they are.
  counts_.first.resize(words_.size());
  counts_.last.resize(words_.size());
  pg::Transaction snapshot(connection, Deadline::never(),
                           pg::Transaction::Isolation::repeatable_read);
  linkage::Model model = asking_model(connection);
  read_everybody(connection, keys);
  snapshot.commit();
  expect_one_in_two(model, counts_.records);
  index_ = std::make_unique<linkage::Index>(identities_.records, std::move(model), counts_);
}

void NarrowIndex::read_everybody(pg::Connection& connection, const std::vector<bool>& keys) {
  Sources sources;
  linkage::ForeignWords foreign;
  each_identity(connection, sources, [&](const Identity& identity, const linkage::Person& person) {
    foreign.texts.clear();
    const linkage::Record record = linkage::make_question(words_, foreign, person);
    ++counts_.records;
    count(counts_.first, record.first);
    count(counts_.last, record.last);
    for (std::size_t i = 0; i < rules_.size(); ++i) {
      const std::uint64_t key = linkage::key_of(rules_[i], record, {});
      if (key == 0 || !keys[place_of(key, i)]) continue;
      identities_.rows.push_back(identity);
      identities_.records.append(person);
      return;
    }
  });
}

std::vector<linkage::Match> NarrowIndex::find(const linkage::Person& person, std::size_t most,
                                              double probability_min) const {
  return index_->find(person, most, probability_min);
}

}  // namespace hustings::identity
