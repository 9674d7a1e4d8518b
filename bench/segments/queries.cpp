#include "segments/queries.h"

#include <array>
#include <cmath>

namespace hustings::bench {
namespace {

using segments::Filter;
using segments::GroupKey;
using segments::Groups;
using segments::Measure;
using segments::Scan;
using Version = segments::Table::Version;

// As in the reference list of queries; Q6 in its fastest form, from which exact quantiles are read.
constexpr const char* kQ1Sql =
    "SELECT count(*) FROM voters WHERE age BETWEEN 18 AND 34 AND persuade>=60 AND phone";
constexpr const char* kQ1bSql =
    "SELECT count(*) FROM voters WHERE state=38 AND age BETWEEN 18 AND 34 AND persuade>=60 "
    "AND phone";
constexpr const char* kQ2Sql =
    "SELECT state,count(*),avg(support),sum(turnout::INTEGER*support::INTEGER) FROM voters "
    "WHERE sex=0 AND age BETWEEN 30 AND 64 AND turnout>=40 AND c_call GROUP BY state ORDER "
    "BY state";
constexpr const char* kQ3Sql =
    "SELECT dma,age_band,party,count(*),avg(support),avg(turnout),avg(persuade) FROM "
    "voters GROUP BY dma,age_band,party ORDER BY dma,age_band,party";
constexpr const char* kQ4Sql =
    "SELECT precinct,sum(turnout::INTEGER*persuade::INTEGER)/10000.0 AS ev,count(*) FROM "
    "voters WHERE phone AND contacted<3 AND support BETWEEN 35 AND 65 GROUP BY precinct "
    "ORDER BY ev DESC,precinct LIMIT 20";
constexpr const char* kQ5Sql =
    "SELECT count(*),sum(c) FROM (SELECT (age BETWEEN 18 AND 34 AND persuade>=60 AND "
    "phone)::INTEGER*1+(sex=0 AND age_band BETWEEN 2 AND 4 AND "
    "turnout<=60)::INTEGER*2+(race=1 AND turnout BETWEEN 20 AND 70)::INTEGER*4+(race=2 AND "
    "c_sms)::INTEGER*8+(edu>=3 AND support BETWEEN 40 AND 60)::INTEGER*16+(support>=70 AND "
    "turnout<=50)::INTEGER*32+(support BETWEEN 45 AND 55 AND "
    "turnout>=60)::INTEGER*64+(contacted=0 AND "
    "phone)::INTEGER*128+(survey>=4)::INTEGER*256+(survey BETWEEN 1 AND 2 AND "
    "persuade>=50)::INTEGER*512+(party=2 AND age BETWEEN 30 AND 64)::INTEGER*1024+(party=0 "
    "AND turnout<=40)::INTEGER*2048+(state=38 AND persuade>=50)::INTEGER*4096+(dma BETWEEN "
    "10 AND 20 AND sex=0)::INTEGER*8192+(c_email AND "
    "support>=60)::INTEGER*16384+(spend>=500 AND "
    "survey=0)::INTEGER*32768+(last_contact>=1729000000 AND support BETWEEN 40 AND "
    "60)::INTEGER*65536+(age>=65 AND party=2)::INTEGER*131072+(edu<=1 AND race=0 AND "
    "persuade>=50)::INTEGER*262144+(contacted BETWEEN 1 AND 2 AND turnout>=70 AND "
    "support>=50)::INTEGER*524288 AS m,count(*) AS c FROM voters GROUP BY m) t";
constexpr const char* kQ6Sql =
    "SELECT state,support,count(*) FROM voters GROUP BY state,support ORDER BY state,"
    "support";
constexpr const char* kQ7Sql =
    "SELECT count(*) FILTER (WHERE age BETWEEN 18 AND 34 AND persuade>=60 AND phone),"
    "count(*) FILTER (WHERE sex=0 AND age_band BETWEEN 2 AND 4 AND turnout<=60),count(*) "
    "FILTER (WHERE race=1 AND turnout BETWEEN 20 AND 70),count(*) FILTER (WHERE race=2 AND "
    "c_sms),count(*) FILTER (WHERE edu>=3 AND support BETWEEN 40 AND 60),count(*) FILTER "
    "(WHERE support>=70 AND turnout<=50),count(*) FILTER (WHERE support BETWEEN 45 AND 55 "
    "AND turnout>=60),count(*) FILTER (WHERE contacted=0 AND phone),count(*) FILTER (WHERE "
    "survey>=4),count(*) FILTER (WHERE survey BETWEEN 1 AND 2 AND persuade>=50),count(*) "
    "FILTER (WHERE party=2 AND age BETWEEN 30 AND 64),count(*) FILTER (WHERE party=0 AND "
    "turnout<=40),count(*) FILTER (WHERE state=38 AND persuade>=50),count(*) FILTER (WHERE "
    "dma BETWEEN 10 AND 20 AND sex=0),count(*) FILTER (WHERE c_email AND support>=60),"
    "count(*) FILTER (WHERE spend>=500 AND survey=0),count(*) FILTER (WHERE "
    "last_contact>=1729000000 AND support BETWEEN 40 AND 60),count(*) FILTER (WHERE "
    "age>=65 AND party=2),count(*) FILTER (WHERE edu<=1 AND race=0 AND persuade>=50),"
    "count(*) FILTER (WHERE contacted BETWEEN 1 AND 2 AND turnout>=70 AND support>=50) "
    "FROM voters";

/// Short words for conditions.
struct Words {
  const Version& version;
  Filter between(Voter column, std::uint32_t lo, std::uint32_t hi) const {
    return Filter::range(version.columns[column], lo, hi);
  }
  Filter is(Voter column, std::uint32_t value = 1) const { return between(column, value, value); }
  Filter at_least(Voter column, std::uint32_t lo) const { return between(column, lo, ~0U); }
  Filter at_most(Voter column, std::uint32_t hi) const { return between(column, 0, hi); }
  GroupKey by(Voter column, std::uint32_t values) const {
    return {version.columns[column], values};
  }
  Measure sum(Voter column) const { return {version.columns[column], {}}; }
  Measure product(Voter a, Voter b) const { return {version.columns[a], version.columns[b]}; }
};

Filter young_persuadable(const Words& w) {
  return Filter::all({w.between(kAge, 18, 34), w.at_least(kPersuade, 60), w.is(kPhone)});
}

Answer q1(const Scan& scan, const Version& version) {
  return {static_cast<double>(count_rows(scan, young_persuadable({version})))};
}

Answer q1b(const Scan& scan, const Version& version) {
  const Words w{version};
  return {
      static_cast<double>(count_rows(scan, Filter::all({w.is(kState, 38), young_persuadable(w)})))};
}

Answer q2(const Scan& scan, const Version& version) {
  const Words w{version};
  const Filter filter =
      Filter::all({w.is(kSex, 0), w.between(kAge, 30, 64), w.at_least(kTurnout, 40), w.is(kCall)});
  const std::array keys = {w.by(kState, kStates)};
  const std::array measures = {w.sum(kSupport), w.product(kTurnout, kSupport)};
  const Groups groups = group_dense(scan, filter, keys, measures);
  Answer answer;
  for (std::size_t state = 0; state < kStates; ++state) {
    if (groups.counts[state] == 0) continue;
    answer.insert(answer.end(),
                  {static_cast<double>(state), static_cast<double>(groups.counts[state]),
                   *groups.mean(0, state), static_cast<double>(groups.sums[1][state])});
  }
  return answer;
}

Answer q3(const Scan& scan, const Version& version) {
  const Words w{version};
  const std::array keys = {w.by(kDma, kDmas), w.by(kAgeBand, kAgeBands), w.by(kParty, kParties)};
  const std::array measures = {w.sum(kSupport), w.sum(kTurnout), w.sum(kPersuade)};
  const Groups groups = group_dense(scan, Filter::constant(true), keys, measures);
  Answer answer;
  for (std::size_t cell = 0; cell < groups.counts.size(); ++cell) {
    if (groups.counts[cell] == 0) continue;
    const std::size_t dma = cell / (kAgeBands * kParties);
    const std::size_t band = cell / kParties % kAgeBands;
    answer.insert(answer.end(),
                  {static_cast<double>(dma), static_cast<double>(band),
                   static_cast<double>(cell % kParties), static_cast<double>(groups.counts[cell]),
                   *groups.mean(0, cell), *groups.mean(1, cell), *groups.mean(2, cell)});
  }
  return answer;
}

Answer q4(const Scan& scan, const Version& version, std::uint32_t precincts) {
  const Words w{version};
  const Filter filter =
      Filter::all({w.is(kPhone), w.at_most(kContacted, 2), w.between(kSupport, 35, 65)});
  const std::array keys = {w.by(kPrecinct, precincts)};
  const std::array measures = {w.product(kTurnout, kPersuade)};
  const Groups groups = group_dense(scan, filter, keys, measures);
  Answer answer;
  for (const std::uint32_t cell : top_cells(groups, 0, 20)) {
    answer.insert(answer.end(),
                  {static_cast<double>(cell), static_cast<double>(groups.sums[0][cell]) / 10000.0,
                   static_cast<double>(groups.counts[cell])});
  }
  return answer;
}

Answer q5(const Scan& scan, const Version& version) {
  const auto masks = mask_counts(scan, saved_segments(version));
  double rows = 0;
  for (const segments::MaskCount& mask : masks)
    rows += static_cast<double>(mask.count);
  return {static_cast<double>(masks.size()), rows};
}

Answer q6(const Scan& scan, const Version& version) {
  const Words w{version};
  const auto found =
      histograms(scan, Filter::constant(true), w.by(kState, kStates), version.columns[kSupport]);
  double sum = 0;  // the quantiles are part of the work; the histogram is what is compared
  Answer answer;
  for (std::size_t state = 0; state < kStates; ++state) {
    for (const double share : {0.1, 0.25, 0.5, 0.75, 0.9})
      sum += found.quantile(state, share).value_or(0);
    for (std::size_t value = 0; value < 256; ++value) {
      const std::uint64_t count = found.by_group[state][value];
      if (count == 0) continue;
      answer.insert(answer.end(), {static_cast<double>(state), static_cast<double>(value),
                                   static_cast<double>(count)});
    }
  }
  return sum > 0 ? answer : Answer{};
}

Answer q7(const Scan& scan, const Version& version) {
  const auto counts = count_each(scan, saved_segments(version));
  return {counts.begin(), counts.end()};
}

}  // namespace

std::vector<Filter> saved_segments(const Version& version) {
  const Words w{version};
  const auto all = [](std::vector<Filter> filters) { return Filter::all(std::move(filters)); };
  constexpr std::uint32_t kDay = 1'729'000'000 / kDaySeconds + 1;  // the first at or after it
  return {
      young_persuadable(w),
      all({w.is(kSex, 0), w.between(kAgeBand, 2, 4), w.at_most(kTurnout, 60)}),
      all({w.is(kRace, 1), w.between(kTurnout, 20, 70)}),
      all({w.is(kRace, 2), w.is(kSms)}),
      all({w.at_least(kEdu, 3), w.between(kSupport, 40, 60)}),
      all({w.at_least(kSupport, 70), w.at_most(kTurnout, 50)}),
      all({w.between(kSupport, 45, 55), w.at_least(kTurnout, 60)}),
      all({w.is(kContacted, 0), w.is(kPhone)}),
      w.at_least(kSurvey, 4),
      all({w.between(kSurvey, 1, 2), w.at_least(kPersuade, 50)}),
      all({w.is(kParty, 2), w.between(kAge, 30, 64)}),
      all({w.is(kParty, 0), w.at_most(kTurnout, 40)}),
      all({w.is(kState, 38), w.at_least(kPersuade, 50)}),
      all({w.between(kDma, 10, 20), w.is(kSex, 0)}),
      all({w.is(kEmail), w.at_least(kSupport, 60)}),
      all({w.at_least(kSpend, 500), w.is(kSurvey, 0)}),
      all({w.at_least(kLastContact, kDay), w.between(kSupport, 40, 60)}),
      all({w.at_least(kAge, 65), w.is(kParty, 2)}),
      all({w.at_most(kEdu, 1), w.is(kRace, 0), w.at_least(kPersuade, 50)}),
      all({w.between(kContacted, 1, 2), w.at_least(kTurnout, 70), w.at_least(kSupport, 50)}),
  };
}

std::vector<Query> all_queries(std::uint32_t precincts) {
  const auto of_precincts = [precincts](const Scan& scan, const Version& version) {
    return q4(scan, version, precincts);
  };
  const std::vector<Voter> of_segments = {
      kAge,     kPersuade,  kPhone,  kSex,   kAgeBand, kTurnout, kRace,  kSms,   kEdu,
      kSupport, kContacted, kSurvey, kParty, kState,   kDma,     kEmail, kSpend, kLastContact};
  return {
      {"Q1", q1, kQ1Sql, {kAge, kPersuade, kPhone}},
      {"Q1b", q1b, kQ1bSql, {kState}},
      {"Q2", q2, kQ2Sql, {kState, kSex, kAge, kTurnout, kCall, kSupport}},
      {"Q3", q3, kQ3Sql, {kDma, kAgeBand, kParty, kSupport, kTurnout, kPersuade}},
      {"Q4", of_precincts, kQ4Sql, {kPhone, kContacted, kSupport, kTurnout, kPersuade, kPrecinct}},
      {"Q5", q5, kQ5Sql, of_segments},
      {"Q6", q6, kQ6Sql, {kState, kSupport}},
      {"Q7", q7, kQ7Sql, of_segments},
  };
}

void fill(Electorate& electorate, std::size_t rows,
          const std::function<void(std::size_t, const VoterBlock&)>& also) {
  electorate.table.grow(rows);
  electorate.precincts = make_voters(rows, [&](std::size_t block, const VoterBlock& values) {
    for (std::size_t column = 0; column < kVoterColumns; ++column)
      electorate.table.column(column).set_block(block, values[column]);
    if (also) also(block, values);
  });
  electorate.table.publish(1);
}

bool is_same(const Answer& a, const Answer& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (std::abs(a[i] - b[i]) > 1e-9 * std::max(1.0, std::abs(a[i]))) return false;
  }
  return true;
}

}  // namespace hustings::bench
