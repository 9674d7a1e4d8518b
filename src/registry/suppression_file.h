#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "model/phone.h"
#include "registry/registry.h"

/// Numbers that must not be called, in and out as the field exchanges them: one number a line.
namespace hustings::registry {

struct SuppressionFileRequest {
  std::filesystem::path file;
  SuppressionReason reason = SuppressionReason::do_not_call;  ///< one that acts on numbers
  std::string source;                                         ///< "National Do Not Call Registry"
  std::string actor;
};

struct SuppressionFileResult {
  std::int64_t lines = 0;    ///< that hold something; a header and "#" lines are left out
  std::int64_t numbers = 0;  ///< different ones
  std::int64_t added = 0;    ///< that were not barred for this reason before
  std::int64_t voters = 0;   ///< of the registry whom the added numbers belong to
  std::int64_t refused = 0;  ///< lines without a number
  /// "line 17: '12' is no telephone number", the first few.
  std::vector<std::string> refusals;
};

/// Bars every number of the file in one transaction; each holds in every phone bank when this
/// returns. A line is a number as people write it; of a line with several columns the first that
/// is one ("919,5550123" is one too). Refused as a whole, with nothing changed: no such file, a
/// folder, no number in it, more than one line in ten without a number (another kind of file), more
/// than kSuppressionNumbersMax.
Result<SuppressionFileResult> import_suppressions(Registry& registry,
                                                  const SuppressionFileRequest& request,
                                                  Deadline deadline = Deadline::never());

inline constexpr std::size_t kSuppressionNumbersMax = 5'000'000;

/// The number of a line, as people of `home_country` dial it; nothing if it holds none.
std::optional<PhoneNumber> number_of_line(std::string_view line,
                                          std::string_view home_country = "US");

}  // namespace hustings::registry
