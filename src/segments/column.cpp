#include "segments/column.h"

#include <numeric>

namespace hustings::segments {
namespace {

template <class To, class From>
Column<To> widened(const Column<From>& from, std::size_t rows) {
  Column<To> to;
  to.grow(from.rows(), 0);
  for (std::size_t i = 0; i < rows; ++i) {
    to.set(static_cast<Row>(i), from.get(static_cast<Row>(i)));
  }
  return to;
}

}  // namespace

std::uint32_t Dictionary::find(std::string_view text) const {
  const auto found = codes_.find(text);
  return found == codes_.end() ? kUnknown : found->second;
}

std::uint32_t Dictionary::add(std::string_view text) {
  if (text.empty()) return kUnknown;
  if (const std::uint32_t code = find(text); code != kUnknown) return code;
  const std::uint32_t code = size();
  texts_.emplace_back(text);
  codes_.emplace(std::string(text), code);
  return code;
}

std::vector<std::uint32_t> Dictionary::sort() {
  std::vector<std::uint32_t> order(texts_.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin() + 1, order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return texts_[a] < texts_[b]; });
  std::vector<std::uint32_t> new_code(texts_.size());
  std::vector<std::string> texts(texts_.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) {
    new_code[order[i]] = i;
    texts[i] = std::move(texts_[order[i]]);
    if (i > 0) codes_[texts[i]] = i;
  }
  texts_ = std::move(texts);
  return new_code;
}

void CategoryColumn::grow(std::size_t rows) {
  std::visit([&](auto& column) { column.grow(rows, 0); }, codes_);
}

void CategoryColumn::set(Row row, std::string_view text) {
  const std::uint32_t code = dictionary_.add(text);
  rows_ = std::max(rows_, std::size_t{row} + 1);
  const std::size_t bytes = codes_.index() == 0 ? 1 : codes_.index() == 1 ? 2 : 4;
  if (bytes < 4 && (code >> (8 * bytes)) != 0) widen();
  std::visit(
      [&](auto& column) {
        using Value = typename std::remove_reference_t<decltype(column)>::Value;
        column.set(row, static_cast<Value>(code));
      },
      codes_);
}

std::uint32_t CategoryColumn::code(Row row) const {
  return std::visit([&](const auto& column) { return std::uint32_t{column.get(row)}; }, codes_);
}

void CategoryColumn::widen() {
  if (const auto* bytes = std::get_if<0>(&codes_)) {
    codes_ = widened<std::uint16_t>(*bytes, rows_);
  } else if (const auto* words = std::get_if<1>(&codes_)) {
    codes_ = widened<std::uint32_t>(*words, rows_);
  }
}

void CategoryColumn::sort_dictionary() {
  const std::vector<std::uint32_t> new_code = dictionary_.sort();
  std::visit([&](auto& column) { column.recode(new_code, rows_); }, codes_);
}

void CategoryColumn::reorder(std::span<const Row> order) {
  std::visit([&](auto& column) { column.reorder(order); }, codes_);
}

std::size_t CategoryColumn::bytes() const {
  return std::visit([](const auto& column) { return column.bytes(); }, codes_);
}

}  // namespace hustings::segments
