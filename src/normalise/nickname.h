#pragma once

#include <cstdint>
#include <span>
#include <string_view>

/// First names that stand for each other. The table is noisy (aaron has the nickname erin): it is
/// evidence for a match, never equality. All names here are matching forms: NameForm::first.
/// Pure functions over a constant table; any thread may call them.
namespace hustings::normalise {

/// A first name of the table; 0 is a name that it does not know.
using FirstNameId = std::uint16_t;
FirstNameId first_name_id(std::string_view first);
std::string_view first_name_text(FirstNameId id);  ///< empty for 0

/// The name that stands for a group of names in blocking: BILL, WILLY and WILLIAM are WILLIAM. Of
/// several formal names that share a nickname the one with the most nicknames is taken. The
/// canonical name of a canonical name is itself; of an unknown name it is 0.
FirstNameId canonical_first_name(FirstNameId id);
/// The same as text; `first` itself where the table does not know it.
std::string_view canonical_first_name(std::string_view first);

enum class NicknameRelation : std::uint8_t {
  none,
  shared,  ///< both are nicknames of one formal name: BILL and WILLY
  direct,  ///< one is a nickname of the other: BILL and WILLIAM
};
/// `none` for the same name twice.
NicknameRelation nickname_relation(FirstNameId one, FirstNameId other);
NicknameRelation nickname_relation(std::string_view one, std::string_view other);

/// Every formal name that `id` is a nickname of, sorted.
std::span<const FirstNameId> formal_names(FirstNameId id);

}  // namespace hustings::normalise
