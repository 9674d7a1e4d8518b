#include "normalise/nickname.h"

#include <algorithm>

#include "normalise/detail/first_name_table.h"
#include "normalise/detail/word_index.h"

namespace hustings::normalise {
namespace {

const detail::FirstNameRow* row_of(FirstNameId id) {
  const auto rows = detail::first_name_rows();
  return id == 0 || id > rows.size() ? nullptr : &rows[id - 1U];
}

bool share_one(std::span<const FirstNameId> one, std::span<const FirstNameId> other) {
  auto a = one.begin();
  auto b = other.begin();
  while (a != one.end() && b != other.end()) {
    if (*a == *b) return true;
    if (*a < *b) {
      ++a;
    } else {
      ++b;
    }
  }
  return false;
}

}  // namespace

FirstNameId first_name_id(std::string_view first) {
  const auto rows = detail::first_name_rows();
  const auto* row = detail::find_row(detail::first_name_slots(), rows, first);
  return row == nullptr ? FirstNameId{0} : static_cast<FirstNameId>(row - rows.data() + 1);
}

std::string_view first_name_text(FirstNameId id) {
  const auto* row = row_of(id);
  return row == nullptr ? std::string_view() : row->key;
}

FirstNameId canonical_first_name(FirstNameId id) {
  const auto* row = row_of(id);
  return row == nullptr ? FirstNameId{0} : row->canonical;
}

std::string_view canonical_first_name(std::string_view first) {
  const FirstNameId id = first_name_id(first);
  return id == 0 ? first : first_name_text(canonical_first_name(id));
}

std::span<const FirstNameId> formal_names(FirstNameId id) {
  const auto* row = row_of(id);
  if (row == nullptr) return {};
  return detail::first_name_formals().subspan(
      row->formal_from, static_cast<std::size_t>(row->formal_to - row->formal_from));
}

NicknameRelation nickname_relation(FirstNameId one, FirstNameId other) {
  if (one == 0 || other == 0 || one == other) return NicknameRelation::none;
  const auto of_one = formal_names(one);
  const auto of_other = formal_names(other);
  if (std::ranges::binary_search(of_one, other) || std::ranges::binary_search(of_other, one)) {
    return NicknameRelation::direct;
  }
  return share_one(of_one, of_other) ? NicknameRelation::shared : NicknameRelation::none;
}

NicknameRelation nickname_relation(std::string_view one, std::string_view other) {
  if (one == other) return NicknameRelation::none;
  return nickname_relation(first_name_id(one), first_name_id(other));
}

}  // namespace hustings::normalise
