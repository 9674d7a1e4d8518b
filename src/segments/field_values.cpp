#include <algorithm>
#include <functional>

#include <fmt/format.h>

#include "base/text.h"
#include "segments/rule_words.h"
#include "segments/segment_service.h"

namespace hustings::segments {
namespace {

FieldShown shown(const FieldInfo& about) {
  FieldShown field{
      .name = std::string(about.name),
      .title = std::string(about.title),
      .sentence = std::string(about.sentence),
      .kind = about.kind,
      .operators = {operators_of(about.field).begin(), operators_of(about.field).end()},
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

FieldShown question_shown(const Electorate::QuestionColumn& question, Field face) {
  FieldShown field = shown(info(face));
  field.name += ':' + question.info.key;
  field.title = question.info.text;
  if (question.info.is_number()) {
    field.kind = FieldKind::number;
    field.operators = {"between", "at_least", "at_most"};
    field.least = info(face).least;
    field.most = info(face).most;
    return field;
  }
  std::vector<FieldValue>& values = field.values.emplace();
  for (std::size_t i = 0; i < question.info.choices.size() && i < kChoiceMax; ++i) {
    values.push_back({std::to_string(i + 1), question.info.choices[i], question.counts[i + 1]});
  }
  return field;
}

using CountVoters = std::function<std::uint64_t(const Rule&)>;

/// Each purpose and channel that somebody spoke of, and what a phone bank asks.
void add_consents(const History& history, const CountVoters& count,
                  std::vector<FieldShown>& fields) {
  for (const std::string_view purpose : consent_purposes()) {
    for (const std::string_view channel : consent_channels()) {
      const auto about = consent_from(fmt::format("{}:{}", purpose, channel), "");
      const bool is_asked = purpose == "campaign" && channel == "phone";
      if (!is_asked && history.consent(about->first, about->second) == nullptr) continue;
      FieldShown field = shown(info(Field::consent));
      field.name = consent_name(about->first, about->second);
      const auto voters = [&](ConsentState state) {
        return count(Rule{ConsentIn{about->first, about->second, {state}, false}});
      };
      field.values = {{"given", "Given", voters(ConsentState::given)},
                      {"withdrawn", "Withdrawn", voters(ConsentState::withdrawn)}};
      fields.push_back(std::move(field));
    }
  }
}

/// Voters whose newest answer is one of the choices, or a number.
std::uint64_t answered(const QuestionInfo& question, const CountVoters& count) {
  if (question.is_number()) {
    return count(Rule{NumberIs{
        .field = Field::answer, .least = {}, .most = {}, .of_last = {}, .key = question.key}});
  }
  ChoiceIn any{.question = question.key, .choices = {}};
  for (std::size_t choice = 1; choice <= question.choices.size() && choice <= kChoiceMax; ++choice)
    any.choices.push_back(static_cast<int>(choice));
  return count(Rule{std::move(any)});
}

void add_answers(const Electorate& electorate, Field face, const CountVoters& count,
                 std::vector<FieldShown>& fields) {
  for (const Electorate::QuestionColumn& question : electorate.questions()) {
    FieldShown& field = fields.emplace_back(question_shown(question, face));
    if (face == Field::answer) field.answered = answered(question.info, count);
    const bool is_counted = face == Field::answer && question.info.is_single();
    if (is_counted || !field.values) continue;
    for (std::size_t i = 0; i < field.values->size(); ++i) {
      (*field.values)[i].count = count(Rule{ChoiceIn{.question = question.info.key,
                                                     .choices = {static_cast<int>(i) + 1},
                                                     .is_not = false,
                                                     .is_ever = face == Field::answered,
                                                     .span = {}}});
    }
  }
}

void add_scores(const History& history, std::vector<FieldShown>& fields) {
  for (const std::string& score : history.score_names()) {
    fields.push_back(shown(info(Field::score)));
    fields.back().name += ':' + score;
    fields.back().title = score;
  }
}

FieldShown lists_shown(const History& history) {
  FieldShown field = shown(info(Field::list));
  std::vector<FieldValue>& values = field.values.emplace();
  history.for_each_list([&](const ListInfo& list) {
    values.push_back({list.id.text(), list.name, history.members(list.id)->count()});
  });
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
        for (const std::string& value : in.values) {
          if (is_meant(value, {election->info.held_on, election->info.kind})) {
            labels.push_back(value);
          }
        }
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
  const CountVoters count = [&](const Rule& rule) {
    return scanner_.totals(*electorate, Plan(rule, *electorate, clock_.now())).voters;
  };
  std::vector<FieldShown> fields;
  for (const FieldInfo& about : all_fields()) {
    if (about.kind == FieldKind::answers) {
      add_answers(*electorate, about.field, count, fields);
      continue;
    }
    if (about.field == Field::score) {
      add_scores(electorate->history(), fields);
      continue;
    }
    if (about.kind == FieldKind::consents) {
      add_consents(electorate->history(), count, fields);
      continue;
    }
    if (about.kind == FieldKind::lists) {
      fields.push_back(lists_shown(electorate->history()));
      continue;
    }
    if (about.kind == FieldKind::segments) {
      fields.push_back(shown(about));
      std::vector<FieldValue>& values = fields.back().values.emplace();
      for (const Segment& segment : list())
        values.push_back({segment.id.text(), segment.name, segment.totals.voters});
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
