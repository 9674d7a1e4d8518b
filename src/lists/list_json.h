#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "lists/list_service.h"

/// How a list keeps what it was drawn by.
namespace hustings::lists {

/// Without the size, which has a column of its own.
std::string draw_json(const DrawWish& draw);
/// Reads what draw_json wrote; what is missing is as in DrawWish.
DrawWish draw_from_json(std::string_view text, std::optional<std::int64_t> size_max);

std::string versions_json(const std::map<SegmentId, int>& versions);
std::map<SegmentId, int> versions_from_json(std::string_view text);

}  // namespace hustings::lists
