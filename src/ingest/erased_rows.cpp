#include "ingest/erased_rows.h"

#include <fmt/format.h>

#include "base/text.h"
#include "registry/household.h"

namespace hustings::ingest {

bool ErasedRows::is_erased(std::string_view source, const registry::VoterRow& row) const {
  if (tombstones_.empty()) return false;
  return tombstones_.holds_identity(source, row.external_id) ||
         tombstones_.holds_person({.last_name = row.last_name,
                                   .first_name = row.first_name,
                                   .birth_date = row.birth_date,
                                   .birth_year = row.birth_year,
                                   .zip5 = row.zip5,
                                   .household = row.household});
}

std::vector<std::int64_t> ErasedRows::take_out(std::string_view source,
                                               std::vector<Reject>& rejects) const {
  std::vector<std::int64_t> lines;
  if (tombstones_.empty() || rejects.empty()) return lines;
  constexpr std::string_view kBetween = "\t,;|\"";
  const auto holds_erased = [&](const Reject& reject) {
    std::string_view rest = reject.raw;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find_first_of(kBetween), rest.size());
      const std::string_view field = trim(rest.substr(0, end));
      if (!field.empty() && tombstones_.holds_identity(source, field)) {
        lines.push_back(reject.line);
        return true;
      }
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return false;
  };
  std::erase_if(rejects, holds_erased);
  return lines;
}

ImportWarning erased_warning(std::int64_t rows) {
  return {"erased", rows,
          fmt::format("{} rows are of persons who were erased; they stay out, and nothing of them "
                      "is kept",
                      with_thousands(rows))};
}

}  // namespace hustings::ingest
