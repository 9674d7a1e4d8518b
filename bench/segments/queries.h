#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "segments/aggregate.h"
#include "segments/synthetic_voters.h"
#include "segments/table.h"

/// Q1 to Q7 in the engine and in SQL, with answers that can be compared.
namespace hustings::bench {

/// All numbers of an answer, row by row.
using Answer = std::vector<double>;

struct Electorate {
  segments::Table table{kVoterColumns};
  std::uint32_t precincts = 0;
};
/// Makes the voters in the engine; `also` gets the blocks as well.
void fill(Electorate& electorate, std::size_t rows,
          const std::function<void(std::size_t block, const VoterBlock&)>& also = {});

struct Query {
  std::string name;
  std::function<Answer(const segments::Scan&, const segments::Table::Version&)> run;
  /// The same in SQL, as DuckDB, ClickHouse and PostgreSQL all understand it.
  std::string sql;
  std::vector<Voter> columns;  ///< that must be read
};
std::vector<Query> all_queries(std::uint32_t precincts);

/// The twenty saved segments of Q5 and Q7.
std::vector<segments::Filter> saved_segments(const segments::Table::Version& version);

/// Equal but for the last digits of a mean.
bool is_same(const Answer& a, const Answer& b);

}  // namespace hustings::bench
