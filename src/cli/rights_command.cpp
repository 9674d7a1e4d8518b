#include <fstream>

#include <fmt/format.h>

#include "app/database.h"
#include "app/installation.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/erased_in.h"
#include "cli/log_of.h"
#include "rights/rights_service.h"

namespace hustings::cli {
namespace {

Result<VoterId> voter_of(const std::string& text) {
  const auto voter = VoterId::from_text(text);
  if (!voter) return invalid("Name a voter as the voter's page does: vtr_….", "id");
  return *voter;
}

Status check_is_new(const std::filesystem::path& path) {
  std::error_code error;
  if (!std::filesystem::exists(path, error)) return {};
  return refuse(ErrorCode::conflict, "There is such a file already; name a new one.",
                path.string());
}

/// A file of personal data: for its owner alone.
Status write_file(const std::filesystem::path& path, std::string_view text) {
  TRY(check_is_new(path));
  std::error_code error;
  std::ofstream out(path, std::ios::binary);
  std::filesystem::permissions(
      path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, error);
  out.write(text.data(), static_cast<std::streamsize>(text.size()));
  out.close();
  if (!out) return invalid("The file cannot be written. Check its folder.", path.string());
  return {};
}

Status give_everything(const Config& config, const RightsArguments& arguments) {
  const VoterId voter = TRY(voter_of(arguments.voter));
  TRY(check_is_new(arguments.out));  // before the feed says that the data was given
  Log log = quiet_log_of(config);
  const auto installation =
      TRY(app::Installation::open(config, app::Installation::Part::tools, log));
  const std::string text = TRY(installation->rights().everything(voter, "system"));
  TRY(write_file(arguments.out, text));
  fmt::print("everything that is known of {}: {}\n", voter.text(), arguments.out.string());
  return {};
}

void print(const rights::Erasure& erasure, bool is_done) {
  fmt::print("{} {}: {} identities, {} rows of files as received\n",
             is_done ? "erased" : "would erase", erasure.voter.text(), erasure.identities,
             with_thousands(erasure.raw_rows));
  for (const auto& [table, rows] : erasure.tables)
    fmt::print("  {:<16} {:>8}\n", table, with_thousands(rows));
}

Status erase(const Config& config, const RightsArguments& arguments) {
  const VoterId voter = TRY(voter_of(arguments.voter));
  const auto reason = rights::erasure_reason_from(arguments.reason);
  Log log = quiet_log_of(config);
  const auto installation =
      TRY(app::Installation::open(config, app::Installation::Part::tools, log));
  if (!arguments.is_sure) {
    print(TRY(installation->rights().outlook(voter)), false);
    fmt::print("Nothing was changed. It cannot be undone: say --yes to do it.\n");
    return {};
  }
  print(TRY(installation->rights().erase(
            {.voter = voter, .reason = reason.value(), .actor = "system"})),
        true);
  fmt::print(
      "Archives that were written before still hold the person: restore them with "
      "--erased-in.\n");
  return {};
}

Status write_erasures(const Config& config, const RightsArguments& arguments) {
  Log log = quiet_log_of(config);
  const auto installation =
      TRY(app::Installation::open(config, app::Installation::Part::tools, log));
  const rights::TombstoneSet set = installation->rights().tombstones();
  TRY(write_file(arguments.out, rights::to_text(set)));
  fmt::print("{} tombstones: {}\n", with_thousands(std::ssize(set.tombstones)),
             arguments.out.string());
  return {};
}

Status erase_again(const Config& config, const RightsArguments& arguments) {
  const rights::TombstoneSet erasures = TRY(erasures_in(arguments.again));
  Log log = quiet_log_of(config);
  const auto database = TRY(app::Database::open(config, app::Database::Sharing::beside, log));
  const std::int64_t erased = TRY(apply_erasures(database->options(), erasures));
  fmt::print("{} tombstones; {} persons erased again\n",
             with_thousands(std::ssize(erasures.tombstones)), with_thousands(erased));
  return {};
}

int code_of(const Status& ended) {
  if (ended) return 0;
  fmt::print(stderr, "hustings: {}\n", ended.error().text());
  return 2;
}

}  // namespace

int person_data(const Config& config, const RightsArguments& arguments) {
  return code_of(give_everything(config, arguments));
}

int erase_person(const Config& config, const RightsArguments& arguments) {
  const bool has_voter = !arguments.voter.empty();
  const bool has_export = !arguments.out.empty();
  const bool has_again = !arguments.again.empty();
  if (int{has_voter} + int{has_export} + int{has_again} != 1) {
    return code_of(invalid("Name one voter, or --export FILE, or --again ARCHIVE."));
  }
  if (has_export) return code_of(write_erasures(config, arguments));
  return code_of(has_again ? erase_again(config, arguments) : erase(config, arguments));
}

}  // namespace hustings::cli
