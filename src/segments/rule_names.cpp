#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "segments/rule_words.h"
#include "segments/segment_service.h"

namespace hustings::segments {
namespace {

/// How long a rule waits for something that may just have been made and is not in the columns yet.
constexpr std::chrono::seconds kWait{2};

std::string did_you_mean(std::string_view word, const std::vector<std::string>& known) {
  const std::string_view near = nearest(word, {known.begin(), known.end()});
  return near.empty() ? "" : fmt::format(" Did you mean \"{}\"?", near);
}

std::vector<std::string> question_keys(const Electorate& electorate) {
  std::vector<std::string> keys;
  for (const auto& question : electorate.questions())
    keys.push_back(question.info.key);
  return keys;
}

Status check_list(const ListIs& rule, const History& history) {
  const ListInfo* list = history.list(rule.list);
  if (list == nullptr) {
    return invalid(fmt::format("There is no list {}.", rule.list.text()), "rule");
  }
  if (rule.arm.empty() || std::ranges::find(list->arms, rule.arm) != list->arms.end()) return {};
  return invalid(fmt::format("The list \"{}\" has no arm \"{}\".{}", list->name, rule.arm,
                             did_you_mean(rule.arm, list->arms)),
                 "rule");
}

/// Quotes where the text needs them.
std::string as_written(const std::string& value) {
  const std::string text =
      to_text(Rule{ValueIn{.field = Field::city, .values = {value}, .is_not = false}});
  const std::size_t open = text.find('(');
  return text.substr(open + 1, text.size() - open - 2);
}

/// Collects completions that begin with what has been written.
class Offer {
 public:
  explicit Offer(std::string_view written) : written_(to_lower(written)) {
    if (written_.starts_with('"')) written_.erase(0, 1);
  }
  void add(std::string text, std::string_view title) {
    const std::size_t quote = text.starts_with('"') ? 1 : 0;
    const bool fits = to_lower(std::string_view(text).substr(quote)).starts_with(written_);
    const bool is_there = std::ranges::find(items_, text, &Completion::text) != items_.end();
    if (!fits || is_there || items_.size() >= kCompletionsMax) return;
    items_.push_back({.text = std::move(text), .title = std::string(title)});
  }
  std::vector<Completion> take() { return std::move(items_); }

 private:
  std::string written_;
  std::vector<Completion> items_;
};

void add_fields(const Electorate& electorate, Offer& offer) {
  for (const FieldInfo& one : all_fields()) {
    switch (one.kind) {
      case FieldKind::lists:
      case FieldKind::segments:
        break;
      case FieldKind::consents:
        for (const std::string_view purpose : consent_purposes()) {
          for (const std::string_view channel : consent_channels())
            offer.add(fmt::format("consent:{}:{}", purpose, channel), one.title);
        }
        break;
      case FieldKind::answers:
        for (const auto& question : electorate.questions()) {
          offer.add(fmt::format("{}:{}", one.name, as_written(question.info.key)),
                    question.info.text);
        }
        break;
      default:
        if (!takes_key(one.field)) {
          offer.add(std::string(one.name), one.title);
          break;
        }
        for (const std::string& score : electorate.history().score_names())
          offer.add(fmt::format("score:{}", as_written(score)), one.title);
    }
  }
}

void add_values(const Electorate& electorate, Field field, Offer& offer) {
  if (field == Field::consent) {
    offer.add("given", "consent");
    offer.add("withdrawn", "consent");
  } else if (field == Field::voted) {
    for (const auto* election : electorate.elections()) {
      offer.add(as_written(election->info.label()), election->info.title);
      offer.add(election->info.held_on.substr(0, 4), "any election of the year");
    }
  } else if (info(field).kind == FieldKind::category) {
    const Dictionary& dictionary = electorate.category(field).dictionary();
    for (std::uint32_t code = 1; code < dictionary.size(); ++code)
      offer.add(as_written(dictionary.text(code)), info(field).title);
  }
}

void add_things(const std::vector<NamedThing>& things, std::string_view title, Offer& offer) {
  for (const NamedThing& one : things)
    offer.add(as_written(one.name), title);
}

/// A question that is answered by a number, or by choices.
Status check_question(const std::string& key, bool is_number, const Electorate& electorate) {
  const Electorate::QuestionColumn* question = electorate.question(key);
  if (question == nullptr) {
    return invalid(fmt::format("There is no question with the key \"{}\".{}", key,
                               did_you_mean(key, question_keys(electorate))),
                   "rule");
  }
  if (question->info.is_number() == is_number) return {};
  const std::string_view how =
      is_number ? "by choices: name their numbers" : "by a number: give bounds, such as >= 18";
  return invalid(fmt::format("\"{}\" is answered {}.", key, how), "rule");
}

}  // namespace

Status SegmentService::check(const Rule& rule) const {
  TRY(ready(rule));
  return {};
}

Result<Rule> SegmentService::ready(const Rule& rule) const {
  if (const Status known = check_names(rule); !known) {
    // What it names may have been made a moment ago: then the feed brings it now.
    const feed::Position head = feed::head(*pool_.acquire());
    if (!wait_until(head, kWait)) return std::unexpected(known.error());
    TRY(check_names(rule));
  }
  if (segments_of(rule).empty()) return rule;
  std::map<SegmentId, SegmentText> texts;
  {
    const auto saved = saved_.lock();
    for (const auto& [id, one] : *saved)
      texts[id] = {.id = id, .name = one.segment.name, .rule = one.segment.rule};
  }
  return expanded(rule, [&](SegmentId id) {
    const auto found = texts.find(id);
    return found == texts.end() ? nullptr : &found->second;
  });
}

Status SegmentService::check_names(const Rule& rule) const {
  const LiveElectorate::Reader electorate = live_.read();
  Status status;
  for_each_node(rule, [&](const Rule& one) {
    if (status) status = check_leaf(one, *electorate);
  });
  return status;
}

Status SegmentService::check_leaf(const Rule& rule, const Electorate& electorate) const {
  const History& history = electorate.history();
  if (const auto* in = std::get_if<ChoiceIn>(&rule.node)) {
    return check_question(in->question, false, electorate);
  }
  if (const auto* number = std::get_if<NumberIs>(&rule.node)) {
    if (number->field == Field::answer || number->field == Field::answered) {
      return check_question(number->key, true, electorate);
    }
    if (number->field != Field::score || history.score(number->key) != nullptr) return {};
    return invalid(fmt::format("Nobody has a score \"{}\".{}", number->key,
                               did_you_mean(number->key, history.score_names())),
                   "rule");
  }
  if (const auto* list = std::get_if<ListIs>(&rule.node)) return check_list(*list, history);
  if (const auto* contacts = std::get_if<ContactsAre>(&rule.node)) {
    for (const PhonebankId id : contacts->phonebanks) {
      if (history.phonebank(id) == nullptr) {
        return invalid(fmt::format("There is no phone bank {}.", id.text()), "rule");
      }
    }
  }
  return {};
}

RuleNames SegmentService::names() const {
  RuleNames names;
  {
    const auto saved = saved_.lock();
    for (const auto& [id, one] : *saved)
      names.segments.push_back({id.value(), one.segment.name});
  }
  const LiveElectorate::Reader electorate = live_.read();
  const History& history = electorate->history();
  history.for_each_list(
      [&](const ListInfo& list) { names.lists.push_back({list.id.value(), list.name}); });
  history.for_each_phonebank([&](const PhonebankInfo& phonebank) {
    names.phonebanks.push_back({phonebank.id.value(), phonebank.name});
  });
  names.questions = question_keys(*electorate);
  names.scores = history.score_names();
  return names;
}

Completions SegmentService::complete(std::string_view text, std::size_t offset) const {
  const std::size_t at = std::min(offset, text.size());
  const std::size_t from = word_start(text, at);
  const RuleNames known = names();
  const LiveElectorate::Reader electorate = live_.read();
  Offer offer(text.substr(from, at - from));
  for (const Expectation& one : expected_after(text.substr(0, from), known)) {
    using Kind = Expectation::Kind;
    if (one.kind == Kind::word && one.text.size() > 1 && one.text != "..") offer.add(one.text, "");
    if (one.kind == Kind::field) add_fields(*electorate, offer);
    if (one.kind == Kind::value && one.field) add_values(*electorate, *one.field, offer);
    if (one.kind == Kind::list) add_things(known.lists, "list", offer);
    if (one.kind == Kind::segment) add_things(known.segments, "segment", offer);
    if (one.kind == Kind::phonebank) add_things(known.phonebanks, "phone bank", offer);
    if (one.kind == Kind::result) {
      for (const Disposition disposition : all_dispositions())
        offer.add(std::string(to_string(disposition)), "result of a call");
    }
  }
  return {.from = from, .items = offer.take()};
}

}  // namespace hustings::segments
