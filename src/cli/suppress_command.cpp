#include <fmt/format.h>

#include "app/installation.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/log_of.h"
#include "registry/already_voted.h"
#include "registry/suppression_file.h"

namespace hustings::cli {
namespace {

Status bring_in(const Config& config, const SuppressArguments& arguments) {
  Log log = quiet_log_of(config);
  const auto installation =
      TRY(app::Installation::open(config, app::Installation::Part::tools, log));
  const auto result = TRY(registry::import_suppressions(
      installation->registry(),
      {.file = arguments.file,
       .reason = registry::suppression_reason_from(arguments.reason).value(),
       .source = arguments.source,
       .actor = "system"}));
  fmt::print("{} numbers: {} barred now, {} were before; {} voters have one of the new ones\n",
             with_thousands(result.numbers), with_thousands(result.added),
             with_thousands(result.numbers - result.added), with_thousands(result.voters));
  if (result.refused > 0) {
    fmt::print("  {} lines held no telephone number:\n", with_thousands(result.refused));
    for (const std::string& refusal : result.refusals)
      fmt::print("  {}\n", refusal);
  }
  return {};
}

Status take_voted(const Config& config, const SuppressArguments& arguments) {
  Log log = quiet_log_of(config);
  const auto installation =
      TRY(app::Installation::open(config, app::Installation::Part::tools, log));
  const auto result =
      TRY(registry::import_already_voted(installation->registry(), {.file = arguments.file,
                                                                    .source = arguments.source,
                                                                    .column = arguments.column,
                                                                    .from = arguments.from,
                                                                    .actor = "system"}));
  fmt::print("{} ids: {} voters have voted now, {} were known before\n", with_thousands(result.ids),
             with_thousands(result.added), with_thousands(result.before));
  if (result.left_out > 0) {
    fmt::print("  {} lines left out: the ballot was not accepted\n",
               with_thousands(result.left_out));
  }
  if (result.unknown > 0) {
    fmt::print("  {} ids are of nobody here:\n", with_thousands(result.unknown));
    for (const std::string& id : result.unknown_first)
      fmt::print("  {}\n", id);
  }
  return {};
}

Status print(const Config& config, const SuppressArguments& arguments) {
  constexpr int kPage = 10'000;
  Log log = quiet_log_of(config);
  const auto installation =
      TRY(app::Installation::open(config, app::Installation::Part::tools, log));
  const auto reason = registry::suppression_reason_from(arguments.reason).value();
  PhoneNumber after = 0;
  while (true) {
    const auto numbers = installation->registry().suppressed_numbers(reason, after, kPage);
    for (const PhoneNumber number : numbers)
      fmt::print("{}\n", phone_e164(number));
    if (std::ssize(numbers) < kPage) return {};
    after = numbers.back();
  }
}

int code_of(const Status& ended) {
  if (ended) return 0;
  fmt::print(stderr, "hustings: {}\n", ended.error().text());
  return 2;
}

}  // namespace

int import_suppressions(const Config& config, const SuppressArguments& arguments) {
  return code_of(bring_in(config, arguments));
}

int import_already_voted(const Config& config, const SuppressArguments& arguments) {
  return code_of(take_voted(config, arguments));
}

int export_suppressions(const Config& config, const SuppressArguments& arguments) {
  return code_of(print(config, arguments));
}

}  // namespace hustings::cli
