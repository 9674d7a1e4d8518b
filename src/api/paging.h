#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "api/spec.h"
#include "base/error.h"

namespace hustings::api {

/// What a list takes whose newest items stand first: which page, and how long.
template <typename Id>
struct PageQuery {
  std::optional<std::string> cursor;
  std::int64_t limit = 50;
  static Fields fields() {
    return {field("cursor", &PageQuery::cursor, "Of the page before.", {.max_length = 100}),
            field("limit", &PageQuery::limit, "How many.",
                  {.min = 1, .max = 200, .has_default = true})};
  }

  /// The item below which the page begins; none for the first page.
  Result<std::optional<Id>> before() const {
    if (!cursor) return std::optional<Id>();
    const auto id = Id::from_text(*cursor);
    if (!id) return invalid("This is no cursor of this list.", "cursor");
    return std::optional<Id>(id);
  }
};

/// Cuts `items`, of which one more was read than the page shows, and notes where the next begins.
template <typename Shape, typename Item>
Page<Shape> cut_page(std::int64_t limit, std::vector<Item> items, const auto& show_all) {
  const bool is_more = std::ssize(items) > limit;
  if (is_more) items.pop_back();
  Page<Shape> page{.items = show_all(items), .next = std::nullopt};
  if (is_more) page.next = page.items.back().id.text();
  return page;
}

}  // namespace hustings::api
