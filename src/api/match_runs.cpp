#include "access/access_service.h"
#include "api/matches.h"
#include "api/paging.h"
#include "identity/resolver.h"

namespace hustings::api {
namespace {

struct ClusterSizeShape {
  std::int64_t identities = 0;
  std::int64_t persons = 0;
  static Fields fields() {
    return {field("identities", &ClusterSizeShape::identities, "So many records."),
            field("persons", &ClusterSizeShape::persons, "How many persons have so many.")};
  }
};

struct StageSecondsShape {
  std::string stage;
  double seconds = 0;
  static Fields fields() {
    return {field("stage", &StageSecondsShape::stage, "loading, comparing, deciding or joining."),
            field("seconds", &StageSecondsShape::seconds, "How long it took.")};
  }
};

struct RunReportShape {
  std::int64_t records = 0;
  std::int64_t fresh = 0;
  std::int64_t pairs_compared = 0;
  std::int64_t joined = 0;
  std::int64_t queued = 0;
  std::int64_t left_out = 0;
  double estimated_matches = 0;
  std::vector<ClusterSizeShape> cluster_sizes;
  std::vector<StageSecondsShape> seconds;
  static Fields fields() {
    return {field("records", &RunReportShape::records, "Records that were read."),
            field("fresh", &RunReportShape::fresh, "Of these, whose partners were sought."),
            field("pairs_compared", &RunReportShape::pairs_compared, "Pairs that were compared."),
            field("joined", &RunReportShape::joined, "Voters that joined another."),
            field("queued", &RunReportShape::queued, "Pairs that a person should look at."),
            field("left_out", &RunReportShape::left_out, "Pairs beyond what the queue holds."),
            field("estimated_matches", &RunReportShape::estimated_matches,
                  "Pairs of two sources that are one person, as reckoned."),
            field("cluster_sizes", &RunReportShape::cluster_sizes,
                  "How many persons have 2, 3, … records."),
            field("seconds", &RunReportShape::seconds, "How long each stage took.")};
  }
};

struct RunShape {
  static constexpr std::string_view kName = "MatchRun";
  MatchRunId id;
  std::string scope;
  std::string state;
  std::string stage;
  std::int64_t rows_read = 0;
  double seconds = 0;
  std::string started_by;
  std::string started_by_name;
  Instant started_at;
  std::optional<Instant> ended_at;
  std::optional<RunReportShape> report;
  std::optional<std::string> error;
  static Fields fields() {
    return {field("id", &RunShape::id, "The run."),
            field("scope", &RunShape::scope,
                  "registry: everybody; new: what the newest files brought."),
            field("state", &RunShape::state, "running, done, failed or cancelled."),
            field("stage", &RunShape::stage, "loading, comparing, deciding, joining or ended."),
            field("rows_read", &RunShape::rows_read, "Records read so far, while loading."),
            field("seconds", &RunShape::seconds, "How long it has taken."),
            field("started_by", &RunShape::started_by, "Who started it: person:3, or system."),
            field("started_by_name", &RunShape::started_by_name, "Who started it, for people."),
            field("started_at", &RunShape::started_at, "When it began."),
            field("ended_at", &RunShape::ended_at, "When it ended."),
            field("report", &RunShape::report, "What it found, once it is done."),
            field("error", &RunShape::error, "Why it did not come to its end.")};
  }
};

RunReportShape shown(const identity::RunReport& report) {
  RunReportShape out{.records = report.records,
                     .fresh = report.fresh,
                     .pairs_compared = report.pairs_compared,
                     .joined = report.joined,
                     .queued = report.queued,
                     .left_out = report.left_out,
                     .estimated_matches = report.estimated_matches,
                     .cluster_sizes = {},
                     .seconds = {}};
  for (const auto& [identities, persons] : report.cluster_sizes)
    out.cluster_sizes.push_back({identities, persons});
  for (const auto& [stage, seconds] : report.seconds)
    out.seconds.push_back({stage, seconds});
  return out;
}

std::vector<RunShape> shown(const Context& context, const std::vector<identity::Run>& runs) {
  std::vector<std::string> actors;
  for (const identity::Run& run : runs)
    actors.push_back(run.started_by);
  const auto names = context.services().access.names_of(actors, context.deadline());
  std::vector<RunShape> out;
  for (const identity::Run& run : runs) {
    out.push_back({.id = run.id,
                   .scope = std::string(to_string(run.scope)),
                   .state = std::string(to_string(run.state)),
                   .stage = std::string(to_string(run.stage)),
                   .rows_read = run.rows_read,
                   .seconds = run.seconds,
                   .started_by = run.started_by,
                   .started_by_name = names.at(run.started_by),
                   .started_at = run.started_at,
                   .ended_at = run.ended_at,
                   .report = std::nullopt,
                   .error = run.error});
    if (run.report) out.back().report = shown(*run.report);
  }
  return out;
}

Result<RunShape> find_run(const Context& context, MatchRunId id) {
  const auto run = TRY(context.services().resolver.find(id, context.deadline()));
  return std::move(shown(context, {run}).front());
}

struct StartMatchRun {
  struct Input {
    std::string scope = "registry";
    static Fields fields() {
      return {field("scope", &Input::scope,
                    "registry: everybody against everybody; new: what the newest files brought "
                    "against all other sources.",
                    {.max_length = 20, .has_default = true})};
    }
  };
  using Output = RunShape;
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/matches/runs",
            .name = "start_match_run",
            .summary = "Looks for records of one person, in the background.",
            .permission = Permission::registry_write,
            .status = 202};
  }
  static Result<Output> call(Context& context, const Input& input) {
    const auto scope = identity::run_scope_from(input.scope);
    if (!scope) return invalid("A run is over the registry, or over what is new.", "scope");
    const auto id = TRY(context.services().resolver.start(
        {.scope = *scope, .actor = context.actor(), .threads = 0}));
    return find_run(context, id);
  }
};

struct ListMatchRuns {
  using Input = PageQuery<MatchRunId>;
  using Output = Page<RunShape>;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/matches/runs",
            .name = "list_match_runs",
            .summary = "The runs, newest first.",
            .permission = Permission::registry_write};
  }
  static Result<Output> call(Context& context, const Input& input) {
    const auto before = TRY(input.before());
    auto runs = context.services().resolver.list(before, static_cast<int>(input.limit) + 1,
                                                 context.deadline());
    return cut_page<RunShape>(input.limit, std::move(runs),
                              [&](const auto& items) { return shown(context, items); });
  }
};

struct RunPath {
  MatchRunId id;
  static Fields fields() { return {field("id", &RunPath::id, "The run.")}; }
};

struct GetMatchRun {
  using Input = RunPath;
  using Output = RunShape;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/matches/runs/{id}",
            .name = "get_match_run",
            .summary = "A run and how far it is.",
            .permission = Permission::registry_write,
            .topic = "match_run"};
  }
  static Result<Output> call(Context& context, const Input& input) {
    return find_run(context, input.id);
  }
};

struct CancelMatchRun {
  using Input = RunPath;
  using Output = RunShape;
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/matches/runs/{id}/cancel",
            .name = "cancel_match_run",
            .summary = "Stops a run; nothing of it stays.",
            .permission = Permission::registry_write};
  }
  static Result<Output> call(Context& context, const Input& input) {
    TRY(context.services().resolver.cancel(input.id));
    return find_run(context, input.id);
  }
};

}  // namespace

void add_match_runs(Registrar& registrar) {
  registrar.add<StartMatchRun>();
  registrar.add<ListMatchRuns>();
  registrar.add<GetMatchRun>();
  registrar.add<CancelMatchRun>();
}

}  // namespace hustings::api
