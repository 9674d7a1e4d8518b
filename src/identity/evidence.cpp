#include "identity/evidence.h"

#include <algorithm>
#include <cmath>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/text.h"

namespace hustings::identity {
namespace {

constexpr double kBitsMin = 0.05;  ///< less is shown as 0.0

}  // namespace

std::vector<linkage::Evidence> evidence_of(const linkage::Model& model,
                                           const linkage::Match& match) {
  auto evidence = linkage::explain(model, match, {});
  std::erase_if(evidence, [](const auto& one) { return std::abs(one.bits) < kBitsMin; });
  std::ranges::sort(evidence, [](const auto& a, const auto& b) {
    return std::abs(a.bits) != std::abs(b.bits) ? std::abs(a.bits) > std::abs(b.bits)
                                                : a.field < b.field;
  });
  evidence.push_back({.field = "prior", .level = "of all pairs", .bits = model.prior_bits()});
  return evidence;
}

std::string to_json(const std::vector<linkage::Evidence>& evidence) {
  std::string out = "[";
  for (const linkage::Evidence& one : evidence) {
    if (out.size() > 1) out += ',';
    out += R"({"field":)";
    append_json_string(out, one.field);
    out += R"(,"level":)";
    append_json_string(out, one.level);
    out += fmt::format(R"(,"bits":{:.1f}}})", one.bits);
  }
  return out + ']';
}

std::vector<linkage::Evidence> evidence_from(std::string_view json) {
  std::vector<linkage::Evidence> out;
  const auto value = boost::json::parse(boost::json::string_view(json.data(), json.size()));
  for (const boost::json::value& one : value.as_array()) {
    out.push_back({.field = std::string(one.at("field").as_string()),
                   .level = std::string(one.at("level").as_string()),
                   .bits = one.at("bits").to_number<double>()});
  }
  return out;
}

std::string to_link_json(const std::vector<linkage::Evidence>& evidence) {
  std::string out = "{";
  for (const linkage::Evidence& one : evidence) {
    if (out.size() > 1) out += ',';
    std::string name = one.field;
    std::ranges::replace(name, ' ', '_');
    append_json_string(out, name);
    out += fmt::format(":{:.1f}", one.bits);
  }
  return out + '}';
}

}  // namespace hustings::identity
