#include "cli/allocate/cell_lists.h"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

#include "base/text.h"
#include "cli/allocate/json_reading.h"

namespace hustings::cli {
namespace {

namespace json = boost::json;

/// Sorts names; ranks[i] is where name i of the file went.
Result<std::vector<std::size_t>> sort_names(std::vector<std::string>& names,
                                            std::string_view what) {
  std::vector<std::size_t> order(names.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return names[a] < names[b]; });
  std::vector<std::size_t> ranks(names.size());
  std::vector<std::string> sorted;
  for (std::size_t i = 0; i < order.size(); ++i) {
    ranks[order[i]] = i;
    sorted.push_back(names[order[i]]);
    if (i > 0 && sorted[i] == sorted[i - 1]) {
      return invalid(fmt::format("The {} \"{}\" is there twice.", what, sorted[i]));
    }
  }
  names = std::move(sorted);
  return ranks;
}

Result<std::size_t> find_name(const json::value& value, const std::vector<std::string>& names,
                              const std::vector<std::size_t>& ranks, std::string_view key,
                              std::string_view what) {
  if (value.is_string()) {
    const std::string name(value.as_string());
    const auto at = std::lower_bound(names.begin(), names.end(), name);
    if (at != names.end() && *at == name) return static_cast<std::size_t>(at - names.begin());
    const std::vector<std::string_view> known(names.begin(), names.end());
    const std::string_view meant = nearest(name, known);
    return invalid(fmt::format("There is no {} \"{}\"{}.", what, name,
                               meant.empty() ? "" : fmt::format("; did you mean \"{}\"?", meant)),
                   std::string(key));
  }
  const double number = TRY(number_of(value, key));
  if (!(number >= 0 && number < static_cast<double>(ranks.size())) ||
      number != static_cast<double>(static_cast<std::size_t>(number))) {
    return invalid(fmt::format("There is no {} number {}; the first is 0, there are {}.", what,
                               number, ranks.size()),
                   std::string(key));
  }
  return ranks[static_cast<std::size_t>(number)];
}

}  // namespace

Result<CellGrid> CellGrid::make(std::vector<std::string> markets, std::vector<std::string> channels,
                                std::size_t weeks) {
  CellGrid grid;
  grid.market_rank_ = TRY(sort_names(markets, "market"));
  grid.channel_rank_ = TRY(sort_names(channels, "channel"));
  grid.markets_ = std::move(markets);
  grid.channels_ = std::move(channels);
  grid.weeks_ = weeks;
  return grid;
}

std::size_t CellGrid::cell_at(std::size_t in_file) const {
  return cell(market_rank_[in_file / (channels() * weeks_)],
              channel_rank_[in_file / weeks_ % channels()], in_file % weeks_);
}

Result<std::size_t> CellGrid::find_market(const json::value& value, std::string_view key) const {
  return find_name(value, markets_, market_rank_, key, "market");
}

Result<std::size_t> CellGrid::find_channel(const json::value& value, std::string_view key) const {
  return find_name(value, channels_, channel_rank_, key, "channel");
}

Result<std::vector<double>> CellGrid::by_name(const json::object& object, std::string_view key,
                                              double absent) const {
  std::vector<double> result(size(), absent);
  for (const auto& item : object) {
    const std::string name(item.key());
    const json::value text(name);
    const double number = TRY(number_of(item.value(), key));
    const bool is_channel = std::binary_search(channels_.begin(), channels_.end(), name);
    if (!is_channel && !std::binary_search(markets_.begin(), markets_.end(), name)) {
      return invalid(fmt::format("\"{}\" is no channel and no market.", name), std::string(key));
    }
    const std::size_t at = is_channel ? TRY(find_channel(text, key)) : TRY(find_market(text, key));
    for (std::size_t i = 0; i < size(); ++i) {
      const std::size_t here = is_channel ? i / weeks_ % channels() : i / (weeks_ * channels());
      if (here == at) result[i] = number;
    }
  }
  return result;
}

Result<std::vector<double>> CellGrid::by_cell(const json::value& value, std::string_view key,
                                              double absent) const {
  if (value.is_object()) return by_name(value.as_object(), key, absent);
  std::vector<double> result(size());
  if (!value.is_array()) {
    result.assign(size(), TRY(number_of(value, key)));
    return result;
  }
  const std::vector<double> numbers = TRY(numbers_of(value, key, absent));
  for (std::size_t i = 0; i < size(); ++i) {
    std::size_t from = 0;
    if (numbers.size() == size()) {
      from = i;
    } else if (numbers.size() == channels()) {
      from = i / weeks_ % channels();
    } else if (numbers.size() == markets()) {
      from = i / (weeks_ * channels());
    } else if (numbers.size() == markets() * channels()) {
      from = i / weeks_;
    } else if (numbers.size() == weeks_) {
      from = i % weeks_;
    } else {
      return invalid(fmt::format("It has {} numbers; give one, or one for each of the {} channels, "
                                 "{} markets, {} weeks or {} cells.",
                                 numbers.size(), channels(), markets(), weeks_, size()),
                     std::string(key));
    }
    result[cell_at(i)] = numbers[from];
  }
  return result;
}

Result<std::vector<double>> CellGrid::by_market(const json::value& value,
                                                std::string_view key) const {
  if (!value.is_array()) return std::vector<double>(markets(), TRY(number_of(value, key)));
  const std::vector<double> numbers = TRY(numbers_of(value, key));
  if (numbers.size() != markets()) {
    return invalid(fmt::format("It has {} numbers for {} markets.", numbers.size(), markets()),
                   std::string(key));
  }
  std::vector<double> result(markets());
  for (std::size_t i = 0; i < numbers.size(); ++i)
    result[market_at(i)] = numbers[i];
  return result;
}

}  // namespace hustings::cli
