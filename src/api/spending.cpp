#include "api/spending.h"

#include "api/objective_names.h"
#include "api/read_upload.h"
#include "spending/correlations.h"
#include "spending/inputs.h"

namespace hustings::api {

template <>
struct ChoiceNames<spending::SheetKind> {
  static constexpr std::string_view kName = "SheetKind";
  static constexpr auto kNames = spending::kSheetKinds;
};

template <>
struct ChoiceNames<spending::PollMethod> {
  static constexpr std::string_view kName = "PollMethod";
  static constexpr auto kNames = spending::kPollMethods;
};

namespace {

struct CommitteeShape {
  static constexpr std::string_view kName = "Committee";
  std::string id;
  std::string candidate;
  std::string last_name;
  std::string first_name;
  std::string office;
  std::string state;
  std::string district;
  std::string election;
  bool opposes = false;
  static Fields fields() {
    const Limits free{.max_length = 100, .has_default = true};
    return {field("id", &CommitteeShape::id, "Of the committee that files.", free),
            field("candidate", &CommitteeShape::candidate, "The candidate's id.", free),
            field("last_name", &CommitteeShape::last_name, "The candidate's.", free),
            field("first_name", &CommitteeShape::first_name, "The candidate's.", free),
            field("office", &CommitteeShape::office, "P, S or H.", free),
            field("state", &CommitteeShape::state, "Two letters.", free),
            field("district", &CommitteeShape::district, "Two digits.", free),
            field("election", &CommitteeShape::election, "Such as G2026.", free),
            field("opposes", &CommitteeShape::opposes, "Money is against the candidate.",
                  {.has_default = true})};
  }
};

/// Read and written alike.
struct SettingsShape {
  static constexpr std::string_view kName = "SpendingSettings";
  std::string currency = "USD";
  std::int64_t budget_cents = 0;
  std::optional<std::string> first_day;
  std::int64_t weeks = 1;
  allocation::Objective objective = allocation::Objective::win;
  std::int64_t needed = 0;
  double error_national = 0.012;
  double error_regional = 0.010;
  double error_contest = 0.014;
  std::vector<double> scales;
  std::vector<double> chances;
  std::int64_t poll_days = 30;
  double poll_half_life = 7;
  spending::PollMethod poll_method = spending::PollMethod::half_life;
  double explore_share = 0;
  std::int64_t explore_seed = 1;
  std::optional<std::string> opponent;
  CommitteeShape committee;
  std::int64_t booked_cents = 0;
  std::int64_t inputs = 0;
  static Fields fields();
};

Fields SettingsShape::fields() {
  using S = SettingsShape;
  const Limits error{.min = 0, .max = 0.5, .has_default = true};
  return {
      field("currency", &S::currency, "Of all amounts: three letters.",
            {.min_length = 3, .max_length = 3, .has_default = true}),
      field("budget_cents", &S::budget_cents, "To be spent at most, all that is booked included.",
            {.min = 0, .max = 1e15}),
      field("first_day", &S::first_day, "Of week 1, such as 2026-09-07.", {.max_length = 10}),
      field("weeks", &S::weeks, "How many; the last is that of the election.",
            {.min = 1, .max = spending::kWeeksMax}),
      field("objective", &S::objective, "What plans make as large as they can.",
            {.has_default = true}),
      field("needed", &S::needed, "The weight that wins; 0: more than half.",
            {.min = 0, .max = 20000, .has_default = true}),
      field("error_national", &S::error_national, "Of all polls together, in parts of the vote.",
            error),
      field("error_regional", &S::error_regional, "Of a region.", error),
      field("error_contest", &S::error_contest, "Of a contest alone.", error),
      field("scales", &S::scales, "Fat tails: errors so many times as large.",
            {.max_items = 8, .has_default = true}),
      field("chances", &S::chances, "With these chances.", {.max_items = 8, .has_default = true}),
      field("poll_days", &S::poll_days, "Polls that ended longer ago say nothing.",
            {.min = 1, .max = 1000, .has_default = true}),
      field("poll_half_life", &S::poll_half_life, "Days in which a poll loses half its weight.",
            {.min = 0.1, .max = 1000, .has_default = true}),
      field("poll_method", &S::poll_method,
            "How polls become means: the newer the heavier, or by the tracker that follows opinion "
            "and pollsters.",
            {.has_default = true}),
      field("explore_share", &S::explore_share,
            "Of the people, in markets drawn at random where nothing new is spent, so that effects "
            "can be measured.",
            {.min = 0, .max = 0.5, .has_default = true}),
      field("explore_seed", &S::explore_seed, "Gives the same draw again.",
            {.min = 0, .max = 9e15, .has_default = true}),
      field("opponent", &S::opponent, "The scenario of the opponent's spending that counts.",
            {.max_length = 200}),
      field("committee", &S::committee, "Who files reports.", {.has_default = true}),
      field("booked_cents", &S::booked_cents, "What is booked; not written.",
            {.has_default = true}),
      field("inputs", &S::inputs, "How often the inputs of plans have changed; not written.",
            {.has_default = true})};
}

SettingsShape shown(const spending::Settings& of) {
  const spending::Committee& c = of.committee;
  return {.currency = of.currency,
          .budget_cents = of.budget_cents,
          .first_day = of.first_day,
          .weeks = of.weeks,
          .objective = of.objective,
          .needed = of.needed,
          .error_national = of.error_national,
          .error_regional = of.error_regional,
          .error_contest = of.error_contest,
          .scales = of.scales,
          .chances = of.chances,
          .poll_days = of.poll_days,
          .poll_half_life = of.poll_half_life,
          .poll_method = of.poll_method,
          .explore_share = of.explore_share,
          .explore_seed = of.explore_seed,
          .opponent = of.opponent,
          .committee = {c.id, c.candidate, c.last_name, c.first_name, c.office, c.state, c.district,
                        c.election, c.opposes},
          .booked_cents = of.booked_cents,
          .inputs = of.inputs};
}

spending::Settings read(const SettingsShape& of) {
  const CommitteeShape& c = of.committee;
  return {.currency = of.currency,
          .budget_cents = of.budget_cents,
          .first_day = of.first_day,
          .weeks = of.weeks,
          .objective = of.objective,
          .needed = of.needed,
          .error_national = of.error_national,
          .error_regional = of.error_regional,
          .error_contest = of.error_contest,
          .scales = of.scales,
          .chances = of.chances,
          .poll_days = of.poll_days,
          .poll_half_life = of.poll_half_life,
          .poll_method = of.poll_method,
          .explore_share = of.explore_share,
          .explore_seed = of.explore_seed,
          .opponent = of.opponent,
          .committee = {c.id, c.candidate, c.last_name, c.first_name, c.office, c.state, c.district,
                        c.election, c.opposes}};
}

struct GetSettings {
  using Input = Nothing;
  using Output = SettingsShape;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/spending/settings",
            .name = "spending_settings",
            .summary = "Budget, weeks, objective and errors that plans are made with.",
            .permission = Permission::spending_read};
  }
  static Result<Output> call(Context& context, const Input& /*input*/) {
    return shown(context.services().spending_inputs.settings());
  }
};

struct SaveSettings {
  using Input = SettingsShape;
  using Output = SettingsShape;
  static Spec spec() {
    return {.method = "PUT",
            .path = "/v1/spending/settings",
            .name = "save_spending_settings",
            .summary = "Changes the settings; plans so far are then older than their inputs.",
            .permission = Permission::spending_approve};
  }
  static Result<Output> call(Context& context, const Input& input) {
    return shown(TRY(context.services().spending_inputs.save(read(input), context.actor())));
  }
};

struct ImportedShape {
  static constexpr std::string_view kName = "ImportedSheet";
  std::int64_t rows = 0;
  std::int64_t changed = 0;
  std::int64_t passed = 0;
  std::vector<std::string> ignored;
  std::vector<std::string> notes;
  static Fields fields() {
    return {field("rows", &ImportedShape::rows, "How many the file has."),
            field("changed", &ImportedShape::changed, "That are new or say something new."),
            field("passed", &ImportedShape::passed, "That say nothing here."),
            field("ignored", &ImportedShape::ignored, "Columns that nobody asked for."),
            field("notes", &ImportedShape::notes,
                  "What was changed in what the file says, as sentences.")};
  }
};

ImportedShape shown(const spending::ImportedSheet& of) {
  return {of.rows, of.changed, of.passed, of.ignored, of.notes};
}

struct ImportSheet {
  struct Input {
    spending::SheetKind kind{};
    bool is_dry_run = false;
    bool is_repaired = false;
    static Fields fields() {
      return {field("kind", &Input::kind, "What its rows are."),
              field("dry_run", &Input::is_dry_run, "Reads and checks, and keeps nothing.",
                    {.has_default = true}),
              field("repair", &Input::is_repaired,
                    "Takes the nearest matrix for correlations that cannot be.",
                    {.has_default = true})};
    }
  };
  using Output = ImportedShape;
  static Spec spec() {
    return {.method = "PUT",
            .path = "/v1/spending/sheets/{kind}",
            .name = "import_sheet",
            .summary =
                "Imports contests, markets, channels, prices, effects, polls or limits from "
                "CSV: all rows or none.",
            .permission = Permission::spending_write,
            .upload = true};
  }
  static Result<Output> call(Context& context, const Input& input) {
    if (input.kind == spending::SheetKind::limits &&
        !may(context.identity().role, Permission::spending_approve))
      return refuse(ErrorCode::forbidden, "Limits are set by an administrator.");
    const std::string text = TRY(read_upload(context));
    return shown(TRY(context.services().spending_inputs.import({.kind = input.kind,
                                                                .text = text,
                                                                .dry_run = input.is_dry_run,
                                                                .repair = input.is_repaired,
                                                                .actor = context.actor()})));
  }
};

struct AddPriors {
  using Input = Nothing;
  using Output = ImportedShape;
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/spending/priors",
            .name = "add_priors",
            .summary = "Begins with the channels and effects that come with the program.",
            .permission = Permission::spending_write,
            .status = 201};
  }
  static Result<Output> call(Context& context, const Input& /*input*/) {
    return shown(TRY(context.services().spending_inputs.add_priors(context.actor())));
  }
};

struct DownloadPriors {
  using Input = Nothing;
  using Output = net::Response;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/spending/priors.csv",
            .name = "download_priors",
            .summary = "The channels and effects that come with the program, with their sources.",
            .permission = Permission::spending_read,
            .produces = "text/csv"};
  }
  static Result<Output> call(Context& /*context*/, const Input& /*input*/) {
    Output response;
    response.content_type = "text/csv; charset=utf-8";
    response.body = std::string(spending::Inputs::priors());
    return response;
  }
};

struct RemoveLimit {
  struct Input {
    LimitId id;
    static Fields fields() { return {field("id", &Input::id, "The limit.")}; }
  };
  using Output = Nothing;
  static Spec spec() {
    return {.method = "DELETE",
            .path = "/v1/spending/limits/{id}",
            .name = "remove_limit",
            .summary = "Takes a limit away.",
            .permission = Permission::spending_approve};
  }
  static Result<Output> call(Context& context, const Input& input) {
    TRY(context.services().spending_inputs.remove_limit(input.id, context.actor()));
    return Output{};
  }
};

struct RemoveLive {
  struct Input {
    std::string name;
    static Fields fields() {
      return {field("name", &Input::name, "The live input.", {.min_length = 1, .max_length = 200})};
    }
  };
  using Output = Nothing;
  static Spec spec() {
    return {.method = "DELETE",
            .path = "/v1/spending/live/{name}",
            .name = "remove_live_input",
            .summary = "Reads something of the campaign's own work no longer.",
            .permission = Permission::spending_write};
  }
  static Result<Output> call(Context& context, const Input& input) {
    TRY(context.services().spending_inputs.remove_live(input.name, context.actor()));
    return Output{};
  }
};

struct DownloadCorrelations {
  using Input = Nothing;
  using Output = net::Response;
  static Spec spec() {
    return {
        .method = "GET",
        .path = "/v1/spending/correlations.csv",
        .name = "download_correlations",
        .summary = "Which contests' own errors go together: a row and a column for each contest.",
        .permission = Permission::spending_read,
        .produces = "text/csv"};
  }
  static Result<Output> call(Context& context, const Input& /*input*/) {
    Output response;
    response.content_type = "text/csv; charset=utf-8";
    response.body = spending::correlations_csv(context.services().spending_inputs.load());
    return response;
  }
};

struct RemoveCorrelations {
  using Input = Nothing;
  using Output = Nothing;
  static Spec spec() {
    return {.method = "DELETE",
            .path = "/v1/spending/correlations",
            .name = "remove_correlations",
            .summary = "Makes the contests' own errors independent again.",
            .permission = Permission::spending_write};
  }
  static Result<Output> call(Context& context, const Input& /*input*/) {
    TRY(context.services().spending_inputs.remove_correlations(context.actor()));
    return Output{};
  }
};

struct CountyShape {
  static constexpr std::string_view kName = "MarketCounty";
  std::string fips;
  std::string market;
  static Fields fields() {
    return {field("fips", &CountyShape::fips, "Five digits."),
            field("market", &CountyShape::market, "The market it lies in.")};
  }
};

struct ListCounties {
  using Input = Nothing;
  struct Output {
    static constexpr std::string_view kName = "MarketCounties";
    std::vector<CountyShape> items;
    static Fields fields() {
      return {field("items", &Output::items, "By county.", {.max_items = 10000})};
    }
  };
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/spending/counties",
            .name = "market_counties",
            .summary = "Which market each county lies in, for the map.",
            .permission = Permission::spending_read};
  }
  static Result<Output> call(Context& context, const Input& /*input*/) {
    Output out;
    for (auto& [fips, market] : context.services().spending_inputs.counties())
      out.items.push_back({fips, market});
    return out;
  }
};

}  // namespace

void add_spending(Registrar& registrar) {
  registrar.add<GetSettings>();
  registrar.add<SaveSettings>();
  registrar.add<ImportSheet>();
  registrar.add<AddPriors>();
  registrar.add<DownloadPriors>();
  registrar.add<RemoveLimit>();
  registrar.add<RemoveLive>();
  registrar.add<DownloadCorrelations>();
  registrar.add<RemoveCorrelations>();
  registrar.add<ListCounties>();
  add_spending_state(registrar);
}

}  // namespace hustings::api
