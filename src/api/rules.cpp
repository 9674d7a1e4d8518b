#include "api/rules.h"

#include "segments/segment_service.h"

namespace hustings::api {
namespace {

struct RuleProblem {
  static constexpr std::string_view kName = "RuleProblem";
  std::string sentence;
  std::string where;
  std::int64_t line = 0;
  std::int64_t column = 0;
  std::int64_t from = 0;
  std::int64_t length = 0;
  std::vector<std::string> expected;
  static Fields fields() {
    return {
        field("sentence", &RuleProblem::sentence,
              "What is wrong, what was expected, and what may have been meant."),
        field("where", &RuleProblem::where, "Of JSON: the place in it, e.g. \"rule.all[1].in\"."),
        field("line", &RuleProblem::line, "Of a text: its line, from 1."),
        field("column", &RuleProblem::column, "Of a text: the character of the line, from 1."),
        field("from", &RuleProblem::from, "Of a text: the character where it begins, from 0."),
        field("length", &RuleProblem::length, "How many characters are wrong."),
        field("expected", &RuleProblem::expected, "Of a text: what may stand there.")};
  }
};

struct CompletionShape {
  static constexpr std::string_view kName = "RuleCompletion";
  std::string text;
  std::string title;
  static Fields fields() {
    return {field("text", &CompletionShape::text, "What to put there."),
            field("title", &CompletionShape::title, "What it is; may be empty.")};
  }
};

RuleProblem shown(const segments::TextProblem& problem, std::string_view text) {
  RuleProblem out{
      .sentence = problem.sentence,
      .where = "text",
      .line = problem.line,
      .column = problem.column,
      .from = static_cast<std::int64_t>(segments::characters_before(text, problem.offset)),
      .length = 0,
      .expected = {}};
  out.length = static_cast<std::int64_t>(
                   segments::characters_before(text, problem.offset + problem.length)) -
               out.from;
  for (const segments::Expectation& one : problem.expected)
    out.expected.push_back(one.text);
  return out;
}

RuleProblem shown(const Error& error) {
  return {.sentence = error.sentence,
          .where = error.where,
          .line = 0,
          .column = 0,
          .from = 0,
          .length = 0,
          .expected = {}};
}

struct ReadRule {
  struct Input {
    std::optional<std::string> text;
    std::optional<JsonText> rule;
    std::optional<std::int64_t> complete_at;
    static Fields fields() {
      return {field("text", &Input::text,
                    "The rule as a line of text, or:", {.max_length = segments::kRuleBytesMax}),
              field("rule", &Input::rule, "The rule as JSON."),
              field("complete_at", &Input::complete_at,
                    "With text: offers what may be written at this character, from 0.",
                    {.min = 0, .max = static_cast<double>(segments::kRuleBytesMax)})};
    }
  };
  struct Output {
    static constexpr std::string_view kName = "RuleReading";
    std::optional<JsonText> rule;
    std::optional<std::string> text;
    std::vector<RuleProblem> problems;
    std::int64_t complete_from = 0;
    std::vector<CompletionShape> completions;
    static Fields fields() {
      return {
          field("rule", &Output::rule, "The rule as JSON; null if it could not be read."),
          field("text", &Output::text,
                "The rule as one line, written in the usual way; null if it could not be read."),
          field("problems", &Output::problems, "Why it could not be read, or cannot be used."),
          field("complete_from", &Output::complete_from,
                "The character from which a completion replaces what is written."),
          field("completions", &Output::completions, "What may be written there.")};
    }
  };
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/rules/read",
            .name = "read_rule",
            .summary = "Reads a rule from text or from JSON and shows it as both.",
            .permission = Permission::segments_read};
  }

  static Result<Output> call(Context& context, const Input& input) {
    if (input.text.has_value() == input.rule.has_value()) {
      return invalid("Give \"text\" or \"rule\", one of them.", "text");
    }
    const segments::SegmentService& service = context.services().segments;
    const segments::RuleNames names = service.names();
    Output output;
    if (input.text) {
      const auto rule = segments::rule_from_text(*input.text, names);
      if (rule) {
        show(service, *rule, names, output);
      } else {
        output.problems.push_back(shown(rule.error(), *input.text));
      }
      if (input.complete_at) complete(service, input, output);
      return output;
    }
    const auto rule = segments::rule_from_json(input.rule->text);
    if (rule) {
      show(service, *rule, names, output);
    } else {
      output.problems.push_back(shown(rule.error()));
    }
    return output;
  }

 private:
  static void show(const segments::SegmentService& service, const segments::Rule& rule,
                   const segments::RuleNames& names, Output& output) {
    output.rule = JsonText{segments::to_json(rule)};
    output.text = segments::to_text(rule, names);
    if (const Status known = service.check(rule); !known) {
      output.problems.push_back(shown(known.error()));
    }
  }
  static void complete(const segments::SegmentService& service, const Input& input,
                       Output& output) {
    const std::string& text = *input.text;
    const auto found = service.complete(
        text, segments::offset_of(text, static_cast<std::size_t>(*input.complete_at)));
    output.complete_from = static_cast<std::int64_t>(segments::characters_before(text, found.from));
    for (const segments::Completion& one : found.items)
      output.completions.push_back({one.text, one.title});
  }
};

}  // namespace

void add_rules(Registrar& registrar) { registrar.add<ReadRule>(); }

}  // namespace hustings::api
