#include "registry/suppression_file.h"

#include <algorithm>
#include <fstream>
#include <system_error>

#include <fmt/format.h>

#include "base/text.h"
#include "normalise/phone.h"

namespace hustings::registry {
namespace {

constexpr std::size_t kRefusalsShown = 20;
constexpr std::size_t kShownMax = 40;
constexpr std::string_view kDialled = "+0(";
/// Of ten lines, how many may hold no number before the file is taken for another kind.
constexpr std::int64_t kRefusedOfTenMax = 1;

struct Numbers {
  std::vector<PhoneNumber> all;
  SuppressionFileResult result;
};

std::string shortened(std::string_view text) {
  std::string out;
  for (const char c : text.substr(0, kShownMax)) {
    out += static_cast<unsigned char>(c) < ' ' ? '?' : c;
  }
  if (!is_utf8(out)) out = "…";
  return text.size() > kShownMax ? out + "…" : out;
}

Result<std::ifstream> open(const std::filesystem::path& file) {
  std::error_code error;
  const auto status = std::filesystem::status(file, error);
  if (!std::filesystem::exists(status)) {
    return refuse(ErrorCode::not_found, "There is no such file.", file.string());
  }
  if (std::filesystem::is_directory(status)) {
    return invalid("This is a folder. Name the text file with one number a line.", file.string());
  }
  std::ifstream in(file, std::ios::binary);
  if (!in) return invalid("The file cannot be opened. Check who may read it.", file.string());
  return in;
}

void take_line(std::string_view line, std::int64_t number, std::string_view home_country,
               Numbers& numbers) {
  line = trim(line);
  if (number == 1 && line.starts_with("\xef\xbb\xbf")) line.remove_prefix(3);
  if (line.empty() || line.starts_with('#')) return;
  const auto found = number_of_line(line, home_country);
  const bool is_header = number == 1 && !found && line.find_first_of("0123456789") == line.npos;
  if (is_header) return;
  ++numbers.result.lines;
  if (found) {
    numbers.all.push_back(*found);
    return;
  }
  ++numbers.result.refused;
  if (numbers.result.refusals.size() < kRefusalsShown) {
    numbers.result.refusals.push_back(
        fmt::format("line {}: '{}' is no telephone number", number, shortened(line)));
  }
}

Result<Numbers> read(const std::filesystem::path& file, std::string_view home_country) {
  std::ifstream in = TRY(open(file));
  Numbers numbers;
  std::string line;
  for (std::int64_t number = 1; std::getline(in, line); ++number) {
    take_line(line, number, home_country, numbers);
    if (numbers.all.size() > kSuppressionNumbersMax) {
      return refuse(ErrorCode::over_limit,
                    fmt::format("The file holds more than {} numbers. Cut it into parts.",
                                with_thousands(kSuppressionNumbersMax)),
                    file.string());
    }
  }
  if (in.bad()) throw Failure("The file could not be read to its end: " + file.string());
  const auto& result = numbers.result;
  if (numbers.all.empty()) {
    return invalid("There is no telephone number in this file; it takes one number a line.",
                   file.string());
  }
  if (result.refused * 10 > result.lines * kRefusedOfTenMax) {
    return invalid(fmt::format("{} of {} lines hold no telephone number ({}); nothing was changed. "
                               "The file takes one number a line.",
                               with_thousands(result.refused), with_thousands(result.lines),
                               result.refusals.front()),
                   file.string());
  }
  std::ranges::sort(numbers.all);
  const auto repeats = std::ranges::unique(numbers.all);
  numbers.all.erase(repeats.begin(), repeats.end());
  numbers.result.numbers = std::ssize(numbers.all);
  return numbers;
}

}  // namespace

std::optional<PhoneNumber> number_of_line(std::string_view line, std::string_view home_country) {
  constexpr std::string_view kBetween = ",;\t|";
  line = trim(line);
  if (line.find_first_of(kBetween) == std::string_view::npos) {
    return normalise::callable_phone(line, home_country);
  }
  const bool is_american = home_country == "US";
  if (is_american) {
    if (const auto whole = parse_phone(line)) return whole;
    // "919,5550123": the area code in a column of its own.
    std::string joined(line);
    std::erase_if(joined, [&](char c) { return kBetween.contains(c) || c == '"'; });
    const bool is_digits = joined.size() == 10 &&
                           std::ranges::all_of(joined, [](char c) { return c >= '0' && c <= '9'; });
    if (is_digits) return parse_phone(joined);
  }
  while (!line.empty()) {
    const std::size_t end = std::min(line.find_first_of(kBetween), line.size());
    std::string_view field = trim(line.substr(0, end));
    if (field.size() >= 2 && field.front() == '"' && field.back() == '"') {
      field = trim(field.substr(1, field.size() - 2));
    }
    // Elsewhere any eight digits may be a number, so an id would pass for one: a number among
    // other columns begins as it is dialled.
    const bool may_be = is_american || (!field.empty() && kDialled.contains(field.front()));
    const auto number = may_be ? normalise::callable_phone(field, home_country) : std::nullopt;
    if (number) return number;
    line.remove_prefix(std::min(end + 1, line.size()));
  }
  return std::nullopt;
}

Result<SuppressionFileResult> import_suppressions(Registry& registry,
                                                  const SuppressionFileRequest& request,
                                                  Deadline deadline) {
  Numbers numbers = TRY(read(request.file, registry.home_country(deadline)));
  const auto barred = TRY(registry.suppress_numbers(
      numbers.all, {.reason = request.reason, .source = request.source, .actor = request.actor},
      deadline));
  numbers.result.added = barred.added;
  numbers.result.voters = barred.voters;
  return std::move(numbers.result);
}

}  // namespace hustings::registry
