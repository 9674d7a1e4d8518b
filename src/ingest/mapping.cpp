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

/// What stands behind the colon of a target.
Status apply_choice(LayoutColumn& of, std::string_view choice) {
  if (choice.empty()) return {};
  if (is_date(of.target)) {
    if (is_date_format(choice)) {
      of.formats = {std::string(choice)};
      return {};
    }
    return invalid(
        fmt::format("'{}' is no form of a date. Known: {}.", choice, fmt::join(kDateFormats, ", ")),
        "mapping");
  }
  if (const auto take = take_named(choice)) {
    of.take = *take;
    return {};
  }
  std::vector<std::string_view> known;
  for (int i = 0; i <= static_cast<int>(Take::without_leading_zeros); ++i)
    known.push_back(to_string(static_cast<Take>(i)));
  return invalid(
      fmt::format("'{}' is no part of a text. Known: {}.", choice, fmt::join(known, ", ")),
      "mapping");
}

Status apply_score(Layout& layout, std::string_view name, const std::string& column) {
  const bool plain =
      !name.empty() && name.size() <= 40 &&
      name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos;
  if (!plain || column.starts_with('=') || layout.kind != LayoutKind::scores) {
    return invalid(layout.kind == LayoutKind::scores
                       ? "A score's name has small letters, digits and underscores, and a column: "
                         "score.climate=CLIMATE_SCORE."
                       : "Only files of scores have scores: choose the layout 'scores'.",
                   "mapping");
  }
  std::erase_if(layout.scores, [&](const LayoutScore& of) { return of.name == name; });
  layout.scores.push_back({std::string(name), {column}});
  return {};
}

Status apply(Layout& layout, const ColumnMapping& mapping) {
  const auto& [asked, column] = mapping;
  const auto colon = asked.find(':');
  const std::string name = asked.substr(0, colon);
  const std::string choice = colon == std::string::npos ? "" : asked.substr(colon + 1);
  const bool is_text = column.starts_with('=');
  const std::string text = is_text ? column.substr(1) : std::string();
  if (name.starts_with("score.")) return apply_score(layout, name.substr(6), column);
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
  if (is_text || column.empty()) {  // no column at all
    of.otherwise = text;
    of.is_required = of.is_required && !is_text;
    return {};
  }
  of.names.push_back({column});
  of.is_required = true;
  return apply_choice(of, choice);
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
