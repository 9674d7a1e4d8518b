#include "api/segment_analysis.h"

#include <algorithm>

#include <fmt/format.h>

#include "api/segment_numbers.h"
#include "segments/analysis.h"
#include "segments/small_cells.h"
#include "surveys/wilson.h"

namespace hustings::api {

template <>
struct ChoiceNames<segments::Hindrance> {
  static constexpr std::string_view kName = "Hindrance";
  static constexpr std::array<std::string_view, segments::kHindrances> kNames = {
      "no_number",    "do_not_call", "no_consent", "not_registered", "outside_hours",
      "cooling_down", "held",        "callback",   "hold_out",       "already_voted"};
};

namespace {

/// Whose numbers are asked for, and what of them.
struct PortraitInput {
  std::optional<SegmentId> segment;
  std::optional<JsonText> rule;
  std::vector<std::string> breakdowns;
  std::vector<std::string> scores;
  static Fields fields() {
    return {field("segment", &PortraitInput::segment, "A saved segment, or:"),
            field("rule", &PortraitInput::rule, "a rule as JSON; {} is everybody."),
            field("breakdowns", &PortraitInput::breakdowns,
                  "Categories such as \"party\", and \"age_band\"; counties have their state.",
                  {.max_items = segments::kBreakdownsMax, .has_default = true}),
            field("scores", &PortraitInput::scores, "Scores such as \"support_score\".",
                  {.max_items = segments::kScoresMax, .has_default = true})};
  }
};

struct GetPortrait {
  using Input = PortraitInput;
  using Output = PortraitShape;
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/segments/portrait",
            .name = "portray_segment",
            .summary = "Who matches: counts, who could be called now, composition, scores.",
            .permission = Permission::numbers_read};
  }
  static Result<Output> call(Context& context, const Input& input) {
    const segments::Rule rule =
        TRY(rule_of(context, {.segment = input.segment, .rule = input.rule}));
    return shown(
        TRY(context.services().analysis.portrait(
            rule, {.breakdowns = input.breakdowns, .scores = input.scores}, context.deadline())),
        small_cell_least(context));
  }
};

struct StepShape {
  static constexpr std::string_view kName = "WaterfallStep";
  segments::Hindrance reason{};
  Shown count;
  static Fields fields() {
    return {field("reason", &StepShape::reason, "Why they cannot be called now."),
            field("count", &StepShape::count, "How many for this reason and none before it.")};
  }
};

std::string hour_text(std::chrono::minutes at) {
  return fmt::format("{:02}:{:02}", at.count() / 60, at.count() % 60);
}

struct GetWaterfall {
  struct Input {
    std::optional<SegmentId> segment;
    std::optional<JsonText> rule;
    static Fields fields() {
      return {field("segment", &Input::segment, "A saved segment, or:"),
              field("rule", &Input::rule, "a rule as JSON; {} is everybody.")};
    }
  };
  struct Output {
    static constexpr std::string_view kName = "SegmentWaterfall";
    Shown whole;
    std::vector<StepShape> steps;
    Shown callable;
    std::string opens;
    std::string closes;
    std::int64_t hidden_below = 0;
    std::int64_t position = 0;
    std::int64_t age_ms = 0;
    std::int64_t took_us = 0;
    static Fields fields() {
      return {field("whole", &Output::whole, "How many match: all steps and `callable` together."),
              field("steps", &Output::steps,
                    "The reasons in their order; each voter counts at the first that applies."),
              field("callable", &Output::callable, "How many could be called at this moment."),
              field("opens", &Output::opens,
                    "The hours meant, where the voter is: the phone banks', else the usual ones."),
              field("closes", &Output::closes, "Their end."),
              field("hidden_below", &Output::hidden_below,
                    "Numbers below it are hidden from this role; 0: none."),
              field("position", &Output::position, "The feed position of the numbers."),
              field("age_ms", &Output::age_ms,
                    "Milliseconds since it was certain that nothing newer was there."),
              field("took_us", &Output::took_us, "Microseconds that the answer took.")};
    }
  };
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/segments/waterfall",
            .name = "explain_callable",
            .summary = "From everybody who matches to who can be called now, by reason.",
            .permission = Permission::numbers_read};
  }
  static Result<Output> call(Context& context, const Input& input) {
    const segments::Rule rule =
        TRY(rule_of(context, {.segment = input.segment, .rule = input.rule}));
    const auto found = TRY(context.services().analysis.waterfall_of(rule, context.deadline()));
    const std::uint64_t least = small_cell_least(context);
    std::vector<std::uint64_t> counts(found.waterfall.by.begin(), found.waterfall.by.end());
    counts.push_back(found.waterfall.callable);
    const std::vector<bool> hidden = segments::hidden_cells(counts, least);
    const bool hides_all =
        least > 0 && segments::is_hidden_part(found.waterfall.whole, found.all_voters, least);
    const auto count_at = [&](std::size_t i) {
      return hides_all || hidden[i] ? Shown() : Shown(static_cast<std::int64_t>(counts[i]));
    };
    Output output{
        .whole = hides_all ? Shown() : Shown(static_cast<std::int64_t>(found.waterfall.whole)),
        .steps = {},
        .callable = count_at(segments::kHindrances),
        .opens = hour_text(found.window.opens),
        .closes = hour_text(found.window.closes),
        .hidden_below = static_cast<std::int64_t>(least),
        .position = found.fresh.position,
        .age_ms = found.fresh.age.count(),
        .took_us = found.took.count()};
    for (std::size_t i = 0; i < segments::kHindrances; ++i)
      output.steps.push_back({static_cast<segments::Hindrance>(i), count_at(i)});
    return output;
  }
};

struct CompareSegments {
  struct Input {
    std::optional<SegmentId> a;
    std::optional<JsonText> a_rule;
    std::optional<SegmentId> b;
    std::optional<JsonText> b_rule;
    std::vector<std::string> breakdowns;
    std::vector<std::string> scores;
    static Fields fields() {
      return {field("a", &Input::a, "A saved segment, or:"),
              field("a_rule", &Input::a_rule, "a rule as JSON."),
              field("b", &Input::b, "Another saved segment, or:"),
              field("b_rule", &Input::b_rule, "a rule as JSON; {} is everybody."),
              field("breakdowns", &Input::breakdowns, "As of a portrait.",
                    {.max_items = segments::kBreakdownsMax, .has_default = true}),
              field("scores", &Input::scores, "As of a portrait.",
                    {.max_items = segments::kScoresMax, .has_default = true})};
    }
  };
  struct Output {
    static constexpr std::string_view kName = "SegmentComparison";
    PortraitShape a;
    PortraitShape b;
    Shown both;
    Shown a_only;
    Shown b_only;
    static Fields fields() {
      return {field("a", &Output::a, "The one."),
              field("b", &Output::b, "The other, at the same feed position."),
              field("both", &Output::both, "How many are in both; null: hidden."),
              field("a_only", &Output::a_only, "How many are in the one only."),
              field("b_only", &Output::b_only, "How many are in the other only.")};
    }
  };
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/segments/compare",
            .name = "compare_segments",
            .summary = "Two segments side by side, and how they overlap.",
            .permission = Permission::numbers_read};
  }
  static Result<Output> call(Context& context, const Input& input) {
    const segments::Analysis::Two rules{
        .a = TRY(rule_of(context, {.segment = input.a, .rule = input.a_rule, .where = "a"})),
        .b = TRY(rule_of(context, {.segment = input.b, .rule = input.b_rule, .where = "b"}))};
    const segments::Comparison found = TRY(context.services().analysis.compare(
        rules, {.breakdowns = input.breakdowns, .scores = input.scores}, context.deadline()));
    const std::uint64_t least = small_cell_least(context);
    TwoPortraits two = shown(found, least);
    const std::uint64_t a_only = found.a.totals.voters - found.both;
    const std::uint64_t b_only = found.b.totals.voters - found.both;
    const auto is_small = [&](std::uint64_t count) { return count > 0 && count < least; };
    // Each follows from the two sizes and another: all are shown, or none.
    const bool hides = !two.a.count || !two.b.count || is_small(found.both) || is_small(a_only) ||
                       is_small(b_only);
    const std::uint64_t apart = a_only > b_only ? a_only - b_only : b_only - a_only;
    if (is_small(apart)) two.a.count = two.b.count = Shown();
    const auto part = [&](std::uint64_t count) {
      return hides ? Shown() : Shown(static_cast<std::int64_t>(count));
    };
    return Output{.a = std::move(two.a),
                  .b = std::move(two.b),
                  .both = part(found.both),
                  .a_only = part(a_only),
                  .b_only = part(b_only)};
  }
};

struct OverlapRow {
  static constexpr std::string_view kName = "OverlapRow";
  SegmentId segment;
  std::vector<Shown> counts;
  static Fields fields() {
    return {field("segment", &OverlapRow::segment, "A segment."),
            field("counts", &OverlapRow::counts,
                  "How many are in it and in each segment, in their order; null: hidden.")};
  }
};

struct OverlapSegments {
  struct Input {
    std::vector<SegmentId> segments;
    static Fields fields() {
      return {field("segments", &Input::segments, "Which, 2 to 20.",
                    {.max_items = segments::kOverlapSegmentsMax})};
    }
  };
  struct Output {
    static constexpr std::string_view kName = "SegmentOverlap";
    std::vector<OverlapRow> rows;
    std::int64_t hidden_below = 0;
    std::int64_t position = 0;
    std::int64_t age_ms = 0;
    static Fields fields() {
      return {field("rows", &Output::rows, "One for each segment; its own size on the diagonal."),
              field("hidden_below", &Output::hidden_below,
                    "Numbers below it are hidden from this role; 0: none."),
              field("position", &Output::position, "The feed position of the numbers."),
              field("age_ms", &Output::age_ms,
                    "Milliseconds since it was certain that nothing newer was there.")};
    }
  };
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/segments/overlap",
            .name = "overlap_segments",
            .summary = "How many voters each pair of segments shares.",
            .permission = Permission::numbers_read};
  }
  static Result<Output> call(Context& context, const Input& input) {
    std::vector<segments::Rule> rules;
    for (const SegmentId id : input.segments)
      rules.push_back(segments::Rule{segments::SegmentIs{id}});
    const segments::OverlapMatrix found = TRY(context.services().analysis.overlap(rules));
    const std::uint64_t least = small_cell_least(context);
    const std::size_t n = rules.size();
    const auto size_of = [&](std::size_t i) { return found.pairs[i * n + i]; };
    const auto is_hidden = [&](std::size_t i, std::size_t j) {
      if (least == 0) return false;
      return segments::is_hidden_part(size_of(i), found.all_voters, least) ||
             segments::is_hidden_part(size_of(j), found.all_voters, least) ||
             segments::is_hidden_part(found.pairs[i * n + j], size_of(i), least) ||
             segments::is_hidden_part(found.pairs[i * n + j], size_of(j), least);
    };
    Output output{.rows = {},
                  .hidden_below = static_cast<std::int64_t>(least),
                  .position = found.fresh.position,
                  .age_ms = found.fresh.age.count()};
    for (std::size_t i = 0; i < n; ++i) {
      OverlapRow& row =
          output.rows.emplace_back(OverlapRow{.segment = input.segments[i], .counts = {}});
      for (std::size_t j = 0; j < n; ++j) {
        row.counts.push_back(
            is_hidden(i, j) ? Shown() : Shown(static_cast<std::int64_t>(found.pairs[i * n + j])));
      }
    }
    return output;
  }
};

struct AnswerShare {
  static constexpr std::string_view kName = "SegmentAnswerShare";
  std::string choice;
  Shown count;
  std::optional<double> share;
  std::optional<double> low;
  std::optional<double> high;
  static Fields fields() {
    return {field("choice", &AnswerShare::choice, "A choice of the question."),
            field("count", &AnswerShare::count, "How many chose it last; null: hidden."),
            field("share", &AnswerShare::share, "Of those who chose; null: hidden, or nobody did."),
            field("low", &AnswerShare::low, "The 95 % interval (Wilson) from …"),
            field("high", &AnswerShare::high, "… to.")};
  }
};

struct GetAnswers {
  struct Input {
    std::optional<SegmentId> segment;
    std::optional<JsonText> rule;
    std::string question;
    static Fields fields() {
      return {field("segment", &Input::segment, "A saved segment, or:"),
              field("rule", &Input::rule, "a rule as JSON; {} is everybody."),
              field("question", &Input::question, "A question's key.",
                    {.min_length = 1, .max_length = 200})};
    }
  };
  struct Output {
    static constexpr std::string_view kName = "SegmentAnswers";
    std::string text;
    Shown n;
    Shown declined;
    Shown whole;
    std::vector<AnswerShare> choices;
    std::int64_t hidden_below = 0;
    std::int64_t position = 0;
    std::int64_t age_ms = 0;
    static Fields fields() {
      return {field("text", &Output::text, "The question."),
              field("n", &Output::n, "How many chose something: what the shares are of."),
              field("declined", &Output::declined, "How many answered without a choice."),
              field("whole", &Output::whole, "How many voters match."),
              field("choices", &Output::choices, "In the question's order."),
              field("hidden_below", &Output::hidden_below,
                    "Numbers below it are hidden from this role; 0: none."),
              field("position", &Output::position, "The feed position of the numbers."),
              field("age_ms", &Output::age_ms,
                    "Milliseconds since it was certain that nothing newer was there.")};
    }
  };
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/segments/answers",
            .name = "answers_of_segment",
            .summary = "How those who match answered a question, with n and intervals.",
            .permission = Permission::numbers_read};
  }
  static Result<Output> call(Context& context, const Input& input) {
    const segments::Rule rule =
        TRY(rule_of(context, {.segment = input.segment, .rule = input.rule}));
    const segments::AnswerShares found =
        TRY(context.services().analysis.answers(rule, input.question));
    const std::uint64_t least = small_cell_least(context);
    // Choices, who declined and who was not asked make the whole, which other pages show.
    std::vector<std::uint64_t> counts = found.counts;
    counts.push_back(found.declined);
    counts.push_back(found.whole - found.answered - found.declined);
    const std::vector<bool> hidden = segments::hidden_cells(counts, least);
    const bool hides_whole =
        least > 0 && segments::is_hidden_part(found.whole, found.all_voters, least);
    // n and the shown choices would give the hidden ones away.
    const bool hides_n = hides_whole || (found.answered > 0 && found.answered < least) ||
                         std::ranges::find(hidden, true) != hidden.end();
    Output output{.text = found.text,
                  .n = hides_n ? Shown() : Shown(static_cast<std::int64_t>(found.answered)),
                  .declined = hides_n ? Shown() : Shown(static_cast<std::int64_t>(found.declined)),
                  .whole = hides_whole ? Shown() : Shown(static_cast<std::int64_t>(found.whole)),
                  .choices = {},
                  .hidden_below = static_cast<std::int64_t>(least),
                  .position = found.fresh.position,
                  .age_ms = found.fresh.age.count()};
    for (std::size_t i = 0; i < found.counts.size(); ++i) {
      AnswerShare& one = output.choices.emplace_back();
      one.choice = found.choices[i];
      if (hides_n) continue;
      one.count = static_cast<std::int64_t>(found.counts[i]);
      if (found.answered == 0) continue;
      const surveys::Interval interval =
          surveys::wilson_interval(*one.count, static_cast<std::int64_t>(found.answered));
      one.share = static_cast<double>(found.counts[i]) / static_cast<double>(found.answered);
      one.low = interval.low;
      one.high = interval.high;
    }
    return output;
  }
};

}  // namespace

void add_segment_analysis(Registrar& registrar) {
  registrar.add<GetPortrait>();
  registrar.add<GetWaterfall>();
  registrar.add<CompareSegments>();
  registrar.add<OverlapSegments>();
  registrar.add<GetAnswers>();
}

}  // namespace hustings::api
