#pragma once

#include <functional>
#include <string>
#include <vector>

#include "segments/rule.h"

/// Segments whose rules name other segments.
namespace hustings::segments {

inline constexpr int kExpandedNodesMax = 5000;

/// A saved segment as references need it.
struct SegmentText {
  SegmentId id;
  std::string name;
  Rule rule;
};
/// Nothing where there is no such segment.
using FindSegment = std::function<const SegmentText*(SegmentId)>;

/// The segments that the rule names itself, each once.
std::vector<SegmentId> segments_of(const Rule& rule);
/// Those, and whatever these name in turn; each once.
std::vector<SegmentId> all_segments_of(const Rule& rule, const FindSegment& find);

/// The rule with the rules of the segments in the place of their names: what plans and SQL are made
/// of. Refuses a segment that does not exist, a chain that comes back to itself, and a result of
/// more than kExpandedNodesMax parts.
Result<Rule> expanded(const Rule& rule, const FindSegment& find);

/// Refuses (invalid) a rule that a segment cannot have: one that leads back to it, with the chain
/// named, or one that expanded() refuses.
Status check_references(const SegmentText& segment, const FindSegment& find);

}  // namespace hustings::segments
