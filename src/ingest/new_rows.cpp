#include "ingest/new_rows.h"

namespace hustings::ingest {

void NewRows::offer(std::int64_t line, std::string_view body) {
  if (offered_++ % every_ != 0) return;
  if (rows_.size() == kRowsMax) {
    // Every second of those that are kept goes; this one is the next of the rest.
    every_ *= 2;
    for (std::size_t i = 1; i < kRowsMax / 2; ++i)
      rows_[i] = std::move(rows_[2 * i]);
    rows_.resize(kRowsMax / 2);
  }
  rows_.push_back({line, std::string(body)});
}

}  // namespace hustings::ingest
