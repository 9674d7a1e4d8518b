#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "model/ids.h"
#include "segments/electorate.h"
#include "segments/filter.h"
#include "segments/rule.h"
#include "segments/segment_service.h"

namespace hustings::following {

/// A bit for each row.
using Bits = std::vector<std::uint64_t>;

Bits bits_of(const segments::Electorate& electorate, const segments::Filter& filter);
/// The rows of bits that are set in `bits` and not in `before`.
std::vector<segments::Row> added(const Bits& bits, const Bits& before);

/// A rule asked of one version, for a list made from it.
class Membership {
 public:
  Membership(const segments::Electorate& electorate, const segments::Rule& rule, ListId list,
             Instant now);

  /// Who matches, and who does not, of those whom nothing else bars, on the list or not. (Whose bar
  /// ends comes to be one of them then.)
  Bits matching() const;
  Bits unmatching() const;
  /// The same of an arm's members.
  Bits staying(int arm) const;
  Bits leaving(int arm) const;
  /// Who matches, has a number, is not barred, and is not on the list.
  segments::Members joining() const;
  /// The arms of these voters' households, as far as they are on the list.
  std::unordered_map<std::int64_t, std::uint8_t> arms_of(const segments::Members& members) const;

 private:
  segments::Filter members_of(int arm) const;
  segments::Filter unmatching_filter() const;
  segments::Filter matching_filter() const;

  const segments::Electorate& electorate_;
  segments::Filter rule_;
  const segments::Column* members_;  ///< 1 + the arm; null: nobody is on it
};

}  // namespace hustings::following
