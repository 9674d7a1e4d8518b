#pragma once

#include <cstddef>
#include <string_view>

#include "normalise/address.h"
#include "normalise/detail/address_tokens.h"

/// The street of an address: directionals, name, type; numbered streets and highways.
namespace hustings::normalise::detail {

/// "52ND", "1ST", "3TH": digits with an ending.
bool is_ordinal(std::string_view text);
/// 2 for "2ND", "SECOND", "2"; 0 for anything else.
int ordinal_of(const AddressToken& token);
/// Whether the words [from, to) name a numbered highway: "US 64", "NC HWY 55", "COUNTY ROAD 12".
bool is_highway(const AddressTokens& tokens, std::size_t from, std::size_t to);

/// Reads the words from `from` on, from which house and units were taken.
void read_street(AddressTokens& tokens, std::size_t from, Address& out);

}  // namespace hustings::normalise::detail
