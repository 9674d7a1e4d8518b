#include "api/home.h"

#include "archive/archive.h"
#include "ingest/importer.h"
#include "lists/list_service.h"
#include "pg/pool.h"
#include "phonebank/phonebank_service.h"
#include "segments/segment_service.h"
#include "surveys/wilson.h"

namespace hustings::api {
namespace {

/// The key of the question whose first choice means "for us".
constexpr std::string_view kSupportQuestion = "support";

struct HomeImport {
  static constexpr std::string_view kName = "HomeImport";
  ImportId id;
  std::string file_name;
  std::string state;
  std::int64_t rows_read = 0;
  std::int64_t rows_rejected = 0;
  Instant started_at;
  static Fields fields() {
    return {field("id", &HomeImport::id, "The import."),
            field("file_name", &HomeImport::file_name, "The file's name."),
            field("state", &HomeImport::state, "running, published, failed or cancelled."),
            field("rows_read", &HomeImport::rows_read, "How many rows were read."),
            field("rows_rejected", &HomeImport::rows_rejected, "How many were not taken."),
            field("started_at", &HomeImport::started_at, "When it began.")};
  }
};

struct HomeSegment {
  static constexpr std::string_view kName = "HomeSegment";
  SegmentId id;
  std::string name;
  std::int64_t count = 0;
  std::int64_t age_ms = 0;
  static Fields fields() {
    return {field("id", &HomeSegment::id, "The segment."),
            field("name", &HomeSegment::name, "What people call it."),
            field("count", &HomeSegment::count, "How many voters match."),
            field("age_ms", &HomeSegment::age_ms, "How old the count is, in milliseconds.")};
  }
};

struct HomePhonebank {
  static constexpr std::string_view kName = "HomePhonebank";
  PhonebankId id;
  std::string name;
  std::string state;
  std::int64_t calls = 0;
  std::int64_t conversations = 0;
  std::int64_t callers_active = 0;
  static Fields fields() {
    return {field("id", &HomePhonebank::id, "The phone bank."),
            field("name", &HomePhonebank::name, "What people call it."),
            field("state", &HomePhonebank::state, "open, paused or closed."),
            field("calls", &HomePhonebank::calls, "Calls made."),
            field("conversations", &HomePhonebank::conversations, "Calls on which somebody spoke."),
            field("callers_active", &HomePhonebank::callers_active, "Callers who are there now.")};
  }
};

struct HomeSupport {
  static constexpr std::string_view kName = "HomeSupport";
  std::int64_t n = 0;
  double share = 0;
  double low = 0;
  double high = 0;
  static Fields fields() {
    return {field("n", &HomeSupport::n, "How many voters answered."),
            field("share", &HomeSupport::share, "The share whose newest answer is for us."),
            field("low", &HomeSupport::low, "The lower end of its 95 % interval (Wilson)."),
            field("high", &HomeSupport::high, "The upper end.")};
  }
};

struct HomeArchive {
  static constexpr std::string_view kName = "HomeArchive";
  Instant at;
  std::int64_t tables = 0;
  std::int64_t rows = 0;
  bool verified = false;
  static Fields fields() {
    return {field("at", &HomeArchive::at, "When it was written."),
            field("tables", &HomeArchive::tables, "How many tables it holds."),
            field("rows", &HomeArchive::rows, "How many rows."),
            field("verified", &HomeArchive::verified, "Whether it was read back and compared.")};
  }
};

struct GetHome {
  using Input = Nothing;
  struct Output {
    static constexpr std::string_view kName = "Home";
    std::int64_t voters = 0;
    std::int64_t with_phone = 0;
    std::int64_t households = 0;
    std::optional<HomeImport> last_import;
    std::vector<HomeSegment> segments;
    std::int64_t lists = 0;
    std::vector<HomePhonebank> phonebanks;
    std::int64_t calls = 0;
    std::int64_t conversations = 0;
    std::int64_t answers = 0;
    std::int64_t calls_last_hour = 0;
    std::optional<HomeSupport> support;
    std::optional<HomeArchive> archive;
    std::int64_t position = 0;
    std::int64_t feed_age_ms = 0;
    Instant server_time;
    std::string version;
    static Fields fields();
  };
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/home",
            .name = "get_home",
            .summary = "The whole loop in numbers, as the home page shows it.",
            .permission = Permission::segments_read,
            .topic = "home"};
  }
  static Result<Output> call(Context& context, const Input&);
};

Fields GetHome::Output::fields() {
  return {field("voters", &Output::voters, "How many voters there are."),
          field("with_phone", &Output::with_phone, "How many of them have a number."),
          field("households", &Output::households, "How many households they live in."),
          field("last_import", &Output::last_import, "The newest import; null if there is none."),
          field("segments", &Output::segments, "The saved segments."),
          field("lists", &Output::lists, "How many lists there are."),
          field("phonebanks", &Output::phonebanks, "The phone banks, newest first."),
          field("calls", &Output::calls, "Calls made, on all of them."),
          field("conversations", &Output::conversations, "Calls on which somebody spoke."),
          field("answers", &Output::answers, "Answers given."),
          field("calls_last_hour", &Output::calls_last_hour, "Calls of the last hour."),
          field("support", &Output::support,
                "Newest answers to the question \"support\": the share of its first choice; null "
                "before the first answer."),
          field("archive", &Output::archive, "The newest archive; null if there is none."),
          field("position", &Output::position, "The feed position of the voters' numbers."),
          field("feed_age_ms", &Output::feed_age_ms,
                "Milliseconds since it was certain that nothing newer was there."),
          field("server_time", &Output::server_time, "The server's clock."),
          field("version", &Output::version, "The program's version.")};
}

void add_segment_numbers(segments::SegmentService& segments, GetHome::Output& home) {
  const auto statistics = segments.statistics();
  home.voters = static_cast<std::int64_t>(statistics.all.voters);
  home.with_phone = static_cast<std::int64_t>(statistics.all.with_phone);
  home.households = static_cast<std::int64_t>(statistics.all.households);
  home.position = statistics.fresh.position;
  home.feed_age_ms = statistics.fresh.age.count();
  for (const segments::Segment& segment : segments.list()) {
    home.segments.push_back({segment.id, segment.name,
                             static_cast<std::int64_t>(segment.totals.voters),
                             segment.fresh.age.count()});
  }
  const auto counts = segments.answer_counts(kSupportQuestion);
  if (!counts || counts->size() < 2) return;
  HomeSupport support;
  for (const std::uint64_t count : *counts)
    support.n += static_cast<std::int64_t>(count);
  if (support.n == 0) return;
  const auto yes = static_cast<std::int64_t>((*counts)[1]);
  const surveys::Interval interval = surveys::wilson_interval(yes, support.n);
  support.share = static_cast<double>(yes) / static_cast<double>(support.n);
  support.low = interval.low;
  support.high = interval.high;
  home.support = support;
}

void add_phonebank_numbers(const phonebank::Totals& totals, GetHome::Output& home) {
  home.calls = totals.calls.calls;
  home.conversations = totals.calls.conversations;
  home.calls_last_hour = totals.last_hour.calls;
  home.answers = totals.answers;
  for (const phonebank::LeadView& view : totals.phonebanks) {
    home.phonebanks.push_back({.id = view.phonebank.id,
                               .name = view.phonebank.name,
                               .state = std::string(to_string(view.phonebank.state)),
                               .calls = view.tally.calls.calls,
                               .conversations = view.tally.calls.conversations,
                               .callers_active = view.callers_active});
  }
}

Result<GetHome::Output> GetHome::call(Context& context, const Input&) {
  const Services& services = context.services();
  Output home;
  add_segment_numbers(services.segments, home);
  add_phonebank_numbers(services.phonebank.totals(context.deadline()), home);
  const auto imports = services.importer.list(std::nullopt, 1, context.deadline());
  if (!imports.empty()) {
    const ingest::Import& last = imports.front();
    home.last_import = HomeImport{.id = last.id,
                                  .file_name = last.file_name,
                                  .state = std::string(to_string(last.state)),
                                  .rows_read = last.counts.rows_read,
                                  .rows_rejected = last.counts.rows_rejected,
                                  .started_at = last.started_at};
  }
  home.lists = services.lists.count();
  if (const auto last = archive::last_archive(*services.pool.acquire(context.deadline()))) {
    home.archive = HomeArchive{.at = last->ended_at,
                               .tables = last->tables,
                               .rows = last->rows,
                               .verified = last->verified_at.has_value()};
  }
  home.server_time = services.clock.now();
  home.version = services.version;
  return home;
}

}  // namespace

void add_home(Registrar& registrar) { registrar.add<GetHome>(); }

}  // namespace hustings::api
