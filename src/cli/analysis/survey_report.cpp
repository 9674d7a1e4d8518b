#include <cmath>

#include <fmt/format.h>

#include "base/text.h"
#include "cli/analysis/json_text.h"
#include "cli/analysis/survey_estimate.h"

namespace hustings::cli {
namespace {

void add_row(JsonText& json, const SurveyRow& row) {
  const auto& e = row.estimate;
  json.open('{').field("statistic", row.kind).field("variable", row.variable);
  if (!row.category.empty()) json.field("category", row.category);
  if (!row.group.empty()) json.field("group", row.group);
  json.field("estimate", e.value).field("se", e.se).field("lower", e.lower).field("upper", e.upper);
  json.field("df", e.df).field("n", static_cast<double>(e.n));
  if (!std::isnan(e.deff)) json.field("deff", e.deff).field("effective_n", e.effective_n());
  if (!std::isnan(row.p)) json.field("p", row.p);
  json.close('}');
}

std::string figure(double value) {
  if (std::isnan(value)) return "-";
  return fmt::format("{:.7g}", value);
}

}  // namespace

std::string survey_json(const SurveyOutcome& outcome) {
  JsonText json;
  json.open('{').field("respondents", static_cast<double>(outcome.respondents));
  json.field("weighting", outcome.weighting).field("variance", outcome.variance);
  json.field("df", outcome.df).key("weights").open('{').field("sum", outcome.weight_sum);
  json.field("smallest", outcome.weight_smallest).field("largest", outcome.weight_largest);
  json.field("design_effect", outcome.kish_deff).close('}');
  json.key("estimates").open('[');
  for (const SurveyRow& row : outcome.rows)
    add_row(json, row);
  json.close(']').key("tables").open('[');
  for (const SurveyTable& table : outcome.tables) {
    json.open('{').field("variables", table.variables).field("f", table.test.f);
    json.field("df1", table.test.df1).field("df2", table.test.df2).field("p", table.test.p);
    json.close('}');
  }
  json.close(']').key("notes").open('[');
  for (const std::string& note : outcome.notes)
    json.text(note);
  json.close(']').close('}');
  return json.str();
}

std::string survey_text(const SurveyOutcome& outcome, double level) {
  std::string out = fmt::format(
      "{} respondents; weights {} (sum {:.10g}, {:.6g} to {:.6g}, design effect of weights "
      "{:.4g})\n"
      "variance {}, {} degrees of freedom; intervals at {:g} %\n",
      with_thousands(static_cast<std::int64_t>(outcome.respondents)), outcome.weighting,
      outcome.weight_sum, outcome.weight_smallest, outcome.weight_largest, outcome.kish_deff,
      outcome.variance, outcome.df, 100 * level);
  std::string last;
  for (const SurveyRow& row : outcome.rows) {
    const std::string heading = row.kind + " " + row.variable;
    if (heading + row.group != last) {
      out += fmt::format("\n{}{}\n{:<24} {:>14} {:>12} {:>14} {:>14} {:>8} {:>8}\n", heading,
                         row.group.empty() ? "" : " where " + row.group, "", "estimate", "se",
                         "lower", "upper", "n", "deff");
      last = heading + row.group;
    }
    const auto& e = row.estimate;
    out += fmt::format("{:<24} {:>14} {:>12} {:>14} {:>14} {:>8} {:>8}{}\n",
                       row.category.empty() ? row.kind : row.category, figure(e.value),
                       figure(e.se), figure(e.lower), figure(e.upper), e.n,
                       std::isnan(e.deff) ? "-" : fmt::format("{:.3g}", e.deff),
                       std::isnan(row.p) ? "" : fmt::format("  p {:.3g}", row.p));
  }
  for (const SurveyTable& table : outcome.tables) {
    out += fmt::format(
        "\n{}: independent? F {:.5g} on {:.4g} and {:.5g} degrees of freedom, p {:.3g}"
        " (Rao and Scott)\n",
        table.variables, table.test.f, table.test.df1, table.test.df2, table.test.p);
  }
  for (const std::string& note : outcome.notes)
    out += note + "\n";
  return out;
}

}  // namespace hustings::cli
