#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "base/error.h"
#include "model/ids.h"
#include "pg/connection.h"

namespace hustings::forms {

/// What a name of a voter is.
enum class VoterBy : std::uint8_t {
  id,           ///< "vtr_…", as this program calls them
  external_id,  ///< the id of the voter file
  phone,        ///< a number that one voter alone has
};

/// Who is meant by names that come from outside; all are looked up at once.
class NamedVoters {
 public:
  NamedVoters(pg::Connection& connection, std::span<const std::string> names, VoterBy by);

  /// invalid: no name, no such voter, several who are called so, or one whom an experiment holds
  /// out now: nobody may have asked that one. The sentence does not repeat the name.
  Result<VoterId> find(const std::string& name) const;

 private:
  std::optional<std::int64_t> number_of(const std::string& name) const;
  void look_up(pg::Connection& connection, std::span<const std::string> names);

  VoterBy by_;
  std::string home_country_;  ///< where numbers without a calling code are dialled
  std::unordered_map<std::string, std::set<VoterId>> voters_;
  std::unordered_set<VoterId> held_;
};

}  // namespace hustings::forms
