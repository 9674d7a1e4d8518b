#include <algorithm>

#include <fmt/format.h>

#include "allocation/curve.h"
#include "base/text.h"
#include "spending/sheet_imports.h"
#include "spending/sql.h"

namespace hustings::spending {
namespace {

constexpr std::int64_t kPriceCentsMax = 1'000'000'00;  ///< of a thousand contacts: $1,000 each
constexpr double kPointsMax = 20;
constexpr double kPoint = 0.01;
constexpr double kHalfLifeWeeksMax = 12;

Result<std::int64_t> save_channels(pg::Transaction& transaction, const Sheet& sheet,
                                   const KnownNames& names, ImportedSheet& /*done*/) {
  TRY(check_currency(sheet, names.currency));
  std::vector<std::string> channels;
  std::vector<std::string> titles;
  std::vector<std::string> kinds;
  std::vector<std::int64_t> minimums;
  SeenKeys seen;
  for (std::size_t row = 0; row < sheet.rows(); ++row) {
    channels.push_back(TRY(sheet.name(row, "channel")));
    TRY(seen.add(sheet, row, "channel", channels.back()));
    const std::string_view title = sheet.text(row, "title");
    titles.emplace_back(title.empty() ? channels.back() : title);
    const std::string kind = to_lower(sheet.text(row, "kind"));
    if (!kind.empty() && kind != "media" && kind != "contact")
      return invalid("A channel is media or contact.", sheet.where(row, "kind"));
    kinds.push_back(kind.empty() ? "media" : kind);
    minimums.push_back(TRY(sheet.maybe_cents(row, "minimum")).value_or(0));
  }
  if (channels.size() > kChannelsMax)
    return refuse(ErrorCode::over_limit, fmt::format("At most {} channels.", kChannelsMax));
  return transaction.run(sql::kChannelsSave, channels, titles, kinds, minimums).affected();
}

/// Where an effect is from: longer than a name.
Result<std::string> source_of(const Sheet& sheet, std::size_t row) {
  constexpr std::size_t kSourceBytesMax = 1000;
  const std::string_view text = sheet.text(row, "source");
  if (text.empty()) {
    return invalid("An effect needs its source: a study, or the campaign's experiment.",
                   sheet.where(row, "source"));
  }
  if (text.size() > kSourceBytesMax) {
    return invalid(fmt::format("At most {} bytes.", kSourceBytesMax), sheet.where(row, "source"));
  }
  return std::string(text);
}

Result<std::int64_t> price_of(const Sheet& sheet, std::size_t row) {
  const std::int64_t price = TRY(sheet.cents(row, "price"));
  if (price == 0) {
    return invalid("A price of 0 would buy the whole electorate for nothing; leave the row out.",
                   sheet.where(row, "price"));
  }
  if (price > kPriceCentsMax) {
    return invalid(fmt::format("{} for a thousand contacts cannot be right: that is more than "
                               "1,000 for each. Is it the price of the whole buy?",
                               sheet.text(row, "price")),
                   sheet.where(row, "price"));
  }
  return price;
}

Result<std::int64_t> save_rates(pg::Transaction& transaction, const Sheet& sheet,
                                const KnownNames& names, ImportedSheet& /*done*/) {
  TRY(check_currency(sheet, names.currency));
  std::vector<std::int64_t> channels;
  std::vector<std::optional<std::int64_t>> markets;
  std::vector<std::int64_t> weeks;
  std::vector<std::int64_t> prices;
  std::vector<double> shares;
  SeenKeys seen;
  for (std::size_t row = 0; row < sheet.rows(); ++row) {
    channels.push_back(TRY(known(sheet, row, "channel", names.channels)));
    markets.push_back(TRY(maybe_known(sheet, row, "market", names.markets)));
    const bool dated = !sheet.text(row, "from_week").empty();
    weeks.push_back(dated ? TRY(sheet.whole(row, "from_week", {1, kWeeksMax})) : 1);
    TRY(seen.add(
        sheet, row, "channel",
        fmt::format("{} {} {}", channels.back(), markets.back().value_or(0), weeks.back())));
    prices.push_back(TRY(price_of(sheet, row)));
    auto part = TRY(sheet.maybe_number(row, "target_share", {0.0001, 100}));
    if (part && *part > 1) *part /= 100;
    shares.push_back(part.value_or(1));
  }
  return transaction.run(sql::kRatesSave, channels, markets, weeks, prices, shares).affected();
}

struct ResponseRows {
  std::vector<std::int64_t> channels;
  std::vector<std::string> curves;
  std::vector<double> effects;
  std::vector<double> errors;
  std::vector<double> contacts;
  std::vector<double> shapes;
  std::vector<double> decays;
  std::vector<double> half_lives;
  std::vector<std::string> sources;
};

Status read_response(const Sheet& sheet, std::size_t row, ResponseRows& rows) {
  const std::string_view given = sheet.text(row, "curve");
  const auto kind = allocation::curve_kind_from(given.empty() ? "saturating" : given);
  if (!kind) {
    return invalid(fmt::format("\"{}\" is no curve; there are saturating, hill, logarithmic and "
                               "linear.",
                               given),
                   sheet.where(row, "curve"));
  }
  const double effect = TRY(sheet.number(row, "effect_points", {-kPointsMax, kPointsMax}));
  if (effect < 0) {
    return invalid(fmt::format("A curve of {} points falls with more money. Money that does harm "
                               "is not planned: give 0, and its error.",
                               effect),
                   sheet.where(row, "effect_points"));
  }
  const allocation::Curve curve{
      .kind = *kind,
      .size = effect * kPoint,
      .scale = TRY(sheet.number(row, "contacts", {1e-6, 1e6})),
      .shape = TRY(sheet.maybe_number(row, "shape", {0.05, 20})).value_or(1)};
  if (auto rises = allocation::check_curve(curve); !rises)
    return invalid(rises.error().sentence, sheet.where(row, "curve"));
  rows.curves.emplace_back(to_string(*kind));
  rows.effects.push_back(curve.size);
  rows.errors.push_back(TRY(sheet.number(row, "error_points", {0, kPointsMax})) * kPoint);
  rows.contacts.push_back(curve.scale);
  rows.shapes.push_back(curve.shape);
  rows.decays.push_back(TRY(sheet.maybe_number(row, "decay", {0, 1})).value_or(1));
  rows.half_lives.push_back(
      TRY(sheet.maybe_number(row, "half_life_weeks", {0, kHalfLifeWeeksMax})).value_or(0));
  rows.sources.push_back(TRY(source_of(sheet, row)));
  return {};
}

Result<std::int64_t> save_responses(pg::Transaction& transaction, const Sheet& sheet,
                                    const KnownNames& names, ImportedSheet& /*done*/) {
  ResponseRows rows;
  SeenKeys seen;
  for (std::size_t row = 0; row < sheet.rows(); ++row) {
    rows.channels.push_back(TRY(known(sheet, row, "channel", names.channels)));
    TRY(seen.add(sheet, row, "channel", std::to_string(rows.channels.back())));
    TRY(read_response(sheet, row, rows));
  }
  return transaction
      .run(sql::kResponsesSave, rows.channels, rows.curves, rows.effects, rows.errors,
           rows.contacts, rows.shapes, rows.decays, rows.half_lives, rows.sources)
      .affected();
}

Result<std::int64_t> save_measures(pg::Transaction& transaction, const Sheet& sheet,
                                   const KnownNames& names, ImportedSheet& /*done*/) {
  std::vector<std::int64_t> channels;
  std::vector<double> effects;
  std::vector<double> errors;
  std::vector<std::string> sources;
  SeenKeys seen;
  for (std::size_t row = 0; row < sheet.rows(); ++row) {
    channels.push_back(TRY(known(sheet, row, "channel", names.channels)));
    effects.push_back(TRY(sheet.number(row, "effect_points", {-kPointsMax, kPointsMax})) * kPoint);
    errors.push_back(TRY(sheet.number(row, "error_points", {1e-4, kPointsMax})) * kPoint);
    sources.push_back(TRY(sheet.name(row, "source")));
    TRY(seen.add(sheet, row, "source", fmt::format("{} {}", channels.back(), sources.back())));
  }
  return transaction.run(sql::kMeasuresSave, channels, effects, errors, sources).affected();
}

}  // namespace

SheetImport channels_import() {
  return {{{.name = "channel", .others = {"name"}},
           {.name = "title", .needed = false},
           {.name = "kind", .needed = false},
           {.name = "minimum", .needed = false, .others = {"minimum_buy", "min_buy"}},
           {.name = "currency", .needed = false}},
          &save_channels};
}
SheetImport rates_import() {
  return {{{.name = "channel"},
           {.name = "market", .needed = false, .others = {"dma_code", "dma"}},
           {.name = "from_week", .needed = false},
           {.name = "price", .others = {"cpm", "price_per_thousand"}},
           {.name = "target_share", .needed = false, .others = {"reach"}},
           {.name = "currency", .needed = false}},
          &save_rates};
}
SheetImport responses_import() {
  return {{{.name = "channel"},
           {.name = "curve", .needed = false},
           {.name = "effect_points"},
           {.name = "error_points"},
           {.name = "contacts"},
           {.name = "shape", .needed = false},
           {.name = "decay", .needed = false},
           {.name = "half_life_weeks", .needed = false, .others = {"half_life", "adstock"}},
           {.name = "source"}},
          &save_responses};
}
SheetImport measures_import() {
  return {{{.name = "channel"},
           {.name = "effect_points"},
           {.name = "error_points"},
           {.name = "source", .others = {"experiment"}}},
          &save_measures};
}

}  // namespace hustings::spending
