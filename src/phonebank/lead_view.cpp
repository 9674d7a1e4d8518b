#include "phonebank/lead_view.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "phonebank/line_outcome.h"
#include "phonebank/sql.h"

namespace hustings::phonebank {

namespace {

constexpr std::chrono::milliseconds kKeepLeast{250};
constexpr int kKeepTimes = 10;  // a view is kept ten times as long as it took to make
constexpr std::chrono::minutes kAwayAfter{1};

Phonebank phonebank_from(const pg::Row& row) {
  Phonebank bank;
  bank.id = row.get<PhonebankId>(0);
  bank.name = row.text(1);
  bank.list = row.get<ListId>(2);
  bank.list_name = row.text(3);
  bank.script = row.get<ScriptId>(4);
  bank.script_name = row.text(5);
  bank.state = phonebank_state_from(row.text(6)).value();
  bank.rules.retry = std::chrono::seconds(row.get<int>(7));
  bank.rules.lease = std::chrono::seconds(row.get<int>(8));
  bank.rules.attempts_max = row.get<int>(9);
  bank.rules.window = {std::chrono::minutes(row.get<int>(10)),
                       std::chrono::minutes(row.get<int>(11))};
  bank.created_at = row.get<Instant>(12);
  bank.rules.country = row.text(13);
  bank.rules.state_hours = row.get<bool>(14);
  bank.rules.consent = consent_need_from(row.text(15)).value();
  bank.rules.busy_retry = std::chrono::seconds(row.get<int>(16));
  bank.rules.message_retry = std::chrono::seconds(row.get<int>(17));
  bank.rules.whole_passes = row.get<bool>(18);
  bank.arm = row.get<std::int16_t>(19);
  bank.arm_name = row.text(20);
  bank.follows = row.get<bool>(21);
  bank.joined = row.get<std::int64_t>(22);
  bank.rules.next_at_once = row.get<bool>(23);
  return bank;
}

}  // namespace

std::vector<Phonebank> LeadViews::all(Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  std::vector<Phonebank> banks;
  for (const pg::Row row : connection->run(sql::kListPhonebanks, kPhonebanksMax)) {
    banks.push_back(phonebank_from(row));
  }
  return banks;
}

std::optional<Phonebank> LeadViews::find(PhonebankId id, Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  const auto rows = connection->run(sql::kGetPhonebank, id);
  return rows.empty() ? std::nullopt : std::optional(phonebank_from(rows[0]));
}

std::shared_ptr<LeadViews::Kept> LeadViews::kept(PhonebankId id) {
  const auto all = kept_.lock();
  auto& one = (*all)[id];
  if (!one) one = std::make_shared<Kept>();
  return one;
}

void LeadViews::forget(PhonebankId id) {
  const auto one = kept(id);
  const std::lock_guard lock(one->working);
  one->view.reset();
}

std::optional<LeadView> LeadViews::view(PhonebankId id, Deadline deadline) {
  const auto one = kept(id);
  const std::lock_guard lock(one->working);
  const auto now = Steady::now();
  if (!one->view || now >= one->good_until) {
    const auto phonebank = find(id, deadline);
    if (!phonebank) {
      kept_.lock()->erase(id);
      return std::nullopt;
    }
    one->view = std::make_shared<const LeadView>(make(*phonebank, *one, deadline));
    one->made_at = Steady::now();
    const auto took = one->made_at - now;
    one->good_until = one->made_at + std::max<Steady::duration>(kKeepLeast, kKeepTimes * took);
  }
  LeadView view = *one->view;
  view.age = std::chrono::duration_cast<std::chrono::milliseconds>(Steady::now() - one->made_at);
  return view;
}

LeadView LeadViews::make(const Phonebank& phonebank, Kept& kept, Deadline deadline) {
  LeadView view;
  view.phonebank = phonebank;
  if (const auto script = surveys_.script(phonebank.script)) {
    for (const surveys::Question& question : script->questions) {
      view.results.push_back({question, 0, std::vector<std::int64_t>(question.choices.size())});
    }
  }
  const auto connection = pool_.acquire(deadline);
  // One snapshot, so that the numbers agree with each other.
  pg::Transaction transaction(*connection, deadline, pg::Transaction::Isolation::repeatable_read);
  view.position = feed::head(*connection);
  const auto at = transaction.run(sql::kMoment, time_.given()).only().get<Instant>(0);
  count_lines(transaction, at, view);
  view.callers_active =
      transaction.run(sql::kCountActive, phonebank.id, at - kAwayAfter).only().get<std::int64_t>(0);
  std::vector<QuestionId> questions;
  for (const QuestionCounts& counts : view.results)
    questions.push_back(counts.question.id);
  // Another version may ask other questions: then everything is counted anew.
  if (questions != kept.questions) kept.so_far = {};
  kept.questions = questions;
  view.tally = tally_at(transaction, surveys_, phonebank.id, questions, at, kept.so_far);
  for (const pg::Row row :
       transaction.run(sql::kCallsPerMinute, phonebank.id, at - std::chrono::hours(1))) {
    view.last_hour += Calls{row.get<std::int64_t>(1), row.get<std::int64_t>(2)};
  }
  for (const pg::Row row : transaction.run(sql::kCountDialRefusals, phonebank.id))
    view.dial_refusals.emplace(row.text(0), row.get<std::int64_t>(1));
  count_answers(view);
  return view;
}

void LeadViews::count_lines(pg::Transaction& transaction, Instant at, LeadView& view) {
  const auto open = zone_sets_.open(transaction.connection(), view.phonebank.rules.window, at);
  LineCounts& counts = view.lines;
  for (const pg::Row row : transaction.run(sql::kCountLines, view.phonebank.id)) {
    const LineState state = line_state_from(row.text(0));
    const auto count = row.get<std::int64_t>(4);
    const bool rests = state == LineState::ready || state == LineState::waiting;
    counts.lines += count;
    if (rests && row.get<bool>(3)) counts.callbacks += count;
    switch (state) {
      case LineState::ready:
        (std::ranges::binary_search(open, row.get<ZoneSetId>(1)) ? counts.ready
                                                                 : counts.outside_hours) += count;
        break;
      case LineState::waiting:
        counts.waiting += count;
        break;
      case LineState::held:
        counts.held += count;
        break;
      case LineState::done:
        counts.done += count;
        break;
      case LineState::barred:
        counts.barred += count;
        view.barred_reasons[std::string(row.text(2))] += count;
        break;
    }
  }
}

void LeadViews::count_answers(LeadView& view) {
  for (QuestionCounts& counts : view.results) {
    for (std::size_t i = 0; i < counts.choices.size(); ++i) {
      const auto found = view.tally.answers.find({counts.question.id, static_cast<int>(i) + 1});
      if (found != view.tally.answers.end()) counts.choices[i] = found->second;
    }
    const auto declined = view.tally.answers.find({counts.question.id, 0});
    if (declined != view.tally.answers.end()) counts.declined = declined->second;
  }
}

std::vector<CallerRow> LeadViews::callers(PhonebankId id, Deadline deadline) {
  const auto seen = view(id, deadline);
  if (!seen) return {};
  const auto connection = pool_.acquire(deadline);
  const auto at = connection->run(sql::kMoment, time_.given()).only().get<Instant>(0);
  std::vector<CallerRow> callers;
  for (const pg::Row row : connection->run(sql::kCallers, id, kCallersMax)) {
    CallerRow caller;
    caller.person = row.get<PersonId>(0);
    caller.name = row.text(1);
    caller.joined_at = row.get<Instant>(2);
    caller.last_seen_at = row.get<Instant>(3);
    caller.on_call = row.get<bool>(4);
    caller.away = row.get<bool>(5) || caller.last_seen_at < at - kAwayAfter;
    caller.resting = row.get<bool>(6);
    const auto calls = seen->tally.by_caller.find(caller.person);
    if (calls != seen->tally.by_caller.end()) caller.calls = calls->second;
    callers.push_back(std::move(caller));
  }
  std::ranges::sort(callers, {}, [](const CallerRow& row) {
    return std::tuple(row.away, -row.last_seen_at.time_since_epoch(), row.person);
  });
  return callers;
}

std::vector<CallsAt> LeadViews::progress(PhonebankId id, std::chrono::minutes length,
                                         Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  const auto at = connection->run(sql::kMoment, time_.given()).only().get<Instant>(0);
  std::vector<CallsAt> minutes;
  for (const pg::Row row : connection->run(sql::kCallsPerMinute, id, at - length)) {
    minutes.push_back({row.get<Instant>(0), {row.get<std::int64_t>(1), row.get<std::int64_t>(2)}});
  }
  return minutes;
}

}  // namespace hustings::phonebank
