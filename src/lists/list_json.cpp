#include "lists/list_json.h"

#include <boost/json.hpp>

#include "base/text.h"

namespace hustings::lists {
namespace {

namespace json = boost::json;

json::object object_of(std::string_view text) {
  boost::system::error_code error;
  json::value value = json::parse(text, error);
  return error || !value.is_object() ? json::object() : std::move(value.get_object());
}

}  // namespace

namespace {

json::object sample_json(const SampleWish& sample) {
  json::object out{{"method", to_string(sample.method)}, {"size", sample.size}};
  if (sample.allocation != Allocation::proportional)
    out["allocation"] = to_string(sample.allocation);
  if (!sample.cluster_by.empty()) out["cluster_by"] = sample.cluster_by;
  if (sample.per_cluster) out["per_cluster"] = *sample.per_cluster;
  if (!sample.size_by.empty()) out["size_by"] = sample.size_by;
  return out;
}

std::string text_of(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value == nullptr ? std::string() : std::string(value->as_string());
}

SampleWish sample_from(const json::object& object) {
  SampleWish out;
  out.method = sample_method_from(text_of(object, "method")).value_or(SampleMethod::simple);
  out.size = object.at("size").to_number<std::int64_t>();
  out.allocation =
      allocation_from(text_of(object, "allocation")).value_or(Allocation::proportional);
  out.cluster_by = text_of(object, "cluster_by");
  out.size_by = text_of(object, "size_by");
  if (const auto* per = object.if_contains("per_cluster")) {
    out.per_cluster = per->to_number<std::int64_t>();
  }
  return out;
}

}  // namespace

std::string draw_json(const DrawWish& draw) {
  json::object out{{"holdout_percent", draw.holdout_percent}};
  if (!draw.arms.empty()) {
    json::array& arms = out["arms"].emplace_array();
    for (const ArmShare& arm : draw.arms)
      arms.push_back({{"name", arm.name}, {"percent", arm.percent}});
  }
  if (!draw.stratify_by.empty()) out["stratify_by"] = json::value_from(draw.stratify_by);
  if (draw.one_per_household) out["one_per_household"] = true;
  if (draw.top_by) out["top_by"] = *draw.top_by;
  if (draw.sample) out["sample"] = sample_json(*draw.sample);
  return json::serialize(out);
}

DrawWish draw_from_json(std::string_view text, std::optional<std::int64_t> size_max) {
  const json::object object = object_of(text);
  DrawWish draw;
  draw.size_max = size_max;
  if (const auto* percent = object.if_contains("holdout_percent")) {
    draw.holdout_percent = percent->to_number<int>();
  }
  if (const auto* arms = object.if_contains("arms")) {
    for (const json::value& arm : arms->as_array()) {
      draw.arms.push_back({.name = std::string(arm.at("name").as_string()),
                           .percent = arm.at("percent").to_number<int>()});
    }
  }
  if (const auto* fields = object.if_contains("stratify_by")) {
    draw.stratify_by = json::value_to<std::vector<std::string>>(*fields);
  }
  draw.one_per_household = object.contains("one_per_household");
  if (const auto* score = object.if_contains("top_by")) {
    draw.top_by = std::string(score->as_string());
  }
  if (const auto* sample = object.if_contains("sample")) {
    draw.sample = sample_from(sample->as_object());
  }
  return draw;
}

std::string versions_json(const std::map<SegmentId, int>& versions) {
  json::object out;
  for (const auto& [id, version] : versions)
    out[std::to_string(id.value())] = version;
  return json::serialize(out);
}

std::map<SegmentId, int> versions_from_json(std::string_view text) {
  std::map<SegmentId, int> versions;
  for (const auto& [key, version] : object_of(text)) {
    const auto id = parse_int(key);
    if (id && version.is_number()) versions[SegmentId(*id)] = version.to_number<int>();
  }
  return versions;
}

}  // namespace hustings::lists
