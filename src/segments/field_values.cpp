#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "segments/kernels.h"
#include "segments/segment_service.h"

namespace hustings::segments {
namespace {

std::vector<std::string> operators_of(Field field) {
  switch (info(field).kind) {
    case FieldKind::category:
    case FieldKind::elections:
    case FieldKind::answers:
      return {"in", "none_of"};
    case FieldKind::number:
      if (field == Field::votes_count) return {"between", "at_least", "at_most", "of_last"};
      return {"between", "at_least", "at_most"};
    case FieldKind::flag:
      return {"is"};
    case FieldKind::time:
      return {"between", "at_least", "at_most", "within_days"};
  }
  return {};
}

FieldShown shown(const FieldInfo& about) {
  FieldShown field{.name = std::string(about.name),
                   .title = std::string(about.title),
                   .sentence = std::string(about.sentence),
                   .kind = about.kind,
                   .operators = operators_of(about.field),
                   .values = {},
                   .least = {},
                   .most = {}};
  if (about.kind == FieldKind::number) {
    field.least = about.least;
    field.most = about.most;
  }
  return field;
}

std::vector<FieldValue> election_values(const Electorate& electorate) {
  std::vector<FieldValue> values;
  for (const Electorate::ElectionColumn* election : electorate.elections()) {
    const std::string label = election->info.label();
    const auto same = std::ranges::find(values, label, &FieldValue::value);
    if (same == values.end()) {
      values.push_back({label, election->info.title, election->voted.count()});
    } else {
      same->count += election->voted.count();  // the same day in another state
    }
  }
  return values;
}

FieldShown question_shown(const Electorate::QuestionColumn& question) {
  FieldShown field = shown(info(Field::answer));
  field.name += ':' + question.info.key;
  field.title = question.info.text;
  std::vector<FieldValue>& values = field.values.emplace();
  for (std::size_t i = 0; i < question.info.choices.size() && i < kChoiceMax; ++i) {
    values.push_back({std::to_string(i + 1), question.info.choices[i], question.counts[i + 1]});
  }
  return field;
}

/// Walks a rule and names values that nobody has.
class UnknownValues {
 public:
  explicit UnknownValues(const Electorate& electorate) : electorate_(electorate) {}

  void visit(const std::vector<Rule>& rules) {
    for (const Rule& rule : rules) {
      std::visit([this](const auto& node) { visit(node); }, rule.node);
    }
  }
  std::vector<std::string> take() { return std::move(found_); }

 private:
  void visit(const AllOf& all) { visit(all.rules); }
  void visit(const AnyOf& any) { visit(any.rules); }
  void visit(const NoneOf& none) { visit(none.rules); }
  void visit(const ValueIn& in) {
    constexpr std::size_t kWarningsMax = 20;
    std::vector<std::string> labels;
    if (in.field == Field::voted) {
      for (const auto* election : electorate_.elections()) {
        labels.push_back(election->info.label());
      }
    } else {
      const Dictionary& dictionary = electorate_.category(in.field).dictionary();
      for (std::uint32_t code = 1; code < dictionary.size(); ++code) {
        labels.push_back(dictionary.text(code));
      }
    }
    const std::vector<std::string_view> known(labels.begin(), labels.end());
    for (const std::string& value : in.values) {
      if (found_.size() >= kWarningsMax) return;
      if (std::ranges::find(known, value) != known.end()) continue;
      const std::string_view near = nearest(value, known);
      found_.push_back(fmt::format("No voter has {} \"{}\".{}", name(in.field), value,
                                   near.empty() ? "" : fmt::format(" Did you mean \"{}\"?", near)));
    }
  }
  template <class Other>
  void visit(const Other&) {}

  const Electorate& electorate_;
  std::vector<std::string> found_;
};

}  // namespace

std::vector<FieldShown> SegmentService::fields() const {
  const LiveElectorate::Reader electorate = live_.read();
  const Plan everybody(Rule{AllOf{}}, *electorate, clock_.now());
  std::vector<FieldShown> fields;
  for (const FieldInfo& about : all_fields()) {
    if (about.kind == FieldKind::answers) {
      for (const Electorate::QuestionColumn& question : electorate->questions()) {
        fields.push_back(question_shown(question));
      }
      continue;
    }
    FieldShown field = shown(about);
    if (about.kind == FieldKind::elections) field.values = election_values(*electorate);
    if (about.kind == FieldKind::category) {
      std::vector<FieldValue>& values = field.values.emplace();
      for (Group& group : scanner_.groups(*electorate, everybody, about.field)) {
        if (group.value.empty() || values.size() == kFieldValuesMax) continue;
        values.push_back({group.value, group.value, group.count});
      }
    }
    fields.push_back(std::move(field));
  }
  return fields;
}

std::vector<std::string> SegmentService::warnings(const Rule& rule,
                                                  const Electorate& electorate) const {
  if (electorate.rows() == 0) return {};
  UnknownValues unknown(electorate);
  unknown.visit(std::vector<Rule>{rule});
  return unknown.take();
}

}  // namespace hustings::segments
