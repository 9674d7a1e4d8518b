#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ingest/row_reader.h"
#include "registry/bulk_writer.h"

namespace hustings::ingest {

/// The elections of a delivery, numbered as they are first seen. Any thread.
class Elections {
 public:
  std::int32_t number(std::int32_t held_on, std::string_view name) {
    const std::lock_guard lock(mutex_);
    const std::string kind(election_kind(name));
    const auto [found, is_new] =
        numbers_.try_emplace({held_on, kind}, static_cast<std::int32_t>(list_.size()));
    if (is_new) list_.push_back({held_on, kind, std::string(name)});
    return found->second;
  }
  /// After the last number().
  const std::vector<registry::Election>& list() const { return list_; }

 private:
  std::mutex mutex_;
  std::map<std::pair<std::int32_t, std::string>, std::int32_t> numbers_;
  std::vector<registry::Election> list_;
};

}  // namespace hustings::ingest
