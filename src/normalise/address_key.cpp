// What two writings of an address have in common, and ZIP codes: the rest of address.h.
#include <array>

#include "base/text.h"
#include "normalise/address.h"

namespace hustings::normalise {
namespace {

/// Units that people use for each other: APT 4, UNIT 4, # 4, STE 4.
bool is_any_unit(std::string_view type) {
  for (const std::string_view one :
       {"APT", "UNIT", "#", "STE", "RM", "LOT", "TRLR", "SPC", "OFC", "PH"}) {
    if (type == one) return true;
  }
  return false;
}

void append_part(std::string_view part, std::string& out) {
  out += '|';
  out += part;
}

void append_place(const Address& address, std::string& out) {
  switch (address.kind) {
    case AddressKind::none:
      return;
    case AddressKind::street:
      out += address.house;
      append_part(address.pre_directional, out);
      append_part(address.street, out);
      append_part(address.street_type, out);
      append_part(address.post_directional, out);
      return;
    case AddressKind::po_box:
      out += "PO BOX";
      break;
    case AddressKind::rural_route:
      out += "RR";
      break;
    case AddressKind::highway_contract:
      out += "HC";
      break;
    case AddressKind::general_delivery:
      out += "GENERAL DELIVERY";
      return;
    case AddressKind::military:
      out += address.unit_type;
      break;
  }
  if (address.kind != AddressKind::po_box) append_part(address.route, out);
  append_part(address.box, out);
}

void append_unit(const Address& address, std::string& out) {
  if (!address.building.empty()) append_part("B" + address.building, out);
  if (!address.floor.empty()) append_part("F" + address.floor, out);
  if (address.unit.empty() && address.unit_type.empty()) return;
  out += '|';
  if (!is_any_unit(address.unit_type) || address.unit.empty()) out += address.unit_type;
  out += address.unit;
}

void append_word(std::string_view word, std::string& out) {
  if (word.empty()) return;
  if (!out.empty()) out += ' ';
  out += word;
}

/// First three digits that the postal service has not given out.
bool is_prefix_without_places(int prefix) {
  constexpr std::array<int, 6> kNone = {0, 1, 2, 3, 4, 999};
  for (const int none : kNone) {
    if (prefix == none) return true;
  }
  return false;
}

}  // namespace

void address_key_to(const Address& address, std::string& out) {
  out.clear();
  append_place(address, out);
  if (address.kind == AddressKind::street) append_unit(address, out);
}

std::string address_key(const Address& address) {
  std::string key;
  address_key_to(address, key);
  return key;
}

std::string house_key(const Address& address) {
  std::string key;
  append_place(address, key);
  return key;
}

std::string address_text(const Address& address) {
  std::string text;
  switch (address.kind) {
    case AddressKind::po_box:
      return "PO BOX " + address.box;
    case AddressKind::rural_route:
      text = "RR";
      break;
    case AddressKind::highway_contract:
      text = "HC";
      break;
    case AddressKind::general_delivery:
      return "GENERAL DELIVERY";
    case AddressKind::military:
      text = address.unit_type;
      break;
    case AddressKind::none:
      return text;
    case AddressKind::street:
      for (const std::string* part : {&address.house, &address.pre_directional, &address.street,
                                      &address.street_type, &address.post_directional})
        append_word(*part, text);
      if (!address.building.empty()) append_word("BLDG " + address.building, text);
      if (!address.floor.empty()) append_word("FL " + address.floor, text);
      append_word(address.unit_type, text);
      append_word(address.unit, text);
      return text;
  }
  append_word(address.route, text);
  if (!address.box.empty()) append_word("BOX " + address.box, text);
  return text;
}

bool parse_zip_to(std::string_view text, Zip& out) {
  text = trim(text);
  std::array<int, 9> digits{};
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool is_gap = i == 5 && text.size() == 10 && (c == '-' || c == ' ');
    if (is_gap) continue;
    if (c < '0' || c > '9' || count == digits.size()) return false;
    digits[count++] = c - '0';
  }
  if (count != 5 && count != 9) return false;
  const auto number = [&](std::size_t from, std::size_t to) {
    int value = 0;
    for (std::size_t i = from; i < to; ++i)
      value = value * 10 + digits[i];
    return value;
  };
  if (is_prefix_without_places(number(0, 3))) return false;
  Zip zip{.five = number(0, 5)};
  if (count == 9) zip.four = number(5, 9);
  if (zip.four == 0 || zip.four == 9999) zip.four = -1;
  out = zip;
  return true;
}

std::string zip_text(const Zip& zip) {
  std::string five = std::to_string(100'000 + zip.five).substr(1);
  if (zip.four < 0) return five;
  return five + '-' + std::to_string(10'000 + zip.four).substr(1);
}

}  // namespace hustings::normalise
