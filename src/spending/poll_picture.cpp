#include "spending/poll_picture.h"

#include <algorithm>
#include <chrono>
#include <map>

#include <fmt/format.h>

#include "allocation/poll_means.h"
#include "base/text.h"
#include "spending/tracker.h"

namespace hustings::spending {
namespace {

constexpr double kEven = 0.5;

struct PollInputs {
  std::vector<std::string> names;
  std::vector<std::optional<double>> previous;
  std::vector<allocation::Poll> polls;
  std::int64_t today = 0;
  allocation::PollRule rule;
};

PollInputs inputs_of(const Stored& stored, Instant now, const std::vector<double>& moved = {}) {
  PollInputs inputs;
  for (const StoredContest& contest : stored.contests) {
    inputs.names.push_back(contest.name);
    inputs.previous.push_back(contest.previous);
  }
  inputs.today = std::chrono::floor<std::chrono::days>(now).time_since_epoch().count();
  inputs.rule = {.days_max = static_cast<int>(stored.settings.poll_days),
                 .half_life_days = stored.settings.poll_half_life};
  for (std::size_t i = 0; i < stored.polls.size(); ++i) {
    const StoredPoll& poll = stored.polls[i];
    inputs.polls.push_back(
        {.contest = static_cast<std::uint32_t>(poll.contest),
         .end_day = day_number(poll.end_day),
         .people = static_cast<double>(poll.people),
         .share = poll.ours / (poll.ours + poll.theirs) - (moved.empty() ? 0 : moved[i])});
  }
  return inputs;
}

bool counts(const PollInputs& inputs, const allocation::Poll& poll) {
  const std::int64_t age = inputs.today - poll.end_day;
  return age >= 0 && age <= inputs.rule.days_max;
}

/// The readings of each contest that count, for the tracker.
std::vector<Followed> followed_of(const Stored& stored, const PollInputs& inputs) {
  std::vector<Followed> all(stored.contests.size());
  std::vector<std::map<std::string, std::uint32_t>> houses(stored.contests.size());
  for (std::size_t i = 0; i < inputs.polls.size(); ++i) {
    const allocation::Poll& poll = inputs.polls[i];
    if (!counts(inputs, poll)) continue;
    auto& known = houses[poll.contest];
    const auto house = known.emplace(stored.polls[i].pollster, known.size()).first->second;
    all[poll.contest].push_back({.day = static_cast<int>(poll.end_day),
                                 .value = poll.share,
                                 .variance = variance_of(poll.share, poll.people),
                                 .house = house});
  }
  return all;
}

std::string list_of(const std::vector<std::string>& names) {
  constexpr std::size_t kNamed = 5;
  std::vector<std::string> some(
      names.begin(), names.begin() + static_cast<std::ptrdiff_t>(std::min(kNamed, names.size())));
  std::string text = join(some, ", ");
  if (names.size() > kNamed) text += fmt::format(" and {} more", names.size() - kNamed);
  return text;
}

void add_missing_channels(const Stored& stored, std::vector<std::string>& missing) {
  std::vector<std::string> without_effect;
  std::vector<std::string> without_price;
  for (std::size_t c = 0; c < stored.channels.size(); ++c) {
    const StoredChannel& channel = stored.channels[c];
    if (!channel.response) without_effect.push_back(channel.name);
    const bool priced = std::any_of(stored.rates.begin(), stored.rates.end(),
                                    [&](const StoredRate& rate) { return rate.channel == c; });
    if (!priced) without_price.push_back(channel.name);
  }
  if (!without_effect.empty())
    missing.push_back(
        fmt::format("What does money do in {}? Import responses, or leave the "
                    "channels out.",
                    list_of(without_effect)));
  if (!without_price.empty()) {
    missing.push_back(fmt::format("There are no prices for {}; nothing is planned there.",
                                  list_of(without_price)));
  }
}

}  // namespace

std::int64_t day_number(const std::string& day) {
  const auto part = [&](std::size_t at, std::size_t length) {
    return static_cast<int>(parse_int(std::string_view(day).substr(at, length)).value_or(1));
  };
  const std::chrono::sys_days days = std::chrono::year(part(0, 4)) /
                                     std::chrono::month(static_cast<unsigned>(part(5, 2))) /
                                     std::chrono::day(static_cast<unsigned>(part(8, 2)));
  return days.time_since_epoch().count();
}

Result<ContestMeans> contest_means(const Stored& stored, Instant now, const PollContext& context) {
  const PollInputs inputs = inputs_of(stored, now, context.moved);
  const bool tracked = stored.settings.poll_method == PollMethod::tracker;
  ContestMeans means{.errors = std::vector<std::optional<double>>(inputs.names.size())};
  const bool polled =
      std::any_of(inputs.polls.begin(), inputs.polls.end(),
                  [&](const allocation::Poll& poll) { return counts(inputs, poll); });
  if (polled && tracked) {
    const std::vector<Followed> followed = followed_of(stored, inputs);
    means.tracker = context.scales ? *context.scales : likely_scales(followed);
    const Tracked now_at = track(followed, *means.tracker, inputs.today);
    means.errors = now_at.errors;
    means.shares = TRY(allocation::with_unpolled(inputs.names, inputs.previous, now_at.shares));
    return means;
  }
  if (polled) {
    means.shares = TRY(allocation::poll_means(inputs.names, inputs.previous, inputs.polls,
                                              inputs.today, inputs.rule))
                       .shares;
    return means;
  }
  std::vector<std::string> unknown;
  for (std::size_t i = 0; i < inputs.names.size(); ++i) {
    if (!inputs.previous[i]) unknown.push_back(inputs.names[i]);
    means.shares.push_back(inputs.previous[i].value_or(kEven));
  }
  if (unknown.empty()) return means;
  return invalid(
      fmt::format("There are no polls of the last {} days and no previous result for "
                  "{}; import either.",
                  inputs.rule.days_max, list_of(unknown)));
}

PollPicture poll_picture(const Stored& stored, Instant now) {
  const std::size_t n = stored.contests.size();
  PollPicture picture{std::vector<std::int64_t>(n), std::vector<std::optional<std::string>>(n),
                      std::vector<std::optional<double>>(n), std::vector<std::optional<double>>(n)};
  std::vector<bool> known(n);
  const PollInputs inputs = inputs_of(stored, now);
  for (std::size_t i = 0; i < stored.polls.size(); ++i) {
    const StoredPoll& poll = stored.polls[i];
    ++picture.polls[poll.contest];
    picture.last[poll.contest] = poll.end_day;  // they are in the order of their days
    if (counts(inputs, inputs.polls[i])) known[poll.contest] = true;
  }
  Stored filled = stored;
  for (std::size_t i = 0; i < n; ++i) {
    if (filled.contests[i].previous) known[i] = true;
    if (!filled.contests[i].previous) filled.contests[i].previous = kEven;
  }
  const auto means = contest_means(filled, now);
  for (std::size_t i = 0; means && i < n; ++i) {
    if (!known[i]) continue;
    picture.shares[i] = means->shares[i];
    picture.errors[i] = means->errors[i];
  }
  return picture;
}

std::vector<std::string> missing_of(const Stored& stored) {
  std::vector<std::string> missing;
  if (stored.settings.budget_cents == 0) missing.emplace_back("Set a budget.");
  if (!stored.settings.first_day) missing.emplace_back("Set the first day of week 1.");
  if (stored.contests.empty()) missing.emplace_back("Import the contests.");
  if (stored.markets.empty()) missing.emplace_back("Import the markets.");
  if (stored.reaches.empty())
    missing.emplace_back("Import what part of each contest's voters lives in which market.");
  if (stored.channels.empty())
    missing.emplace_back("Import channels, or begin with those that come with the program.");
  add_missing_channels(stored, missing);
  return missing;
}

}  // namespace hustings::spending
