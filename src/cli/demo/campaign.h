#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include <boost/json/value.hpp>

#include "base/error.h"
#include "cli/demo/phone_network.h"
#include "simulate/api_client.h"

namespace hustings::cli {

using simulate::ApiClient;
using simulate::number_at;
using simulate::text_at;

/// The steps of the demo up to the open phone bank, each over the public API as a data director
/// does them on the pages.
class Campaign {
 public:
  explicit Campaign(ApiClient& api) : api_(api) {}

  /// Uploads a file, imports it and waits; `progress` is called with the running import.
  Result<boost::json::value> import(const std::filesystem::path& file, const std::string& layout,
                                    const std::function<void(const boost::json::value&)>& progress);

  struct Segment {
    std::string id;
    std::string name;
    std::string party;  ///< as the roll names it; empty for all of them
    boost::json::value rule;
    std::int64_t count = 0;
  };
  /// The segments of the demo: voters with a number, all and by party.
  Result<std::vector<Segment>> make_segments();
  /// How many match a rule right now.
  Result<std::int64_t> count(const boost::json::value& rule);

  struct Bank {
    std::string id;
    std::string join_code;
    std::int64_t lines = 0;
  };
  /// A list of the first segment with a tenth held out, a script, and an open phone bank on them.
  Result<Bank> open_phonebank(const Segment& segment, int callers);

  /// Of the voters of a segment: how many were asked for the candidate, how many said yes.
  struct Support {
    std::int64_t asked = 0;
    std::int64_t yes = 0;
  };
  Result<Support> support_in(const Segment& segment);

 private:
  ApiClient& api_;
};

}  // namespace hustings::cli
