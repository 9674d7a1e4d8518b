#include "segments/rule_references.h"

#include <algorithm>

#include <fmt/format.h>

namespace hustings::segments {
namespace {

class Expansion {
 public:
  explicit Expansion(const FindSegment& find) : find_(find) {}

  Result<Rule> expand(const Rule& rule) {
    if (++nodes_ > kExpandedNodesMax) {
      return refuse(ErrorCode::over_limit,
                    fmt::format("With the rules of the segments it names, the rule has more than "
                                "{} parts.",
                                kExpandedNodesMax),
                    "rule");
    }
    if (const auto* all = std::get_if<AllOf>(&rule.node)) {
      return Rule{AllOf{TRY(expand(all->rules))}};
    }
    if (const auto* any = std::get_if<AnyOf>(&rule.node)) {
      return Rule{AnyOf{TRY(expand(any->rules))}};
    }
    if (const auto* none = std::get_if<NoneOf>(&rule.node)) {
      return Rule{NoneOf{TRY(expand(none->rules))}};
    }
    const auto* named = std::get_if<SegmentIs>(&rule.node);
    return named == nullptr ? rule : TRY(expand(*named));
  }
  /// The segments within which the expansion stands.
  void enter(const SegmentText& segment) { chain_.push_back(&segment); }

 private:
  Result<std::vector<Rule>> expand(const std::vector<Rule>& rules) {
    std::vector<Rule> out;
    for (const Rule& rule : rules)
      out.push_back(TRY(expand(rule)));
    return out;
  }

  Result<Rule> expand(const SegmentIs& named) {
    const auto same = std::ranges::find(chain_, named.segment, &SegmentText::id);
    if (same != chain_.end()) {
      std::string names;
      for (auto link = same; link != chain_.end(); ++link)
        names += fmt::format("\"{}\" → ", (*link)->name);
      return invalid(fmt::format("The segments would name each other in a circle: {}\"{}\".", names,
                                 (*same)->name),
                     "rule");
    }
    const SegmentText* segment = find_(named.segment);
    if (segment == nullptr) {
      return invalid(
          fmt::format("There is no segment {}; it may have been removed.", named.segment.text()),
          "rule");
    }
    enter(*segment);
    Rule rule = TRY(expand(segment->rule));
    chain_.pop_back();
    return rule;
  }

  const FindSegment& find_;
  std::vector<const SegmentText*> chain_;
  int nodes_ = 0;
};

}  // namespace

std::vector<SegmentId> segments_of(const Rule& rule) {
  std::vector<SegmentId> ids;
  for_each_node(rule, [&](const Rule& one) {
    const auto* named = std::get_if<SegmentIs>(&one.node);
    if (named != nullptr && std::ranges::find(ids, named->segment) == ids.end()) {
      ids.push_back(named->segment);
    }
  });
  return ids;
}

std::vector<SegmentId> all_segments_of(const Rule& rule, const FindSegment& find) {
  std::vector<SegmentId> ids = segments_of(rule);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const SegmentText* segment = find(ids[i]);
    if (segment == nullptr) continue;
    for (const SegmentId inner : segments_of(segment->rule)) {
      if (std::ranges::find(ids, inner) == ids.end()) ids.push_back(inner);
    }
  }
  return ids;
}

Result<Rule> expanded(const Rule& rule, const FindSegment& find) {
  return Expansion(find).expand(rule);
}

Status check_references(const SegmentText& segment, const FindSegment& find) {
  Expansion expansion(find);
  expansion.enter(segment);
  TRY(expansion.expand(segment.rule));
  return {};
}

}  // namespace hustings::segments
