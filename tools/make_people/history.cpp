#include "make_people/history.h"

#include <algorithm>
#include <array>

namespace hustings::people {
namespace {

// Ten elections, each at most with a repeat and an orphan.
constexpr std::uint64_t kRowsOfVoterMax = 32;

enum class Kind { presidential, midterm, primary, municipal };

struct Election {
  int number;  // the date as yyyymmdd
  std::string_view label, description;
  Kind kind;
  std::array<double, 3> ways;  // shares of election day, early voting, mail
};

constexpr std::array<Election, 10> kElections = {{
    {20081104, "11/04/2008", "11/04/2008 GENERAL", Kind::presidential, {0.40, 0.55, 0.05}},
    {20121106, "11/06/2012", "11/06/2012 GENERAL", Kind::presidential, {0.39, 0.56, 0.05}},
    {20161108, "11/08/2016", "11/08/2016 GENERAL", Kind::presidential, {0.34, 0.62, 0.04}},
    {20181106, "11/06/2018", "11/06/2018 GENERAL", Kind::midterm, {0.45, 0.52, 0.03}},
    {20200303, "03/03/2020", "03/03/2020 PRIMARY", Kind::primary, {0.61, 0.37, 0.02}},
    {20201103, "11/03/2020", "11/03/2020 GENERAL", Kind::presidential, {0.17, 0.65, 0.18}},
    {20221108, "11/08/2022", "11/08/2022 GENERAL", Kind::midterm, {0.43, 0.52, 0.05}},
    {20231107, "11/07/2023", "11/07/2023 MUNICIPAL", Kind::municipal, {0.78, 0.20, 0.02}},
    {20240305, "03/05/2024", "03/05/2024 PRIMARY", Kind::primary, {0.60, 0.38, 0.02}},
    {20241105, "11/05/2024", "11/05/2024 GENERAL", Kind::presidential, {0.24, 0.71, 0.05}},
}};

// The state renamed the ways of voting; older elections keep the older words, and for a while both
// are found.
struct WayNames {
  std::string_view older, newer;
};
constexpr std::array<WayNames, 7> kWays = {{{"IN-PERSON", "ELECTION DAY IN-PERSON"},
                                            {"ABSENTEE ONESTOP", "EARLY VOTING IN-PERSON"},
                                            {"ABSENTEE BY MAIL", "ABSENTEE BY MAIL"},
                                            {"CURBSIDE", "ELECTION DAY CURBSIDE"},
                                            {"ABSENTEE CURBSIDE", "EARLY VOTING CURBSIDE"},
                                            {"PROVISIONAL", "PROVISIONAL"},
                                            {"TRANSFER", "TRANSFER"}}};
std::size_t way_of(Rng& rng, const Election& election) {
  const double rare = rng.unit();
  if (rare < 0.012) return 3;
  if (rare < 0.025) return 4;
  if (rare < 0.029) return 5;
  if (rare < 0.031) return 6;
  return rng.pick(election.ways);
}

bool newer_words(const Election& election, std::uint32_t county) {
  if (election.number > 20230000) return true;
  return election.number > 20220000 && county % 5 != 0;
}

std::string_view party_name(std::string_view code) {
  constexpr std::array<std::array<std::string_view, 2>, 9> kNames = {{{"DEM", "DEMOCRATIC"},
                                                                      {"REP", "REPUBLICAN"},
                                                                      {"UNA", "UNAFFILIATED"},
                                                                      {"LIB", "LIBERTARIAN"},
                                                                      {"GRE", "GREEN"},
                                                                      {"CST", "CONSTITUTION"},
                                                                      {"NLB", "NO LABELS"},
                                                                      {"JFA", "JUSTICE FOR ALL"},
                                                                      {"WTP", "WE THE PEOPLE"}}};
  for (const auto& [key, name] : kNames) {
    if (key == code) return name;
  }
  return {};
}

double probability(const Election& election, const Household& home, double propensity) {
  const double square = propensity * propensity;
  switch (election.kind) {
    case Kind::presidential:
      return election.number < 20160000 ? 0.92 * propensity : propensity;
    case Kind::midterm:
      return square * (1.35 - 0.35 * propensity);
    case Kind::primary:
      return 0.75 * square * square;
    case Kind::municipal:
      return home.precinct->in_municipality ? 0.6 * square * square * propensity : 0;
  }
  return 0;
}

// In a primary the unaffiliated choose a ballot.
std::string_view ballot(Rng& rng, const Election& election, const Person& person) {
  if (election.kind != Kind::primary || person.party != "UNA") return person.party;
  return rng.chance(person.truth.support / 100.0) ? "DEM" : "REP";
}

}  // namespace

struct HistoryWriter::Vote {
  const County* county;
  std::string_view registration, ncid;
  const Election* election;
  std::string_view way, party;
  const Precinct* voted_in;
};

HistoryWriter::HistoryWriter(const Places& places, const Format& format, double quirk_scale)
    : places_(places),
      format_(format),
      orphan_rate_(std::min(0.0002 * quirk_scale, 0.05)),
      repeat_rate_(std::min(0.00002 * quirk_scale, 0.05)) {}

void HistoryWriter::row(const Vote& vote, TextBuffer& out) const {
  const std::string_view separator = format_.separator;
  const County& voted_county = places_.counties()[vote.voted_in->county];
  const auto put = [&](std::string_view text) {
    out.append(text);
    out.append(separator);
  };
  out.append(format_.row_begin);
  put(vote.county->id);
  put(vote.county->facts->name);
  put(vote.registration);
  put(vote.election->label);
  put(vote.election->description);
  put(vote.way);
  put(vote.party);
  put(party_name(vote.party));
  put(vote.voted_in->history_pct);
  put(vote.ncid);
  put(voted_county.id);
  put(voted_county.facts->name);
  out.append(vote.voted_in->history_vtd);
  out.append(format_.row_end);
}

std::uint64_t HistoryWriter::write(Rng& rng, const County& county, const Household& home,
                                   const Person& person, std::uint64_t serial, TextBuffer& out,
                                   QuirkCounts& counts) const {
  const Status status = person.status->status;
  if (status == Status::denied) return 0;
  const RowIds ids(county, serial);
  // Some lived in another county before, and voted there.
  const Precinct* earlier = nullptr;
  int moved_in = 0;
  if (rng.chance(0.04)) {
    const auto& precincts = places_.precincts();
    earlier = &precincts[rng.below(static_cast<std::uint32_t>(precincts.size()))];
    moved_in = kElections[rng.below(kElections.size())].number;
  }
  std::uint64_t rows = 0;
  const double propensity = person.truth.turnout / 100.0;
  for (const Election& election : kElections) {
    const bool registered = person.registered.number() <= election.number ||
                            (earlier != nullptr && election.number < moved_in);
    const bool of_age = person.birth_year + 18 <= election.number / 10000;
    if (!registered || !of_age || !rng.chance(probability(election, home, propensity))) continue;
    if (status == Status::removed && election.number > 20200000) continue;
    const Precinct* voted_in =
        earlier != nullptr && election.number < moved_in ? earlier : home.precinct;
    const WayNames& way = kWays[way_of(rng, election)];
    const bool newer = newer_words(election, voted_in->county);
    Vote vote{&county,   ids.registration.view(),       ids.ncid.view(),
              &election, newer ? way.newer : way.older, ballot(rng, election, person),
              voted_in};
    row(vote, out);
    ++rows;
    const bool elsewhere = voted_in->county != home.precinct->county;
    counts[Quirk::history_other_county] += elsewhere;
    if (rng.chance(repeat_rate_)) {
      vote.way = newer ? way.older : way.newer;
      row(vote, out);
      ++rows;
      ++counts[Quirk::history_repeat];
      counts[Quirk::history_other_county] += elsewhere;
    }
    if (rng.chance(orphan_rate_)) {
      // The row of somebody who has left the roll: an id that no registration has.
      const RowIds gone(county, 100'000'000 + serial * kRowsOfVoterMax + rows);
      vote.registration = gone.registration.view();
      vote.ncid = gone.ncid.view();
      row(vote, out);
      ++rows;
      ++counts[Quirk::history_orphan];
      counts[Quirk::history_other_county] += elsewhere;
    }
  }
  return rows;
}

}  // namespace hustings::people
