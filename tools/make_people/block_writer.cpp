#include "make_people/block_writer.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "make_people/quirks.h"
#include "make_people/voter_traits.h"

namespace hustings::people {
namespace {

// Streams of one block; the history has its own, so that leaving it out changes nothing else.
constexpr std::uint64_t kPeopleStream = 0;
constexpr std::uint64_t kHistoryStream = std::uint64_t{1} << 40;
constexpr std::uint64_t kScoreStream = std::uint64_t{2} << 40;

constexpr double kScored = 0.97;
constexpr double kSupportNoise = 12, kTurnoutNoise = 10, kPersuadabilityNoise = 12;

std::uint64_t whole_points(double value) {
  return static_cast<std::uint64_t>(std::clamp(std::lround(value), 0L, 100L));
}

Slots slots_of(double per_row, std::uint64_t first_row, std::uint64_t rows) {
  const auto at = [&](std::uint64_t row) {
    return static_cast<std::uint64_t>(per_row * static_cast<double>(row));
  };
  return {at(first_row), at(first_row + rows)};
}

}  // namespace

void BlockText::clear() {
  roll.clear();
  history.clear();
  scores.clear();
  truth.clear();
  history_rows = score_rows = truth_rows = households = 0;
  quirks = {};
}

BlockWriter::BlockWriter(const ElectorateSpec& spec)
    : spec_(spec),
      format_(spec.layout, spec.quoted, spec.crlf),
      places_(spec.voters, format_),
      phones_(places_),
      families_(places_, names_, phones_),
      roll_(places_, format_),
      history_(places_, format_, spec.quirk_scale),
      broken_(spec.broken, spec.seed, spec.voters) {}

void BlockWriter::write(std::uint64_t index, Block& block, BlockText& text) const {
  block.clear();
  text.clear();
  const std::uint64_t from = index * kRowsInBlock;
  const std::uint64_t to = std::min(from + kRowsInBlock, spec_.voters);
  Rng people(spec_.seed, kPeopleStream + index);
  populate(people, from, to, block);
  text.households = block.households.size();
  write_rows(from, block, text);

  Rng votes(spec_.seed, kHistoryStream + index);
  Rng scores(spec_.seed, kScoreStream + index);
  for (const Row& row : block.rows) {
    const Person& person = block.persons[row.person];
    const Household& home = block.households[person.household];
    const County& county = places_.counties()[row.county];
    const RowIds ids(county, row.serial);
    write_truth(person, ids.ncid.view(), home.number, text);
    write_scores(scores, person, ids.ncid.view(), text);
    if (spec_.history && !row.copy) {
      text.history_rows +=
          history_.write(votes, county, home, person, row.serial, text.history, text.quirks);
    }
  }
}

void BlockWriter::populate(Rng& rng, std::uint64_t from, std::uint64_t to, Block& block) const {
  const auto& counties = places_.counties();
  for (std::size_t i = 0; i < counties.size(); ++i) {
    const County& county = counties[i];
    const std::uint64_t first = std::max(from, county.first_row);
    const std::uint64_t last = std::min(to, county.first_row + county.rows);
    if (first >= last) continue;
    const std::uint64_t region_row = county.region_rows_before + first - county.first_row;
    Stretch stretch{.county = &county,
                    .county_index = static_cast<std::uint32_t>(i),
                    .first_row = first,
                    .rows = last - first,
                    .home_numbers = slots_of(kHomeSlotsPerRow, region_row, last - first),
                    .moved_numbers = slots_of(kMovedSlotsPerRow, first, last - first)};
    fill_stretch(rng, stretch, block);
  }
}

void BlockWriter::fill_stretch(Rng& rng, Stretch& stretch, Block& block) const {
  const County& county = *stretch.county;
  const std::size_t first = block.rows.size();
  const std::size_t last = first + stretch.rows;
  std::uint64_t serial = stretch.first_row - county.first_row;
  while (block.rows.size() < last) {
    const std::size_t newcomers = block.persons.size();
    families_.add_household(rng, stretch, last - block.rows.size(), block);
    Household& home = block.households.back();
    home.number = stretch.first_row + block.rows.size() - first;
    for (std::size_t i = newcomers; i < block.persons.size(); ++i) {
      Person& person = block.persons[i];
      if (block.rows.size() == last) {
        // A double registration took the place; the rest of the family is not in the roll.
        block.persons.resize(i);
        break;
      }
      set_traits(rng, county, home, person);
      add_quirks(rng, county, spec_.quirk_scale, person);
      set_phone_truth(rng, home, person);
      person.number = stretch.first_row + block.rows.size() - first;
      const auto index = static_cast<std::uint32_t>(i);
      block.rows.push_back({index, stretch.county_index, serial++, false});
      if (block.rows.size() < last && is_twice_in_roll(rng, spec_.quirk_scale)) {
        block.rows.push_back({index, stretch.county_index, serial++, true});
      }
    }
  }
  // The state's order knows nothing of households, so neither may an importer.
  for (std::size_t i = last - 1; i > first; --i) {
    const std::size_t other = first + rng.below(static_cast<std::uint32_t>(i - first + 1));
    std::swap(block.rows[i], block.rows[other]);
  }
}

void BlockWriter::write_rows(std::uint64_t from, const Block& block, BlockText& text) const {
  std::uint64_t broken = broken_.first_from(from);
  for (std::size_t i = 0; i < block.rows.size(); ++i) {
    const Row& row = block.rows[i];
    while (broken < broken_.count() && broken_.row_after(broken) == from + i) {
      write_broken(broken++, row, block, text);
    }
    const Person& person = block.persons[row.person];
    const County& county = places_.counties()[row.county];
    roll_.write(county, block.households[person.household], person, RowIds(county, row.serial),
                text.roll, text.quirks);
    text.quirks[Quirk::same_person_twice] += row.copy;
  }
}

// A line that would be right but for its breakage, with ids of its own: an importer that takes it
// shows by them.
void BlockWriter::write_broken(std::uint64_t index, const Row& row, const Block& block,
                               BlockText& text) const {
  const Person& person = block.persons[row.person];
  const County& county = places_.counties()[row.county];
  RowIds ids(county, 300'000'000 + index);
  ids.ncid.clear();
  ids.ncid.append(fmt::format("ZZ{}", index + 1));
  TextBuffer line;
  QuirkCounts not_counted;
  roll_.write(county, block.households[person.household], person, ids, line, not_counted);
  text.roll.append(spoil(line.view(), broken_.breakage(index), format_));
}

void BlockWriter::write_truth(const Person& person, std::string_view ncid, std::uint64_t household,
                              BlockText& text) const {
  TextBuffer& out = text.truth;
  out.append(ncid);
  for (const std::uint64_t value :
       {person.number, household, std::uint64_t{person.truth.support},
        std::uint64_t{person.truth.turnout}, std::uint64_t{person.truth.answers_phone}}) {
    out.push(',');
    out.number(value);
  }
  out.push(',');
  out.append(phone_state_name(person.truth.phone_state));
  out.push(',');
  out.append(person.truth.language);
  out.push('\n');
  ++text.truth_rows;
}

void BlockWriter::write_scores(Rng& rng, const Person& person, std::string_view ncid,
                               BlockText& text) const {
  const double support = person.truth.support, turnout = person.truth.turnout;
  // Drawn for all, so that no one's scores depend on whether another has any.
  const double support_seen = support + kSupportNoise * rng.normal();
  const double turnout_seen = turnout + kTurnoutNoise * rng.normal();
  const double undecided = 90 - 1.6 * std::abs(support - 50) + kPersuadabilityNoise * rng.normal();
  if (!rng.chance(kScored)) return;
  TextBuffer& out = text.scores;
  out.append(ncid);
  for (const double value : {support_seen, turnout_seen, undecided}) {
    out.push(',');
    out.number(whole_points(value));
  }
  out.push('\n');
  ++text.score_rows;
}

}  // namespace hustings::people
