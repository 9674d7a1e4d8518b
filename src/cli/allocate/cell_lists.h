#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include "base/error.h"

namespace hustings::cli {

/// Markets x channels x weeks, as the file counts them and as we do (by name).
class CellGrid {
 public:
  /// invalid if a name is there twice.
  static Result<CellGrid> make(std::vector<std::string> markets, std::vector<std::string> channels,
                               std::size_t weeks);

  std::size_t markets() const { return markets_.size(); }
  std::size_t channels() const { return channels_.size(); }
  std::size_t weeks() const { return weeks_; }
  std::size_t size() const { return markets() * channels() * weeks_; }
  const std::vector<std::string>& market_names() const { return markets_; }    ///< our order
  const std::vector<std::string>& channel_names() const { return channels_; }  ///< our order

  /// Our place of a market, channel or cell of the file.
  std::size_t market_at(std::size_t in_file) const { return market_rank_[in_file]; }
  std::size_t channel_at(std::size_t in_file) const { return channel_rank_[in_file]; }
  std::size_t cell_at(std::size_t in_file) const;
  std::size_t cell(std::size_t market, std::size_t channel, std::size_t week) const {
    return (market * channels() + channel) * weeks_ + week;
  }
  /// By name or by place in the file, as ours. invalid if there is none.
  Result<std::size_t> find_market(const boost::json::value& value, std::string_view key) const;
  Result<std::size_t> find_channel(const boost::json::value& value, std::string_view key) const;

  /// A number for every cell of ours, from one number, a list by cell, by channel, by market or by
  /// week of the file (the first that has its length), or an object by names of channels or
  /// markets, in which the others get `absent`.
  Result<std::vector<double>> by_cell(const boost::json::value& value, std::string_view key,
                                      double absent) const;
  /// A number for every market of ours, from one number or a list.
  Result<std::vector<double>> by_market(const boost::json::value& value,
                                        std::string_view key) const;

 private:
  Result<std::vector<double>> by_name(const boost::json::object& object, std::string_view key,
                                      double absent) const;

  std::vector<std::string> markets_;
  std::vector<std::string> channels_;
  std::vector<std::size_t> market_rank_;
  std::vector<std::size_t> channel_rank_;
  std::size_t weeks_ = 1;
};

}  // namespace hustings::cli
