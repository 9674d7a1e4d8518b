#include <fmt/format.h>

#include "access/access_service.h"
#include "api/segment_analysis.h"
#include "api/segment_numbers.h"
#include "segments/count_history.h"
#include "segments/segment_export.h"
#include "segments/small_cells.h"

namespace hustings::api {
namespace {

struct NumbersShape {
  static constexpr std::string_view kName = "SegmentNumbers";
  SegmentId id;
  std::string name;
  std::int64_t version = 0;
  std::string text;
  Shown count;
  Shown households;
  Shown with_phone;
  std::int64_t position = 0;
  std::int64_t age_ms = 0;
  Instant updated_at;
  static Fields fields() {
    return {field("id", &NumbersShape::id, "The segment."),
            field("name", &NumbersShape::name, "What people call it."),
            field("version", &NumbersShape::version, "Counts its changes, from 1."),
            field("text", &NumbersShape::text, "The rule as one line."),
            field("count", &NumbersShape::count,
                  "How many voters match; null: too few to be shown to this role."),
            field("households", &NumbersShape::households, "How many households they live in."),
            field("with_phone", &NumbersShape::with_phone, "How many of them have a number."),
            field("position", &NumbersShape::position, "The feed position of the numbers."),
            field("age_ms", &NumbersShape::age_ms,
                  "Milliseconds since it was certain that nothing newer was there."),
            field("updated_at", &NumbersShape::updated_at, "When it was last changed.")};
  }
};

/// What a role may be shown of a segment's totals.
struct ShownTotals {
  Shown voters;
  Shown households;
  Shown with_phone;
};
ShownTotals shown(const segments::Totals& totals, std::uint64_t all, std::uint64_t least) {
  const bool hides = least > 0 && segments::is_hidden_part(totals.voters, all, least);
  const auto part = [&](std::uint64_t count) {
    const bool is_small = least > 0 && segments::is_hidden_part(count, totals.voters, least);
    return hides || is_small ? Shown() : Shown(static_cast<std::int64_t>(count));
  };
  return {.voters = hides ? Shown() : Shown(static_cast<std::int64_t>(totals.voters)),
          .households = part(totals.households),
          .with_phone = part(totals.with_phone)};
}

struct QuestionShown {
  static constexpr std::string_view kName = "QuestionName";
  std::string key;
  std::string text;
  static Fields fields() {
    return {field("key", &QuestionShown::key, "As rules name it."),
            field("text", &QuestionShown::text, "The question.")};
  }
};

struct ListNumbers {
  using Input = Nothing;
  struct Output {
    static constexpr std::string_view kName = "AllSegmentNumbers";
    std::vector<NumbersShape> items;
    std::vector<QuestionShown> questions;
    std::int64_t hidden_below = 0;
    static Fields fields() {
      return {field("items", &Output::items, "The saved segments, oldest first."),
              field("questions", &Output::questions, "What voters were asked."),
              field("hidden_below", &Output::hidden_below,
                    "Numbers below it are hidden from this role; 0: none.")};
    }
  };
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/segment-numbers",
            .name = "list_segment_numbers",
            .summary = "The saved segments with what this role may see of their numbers.",
            .permission = Permission::numbers_read};
  }
  static Result<Output> call(Context& context, const Input&) {
    const segments::SegmentService& service = context.services().segments;
    const std::uint64_t least = small_cell_least(context);
    const std::uint64_t all = service.statistics().all.voters;
    const segments::RuleNames names = service.names();
    Output output;
    output.hidden_below = static_cast<std::int64_t>(least);
    for (const segments::Segment& segment : service.list()) {
      const ShownTotals totals = shown(segment.totals, all, least);
      output.items.push_back({.id = segment.id,
                              .name = segment.name,
                              .version = segment.version,
                              .text = segments::to_text(segment.rule, names),
                              .count = totals.voters,
                              .households = totals.households,
                              .with_phone = totals.with_phone,
                              .position = segment.fresh.position,
                              .age_ms = segment.fresh.age.count(),
                              .updated_at = segment.updated_at});
    }
    for (const segments::QuestionInfo& question : service.questions()) {
      if (!question.choices.empty()) output.questions.push_back({question.key, question.text});
    }
    return output;
  }
};

struct PastCountShape {
  static constexpr std::string_view kName = "PastSegmentCount";
  Instant at;
  std::int64_t version = 0;
  std::int64_t count = 0;
  std::int64_t households = 0;
  std::int64_t with_phone = 0;
  std::int64_t position = 0;
  static Fields fields() {
    return {field("at", &PastCountShape::at, "When."),
            field("version", &PastCountShape::version, "The segment's version then."),
            field("count", &PastCountShape::count, "How many voters matched."),
            field("households", &PastCountShape::households, "How many households."),
            field("with_phone", &PastCountShape::with_phone, "How many had a number."),
            field("position", &PastCountShape::position, "The feed position.")};
  }
};

struct ListCounts {
  struct Input {
    SegmentId id;
    std::int64_t days = 14;
    static Fields fields() {
      return {field("id", &Input::id, "The segment."),
              field("days", &Input::days, "How far back.",
                    {.min = 1, .max = 3650, .has_default = true})};
    }
  };
  using Output = Page<PastCountShape>;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/segments/{id}/counts",
            .name = "list_segment_counts",
            .summary = "A segment's numbers in the course of time, oldest first.",
            .permission = Permission::segments_read};
  }
  static Result<Output> call(Context& context, const Input& input) {
    const Instant since = context.services().clock.now() - std::chrono::days(input.days);
    Output page;
    for (const segments::PastCount& one : context.services().counts.of(input.id, since)) {
      page.items.push_back({.at = one.at,
                            .version = one.version,
                            .count = static_cast<std::int64_t>(one.totals.voters),
                            .households = static_cast<std::int64_t>(one.totals.households),
                            .with_phone = static_cast<std::int64_t>(one.totals.with_phone),
                            .position = one.position});
    }
    return page;
  }
};

struct SegmentPath {
  SegmentId id;
  static Fields fields() { return {field("id", &SegmentPath::id, "The segment.")}; }
};

struct DownloadVoters {
  using Input = SegmentPath;
  using Output = net::Response;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/segments/{id}/voters.csv",
            .name = "export_segment",
            .summary = "The voters of a segment as a CSV file; the feed keeps who took it.",
            .permission = Permission::voters_export,
            .produces = "text/csv"};
  }
  static Result<Output> call(Context& context, const Input& input) {
    const Services& services = context.services();
    segments::SegmentExport::File file =
        TRY(services.exports.csv(input.id, context.actor(), services.config.data_dir / "exports"));
    Output response;
    response.content_type = "text/csv; charset=utf-8";
    response.headers.emplace_back(
        "content-disposition",
        fmt::format("attachment; filename=\"voters-{}.csv\"", input.id.text()));
    response.headers.emplace_back("cache-control", "no-store");
    response.file = file.csv->path();
    response.hold = std::move(file.csv);
    return response;
  }
};

struct TakenShape {
  static constexpr std::string_view kName = "SegmentExported";
  Instant at;
  std::string by;
  std::int64_t rows = 0;
  std::int64_t version = 0;
  static Fields fields() {
    return {field("at", &TakenShape::at, "When."),
            field("by", &TakenShape::by, "Who took it, as people know them."),
            field("rows", &TakenShape::rows, "How many voters."),
            field("version", &TakenShape::version, "The segment's version then.")};
  }
};

struct ListExports {
  using Input = SegmentPath;
  using Output = Page<TakenShape>;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/segments/{id}/exports",
            .name = "list_segment_exports",
            .summary = "Who took files of a segment's voters, newest first.",
            .permission = Permission::segments_read};
  }
  static Result<Output> call(Context& context, const Input& input) {
    const auto taken = context.services().exports.taken(input.id);
    std::vector<std::string> actors;
    for (const auto& one : taken)
      actors.push_back(one.actor);
    const auto names = context.services().access.names_of(actors, context.deadline());
    Output page;
    for (const auto& one : taken) {
      page.items.push_back(
          {.at = one.at, .by = names.at(one.actor), .rows = one.rows, .version = one.version});
    }
    return page;
  }
};

}  // namespace

void add_segment_history(Registrar& registrar) {
  registrar.add<ListNumbers>();
  registrar.add<ListCounts>();
  registrar.add<DownloadVoters>();
  registrar.add<ListExports>();
}

}  // namespace hustings::api
