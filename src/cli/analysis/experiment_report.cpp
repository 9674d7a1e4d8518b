#include <cmath>

#include <fmt/format.h>

#include "base/text.h"
#include "cli/analysis/experiment_analyse.h"
#include "cli/analysis/json_text.h"

namespace hustings::cli {
namespace {

using statistics::Effect;

void add_effect(JsonText& json, const Effect& effect) {
  const auto& e = effect.estimate;
  json.field("estimate", e.value).field("se", e.se).field("lower", e.lower).field("upper", e.upper);
  json.field("df", e.df).field("n", static_cast<double>(e.n)).field("p", effect.p);
}

void add_arms(JsonText& json, const ExperimentOutcome& outcome) {
  json.key("arms").open('[');
  for (std::size_t arm = 0; arm < outcome.arms.size(); ++arm) {
    const auto& count = outcome.counts[arm];
    json.open('{').field("arm", outcome.arms[arm]).field("n", static_cast<double>(count.n));
    json.field("clusters", static_cast<double>(count.clusters)).field("sum", count.sum);
    json.field("mean", count.mean).field("contacted", count.contacted).close('}');
  }
  json.close(']');
}

void add_effects(JsonText& json, const ExperimentOutcome& outcome) {
  json.key("effects").open('[');
  for (const EffectRow& row : outcome.effects) {
    json.open('{').field("method", row.method).field("arm", row.arm).field("errors", row.errors);
    add_effect(json, row.effect);
    json.key("other_errors").open('{');
    for (const auto& [name, se] : row.other_errors)
      json.field(name, se);
    json.close('}').close('}');
  }
  json.close(']').key("cuped").open('[');
  for (const CupedRow& row : outcome.cuped) {
    json.open('{').field("arm", row.arm);
    add_effect(json, row.cuped.effect);
    json.field("variance_reduction", row.cuped.variance_reduction).key("theta").open('[');
    for (const double theta : row.cuped.theta)
      json.number(theta);
    json.close(']').close('}');
  }
  json.close(']').key("contact").open('[');
  for (const ContactRow& row : outcome.contacts) {
    json.open('{').field("arm", row.arm).key("adjusted").truth(row.adjusted);
    json.field("first_stage_f", row.effect.first_stage_f);
    json.key("assigned").open('{');
    add_effect(json, row.effect.assigned);
    json.close('}').key("reached").open('{');
    add_effect(json, row.effect.reached);
    json.close('}').key("contact").open('{');
    add_effect(json, row.effect.contact);
    json.close('}').close('}');
  }
  json.close(']').key("costs").open('[');
  for (const CostRow& row : outcome.costs) {
    json.open('{').field("arm", row.arm).field("total", row.total).field("votes", row.cost.votes);
    json.field("cost_per_vote", row.cost.cost).field("lower", row.cost.lower);
    json.field("upper", row.cost.upper).close('}');
  }
  json.close(']');
}

void add_groups(JsonText& json, const ExperimentOutcome& outcome) {
  json.key("groups").open('[');
  for (const GroupRows& row : outcome.groups) {
    json.open('{').field("arm", row.arm);
    json.field("heterogeneity_p", row.effects.heterogeneity_p).key("groups").open('[');
    for (std::size_t g = 0; g < row.groups.size(); ++g) {
      json.open('{').field("group", row.groups[g]).field("control", row.effects.control[g].mean);
      add_effect(json, row.effects.effects[g]);
      json.field("holm_p", row.effects.holm[g]);
      json.field("bh_p", row.effects.benjamini_hochberg[g]).close('}');
    }
    json.close(']').close('}');
  }
  json.close(']');
}

void add_balance(JsonText& json, const ExperimentOutcome& outcome) {
  if (!outcome.balance) return;
  json.key("balance").open('{').key("joint_p").open('{');
  for (std::size_t arm = 1; arm < outcome.arms.size(); ++arm)
    json.field(outcome.arms[arm], outcome.balance->joint_p[arm - 1]);
  json.close('}').key("covariates").open('[');
  for (std::size_t c = 0; c < outcome.covariates.size(); ++c) {
    json.open('{').field("covariate", outcome.covariates[c]).key("means").open('[');
    for (const double mean : outcome.balance->means[c])
      json.number(mean);
    json.close(']').key("differences_sd").open('[');
    for (const double difference : outcome.balance->differences[c])
      json.number(difference);
    json.close(']').close('}');
  }
  json.close(']').close('}');
}

void add_sequences(JsonText& json, const ExperimentOutcome& outcome) {
  json.key("sequences").open('[');
  for (const SequenceRow& row : outcome.sequences) {
    json.open('{').field("arm", row.arm).field("kind", row.kind);
    json.field("units", static_cast<double>(row.units)).field("probability", row.probability);
    json.field("estimate", row.now.value).field("lower", row.now.lower);
    json.field("upper", row.now.upper);
    json.field("first_apart_from_zero", static_cast<double>(row.first_apart));
    if (row.kind != "betting") {
      json.field("fixed_lower", row.fixed.lower).field("fixed_upper", row.fixed.upper);
      json.field("more_units_until_known", row.until_known);
    }
    json.close('}');
  }
  json.close(']');
}

void add_uplift(JsonText& json, const ExperimentOutcome& outcome) {
  json.key("uplift").open('[');
  for (const UpliftRow& row : outcome.uplift) {
    json.open('{').field("arm", row.arm).field("n", static_cast<double>(row.qini.n));
    json.field("gained", row.qini.gained).field("area", row.qini.area);
    json.field("qini", row.qini.coefficient).field("qini_normalised", row.qini.normalised);
    json.field("auuc", row.qini.auuc).key("tenths").open('[');
    for (const auto& tenth : row.qini.tenths) {
      json.open('{').field("forecast", tenth.forecast).field("effect", tenth.effect);
      json.field("se", tenth.se).field("n", static_cast<double>(tenth.n)).close('}');
    }
    json.close(']').close('}');
  }
  json.close(']');
}

std::string figure(double value) {
  return std::isnan(value) ? "-" : std::isinf(value) ? "none" : fmt::format("{:.6g}", value);
}

std::string effect_line(const std::string& arm, const std::string& method, const Effect& effect) {
  const auto& e = effect.estimate;
  return fmt::format("{:<14} {:<22} {:>11} {:>11} {:>11} {:>11} {:>9}\n", arm, method,
                     figure(e.value), figure(e.se), figure(e.lower), figure(e.upper),
                     std::isnan(effect.p) ? "-" : fmt::format("{:.3g}", effect.p));
}

std::string heading(std::string_view first, std::string_view second) {
  return fmt::format("\n{:<14} {:<22} {:>11} {:>11} {:>11} {:>11} {:>9}\n", first, second, "effect",
                     "se", "lower", "upper", "p");
}

std::string groups_text(const ExperimentOutcome& outcome) {
  std::string out;
  for (const GroupRows& row : outcome.groups) {
    out += heading(row.arm, "group (p after Holm)");
    for (std::size_t g = 0; g < row.groups.size(); ++g) {
      Effect effect = row.effects.effects[g];
      effect.p = row.effects.holm[g];
      out += effect_line("", row.groups[g], effect);
    }
    out += fmt::format("groups differ: p {:.3g}\n", row.effects.heterogeneity_p);
  }
  return out;
}

std::string sequences_text(const ExperimentOutcome& outcome) {
  std::string out;
  if (!outcome.sequences.empty())
    out += "\nIntervals that hold however often one looks (beside the one for a single look)\n";
  for (const SequenceRow& row : outcome.sequences) {
    out += fmt::format("{:<14} {:<12} {:>9} units: {} [{}, {}]", row.arm, row.kind, row.units,
                       figure(row.now.value), figure(row.now.lower), figure(row.now.upper));
    if (row.kind != "betting")
      out +=
          fmt::format(" (single look [{}, {}])", figure(row.fixed.lower), figure(row.fixed.upper));
    out += row.first_apart > 0 ? fmt::format("; apart from 0 since unit {}\n", row.first_apart)
                               : std::string("; cannot be told from 0\n");
  }
  return out;
}

std::string extras_text(const ExperimentOutcome& outcome) {
  std::string out;
  for (const CostRow& row : outcome.costs) {
    out += fmt::format("\n{}: {:.0f} votes for {:.10g}, {} each [{}, {}]\n", row.arm,
                       row.cost.votes, row.total, figure(row.cost.cost), figure(row.cost.lower),
                       figure(row.cost.upper));
  }
  for (const UpliftRow& row : outcome.uplift) {
    out += fmt::format(
        "\n{}: ordering voters by forecast effect gains {:.4g} of {:.6g} (Qini {:.4g}, "
        "out of sample)\n",
        row.arm, row.qini.coefficient, row.qini.gained, row.qini.normalised);
    for (const auto& tenth : row.qini.tenths)
      out += fmt::format("  forecast {:>9} effect {:>9} (se {})\n", figure(tenth.forecast),
                         figure(tenth.effect), figure(tenth.se));
  }
  if (outcome.balance) {
    out += "\nBalance before (differences in standard deviations of control)\n";
    for (std::size_t c = 0; c < outcome.covariates.size(); ++c) {
      out += fmt::format("{:<24}", outcome.covariates[c]);
      for (std::size_t arm = 1; arm < outcome.arms.size(); ++arm)
        out += fmt::format(" {:>9.4f}", outcome.balance->differences[c][arm]);
      out += "\n";
    }
    for (std::size_t arm = 1; arm < outcome.arms.size(); ++arm)
      out += fmt::format("{}: all together p {:.3g}\n", outcome.arms[arm],
                         outcome.balance->joint_p[arm - 1]);
  }
  return out;
}

}  // namespace

std::string experiment_json(const ExperimentOutcome& outcome) {
  JsonText json;
  json.open('{').field("rows", static_cast<double>(outcome.rows));
  json.field("left_out", static_cast<double>(outcome.left_out));
  add_arms(json, outcome);
  add_effects(json, outcome);
  add_groups(json, outcome);
  add_balance(json, outcome);
  add_sequences(json, outcome);
  add_uplift(json, outcome);
  json.key("notes").open('[');
  for (const std::string& note : outcome.notes)
    json.text(note);
  json.close(']').close('}');
  return json.str();
}

std::string experiment_text(const ExperimentOutcome& outcome, double level) {
  std::string out = fmt::format(
      "{} voters; control group: {}; intervals at {:g} %\n\n{:<14} {:>10} {:>10} {:>12} "
      "{:>12}\n",
      with_thousands(static_cast<std::int64_t>(outcome.rows)), outcome.arms.front(), 100 * level,
      "arm", "n", "clusters", "sum", "mean");
  for (std::size_t arm = 0; arm < outcome.arms.size(); ++arm) {
    const auto& count = outcome.counts[arm];
    out += fmt::format("{:<14} {:>10} {:>10} {:>12} {:>12}\n", outcome.arms[arm], count.n,
                       count.clusters > 0 ? fmt::format("{}", count.clusters) : "-",
                       figure(count.sum), figure(count.mean));
  }
  out += heading("arm", "method");
  for (const EffectRow& row : outcome.effects)
    out += effect_line(row.arm, fmt::format("{} ({})", row.method, row.errors), row.effect);
  for (const CupedRow& row : outcome.cuped)
    out +=
        effect_line(row.arm, fmt::format("cuped (-{:.1f} %)", 100 * row.cuped.variance_reduction),
                    row.cuped.effect);
  for (const ContactRow& row : outcome.contacts) {
    const char* how = row.adjusted ? " adjusted" : "";
    out += effect_line(row.arm, fmt::format("assigned{}", how), row.effect.assigned);
    out += effect_line(row.arm, fmt::format("reached{}", how), row.effect.reached);
    out += effect_line(row.arm, fmt::format("contact (CACE){}", how), row.effect.contact);
  }
  for (const EffectRow& row : outcome.effects) {
    const auto& e = row.effect.estimate;
    if (row.method == "difference" && e.lower <= 0 && e.upper >= 0)
      out += fmt::format("The effect of {} cannot be told from zero.\n", row.arm);
  }
  out += groups_text(outcome) + sequences_text(outcome) + extras_text(outcome);
  for (const std::string& note : outcome.notes)
    out += note + "\n";
  return out;
}

}  // namespace hustings::cli
