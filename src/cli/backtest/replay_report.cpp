#include "cli/backtest/replay_report.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <boost/json.hpp>
#include <fmt/format.h>

namespace hustings::cli {
namespace {

namespace json = boost::json;

constexpr std::size_t kTop = 4;
constexpr int kChartRows = 11;

/// The places of the largest values, largest first, those above 0 only.
std::vector<std::size_t> largest(const std::vector<double>& values, std::size_t most) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::pair(-values[a], a) < std::pair(-values[b], b);
  });
  order.resize(std::min(most, order.size()));
  std::erase_if(order, [&](std::size_t i) { return values[i] <= 0; });
  return order;
}

std::string day_line(const Election& election, const ReplayDay& day) {
  std::string q;
  for (const std::size_t i : largest(day.slopes, kTop))
    q += fmt::format("{}{} {:.2f}", q.empty() ? "" : ", ", election.contests[i], day.slopes[i]);
  std::string plan;
  for (const std::size_t i : largest(day.plan, kTop)) {
    plan += fmt::format("{}{} {:.1f}", plan.empty() ? "" : ", ", election.contests[i],
                        day.plan[i] / 1e6);
  }
  return fmt::format("{}  {:>5}  {:.4f}  {:>7.2f}  {:<36}  {:.4f}  {}\n", date_text(day.day),
                     day.polls, day.win, day.expected_weight, q, day.win_with_plan, plan);
}

/// Rows from 1 down to 0, a column a day.
std::string chart(const Replay& replay) {
  std::string text = "\nprobability of winning, by day\n";
  for (int row = kChartRows - 1; row >= 0; --row) {
    std::string line = fmt::format("{:>4.1f} |", static_cast<double>(row) / (kChartRows - 1));
    for (const ReplayDay& day : replay.days)
      line += std::lround(day.win * (kChartRows - 1)) == row ? '*' : ' ';
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  text += "     +" + std::string(replay.days.size(), '-') + "\n";
  return text + fmt::format("      {} to {}\n", date_text(replay.days.front().day),
                            date_text(replay.days.back().day));
}

std::string ending(const Election& election, const Replay& replay) {
  const ReplayDay& last = replay.days.back();
  std::string text = fmt::format("\nelection day: P(win) {:.12f}, expected weight {:.10f}\n",
                                 last.win, last.expected_weight);
  if (replay.scores) {
    text += fmt::format("Brier score {:.7f}, by weight {:.7f}; {} of {} contests right\n",
                        replay.scores->brier, replay.scores->weighted_brier, replay.scores->right,
                        replay.scores->contests);
  }
  if (replay.events_correlation) {
    text += fmt::format("correlation of Q with the campaigns' events: {:.3f}\n",
                        *replay.events_correlation);
  }
  text += fmt::format("\n{:<12} {:>9} {:>9} {:>12}\n", "contest", "chance", "Q", "plan, mio");
  for (const std::size_t i : largest(last.slopes, 15)) {
    text +=
        fmt::format("{:<12} {:>9.4f} {:>9.5f} {:>12.3f}\n", election.contests[i], last.chances[i],
                    last.slopes[i], last.plan.empty() ? 0 : last.plan[i] / 1e6);
  }
  return text;
}

json::object by_contest(const Election& election, const std::vector<double>& values) {
  json::object object;
  for (std::size_t i = 0; i < values.size(); ++i)
    object[election.contests[i]] = values[i];
  return object;
}

constexpr double kWidth = 760;
constexpr double kHeight = 200;
constexpr double kLeft = 60;
constexpr double kLabelHeight = 13;
constexpr std::size_t kLines = 8;

double x_of(const Replay& replay, std::size_t day) {
  const double days = std::max<double>(1, static_cast<double>(replay.days.size()) - 1);
  return kLeft + kWidth * static_cast<double>(day) / days;
}

std::string axes(double top, const std::string& title, const std::string& most) {
  return fmt::format(
      "<text x=\"{0}\" y=\"{1}\" class=\"t\">{2}</text>\n"
      "<path d=\"M{0} {3}V{4}H{5}\" class=\"a\"/>\n"
      "<text x=\"{6}\" y=\"{7}\" text-anchor=\"end\">{8}</text>"
      "<text x=\"{6}\" y=\"{4}\" text-anchor=\"end\">0</text>\n",
      kLeft, top - 8, title, top, top + kHeight, kLeft + kWidth, kLeft - 6, top + 8, most);
}

std::string line_of(const Replay& replay, double top, const std::vector<double>& parts,
                    const std::string& style) {
  std::string points;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    points += fmt::format("{}{:.1f} {:.1f}", i == 0 ? "M" : "L", x_of(replay, i),
                          top + kHeight * (1 - parts[i]));
  }
  return fmt::format("<path d=\"{}\" {}/>\n", points, style);
}

/// Text inside the drawing: names come from files.
std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '&')
      out += "&amp;";
    else
      out += c;
  }
  return out;
}

/// The contests with the most money on the last day, each with its name at its line's end; names
/// that would lie on each other move down.
std::string plan_lines(const Election& election, const Replay& replay, double top, double most) {
  std::vector<std::pair<double, std::string>> labels;
  std::string svg;
  int hue = 0;
  for (const std::size_t contest : largest(replay.days.back().plan, kLines)) {
    std::vector<double> parts;
    for (const ReplayDay& day : replay.days)
      parts.push_back(most > 0 ? day.plan[contest] / most : 0);
    const std::string colour = fmt::format("hsl({},65%,40%)", hue);
    svg += line_of(replay, top, parts, fmt::format("fill=\"none\" stroke=\"{}\"", colour));
    labels.emplace_back(
        top + kHeight * (1 - parts.back()) + 4,
        fmt::format("fill=\"{}\">{}</text>\n", colour, escaped(election.contests[contest])));
    hue += 45;
  }
  double free = 0;
  for (const auto& [y, label] : labels) {
    const double at = std::max(free, y);
    free = at + kLabelHeight;
    svg += fmt::format("<text x=\"{}\" y=\"{:.1f}\" {}", kLeft + kWidth + 4, at, label);
  }
  return svg;
}

}  // namespace

std::string replay_text(const Election& election, const Replay& replay) {
  std::string text;
  for (const std::string& note : election.notes)
    text += note + "\n";
  text += fmt::format("{:<10}  {:>5}  {:<6}  {:>7}  {:<36}  {:<6}  {}\n", "day", "polls", "P(win)",
                      "weight", "Q, the highest", "with", "plan, mio");
  for (const ReplayDay& day : replay.days)
    text += day_line(election, day);
  return text + chart(replay) + ending(election, replay);
}

std::string replay_json(const Election& election, const Replay& replay) {
  json::array days;
  for (const ReplayDay& day : replay.days) {
    json::object entry{{"date", date_text(day.day)},
                       {"polls", day.polls},
                       {"win", day.win},
                       {"expected_weight", day.expected_weight},
                       {"Q", by_contest(election, day.slopes)},
                       {"chance", by_contest(election, day.chances)},
                       {"mean", by_contest(election, day.means)}};
    if (!day.plan.empty()) {
      entry["plan"] = by_contest(election, day.plan);
      entry["win_with_plan"] = day.win_with_plan;
      entry["gap"] = day.gap;
    }
    days.push_back(std::move(entry));
  }
  json::object result{{"election_day", date_text(election.day)}, {"days", std::move(days)}};
  if (replay.scores) {
    result["brier"] = replay.scores->brier;
    result["brier_by_weight"] = replay.scores->weighted_brier;
    result["right"] = replay.scores->right;
    result["contests"] = replay.scores->contests;
  }
  if (replay.events_correlation) result["events_correlation"] = *replay.events_correlation;
  json::array notes;
  for (const std::string& note : election.notes)
    notes.emplace_back(note);
  result["notes"] = std::move(notes);
  return json::serialize(result);
}

std::string replay_svg(const Election& election, const Replay& replay) {
  const double second = kHeight + 90;
  std::string svg = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\" font-family=\"sans-serif\" "
      "font-size=\"12\">\n<style>.a{{fill:none;stroke:#888}}.t{{font-weight:bold}}</style>\n"
      "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n",
      kLeft + kWidth + 60, second + kHeight + 40);
  svg += axes(40, "Probability of winning (broken line: with the plan)", "1");
  std::vector<double> win;
  std::vector<double> with;
  for (const ReplayDay& day : replay.days) {
    win.push_back(day.win);
    with.push_back(day.win_with_plan);
  }
  svg += line_of(replay, 40, win, "fill=\"none\" stroke=\"#1a56a0\" stroke-width=\"2\"");
  const std::vector<double>& last = replay.days.back().plan;
  if (!last.empty()) {
    svg += line_of(replay, 40, with, "fill=\"none\" stroke=\"#1a56a0\" stroke-dasharray=\"4 3\"");
    double most = 0;
    for (const ReplayDay& day : replay.days)
      most = std::max(most, *std::max_element(day.plan.begin(), day.plan.end()));
    svg += axes(second, "Plan by contest", fmt::format("{:.1f}m", most / 1e6));
    svg += plan_lines(election, replay, second, most);
  }
  svg += fmt::format(
      "<text x=\"{}\" y=\"{}\">{}</text><text x=\"{}\" y=\"{}\" "
      "text-anchor=\"end\">{}</text>\n</svg>\n",
      kLeft, second + kHeight + 20, date_text(replay.days.front().day), kLeft + kWidth,
      second + kHeight + 20, date_text(replay.days.back().day));
  return svg;
}

}  // namespace hustings::cli
