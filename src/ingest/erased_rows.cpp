#include "ingest/erased_rows.h"

#include <fmt/format.h>

#include "base/text.h"
#include "ingest/kept_rows.h"
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
  const auto holds_erased = [&](const Reject& reject) {
    const bool holds = any_field(reject.raw, [&](std::string_view field) {
      return tombstones_.holds_identity(source, field);
    });
    if (holds) lines.push_back(reject.line);
    return holds;
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
