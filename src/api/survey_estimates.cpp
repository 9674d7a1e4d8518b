#include "api/survey_estimates.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>

#include "api/survey_margins.h"
#include "base/text.h"
#include "feed/feed.h"
#include "lists/list_service.h"
#include "pg/pool.h"
#include "phonebank/phonebank_service.h"
#include "surveys/estimation.h"
#include "surveys/survey_service.h"

namespace hustings::api {
namespace {

struct ShareShape {
  static constexpr std::string_view kName = "ShareEstimate";
  double value = 0;
  std::optional<double> lower;
  std::optional<double> upper;
  static Fields fields() {
    return {field("value", &ShareShape::value, "0 to 1; of a mean, the number."),
            field("lower", &ShareShape::lower, "Where the 95 % interval begins."),
            field("upper", &ShareShape::upper, "Where it ends.")};
  }
};
ShareShape shown(const surveys::ShareEstimate& share) {
  return {share.value, share.lower, share.upper};
}
std::optional<ShareShape> shown(const std::optional<surveys::ShareEstimate>& share) {
  return share ? std::optional(shown(*share)) : std::nullopt;
}

struct ChoiceShape {
  static constexpr std::string_view kName = "ChoiceEstimate";
  std::int64_t choice = 0;
  std::string text;
  std::int64_t count = 0;
  ShareShape raw;
  std::optional<ShareShape> weighted;
  std::optional<double> design_effect;
  static Fields fields() {
    using S = ChoiceShape;
    return {field("choice", &S::choice, "Its number, from 1."),
            field("text", &S::text, "What it says."),
            field("count", &S::count, "Voters who chose it."),
            field("raw", &S::raw, "Its share of those who answered."),
            field("weighted", &S::weighted, "Its share once weighted; null: there are no weights."),
            field("design_effect", &S::design_effect,
                  "The variance over that of a simple random sample.")};
  }
};

struct MarginRowShape {
  static constexpr std::string_view kName = "MarginRow";
  std::string category;
  double population = 0;
  double sample = 0;
  std::optional<double> weighted;
  static Fields fields() {
    using S = MarginRowShape;
    return {field("category", &S::category, "A part of the people."),
            field("population", &S::population, "Its share of the registry."),
            field("sample", &S::sample, "Its share of those who answered."),
            field("weighted", &S::weighted, "The same once weighted.")};
  }
};
struct MarginShape {
  static constexpr std::string_view kName = "SurveyMargin";
  std::string name;
  std::vector<MarginRowShape> rows;
  static Fields fields() {
    return {field("name", &MarginShape::name, "age, gender, party, county or state."),
            field("rows", &MarginShape::rows, "Its categories.")};
  }
};

struct TrendShape {
  static constexpr std::string_view kName = "SurveyTrendDay";
  std::string day;
  std::optional<std::int64_t> n;
  std::optional<double> value;
  std::optional<ShareShape> rolling;
  ShareShape smooth;
  static Fields fields() {
    using S = TrendShape;
    return {field("day", &S::day, "In UTC."), field("n", &S::n, "Answers of the day; null: none."),
            field("value", &S::value, "The share on that day alone."),
            field("rolling", &S::rolling, "Of the last seven days."),
            field("smooth", &S::smooth, "By a Kalman smoother over all days.")};
  }
};

struct StatesShape {
  static constexpr std::string_view kName = "ResponseStates";
  std::int64_t complete = 0;
  std::int64_t partial = 0;
  std::int64_t refused = 0;
  std::int64_t no_contact = 0;
  std::int64_t other = 0;
  std::int64_t unknown = 0;
  std::int64_t ineligible = 0;
  std::int64_t not_tried = 0;
  std::optional<double> rr1;
  std::optional<double> rr2;
  std::optional<double> rr3;
  std::optional<double> cooperation;
  std::optional<double> refusal;
  std::optional<double> contact;
  static Fields fields() {
    using S = StatesShape;
    return {field("complete", &S::complete, "Answered the question."),
            field("partial", &S::partial, "Answered others, or would not say."),
            field("refused", &S::refused, "Refused, or broke off."),
            field("no_contact", &S::no_contact, "Known to be there, not spoken with."),
            field("other", &S::other, "Language."),
            field("unknown", &S::unknown, "Nobody answered."),
            field("ineligible", &S::ineligible, "Moved, died, or not their number."),
            field("not_tried", &S::not_tried, "Not called yet; in no rate."),
            field("rr1", &S::rr1, "AAPOR response rate 1."),
            field("rr2", &S::rr2, "AAPOR response rate 2."),
            field("rr3", &S::rr3, "AAPOR response rate 3."),
            field("cooperation", &S::cooperation, "AAPOR cooperation rate 1."),
            field("refusal", &S::refusal, "AAPOR refusal rate 1."),
            field("contact", &S::contact, "AAPOR contact rate 1.")};
  }
};

StatesShape shown(const surveys::ResponseStates& of) {
  const surveys::ResponseRates rates = surveys::response_rates(of);
  return {.complete = of.complete,
          .partial = of.partial,
          .refused = of.refused,
          .no_contact = of.no_contact,
          .other = of.other,
          .unknown = of.unknown,
          .ineligible = of.ineligible,
          .not_tried = of.not_tried,
          .rr1 = rates.response_1,
          .rr2 = rates.response_2,
          .rr3 = rates.response_3,
          .cooperation = rates.cooperation,
          .refusal = rates.refusal,
          .contact = rates.contact};
}

int day_of(Instant at) {
  return std::chrono::floor<std::chrono::days>(at).time_since_epoch().count();
}
std::string day_text(int day) {
  return to_iso(Instant(std::chrono::sys_days(std::chrono::days(day)))).substr(0, 10);
}

struct GetEstimates {
  struct Input {
    std::string key;
    std::string margins = "age,gender,party";
    std::string yes;
    std::optional<PhonebankId> phonebank;
    std::optional<ListId> list;
    std::optional<SegmentId> segment;
    double trim = 0;
    static Fields fields() {
      return {
          field("key", &Input::key, "The question's key, such as \"support\".",
                {.min_length = 1, .max_length = 40}),
          field("margins", &Input::margins,
                "What is weighted to, by commas: age, gender, party, county, state; empty: "
                "nothing.",
                {.max_length = 100, .has_default = true}),
          field("yes", &Input::yes,
                "The choices whose share is followed by day, by commas; empty: the first.",
                {.max_length = 100, .has_default = true}),
          field("phonebank", &Input::phonebank, "Answers of this phone bank only."),
          field("list", &Input::list,
                "Answers of this list's members since it was frozen, given in whatever way. Of a "
                "sample (also of a phone bank's) the design weights are used."),
          field("segment", &Input::segment,
                "Answers of voters who are in this segment now; all are weighted together."),
          field("trim", &Input::trim, "No weight above so many times the mean; 0: none is trimmed.",
                {.min = 0, .max = 100, .has_default = true})};
    }
  };
  struct Output {
    static constexpr std::string_view kName = "QuestionEstimates";
    std::string key;
    std::string text;
    std::int64_t n = 0;
    std::int64_t declined = 0;
    bool is_weighted = false;
    bool is_sample = false;
    bool is_finite = false;
    std::optional<double> design_effect;
    std::optional<double> effective_n;
    std::optional<double> weight_least;
    std::optional<double> weight_most;
    std::int64_t rounds = 0;
    std::int64_t trimmed = 0;
    std::vector<ChoiceShape> choices;
    std::optional<ShareShape> mean;
    std::vector<MarginShape> margins;
    std::vector<std::string> merged;
    std::vector<TrendShape> trend;
    StatesShape states;
    std::vector<std::string> sentences;
    std::int64_t position = 0;
    std::int64_t age_ms = 0;
    static Fields fields() {
      using S = Output;
      return {field("key", &S::key, "The question's key."),
              field("text", &S::text, "Its newest words."),
              field("n", &S::n, "Voters who answered."),
              field("declined", &S::declined, "Voters who would not say; not in n."),
              field("is_weighted", &S::is_weighted, "Whether the margins fit."),
              field("sample", &S::is_sample, "Whether a sample's design weights are in them."),
              field("finite", &S::is_finite,
                    "Whether intervals know how many could have been drawn (finite population)."),
              field("design_effect", &S::design_effect, "Of the weights (Kish)."),
              field("effective_n", &S::effective_n, "n over the design effect."),
              field("weight_least", &S::weight_least, "The smallest weight, over the mean."),
              field("weight_most", &S::weight_most, "The largest."),
              field("rounds", &S::rounds, "Of raking, until all margins fitted."),
              field("trimmed", &S::trimmed, "Weights that were trimmed."),
              field("choices", &S::choices, "In their order."),
              field("mean", &S::mean, "Of numbers, weighted where there are weights."),
              field("margins", &S::margins, "What was weighted to."),
              field("merged", &S::merged, "Categories below 2 % of the people, put together."),
              field("trend", &S::trend, "By day, of the followed choices."),
              field("states", &S::states, "What became of those who were to be asked."),
              field("sentences", &S::sentences, "What is wrong, or cannot be said yet."),
              field("position", &S::position, "The feed position of the numbers."),
              field("age_ms", &S::age_ms,
                    "Milliseconds since it was certain that nothing newer was there.")};
    }
  };
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/questions/{key}/estimates",
            .name = "get_question_estimates",
            .summary = "Answers to a question, weighted to the registry, with what they are worth.",
            .permission = Permission::segments_read};
  }
  static Result<Output> call(Context& context, const Input& input);
};

std::vector<std::string> parts_of(const std::string& text) {
  std::vector<std::string> parts;
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t comma = std::min(text.find(',', from), text.size());
    const auto part = trim(std::string_view(text).substr(from, comma - from));
    if (!part.empty()) parts.emplace_back(part);
    from = comma + 1;
  }
  return parts;
}

Result<std::vector<int>> yes_of(const std::string& text, int choices) {
  std::vector<int> yes;
  for (const std::string& part : parts_of(text)) {
    int choice = 0;
    for (const char c : part)
      choice = c >= '0' && c <= '9' && choice < 1000 ? 10 * choice + (c - '0') : 10'000;
    if (choice < 1 || choice > choices) {
      return invalid(fmt::format("The choices are 1 to {}, by commas.", choices), "yes");
    }
    yes.push_back(choice);
  }
  if (yes.empty()) yes.push_back(1);
  return yes;
}

/// Whether each respondent is in the segment now.
Result<std::vector<bool>> domain_of(const segments::SegmentService& segments, SegmentId id,
                                    const std::vector<surveys::Respondent>& respondents) {
  const segments::Segment segment = TRY(segments.get(id));
  const segments::Members members = TRY(segments.match(segment.rule));
  std::unordered_set<VoterId> in;
  in.reserve(members.members.size());
  for (const segments::Member& member : members.members)
    in.insert(member.voter);
  std::vector<bool> domain;
  for (const surveys::Respondent& respondent : respondents)
    domain.push_back(in.contains(respondent.voter));
  return domain;
}

void show(const surveys::Estimation& made, const surveys::Question& question,
          GetEstimates::Output& out) {
  out.n = made.n;
  out.declined = made.declined;
  out.is_weighted = made.is_weighted;
  out.is_sample = made.is_sample;
  out.is_finite = made.is_finite;
  out.design_effect = made.design_effect;
  out.effective_n = made.effective_n;
  out.weight_least = made.weight_least;
  out.weight_most = made.weight_most;
  out.rounds = made.rounds;
  out.trimmed = made.trimmed;
  out.sentences = made.sentences;
  for (const surveys::ChoiceEstimate& one : made.choices) {
    out.choices.push_back({.choice = one.choice,
                           .text = question.choices[static_cast<std::size_t>(one.choice) - 1],
                           .count = one.count,
                           .raw = shown(one.raw),
                           .weighted = shown(one.weighted),
                           .design_effect = one.design_effect});
  }
  out.mean = shown(made.mean);
  for (const surveys::MarginTable& table : made.margins) {
    MarginShape shape{.name = table.name, .rows = {}};
    for (const surveys::MarginRow& row : table.rows)
      shape.rows.push_back({row.category, row.population, row.sample, row.weighted});
    out.margins.push_back(std::move(shape));
  }
  for (const surveys::TrendPoint& point : made.trend) {
    out.trend.push_back({.day = day_text(point.day),
                         .n = point.n,
                         .value = point.value,
                         .rolling = shown(point.rolling),
                         .smooth = shown(point.smooth)});
  }
}

/// The sample that answers are of, if they are of one.
Result<std::optional<lists::List>> sample_of(Context& context, const GetEstimates::Input& input) {
  const Services& services = context.services();
  std::optional<ListId> id = input.list;
  if (!id && input.phonebank) {
    id = TRY(services.phonebank.get(*input.phonebank, context.deadline())).list;
  }
  if (!id) return std::nullopt;
  lists::List list = TRY(services.lists.get(*id));
  if (!list.draw.sample) return std::nullopt;
  return list;
}

/// The chances of the respondents, all of whom the sample has.
std::vector<surveys::RowChance> chances_of(pg::Connection& connection, ListId list,
                                           const std::vector<surveys::Respondent>& respondents) {
  const auto drawn = surveys::sample_chances(connection, list);
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::int64_t> members;
  std::map<std::uint32_t, std::int64_t> clusters;
  for (const surveys::SampleChance& one : drawn) {
    if (++members[{one.stratum, one.cluster}] == 1) ++clusters[one.stratum];
  }
  std::unordered_map<VoterId, surveys::RowChance> by_voter;
  for (const surveys::SampleChance& one : drawn) {
    by_voter[one.voter] = {.probability = one.probability,
                           .stratum = one.stratum,
                           .cluster = one.cluster,
                           .cluster_probability = one.cluster_probability,
                           .clusters_drawn = clusters[one.stratum],
                           .members_drawn = members[{one.stratum, one.cluster}]};
  }
  std::vector<surveys::RowChance> chances;
  for (const surveys::Respondent& one : respondents)
    chances.push_back(by_voter[one.voter]);
  return chances;
}

surveys::AnswerRow row_of(surveys::QuestionKind kind, const surveys::Respondent& one) {
  surveys::AnswerRow row{.choice = one.choice, .day = day_of(one.at)};
  if (one.choice >= 0) return row;
  if (kind == surveys::QuestionKind::multiple) row.set = surveys::choice_set_of(one.text);
  if (kind == surveys::QuestionKind::number) row.number = surveys::number_of(one.text);
  if (row.set != 0 || row.number) row.choice = 1;
  return row;
}

/// A sample stands for its segment; margins are the registry's.
void compare_frame(const lists::List& sample, const std::vector<statistics::Margin>& margins,
                   GetEstimates::Output& out) {
  if (margins.empty()) return;
  double people = 0;
  for (const double total : margins.front().totals)
    people += total;
  const auto frame = static_cast<double>(sample.frame.value_or(0));
  if (frame > 0.98 * people) return;
  out.sentences.push_back(fmt::format(
      "The sample was drawn from {} voters, and the margins are of {}: weighted to "
      "them it stands for the whole registry, not for its segment. Weight to nothing "
      "to let it stand for its segment.",
      with_thousands(*sample.frame), with_thousands(static_cast<std::int64_t>(people))));
}

Result<GetEstimates::Output> GetEstimates::call(Context& context, const Input& input) {
  const Services& services = context.services();
  const surveys::QuestionResults results = TRY(services.surveys.results(input.key));
  const surveys::Question& question = results.question;
  const bool is_number = question.kind == surveys::QuestionKind::number;
  if (question.kind == surveys::QuestionKind::text) {
    return invalid("Free words have no shares; this question has no choices.", "key");
  }
  const auto choices = static_cast<int>(question.choices.size());
  surveys::EstimationInput estimation{
      .choices = choices,
      .yes = is_number ? std::vector<int>{} : TRY(yes_of(input.yes, choices)),
      .trim = input.trim};
  Output out{.key = question.key, .text = question.text};
  std::vector<surveys::Respondent> respondents;
  const auto sample = TRY(sample_of(context, input));
  {
    const auto connection = services.pool.acquire(context.deadline());
    out.position = feed::head(*connection);
    respondents = surveys::respondents(
        *connection, question.id,
        {.phonebank = input.phonebank, .list = sample ? std::optional(sample->id) : input.list});
    if (sample) estimation.chances = chances_of(*connection, sample->id, respondents);
    out.states = shown(surveys::response_states(*connection, question.id, input.phonebank));
  }
  const RegistryMargins margins =
      TRY(registry_margins(services.segments, parts_of(input.margins), respondents));
  for (const surveys::Respondent& one : respondents)
    estimation.rows.push_back(row_of(question.kind, one));
  estimation.margins = margins.margins;
  if (input.segment) {
    estimation.domain = TRY(domain_of(services.segments, *input.segment, respondents));
  }
  show(surveys::estimate(estimation), question, out);
  if (sample) compare_frame(*sample, estimation.margins, out);
  out.merged = margins.merged;
  out.age_ms = margins.fresh.age.count();
  return out;
}

}  // namespace

void add_survey_estimates(Registrar& registrar) { registrar.add<GetEstimates>(); }

}  // namespace hustings::api
