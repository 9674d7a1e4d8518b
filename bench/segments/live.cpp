#include "segments/live.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>
#include <vector>

#include <fmt/format.h>

#include "access/access_service.h"
#include "app/installation.h"
#include "app/web_server.h"
#include "base/text.h"
#include "feed/tail.h"
#include "net/client.h"
#include "net/live_client.h"
#include "segments/segment_service.h"

namespace hustings::bench {
namespace {

using Steady = std::chrono::steady_clock;

double ms_between(Steady::time_point from, Steady::time_point to) {
  return std::chrono::duration<double, std::milli>(to - from).count();
}

Percentiles percentiles_of(std::vector<double> values) {
  if (values.empty()) return {};
  std::ranges::sort(values);
  const auto at = [&](double share) {
    return values[std::min(values.size() - 1,
                           static_cast<std::size_t>(share * static_cast<double>(values.size())))];
  };
  return {.p50 = at(0.5), .p99 = at(0.99)};
}

/// When each commit was acknowledged, and when somebody first had its changes.
class Arrivals {
 public:
  void committed(feed::Position position) {
    const std::lock_guard lock(mutex_);
    waiting_.push_back({position, Steady::now()});
    settle();
  }
  void arrived(feed::Position position) {
    const std::lock_guard lock(mutex_);
    const auto now = Steady::now();
    if (position > newest_) seen_.push_back({newest_ = position, now});
    settle();
  }
  std::vector<double> ms() const {
    const std::lock_guard lock(mutex_);
    return ms_;
  }

 private:
  struct Moment {
    feed::Position position;
    Steady::time_point at;
  };
  /// Both lists are ascending. A change may be seen before its commit is acknowledged: then it has
  /// taken no time.
  void settle() {
    while (first_ < waiting_.size()) {
      const Moment& commit = waiting_[first_];
      while (first_seen_ < seen_.size() && seen_[first_seen_].position < commit.position)
        ++first_seen_;
      if (first_seen_ == seen_.size()) return;
      ms_.push_back(std::max(0.0, ms_between(commit.at, seen_[first_seen_].at)));
      ++first_;
    }
  }
  mutable std::mutex mutex_;
  std::vector<Moment> waiting_;
  std::vector<Moment> seen_;
  std::size_t first_ = 0;
  std::size_t first_seen_ = 0;
  feed::Position newest_ = 0;
  std::vector<double> ms_;
};

void fill_voters(pg::Connection& connection, std::size_t voters) {
  auto copy = connection.copy_in(
      "copy voter (bucket, voter_id, import_id, source, external_id, status, protected, last_name, "
      "first_name, gender, party, birth_year, state, county, precinct, household_id, phone) "
      "from stdin",
      "bench");
  std::string lines;
  for (std::size_t i = 1; i <= voters; ++i) {
    const VoterId voter(static_cast<std::int64_t>(i));
    fmt::format_to(std::back_inserter(lines),
                   "{}\t{}\t1\tbench\tx{}\tactive\tf\tL\tF\t{}\t{}\t{}\tNC\tC{}\t{}\t{}\t{}\n",
                   bucket_of(voter), i, i, i % 2 == 0 ? "F" : "M",
                   i % 3 == 0 ? "DEM" : (i % 3 == 1 ? "REP" : "UNA"), 1930 + i % 75,
                   i * 100 / voters, i * 2700 / voters, i / 2, 19195550000 + i);
    if (lines.size() < (1U << 20)) continue;
    copy.write(lines);
    lines.clear();
  }
  copy.write(lines);
  copy.finish();
  connection.run_text("vacuum analyze voter", "bench");
}

/// Conjunctions over places, parties and contacts, of which a contact changes some.
std::string segment_rule(std::size_t number) {
  constexpr const char* kParties[] = {"DEM", "REP", "UNA"};
  std::string contacts = number % 2 == 0 ? R"({"field":"contacted","is":true})"
                                         : R"({"field":"contact_count","at_most":1})";
  if (number == 0) return contacts;
  return fmt::format(
      R"({{"all":[{},{{"field":"party","in":["{}"]}},{{"field":"county","in":["C{}","C{}"]}}]}})",
      contacts, kParties[number % 3], number % 100, number * 7 % 100);
}

class LiveBench {
 public:
  explicit LiveBench(const LiveTask& task) : task_(task) {
    config_.data_dir = task.folder / "live";
    config_.listen_port = 0;
    {
      auto tools = open(app::Installation::Part::tools);
      pg::Connection connection(tools->database());
      fill_voters(connection, task.voters);
    }
    installation_ = open(app::Installation::Part::serving);
    auto server = app::WebServer::start(*installation_, config_, log_);
    if (!server) throw Failure(server.error().text());
    server_ = *std::move(server);
    sign_in();
    for (std::size_t i = 0; i < task.segments; ++i) {
      const auto made =
          installation_->segments().create({.name = fmt::format("Segment {}", i),
                                            .rule = *segments::rule_from_json(segment_rule(i)),
                                            .actor = "person:1"});
      if (!made) throw Failure(made.error().text());
      if (i == 0) heard_ = made->id;
    }
  }

  LiveFigures run() {
    feed::Tail tail(
        installation_->database(), installation_->segments().freshness().position,
        [&](std::span<const feed::Entry> entries) { at_reader_.arrived(entries.back().position); },
        log_);
    std::thread listener([this] { listen(); });
    std::thread reader([this] { read(); });
    write();
    const feed::Position last = last_;
    installation_->segments().wait_until(last, std::chrono::seconds(30));
    std::this_thread::sleep_for(std::chrono::milliseconds(500));  // for the last message
    is_over_ = true;
    listener.join();
    reader.join();
    const auto proofs = installation_->segments().proofs();
    return {.changes_per_s = changes_per_s_,
            .commit_ms = percentiles_of(commits_ms_),
            .database_ms = percentiles_of(at_reader_.ms()),
            .commit_to_push_ms = percentiles_of(at_page_.ms()),
            .api_read_ms = percentiles_of(reads_ms_),
            .recounted = static_cast<double>(proofs.counted),
            .is_exact = proofs.unequal == 0 && is_as_in_sql() &&
                        at_page_.ms().size() == commits_ms_.size()};
  }

 private:
  std::unique_ptr<app::Installation> open(app::Installation::Part part) {
    auto opened = app::Installation::open(config_, part, log_);
    if (!opened) throw Failure(opened.error().text());
    return *std::move(opened);
  }

  void sign_in() {
    access::AccessService& access = installation_->access();
    const auto link = access.make_first_administrator_link();
    if (!link) throw Failure(link.error().text());
    const auto in = access.use_sign_in_link(
        link->token,
        {.name = "Bench", .email = "bench@example.org", .password = "bench-bench-bench-1"});
    if (!in) throw Failure(in.error().text());
    cookie_ = {{"Cookie", "hustings_session=" + in->token}};
  }

  void listen() {
    auto client = net::LiveClient::connect({.address = "127.0.0.1",
                                            .port = server_->port(),
                                            .target = "/v1/live?topics=segment:" + heard_.text(),
                                            .headers = cookie_,
                                            .timeout = std::chrono::seconds(5)});
    if (!client) return;
    while (!is_over_) {
      const auto message = client->next(std::chrono::milliseconds(100));
      if (!message) return;
      if (!*message) continue;
      constexpr std::string_view kKey = "\"position\":";
      const std::size_t at = (*message)->find(kKey);
      if (at == std::string::npos) continue;
      std::string_view digits = std::string_view(**message).substr(at + kKey.size());
      digits = digits.substr(0, digits.find_first_not_of("0123456789"));
      if (const auto position = parse_int(digits)) at_page_.arrived(*position);
    }
  }

  /// Another page that asks ten times a second.
  void read() {
    net::Client client({.address = "127.0.0.1", .port = server_->port()});
    while (!is_over_) {
      const auto start = Steady::now();
      const auto response = client.request("GET", "/v1/segments/" + heard_.text(), cookie_);
      if (response && response->status == 200) {
        reads_ms_.push_back(ms_between(start, Steady::now()));
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
  }

  /// Contacts, some in each transaction as the phone bank's group commit does it.
  void write() {
    pg::Connection connection(installation_->database());
    const auto begin = Steady::now();
    const auto commits =
        static_cast<int>(task_.seconds * task_.changes_per_s / task_.changes_per_commit);
    std::uint64_t voter = 1;
    for (int i = 0; i < commits; ++i) {
      const auto due =
          begin + std::chrono::microseconds(std::int64_t{1'000'000} * i * task_.changes_per_commit /
                                            task_.changes_per_s);
      std::this_thread::sleep_until(due);
      commit_contacts(connection, voter);
    }
    changes_per_s_ = 1000.0 * commits * task_.changes_per_commit / ms_between(begin, Steady::now());
  }

  void commit_contacts(pg::Connection& connection, std::uint64_t& voter) {
    pg::Transaction transaction(connection);
    const std::string at = to_iso(SystemClock().now());
    std::string values;
    std::vector<feed::Change> changes;
    for (int i = 0; i < task_.changes_per_commit; ++i) {
      voter = (voter * 48'271) % 2'147'483'647;
      const VoterId id(static_cast<std::int64_t>(voter % task_.voters) + 1);
      fmt::format_to(std::back_inserter(values),
                     "{}({}, {}, {}, 1, 1, 1, 19195550100, 'phone', 'reached', '{}', '{}')",
                     values.empty() ? "" : ",", bucket_of(id), ++attempts_, id.value(), at, at);
      changes.push_back(
          {.kind = ChangeKind::attempt_recorded,
           .subject = feed::subject_of("voter", id),
           .actor = "person:1",
           .payload = fmt::format(
               R"({{"attempt":{},"phonebank":1,"disposition":"reached","at":"{}","answers":[]}})",
               attempts_, at)});
    }
    connection.run_text(
        "insert into contact_attempt (bucket, attempt_id, voter_id, phonebank_id, lease_id, "
        "caller_id, number, channel, disposition, started_at, ended_at) values " +
            values,
        "bench");
    const auto start = Steady::now();
    last_ = feed::commit(transaction, changes);
    commits_ms_.push_back(ms_between(start, Steady::now()));
    at_reader_.committed(last_);
    at_page_.committed(last_);
  }

  bool is_as_in_sql() {
    pg::Connection connection(installation_->database());
    const auto rows =
        connection.run_text("select count(distinct voter_id) from contact_attempt", "bench");
    const auto segment = installation_->segments().get(heard_);
    return segment &&
           segment->totals.voters == static_cast<std::uint64_t>(rows.only().get<std::int64_t>(0));
  }

  const LiveTask& task_;
  Log log_ = Log::to_nowhere();
  Config config_;
  std::unique_ptr<app::Installation> installation_;
  std::unique_ptr<app::WebServer> server_;
  std::vector<net::Header> cookie_;
  SegmentId heard_;
  Arrivals at_reader_;
  Arrivals at_page_;
  std::vector<double> commits_ms_;
  std::vector<double> reads_ms_;
  std::int64_t attempts_ = 0;
  feed::Position last_ = 0;
  double changes_per_s_ = 0;
  std::atomic<bool> is_over_ = false;
};

}  // namespace

LiveFigures measure_live(const LiveTask& task) { return LiveBench(task).run(); }

}  // namespace hustings::bench
