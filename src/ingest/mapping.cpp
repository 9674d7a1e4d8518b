#include "ingest/mapping.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "base/text.h"
#include "ingest/detect.h"
#include "ingest/transforms.h"

namespace hustings::ingest {
namespace {

bool is_date(Target target) {
  return target == Target::registered_on || target == Target::birth_date ||
         target == Target::election_date;
}

std::optional<Target> target_named(std::string_view name) {
  for (std::size_t i = 0; i < kTargets; ++i) {
    if (to_string(static_cast<Target>(i)) == name) return static_cast<Target>(i);
  }
  return std::nullopt;
}

std::unexpected<Error> refuse_target(std::string_view name) {
  std::vector<std::string_view> known = {"source", "state"};
  for (std::size_t i = 0; i < kTargets; ++i)
    known.push_back(to_string(static_cast<Target>(i)));
  const std::string_view near = nearest(name, known);
  return invalid(fmt::format("There is no target '{}'.{} Known: {}.", name,
                             near.empty() ? "" : fmt::format(" Did you mean '{}'?", near),
                             fmt::join(known, ", ")),
                 "mapping");
}

LayoutColumn& column_of(Layout& layout, Target target) {
  const auto found = std::find_if(layout.columns.begin(), layout.columns.end(),
                                  [&](const LayoutColumn& of) { return of.target == target; });
  if (found != layout.columns.end()) return *found;
  LayoutColumn& added = layout.columns.emplace_back();
  added.target = target;
  if (is_date(target)) added.formats.assign(kDateFormats.begin(), kDateFormats.end());
  return added;
}

Status apply(Layout& layout, const ColumnMapping& mapping) {
  const auto& [name, column] = mapping;
  const bool is_text = column.starts_with('=');
  const std::string text = is_text ? column.substr(1) : std::string();
  if (name == "source") {
    if (!is_text || text.empty()) {
      return invalid("A source is a text for all rows: source==acme.", "mapping");
    }
    layout.source = text;
    return {};
  }
  if (name == "state" && is_text) {
    if (text.size() != 2) return invalid("A state has two letters: state==NC.", "mapping");
    layout.state = to_upper(text);
    column_of(layout, Target::state).is_required = false;
    return {};
  }
  const auto target = target_named(name);
  if (!target) return refuse_target(name);
  LayoutColumn& of = column_of(layout, *target);
  of.names.clear();
  of.parts.clear();
  of.positions.clear();
  if (is_text) {
    of.otherwise = text;
  } else {
    of.names.push_back({column});
    of.is_required = true;
  }
  return {};
}

}  // namespace

Result<ColumnMapping> parse_mapping(std::string_view text) {
  const auto at = text.find('=');
  if (at == std::string_view::npos || at == 0 || at + 1 == text.size()) {
    return invalid(fmt::format("'{}' is no mapping. Write target=COLUMN, or target==TEXT for a "
                               "text that all rows have.",
                               text),
                   "mapping");
  }
  return ColumnMapping(trim(text.substr(0, at)), text.substr(at + 1));
}

Result<Layout> apply_mapping(Layout layout, std::span<const ColumnMapping> mapping) {
  for (const ColumnMapping& one : mapping)
    TRY(apply(layout, one));
  return layout;
}

Result<Layout> layout_of(const ImportRequest& request) {
  Layout layout =
      TRY(request.layout == "auto" ? detect_layout(request) : find_layout(request.layout));
  return apply_mapping(std::move(layout), request.mapping);
}

}  // namespace hustings::ingest
