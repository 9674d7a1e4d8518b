#include "spending/inputs.h"

#include <cmath>

#include <fmt/format.h>

#include "allocation/money_text.h"
#include "base/text.h"
#include "feed/feed.h"
#include "spending/committee_json.h"
#include "spending/response_priors.h"
#include "spending/sheet_imports.h"
#include "spending/sql.h"

namespace hustings::spending {
namespace {

SheetImport import_of(SheetKind kind) {
  using Make = SheetImport (*)();
  constexpr std::array<Make, kSheetKinds.size()> kMakes = {
      &contests_import, &markets_import,     &reach_import,        &counties_import,
      &channels_import, &rates_import,       &responses_import,    &measures_import,
      &polls_import,    &poll_errors_import, &correlations_import, &limits_import,
      &opponent_import, &live_import};
  return kMakes.at(static_cast<std::size_t>(kind))();
}

KnownNames names_of(pg::Transaction& transaction) {
  KnownNames names;
  for (const pg::Row row : transaction.run(sql::kKnownNames)) {
    NameMap& map = row.text(0) == "contest"  ? names.contests
                   : row.text(0) == "market" ? names.markets
                                             : names.channels;
    map.emplace(row.get<std::string>(1), row.get<std::int64_t>(2));
  }
  return names;
}

Status check_errors(const Settings& settings) {
  for (const double error :
       {settings.error_national, settings.error_regional, settings.error_contest}) {
    if (!(error >= 0 && error <= 0.5))
      return invalid("An error of the means is a part of the vote, 0 to 0.5.", "errors");
  }
  if (settings.error_contest <= 0)
    return invalid("The contests' own error must be above 0.", "error_contest");
  if (settings.scales.size() != settings.chances.size())
    return invalid("Fat tails need one chance for each scale.", "chances");
  double sum = 0;
  for (std::size_t i = 0; i < settings.scales.size(); ++i) {
    if (!(settings.scales[i] > 0 && settings.scales[i] <= 20 && settings.chances[i] >= 0))
      return invalid("A scale is above 0, a chance not negative.", "scales");
    sum += settings.chances[i];
  }
  if (!settings.scales.empty() && std::abs(sum - 1) > 1e-9)
    return invalid(fmt::format("The chances of the scales add up to {}, not 1.", sum), "chances");
  return {};
}

Status check(const Settings& settings) {
  if (settings.currency.size() != 3 || to_upper(settings.currency) != settings.currency)
    return invalid("A currency has three capital letters, such as USD.", "currency");
  if (settings.budget_cents < 0 || settings.budget_cents > kCentsMax)
    return invalid("The budget must be 0 or more.", "budget_cents");
  if (settings.weeks < 1 || settings.weeks > kWeeksMax)
    return invalid(fmt::format("A campaign has 1 to {} weeks.", kWeeksMax), "weeks");
  if (settings.first_day && parse_day(*settings.first_day) != settings.first_day)
    return invalid("The first day is one such as 2026-09-07.", "first_day");
  if (!(settings.explore_share >= 0 && settings.explore_share <= 0.5))
    return invalid("The hold-out has 0 to 0.5 of the people.", "explore_share");
  if (settings.poll_days < 1 || settings.poll_days > 1000 || !(settings.poll_half_life > 0))
    return invalid("Polls count for 1 to 1,000 days, with a half-life above 0.", "poll_days");
  if (settings.needed < 0) return invalid("The weight that wins is not negative.", "needed");
  return check_errors(settings);
}

void commit(pg::Transaction& transaction, std::string_view what, std::int64_t rows,
            const std::string& actor, Instant now) {
  transaction.run(sql::kInputNote, what, rows, actor, now);
  const feed::Change change{.kind = ChangeKind::spending_inputs_changed,
                            .subject = fmt::format("spending:{}", what),
                            .actor = actor,
                            .payload = fmt::format(R"({{"rows":{}}})", rows)};
  feed::commit(transaction, {&change, 1});
}

}  // namespace

Inputs::Inputs(pg::Pool& pool, const Clock& clock, Log& log)
    : pool_(pool), clock_(clock), log_(log) {}

Settings Inputs::settings() const { return load_settings(*pool_.acquire()); }

Result<Settings> Inputs::save(const Settings& settings, const std::string& actor) {
  TRY(check(settings));
  {
    const auto connection = pool_.acquire();
    pg::Transaction transaction(*connection);
    transaction.run(sql::kMoneyRows);
    const auto rows = transaction.run(sql::kInputsRaise, actor, clock_.now());
    const auto booked = rows.only().get<std::int64_t>(4);
    if (settings.budget_cents < booked) {
      return refuse(ErrorCode::over_limit,
                    fmt::format("{} is booked already; the budget cannot be less.",
                                allocation::money_text(static_cast<double>(booked) / 100)),
                    "budget_cents");
    }
    if (booked > 0 && rows.only().text(1) != settings.currency) {
      return refuse(ErrorCode::conflict,
                    "Money is booked already; its currency cannot change any more.", "currency");
    }
    transaction.run(sql::kSettingsSave, settings.currency, settings.budget_cents,
                    settings.first_day, settings.weeks, to_string(settings.objective),
                    settings.needed, settings.error_national, settings.error_regional,
                    settings.error_contest, settings.scales, settings.chances, settings.poll_days,
                    settings.poll_half_life, settings.explore_share, settings.explore_seed,
                    settings.opponent, pg::Json{to_json(settings.committee)},
                    kPollMethods.at(static_cast<std::size_t>(settings.poll_method)));
    commit(transaction, "settings", 1, actor, clock_.now());
  }
  return this->settings();
}

Result<ImportedSheet> Inputs::import(const Wish& wish) {
  const SheetImport import = import_of(wish.kind);
  const Sheet sheet = TRY(Sheet::read(wish.text, import.columns, import.others_without));
  const auto connection = pool_.acquire();
  pg::Transaction transaction(*connection);
  transaction.run(sql::kMoneyRows);
  const auto raised = transaction.run(sql::kInputsRaise, wish.actor, clock_.now());
  KnownNames names = names_of(transaction);
  names.currency = raised.only().get<std::string>(1);
  names.weeks = raised.only().get<std::int64_t>(2);
  names.actor = wish.actor;
  names.now = clock_.now();
  names.repair = wish.repair;
  ImportedSheet done{.rows = static_cast<std::int64_t>(sheet.rows()), .ignored = sheet.ignored()};
  done.changed = TRY(import.run(transaction, sheet, names, done));
  if (wish.dry_run || done.changed == 0) return done;  // older plans stay as good as they were
  const std::string_view kind = kSheetKinds.at(static_cast<std::size_t>(wish.kind));
  commit(transaction, kind, done.changed, wish.actor, clock_.now());
  log_.info("spending_imported", {{"sheet", kind}, {"rows", done.rows}, {"changed", done.changed}});
  return done;
}

Result<ImportedSheet> Inputs::add_priors(const std::string& actor) {
  const SheetImport channels = channels_import();
  const SheetImport responses = responses_import();
  const Sheet named = TRY(Sheet::read(priors(), channels.columns));
  const Sheet sheet = TRY(Sheet::read(priors(), responses.columns));
  const auto connection = pool_.acquire();
  pg::Transaction transaction(*connection);
  transaction.run(sql::kMoneyRows);
  transaction.run(sql::kInputsRaise, actor, clock_.now());
  if (!names_of(transaction).channels.empty()) {
    return refuse(ErrorCode::conflict,
                  "There are channels already; download the priors, keep the rows that fit, and "
                  "import them as responses.");
  }
  ImportedSheet done{.rows = static_cast<std::int64_t>(sheet.rows())};
  TRY(channels.run(transaction, named, names_of(transaction), done));
  done.changed = TRY(responses.run(transaction, sheet, names_of(transaction), done));
  commit(transaction, "priors", done.changed, actor, clock_.now());
  return done;
}

std::string_view Inputs::priors() { return response_priors(); }

Status Inputs::remove_limit(LimitId limit, const std::string& actor) {
  const auto connection = pool_.acquire();
  pg::Transaction transaction(*connection);
  transaction.run(sql::kMoneyRows);
  transaction.run(sql::kInputsRaise, actor, clock_.now());
  if (transaction.run(sql::kLimitRemove, limit).affected() == 0)
    return refuse(ErrorCode::not_found, "There is no such limit.");
  commit(transaction, "limits", 1, actor, clock_.now());
  return {};
}

Status Inputs::remove_correlations(const std::string& actor) {
  const auto connection = pool_.acquire();
  pg::Transaction transaction(*connection);
  transaction.run(sql::kMoneyRows);
  transaction.run(sql::kInputsRaise, actor, clock_.now());
  const std::int64_t removed = transaction.run(sql::kCorrelationsRemove).affected();
  if (removed == 0) return refuse(ErrorCode::not_found, "There are no correlations.");
  transaction.run(sql::kCorrelationNote, "");
  commit(transaction, "correlations", removed, actor, clock_.now());
  return {};
}

Status Inputs::remove_live(const std::string& name, const std::string& actor) {
  const auto connection = pool_.acquire();
  pg::Transaction transaction(*connection);
  transaction.run(sql::kMoneyRows);
  transaction.run(sql::kInputsRaise, actor, clock_.now());
  if (transaction.run(sql::kLiveInputRemove, name).affected() == 0)
    return refuse(ErrorCode::not_found, "There is no such live input.");
  commit(transaction, "live", 1, actor, clock_.now());
  return {};
}

std::vector<std::pair<std::string, std::string>> Inputs::counties() const {
  std::vector<std::pair<std::string, std::string>> all;
  for (const pg::Row row : pool_.acquire()->run(sql::kCounties))
    all.emplace_back(row.get<std::string>(0), row.get<std::string>(1));
  return all;
}

std::vector<std::string> Inputs::opponents() const {
  std::vector<std::string> all;
  for (const pg::Row row : pool_.acquire()->run(sql::kOpponentScenarios))
    all.push_back(row.get<std::string>(0));
  return all;
}

}  // namespace hustings::spending
