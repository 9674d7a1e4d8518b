#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

/// What a decision on a pair is expected to be worth: its probability times what the joined person
/// would have that one of the two lacks. The queue begins with the greatest gain, so that an hour
/// of review does the most. The worth is in units of "one voter less who is called twice": that is
/// what every right join brings (1), and the rest is weighed against it.
namespace hustings::identity {

struct Addition {
  std::string_view name;  ///< as match_candidate.adds holds it
  double worth = 0;
};
/// In the order in which sql/candidates_upsert.sql finds them.
inline constexpr std::array<Addition, 6> kAdditions = {{
    {"phone", 4},         // can be called at all
    {"consent", 3},       // may be called or written to
    {"email", 2},         // can be written to
    {"vote_history", 2},  // turnout can be told
    {"score", 1},         // is in the models
    {"birth_date", 1},    // is told from others of the name
}};

/// The worths alone, for the statement.
std::vector<double> addition_worths();

}  // namespace hustings::identity
