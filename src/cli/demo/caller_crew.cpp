#include "cli/demo/caller_crew.h"

#include <condition_variable>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/rng.h"
#include "base/text.h"
#include "cli/demo/random_uuid.h"

namespace hustings::cli {
namespace {

namespace json = boost::json;
using PickUp = PhoneNetwork::PickUp;
using std::chrono::milliseconds;

constexpr milliseconds kNothingPause{500};

double ms_since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin)
      .count();
}

std::string_view disposition_of(PickUp pick_up) {
  switch (pick_up) {
    case PickUp::nobody:
      return "no_answer";
    case PickUp::busy:
      return "busy";
    case PickUp::machine:
      return "left_message";
    case PickUp::disconnected:
      return "disconnected";
    case PickUp::wrong_number:
      return "wrong_number";
    case PickUp::person:
      return "reached";
  }
  return "no_answer";
}

/// What a person who picked up lets happen, other than talk.
std::string_view mood(Rng& rng) {
  const double x = rng.uniform();
  if (x < 0.06) return "refused";
  if (x < 0.08) return "do_not_call";
  if (x < 0.09) return "moved";
  return "reached";
}

}  // namespace

CallerCrew::CallerCrew(const PhoneNetwork& network, Options options)
    : network_(network), options_(std::move(options)), working_(options_.callers) {
  for (int i = 0; i < options_.callers; ++i)
    threads_.emplace_back([this, i] { work(i); });
}

CallerCrew::~CallerCrew() { stop(); }

void CallerCrew::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stopped_.notify_all();
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

CrewTally CallerCrew::tally() const {
  const std::lock_guard lock(mutex_);
  return tally_;
}

std::string CallerCrew::trouble() const {
  const std::lock_guard lock(mutex_);
  return trouble_;
}

bool CallerCrew::pause_or_stop(milliseconds wait) {
  std::unique_lock lock(mutex_);
  return stopped_.wait_for(lock, wait, [this] { return stopping_; });
}

void CallerCrew::work(int number) {
  ApiClient client(options_.port);
  Rng rng(mix64(options_.seed) ^ static_cast<std::uint64_t>(number));
  const auto joined = client.post("/v1/join", {{"code", options_.join_code},
                                               {"name", fmt::format("Volunteer {}", number + 1)}});
  Status ended = joined ? Status{} : Status(std::unexpected(joined.error()));
  try {
    if (ended) ended = call_until_stopped(client, rng);
  } catch (const Failure& failure) {
    ended = refuse(ErrorCode::unavailable, failure.what());
  }
  if (!ended) {
    const std::lock_guard lock(mutex_);
    if (trouble_.empty()) trouble_ = ended.error().text();
  }
  --working_;
}

Status CallerCrew::call_until_stopped(ApiClient& client, Rng& rng) {
  {
    const json::value page = TRY(client.get("/v1/caller"));
    const std::lock_guard lock(mutex_);
    if (script_.is_null()) script_ = page.at("script");
  }
  while (!pause_or_stop(options_.pause)) {
    const auto begin = std::chrono::steady_clock::now();
    const json::value claimed = TRY(client.post("/v1/caller/claim", json::object()));
    const double took = ms_since(begin);
    const json::value& lease = claimed.at("lease");
    if (lease.is_null()) {
      const std::string reason = text_at(claimed, "nothing.reason");
      if (reason == "all_done" || reason == "closed" || reason == "waiting") return {};
      if (pause_or_stop(kNothingPause)) return {};
      continue;
    }
    {
      const std::lock_guard lock(mutex_);
      tally_.claim_ms.push_back(took);
    }
    TRY(one_call(client, lease, rng));
  }
  return {};
}

/// Dials, talks with whoever picks up, saves. On a household line the first voter picks up and the
/// others are not home.
Status CallerCrew::one_call(ApiClient& client, const json::value& lease, Rng& rng) {
  const std::int64_t number = parse_int(text_at(lease, "number").substr(1)).value_or(0);
  {
    const std::lock_guard lock(mutex_);
    if (!shown_.insert(number).second) ++tally_.shown_twice;
  }
  const PickUp pick_up = network_.dial(number, rng);
  const bool person = pick_up == PickUp::person;
  const std::string_view first = person ? mood(rng) : disposition_of(pick_up);
  json::array voters;
  int choice = 0;
  for (const json::value& voter : lease.at("voters").as_array()) {
    json::array answers;
    const bool speaks = person && voters.empty();
    if (speaks && first == "reached") {
      const json::array& questions = script_.at("questions").as_array();
      choice = network_.opinion(number, text_at(voter, "first_name"));
      answers.push_back({{"question", questions.at(0).at("id")}, {"choice", choice}});
      const auto others = questions.at(1).at("choices").as_array().size();
      answers.push_back(
          {{"question", questions.at(1).at("id")}, {"choice", 1 + rng.below(others)}});
    }
    voters.push_back({{"voter", voter.at("id")},
                      {"disposition", person && !speaks ? "not_home" : first},
                      {"answers", std::move(answers)}});
  }
  const auto begin = std::chrono::steady_clock::now();
  const auto saved = client.post("/v1/caller/results", {{"key", random_uuid()},
                                                        {"lease", lease.at("id")},
                                                        {"epoch", lease.at("epoch")},
                                                        {"voters", std::move(voters)}});
  const double took = ms_since(begin);
  const std::lock_guard lock(mutex_);
  if (!saved) {
    ++tally_.refused_writes;
    return std::unexpected(saved.error());
  }
  tally_.result_ms.push_back(took);
  ++tally_.calls;
  tally_.conversations += person ? 1 : 0;
  if (choice != 0) {
    tally_.answers += 2;
    ++tally_.support_asked;
    tally_.support_yes += choice == 1 ? 1 : 0;
  }
  return {};
}

}  // namespace hustings::cli
