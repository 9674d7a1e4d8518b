#pragma once

#include <string>
#include <vector>

#include "api/spec.h"
#include "linkage/model.h"

namespace hustings::api {

/// Why two records are taken for one person, or not, field by field.
struct EvidenceShape {
  static constexpr std::string_view kName = "MatchEvidence";
  std::string compared;
  std::string level;
  double bits = 0;
  static Fields fields() {
    return {field("field", &EvidenceShape::compared, "What was compared: \"first name\"."),
            field("level", &EvidenceShape::level, "How it compares: \"exact\"."),
            field("bits", &EvidenceShape::bits,
                  "What it says: each bit above 0 doubles the odds that they are one person, each "
                  "below halves them.")};
  }
};

inline std::vector<EvidenceShape> shown_evidence(const std::vector<linkage::Evidence>& evidence) {
  std::vector<EvidenceShape> out;
  for (const linkage::Evidence& one : evidence)
    out.push_back({.compared = one.field, .level = one.level, .bits = one.bits});
  return out;
}

}  // namespace hustings::api
